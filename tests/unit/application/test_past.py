"""Texts as their writer left them: one for each pause, none for each key, and none is lost by going back to one."""

import pytest

from desktop.application.past import PAUSE
from desktop.domain.errors import NotAllowed, NotFound
from desktop.domain.ids import EntryId, Rid
from tests.support.offices import Office


def paused(office: Office) -> None:
    office.clock.ticks += int(PAUSE.total_seconds())


def typed(office: Office, entry_id: EntryId, body: str) -> None:
    office.drafting.save(entry_id, {**office.drafting.open(entry_id).fields, "body": body})


def left(office: Office, entry_id: EntryId) -> list[object]:
    keys = [version.key for version in office.library.versions(entry_id) if isinstance(version.key, int)]
    texts = [office.library.earlier(entry_id, key) for key in keys]
    return [text.fields.get("body") for text in texts if text]


def test_a_text_is_kept_when_its_writer_paused_and_not_at_every_save() -> None:
    office = Office()
    entry_id = office.article(body="một")
    typed(office, entry_id, "một hai")
    paused(office)
    typed(office, entry_id, "một hai ba")
    typed(office, entry_id, "một hai ba bốn")
    assert left(office, entry_id) == ["một hai"]
    paused(office)
    typed(office, entry_id, "xóa hết")
    assert left(office, entry_id) == ["một hai ba bốn", "một hai"]


def test_a_clock_that_was_set_back_is_a_pause_too() -> None:
    office = Office()
    office.clock.ticks += 3600
    entry_id = office.article(body="một")
    office.clock.ticks -= 1800
    typed(office, entry_id, "hai")
    assert left(office, entry_id) == ["một"]


def test_going_back_keeps_what_stood_and_can_be_gone_back_from() -> None:
    office = Office()
    entry_id = office.article(body="một")
    paused(office)
    typed(office, entry_id, "hai")
    (first,) = [version.key for version in office.library.versions(entry_id)]
    office.drafting.take_back(entry_id, first)
    assert office.drafting.open(entry_id).fields["body"] == "một"
    assert left(office, entry_id) == ["hai", "một"]
    office.drafting.take_back(entry_id, office.library.versions(entry_id)[0].key)
    assert office.drafting.open(entry_id).fields["body"] == "hai"


def test_a_frozen_text_is_gone_back_to_by_its_revision() -> None:
    office = Office()
    entry_id = office.article(body="một")
    assert office.drafting.freeze_idle([entry_id]) == 1
    (first,) = [version.key for version in office.library.versions(entry_id)]
    typed(office, entry_id, "hai")
    office.drafting.take_back(entry_id, first)
    document = office.drafting.open(entry_id)
    assert (document.fields["body"], document.dirty) == ("một", False)
    assert left(office, entry_id) == ["hai"]


def test_a_text_that_is_not_here_or_of_another_entry_is_refused() -> None:
    office = Office()
    entry_id, other = office.article(body="một"), office.article(body="khác")
    paused(office)
    typed(office, other, "khác nữa")
    (key,) = [version.key for version in office.library.versions(other)]
    for wrong in (key, 99, Rid("r-none")):
        with pytest.raises(NotFound):
            office.drafting.take_back(entry_id, wrong)
    assert office.drafting.open(entry_id).fields["body"] == "một"


def test_whoever_may_not_write_goes_back_to_nothing() -> None:
    office = Office()
    entry_id = office.article(body="một")
    paused(office)
    typed(office, entry_id, "hai")
    key = office.library.versions(entry_id)[0].key
    office.stages.give(entry_id, "submit")
    with pytest.raises(NotAllowed):
        office.drafting.take_back(entry_id, key)
