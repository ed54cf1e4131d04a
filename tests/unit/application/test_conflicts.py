"""Two texts on one base: both stay until a person has decided, and both stay in the history afterwards."""

from dataclasses import replace

import pytest

from desktop.application.records import ListQuery
from desktop.domain.entry import Phase
from desktop.domain.errors import NotAllowed
from desktop.domain.ids import EntryId, Rid
from tests.support.offices import Office

ENTRY = EntryId("01930000-0000-7000-8000-000000000001")


def in_conflict(office: Office) -> Rid:
    """Mine is frozen on the first text; the portal has moved to a second one."""
    office.portal_says(ENTRY, body="gốc", step="nhap_moi", phase=Phase.DRAFT, state_ver=0)
    fields = dict(office.drafting.open(ENTRY).fields)
    office.drafting.save(ENTRY, {**fields, "body": "của tôi"})
    theirs = office.portal_says(ENTRY, body="của họ", step="nhap_moi", phase=Phase.DRAFT, state_ver=0)
    with office.store.write() as work:
        draft = work.drafts.get(ENTRY)
        assert draft is not None
        work.drafts.put(replace(draft, conflict=theirs))
    return theirs


def test_a_conflict_stops_submission_but_not_writing() -> None:
    office = Office()
    in_conflict(office)
    document = office.drafting.open(ENTRY)
    assert (document.fields["body"], document.writable) == ("của tôi", None)
    with pytest.raises(NotAllowed) as caught:
        office.stages.give(ENTRY, "submit")
    assert caught.value.rule.code == "conflict"


def test_keeping_mine_goes_on_from_the_portals_head() -> None:
    office = Office()
    theirs = in_conflict(office)
    office.conflicts.keep_mine(ENTRY, seen_rid=theirs)
    office.stages.give(ENTRY, "submit")
    put = office.queued(ENTRY)[0]
    assert put["base_rid"] == theirs
    assert put["merged_from"] is not None
    assert put["content"]["fields"]["body"] == "của tôi"


def test_a_head_that_was_not_seen_is_not_overwritten() -> None:
    office = Office()
    in_conflict(office)
    with pytest.raises(NotAllowed):
        office.conflicts.keep_mine(ENTRY, seen_rid=Rid("0" * 64))


def test_taking_theirs_keeps_mine_as_a_revision() -> None:
    office = Office()
    in_conflict(office)
    office.conflicts.take_theirs(ENTRY)
    assert office.drafting.open(ENTRY).fields["body"] == "của họ"
    with office.store.read() as work:
        assert "của tôi" in {revision.content.fields["body"] for revision in work.revisions.of(ENTRY)}


def test_without_a_conflict_there_is_nothing_to_decide() -> None:
    office = Office()
    office.portal_says(ENTRY, body="x", step="nhap_moi", phase=Phase.DRAFT, state_ver=0)
    with pytest.raises(NotAllowed):
        office.conflicts.take_theirs(ENTRY)
    assert office.library.rows(ListQuery("conflicts")) == []


def test_the_view_says_whose_texts_they_are_and_of_when() -> None:
    office = Office()
    in_conflict(office)
    view = office.conflicts.view(ENTRY)
    draft_at = office.drafting.open(ENTRY).saved_at
    assert (view.rev_no, view.mine_at, view.by_id) == (1, draft_at, "")
