"""Lists read rows kept ready (ADR 2): after any sequence of gestures they are what a fresh projection would give."""

from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.application.records import ListQuery, Shown, Step
from desktop.application.shown import changed_at, refresh
from desktop.domain.entry import Phase
from desktop.domain.errors import Refusal
from desktop.domain.ids import EntryId
from tests.support.offices import Office

PORTAL_ENTRY = EntryId("01930000-0000-7000-8000-000000000001")
Gesture = Callable[[Office, EntryId], object]

GESTURES: dict[str, Gesture] = {
    "title": lambda office, entry: office.drafting.save(entry, {"title": "Khác", "section": "tin-hoat-dong"}),
    "whole": lambda office, entry: office.drafting.save(
        entry, {"title": "Đủ", "section": "tin-hoat-dong", "body": "x", "source": {"name": "y"}, "urgent": True}
    ),
    "attach": lambda office, entry: office.drafting.attach(entry, name="a.txt", data=b"a"),
    "freeze": lambda office, entry: office.drafting.freeze_idle([entry]),
    "submit": lambda office, entry: office.stages.give(entry, "submit"),
    "recall": lambda office, entry: office.stages.give(entry, "recall"),
    "discard": lambda office, entry: office.stages.give(entry, "discard"),
    "copy": lambda office, entry: office.drafting.copy_as_new(entry),
    "return": lambda office, _entry: office.portal_says(
        PORTAL_ENTRY, body="z", step="nhap_moi", phase=Phase.DRAFT, state_ver=4, reason="Thiếu nguồn"
    ),
}


def rows(office: Office) -> dict[EntryId, Shown]:
    everything = [*office.library.rows(ListQuery("all")), *office.library.rows(ListQuery("discarded"))]
    return {row.entry_id: row for row in everything}


@settings(max_examples=40)
@given(st.lists(st.tuples(st.sampled_from(sorted(GESTURES)), st.integers(0, 2)), max_size=12))
def test_rows_are_what_a_fresh_projection_gives(steps: list[tuple[str, int]]) -> None:
    office = Office()
    office.portal_says(PORTAL_ENTRY, body="z", step="nhap_moi", phase=Phase.DRAFT, state_ver=0)
    entries = [office.article(), office.drafting.create("article"), PORTAL_ENTRY]
    for name, index in steps:
        try:
            GESTURES[name](office, entries[index])
        except Refusal:
            continue
    kept = rows(office)
    with office.store.write() as work:
        refresh(work, [*kept, *entries])
    assert rows(office) == kept


def test_a_row_tells_by_when_its_entry_must_be_public() -> None:
    office = Office()
    entry_id = office.drafting.create("legal-document", section="van-ban-quy-pham")
    office.drafting.save(entry_id, {"title": "QĐ", "section": "van-ban-quy-pham", "ngay_ban_hanh": "2024-04-25"})
    assert rows(office)[entry_id].due == "2024-05-06"
    office.drafting.save(entry_id, {"title": "QĐ", "section": "van-ban-quy-pham"})
    assert rows(office)[entry_id].due == ""


def test_a_change_of_what_is_public_is_due_from_when_it_was_taken_up() -> None:
    history = [Step(str(n), "command", name, None, 0, "", "", "", at) for n, (name, at) in enumerate(
        (("revise", "2026-01-01T00:00:00Z"), ("approve", "2026-01-02T00:00:00Z"), ("revise", "2026-02-01T00:00:00Z"))
    )]  # fmt: skip
    assert changed_at(history, ()) == "2026-02-01T00:00:00Z"
    assert changed_at((), ()) == ""
