"""A conflict that needs nobody is merged and must be read; any other is asked about, place by place; no text is lost."""

from dataclasses import replace

import pytest

from desktop.application.merging import MERGED, Merging
from desktop.application.records import Draft, ListQuery, Step
from desktop.domain.conflict import Decision, Side
from desktop.domain.digest import Json
from desktop.domain.entry import Phase, State
from desktop.domain.errors import NotAllowed, Rule
from desktop.domain.ids import EntryId, OpId, Rid
from tests.support.offices import Office

ENTRY = EntryId("01930000-0000-7000-8000-000000000001")
MINE, THEIRS = Decision(Side.MINE), Decision(Side.THEIRS)
BASE = "mở đầu\n\ngiữa\n\nkết"


def portal(office: Office, body: str) -> Rid:
    rid = office.portal_says(ENTRY, body=body, step="nhap_moi", phase=Phase.DRAFT, state_ver=0)
    step = Step("op", "put", "put", rid, 1, "u-phoban1", "Phó ban", "", "2026-11-22T09:00:00Z")
    with office.store.write() as work:
        work.revisions.set_history(ENTRY, [*work.revisions.history(ENTRY), step])
    return rid


def in_conflict(office: Office, *, mine: str, theirs: str, **fields: Json) -> Rid:
    """Mine was typed on BASE; the portal has moved to theirs and said so when mine came."""
    portal(office, BASE)
    office.drafting.save(ENTRY, {**office.drafting.open(ENTRY).fields, "body": mine, **fields})
    head = portal(office, theirs)
    put_draft(office, replace(draft(office), conflict=head))
    with office.store.write() as work:
        rule = Rule("conflict")
        work.cards.add(ENTRY, op_id=OpId("o"), name="put", outcome="conflict", rule=rule, pointers=(), at="")
    return head


def merging(office: Office) -> Merging:
    return Merging(office.store, office.conflicts._tools, office.announced.append)


def draft(office: Office) -> Draft:
    with office.store.read() as work:
        found = work.drafts.get(ENTRY)
    assert found is not None
    return found


def put_draft(office: Office, made: Draft) -> None:
    with office.store.write() as work:
        work.drafts.put(made)


def cards(office: Office) -> list[tuple[str, str]]:
    return [(card.outcome, card.rule.code) for card in office.library.cards()]


def texts(office: Office) -> set[object]:
    with office.store.read() as work:
        return {revision.content.fields["body"] for revision in work.revisions.of(ENTRY)}


def body(office: Office) -> object:
    return office.drafting.open(ENTRY).fields["body"]


def refusal(office: Office, name: str = "submit") -> str:
    with pytest.raises(NotAllowed) as caught:
        office.stages.give(ENTRY, name)
    return caught.value.rule.code


def test_changes_that_stand_apart_are_merged_on_the_portals_head() -> None:
    office = Office()
    head = in_conflict(office, mine="mở đầu 1\n\ngiữa\n\nkết", theirs="mở đầu\n\ngiữa\n\nkết 2", summary="tóm tắt")
    assert merging(office).merge_all() == 1
    found = draft(office)
    assert found.fields["body"] == "mở đầu 1\n\ngiữa\n\nkết 2"
    assert found.fields["summary"] == "tóm tắt"
    assert (found.base_rid, found.conflict, found.dirty, found.merged) == (head, None, True, True)
    with office.store.read() as work:
        mine = work.revisions.get(found.merged_from) if found.merged_from else None
    assert mine is not None
    assert mine.content.fields["body"] == "mở đầu 1\n\ngiữa\n\nkết"
    assert cards(office) == [(MERGED, "merged-unread")]
    assert office.library.cards()[0].pointers == ("/body",)
    assert office.announced[-1].entries == {ENTRY}
    assert office.library.rows(ListQuery("conflicts")) == []


def test_a_merged_text_goes_nowhere_before_it_was_read() -> None:
    office = Office()
    head = in_conflict(office, mine="mở đầu 1\n\ngiữa\n\nkết", theirs="mở đầu\n\ngiữa\n\nkết 2")
    merging(office).merge_all()
    document = office.drafting.open(ENTRY)
    assert document.merged
    assert refusal(office) == "merged-unread"
    assert office.drafting.freeze_idle([ENTRY]) == 0
    with pytest.raises(NotAllowed):
        office.conflicts.confirm(ENTRY, seen_at="sớm hơn")
    office.conflicts.confirm(ENTRY, seen_at=document.saved_at)
    assert cards(office) == []
    mine = draft(office).merged_from
    office.stages.give(ENTRY, "submit")
    put = office.queued(ENTRY)[0]
    assert mine is not None
    assert (put["base_rid"], put["merged_from"]) == (head, mine)
    assert put["content"]["fields"]["body"] == "mở đầu 1\n\ngiữa\n\nkết 2"


def test_dismissing_the_card_says_that_it_was_read() -> None:
    office = Office()
    in_conflict(office, mine="mở đầu 1\n\ngiữa\n\nkết", theirs="mở đầu\n\ngiữa\n\nkết 2")
    merging(office).merge_all()
    office.conflicts.dismiss(office.library.cards()[0].id)
    assert not draft(office).merged
    office.stages.give(ENTRY, "submit")


def test_what_both_touched_stays_a_conflict() -> None:
    office = Office()
    in_conflict(office, mine="mở đầu 1\n\ngiữa\n\nkết", theirs="mở đầu 2\n\ngiữa\n\nkết")
    before = draft(office)
    assert merging(office).merge_all() == 0
    assert draft(office) == before
    assert cards(office) == [("conflict", "conflict")]
    assert refusal(office) == "conflict"


def test_my_own_text_on_theirs_need_not_be_read_again() -> None:
    office = Office()
    in_conflict(office, mine="mở đầu 1\n\ngiữa\n\nkết 2", theirs="mở đầu\n\ngiữa\n\nkết 2")
    assert merging(office).merge_all() == 1
    assert not draft(office).merged
    assert cards(office) == []


def test_a_text_that_says_what_theirs_says_makes_way() -> None:
    office = Office()
    in_conflict(office, mine="mở đầu 2\n\ngiữa\n\nkết", theirs="mở đầu 2\n\ngiữa\n\nkết 2")
    assert merging(office).merge_all() == 1
    document = office.drafting.open(ENTRY)
    assert (document.dirty, document.conflict, body(office)) == (False, None, "mở đầu 2\n\ngiữa\n\nkết 2")
    assert "mở đầu 2\n\ngiữa\n\nkết" in texts(office)


def test_nothing_is_merged_while_the_queue_may_bring_more_of_mine() -> None:
    office = Office()
    in_conflict(office, mine="mở đầu 1\n\ngiữa\n\nkết", theirs="mở đầu\n\ngiữa\n\nkết 2")
    held = draft(office)
    put_draft(office, replace(held, conflict=None))
    office.drafting.freeze_idle([ENTRY])
    put_draft(office, held)
    assert merging(office).merge_all() == 0


def refused(office: Office) -> Rid:
    """The draft is frozen and the put comes back refused; its text is the draft again, on the frozen text."""
    own = draft(office)
    put_draft(office, replace(own, conflict=None))
    office.drafting.freeze_idle([ENTRY])
    put = office.queued(ENTRY)[0]
    with office.store.write() as work:
        work.queue.withdraw(OpId(str(put["op_id"])), at="")
    return Rid(str(put["rid"]))


def test_what_the_portal_refused_is_not_what_theirs_came_from() -> None:
    office = Office()
    head = in_conflict(office, mine="mở đầu 1\n\ngiữa\n\nkết", theirs="mở đầu\n\ngiữa\n\nkết 2")
    own = draft(office)
    frozen = refused(office)
    put_draft(office, replace(own, base_rid=frozen, conflict=head))
    assert merging(office).merge_all() == 1
    assert body(office) == "mở đầu 1\n\ngiữa\n\nkết 2"


def test_nothing_is_merged_on_a_base_that_the_portal_does_not_have() -> None:
    office = Office()
    in_conflict(office, mine="mở đầu 1\n\ngiữa\n\nkết", theirs="mở đầu\n\ngiữa\n\nkết 2")
    with office.store.write() as work:
        steps = work.revisions.history(ENTRY)
        work.revisions.set_history(ENTRY, steps[1:])
    assert merging(office).merge_all() == 0
    assert office.conflicts.view(ENTRY).base is None
    with office.store.write() as work:
        work.revisions.set_history(ENTRY, [*steps[1:], *steps[:1]])  # a restored portal: what came later is no base
    assert merging(office).merge_all() == 0
    with office.store.write() as work:
        work.revisions.set_history(ENTRY, steps)
    assert merging(office).merge_all() == 1


def test_where_the_member_may_not_write_the_two_texts_stay_apart() -> None:
    office = Office()
    in_conflict(office, mine="mở đầu 1\n\ngiữa\n\nkết", theirs="mở đầu\n\ngiữa\n\nkết 2")
    with office.store.write() as work:
        entry = work.entries.get(ENTRY)
        assert entry is not None
        waiting = State("xac_thuc", Phase.WAITING)
        work.entries.put(replace(entry, head=replace(entry.head, state=waiting)))
    assert merging(office).merge_all() == 0


def test_without_the_portals_text_there_is_nothing_to_look_at() -> None:
    office = Office()
    in_conflict(office, mine="mở đầu 1\n\ngiữa\n\nkết", theirs="mở đầu\n\ngiữa\n\nkết 2")
    with office.store.write() as work:
        entry = work.entries.get(ENTRY)
        assert entry is not None
        work.entries.put(replace(entry, head=replace(entry.head, rid=Rid("f" * 64))))
    assert merging(office).merge_all() == 0
    with pytest.raises(NotAllowed) as caught:
        office.conflicts.view(ENTRY)
    assert caught.value.rule.code == "body-missing"


def test_what_is_typed_on_a_screen_that_has_not_seen_the_merge_meets_theirs_again() -> None:
    office = Office()
    in_conflict(office, mine="mở đầu 1\n\ngiữa\n\nkết", theirs="mở đầu\n\ngiữa\n\nkết 2")
    screen = office.drafting.open(ENTRY)
    merging(office).merge_all()
    office.drafting.save(ENTRY, {**screen.fields, "body": "mở đầu 1, thêm\n\ngiữa\n\nkết"}, seen_rid=screen.base_rid)
    found = draft(office)
    assert (found.base_rid, found.merged, found.merged_from) == (screen.base_rid, False, None)
    assert cards(office) == []
    office.drafting.freeze_idle([ENTRY])
    assert office.queued(ENTRY)[0]["base_rid"] == screen.base_rid  # not the head: the portal will call it a conflict


def test_nor_is_a_merge_that_was_read_and_frozen_overwritten_by_such_a_screen() -> None:
    office = Office()
    in_conflict(office, mine="mở đầu 1\n\ngiữa\n\nkết", theirs="mở đầu\n\ngiữa\n\nkết 2")
    screen = office.drafting.open(ENTRY)
    merging(office).merge_all()
    office.conflicts.dismiss(office.library.cards()[0].id)
    office.drafting.freeze_idle([ENTRY])
    office.drafting.save(ENTRY, {**screen.fields, "body": "mở đầu 3\n\ngiữa\n\nkết"}, seen_rid=screen.base_rid)
    assert draft(office).base_rid == screen.base_rid


def test_a_text_frozen_under_a_screen_is_still_its_own() -> None:
    office = Office()
    portal(office, BASE)
    screen = office.drafting.open(ENTRY)
    for number in range(3):
        office.drafting.save(ENTRY, {**screen.fields, "body": f"mở đầu {number}"}, seen_rid=screen.base_rid)
        assert office.drafting.freeze_idle([ENTRY]) == 1
    bases = [put["base_rid"] for put in office.queued(ENTRY)]
    assert bases == [screen.base_rid, *(put["rid"] for put in office.queued(ENTRY)[:2])]
    ahead = office.drafting.open(ENTRY).base_rid
    put_draft(office, replace(draft(office), base_rid=screen.base_rid))  # as when a refused put is taken back
    office.drafting.save(ENTRY, {**screen.fields, "body": "mở đầu 4"}, seen_rid=ahead)
    assert draft(office).base_rid == screen.base_rid


def test_what_is_typed_into_the_merged_text_stays_in_it() -> None:
    office = Office()
    in_conflict(office, mine="mở đầu 1\n\ngiữa\n\nkết", theirs="mở đầu\n\ngiữa\n\nkết 2")
    merging(office).merge_all()
    screen = office.drafting.open(ENTRY)
    office.drafting.save(ENTRY, {**screen.fields, "body": "mới"}, seen_rid=screen.base_rid)
    assert (body(office), draft(office).conflict, draft(office).merged) == ("mới", None, True)


def test_the_view_has_the_three_texts_and_the_questions() -> None:
    office = Office()
    head = in_conflict(office, mine="mở đầu 1\n\ngiữa\n\nkết", theirs="mở đầu 2\n\ngiữa\n\nkết", title="Tin mới")
    view = office.conflicts.view(ENTRY)
    assert view.base is not None
    assert [side.fields["body"] for side in (view.base, view.mine, view.theirs)] == [
        BASE,
        "mở đầu 1\n\ngiữa\n\nkết",
        "mở đầu 2\n\ngiữa\n\nkết",
    ]
    assert (view.head_rid, view.by, view.at) == (head, "Phó ban", "2026-11-22T09:00:00Z")
    assert [conflict.pointer for conflict in view.merged.conflicts] == ["/body"]
    assert view.merged.fields["title"] == "Tin mới"


def test_answers_make_the_text() -> None:
    office = Office()
    head = in_conflict(office, mine="mở đầu 1\n\ngiữa\n\nkết 1", theirs="mở đầu 2\n\ngiữa\n\nkết 2")
    view = office.conflicts.view(ENTRY)
    question = view.merged.conflicts[0]
    first, last = (question.hunk_pointer(number) for number in question.open_hunks)
    choices = {first: THEIRS, last: Decision(Side.EDITED, "kết ca\u0309 hai")}
    office.conflicts.resolve(ENTRY, seen_rid=view.head_rid, seen_mine=view.mine_seen, choices=choices)
    found = draft(office)
    assert found.fields["body"] == "mở đầu 2\n\ngiữa\n\nkết cả hai"
    assert (found.base_rid, found.conflict, found.merged) == (head, None, False)
    assert cards(office) == []
    assert "mở đầu 1\n\ngiữa\n\nkết 1" in texts(office)
    office.stages.give(ENTRY, "submit")
    assert office.queued(ENTRY)[0]["merged_from"] == found.merged_from


def test_the_result_can_be_looked_at_before_it_is_kept() -> None:
    office = Office()
    in_conflict(office, mine="mở đầu 1\n\ngiữa\n\nkết 1", theirs="mở đầu 2\n\ngiữa\n\nkết 2")
    before = draft(office)
    pointers = [office.conflicts.view(ENTRY).merged.conflicts[0].hunk_pointer(number) for number in (0, 2)]
    assert [found.pointer for found in office.conflicts.view(ENTRY).differences] == ["/body"]
    half = office.conflicts.view(ENTRY, {pointers[0]: THEIRS})
    assert not half.merged.clean
    whole = office.conflicts.view(ENTRY, {pointers[0]: THEIRS, pointers[1]: Decision(Side.EDITED, "ca\u0309 hai")})
    assert whole.merged.clean
    assert whole.merged.fields["body"] == "mở đầu 2\n\ngiữa\n\ncả hai"
    assert draft(office) == before


def test_open_questions_and_texts_that_moved_on_are_refused() -> None:
    office = Office()
    in_conflict(office, mine="mở đầu 1\n\ngiữa\n\nkết", theirs="mở đầu 2\n\ngiữa\n\nkết")
    view = office.conflicts.view(ENTRY)
    before = draft(office)
    for seen_rid, seen_mine, choices, code in (
        (view.head_rid, view.mine_seen, {}, "conflict"),
        (Rid("0" * 64), view.mine_seen, {"/body": MINE}, "other-revision"),
        (view.head_rid, "0" * 64, {"/body": MINE}, "other-revision"),
    ):
        with pytest.raises(NotAllowed) as caught:
            office.conflicts.resolve(ENTRY, seen_rid=seen_rid, seen_mine=seen_mine, choices=choices)
        assert caught.value.rule.code == code
    assert draft(office) == before
    office.conflicts.resolve(ENTRY, seen_rid=view.head_rid, seen_mine=view.mine_seen, choices={"/body": THEIRS})
    assert body(office) == "mở đầu 2\n\ngiữa\n\nkết"


def test_without_a_base_every_difference_is_asked() -> None:
    office = Office()
    in_conflict(office, mine="mở đầu 1\n\ngiữa\n\nkết", theirs="mở đầu\n\ngiữa\n\nkết 2")
    put_draft(office, replace(draft(office), base_rid=None))
    assert merging(office).merge_all() == 0
    view = office.conflicts.view(ENTRY)
    assert view.base is None
    assert [conflict.pointer for conflict in view.merged.conflicts] == ["/body"]


def test_a_text_frozen_before_is_kept_once() -> None:
    office = Office()
    head = in_conflict(office, mine="mở đầu 1\n\ngiữa\n\nkết", theirs="mở đầu 2\n\ngiữa\n\nkết")
    own = draft(office)
    frozen = refused(office)
    put_draft(office, own)
    before = texts(office)
    office.conflicts.resolve(
        ENTRY, seen_rid=head, seen_mine=office.conflicts.view(ENTRY).mine_seen, choices={"/body": MINE}
    )
    assert draft(office).merged_from == frozen
    assert texts(office) == before


def test_keeping_mine_after_a_second_conflict_leaves_nothing_to_read() -> None:
    office = Office()
    head = in_conflict(office, mine="mở đầu 1\n\ngiữa\n\nkết", theirs="mở đầu 2\n\ngiữa\n\nkết")
    put_draft(office, replace(draft(office), merged=True))
    office.conflicts.keep_mine(ENTRY, seen_rid=head)
    assert not draft(office).merged


def test_what_was_merged_can_be_looked_at_until_it_is_read() -> None:
    office = Office()
    head = in_conflict(office, mine="mở đầu 1\n\ngiữa\n\nkết", theirs="mở đầu\n\ngiữa\n\nkết 2")
    before = office.conflicts.view(ENTRY)
    assert merging(office).merge_all() == 1
    found = office.conflicts.merged(ENTRY)
    assert (found.differences, found.head_rid, found.merged.clean) == (before.differences, head, True)
    assert (found.base, found.mine.fields, found.theirs) == (before.base, before.mine.fields, before.theirs)
    assert (found.by_id, found.base_no) == ("u-phoban1", 1)
    office.conflicts.confirm(ENTRY, seen_at=office.drafting.open(ENTRY).saved_at)
    with pytest.raises(NotAllowed) as caught:
        office.conflicts.merged(ENTRY)
    assert caught.value.rule.code == "no-conflict"
