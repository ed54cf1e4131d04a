"""What waits is seen with its reason, taken back while it is here, and asked about when it is much or old."""

from datetime import datetime, timedelta

import pytest

from desktop.application.freezing import Tools
from desktop.application.ports import Work
from desktop.application.waiting import Fate, Item, Waiting, Why
from desktop.domain.entry import Phase
from desktop.domain.errors import NotAllowed, NotFound, Rule
from desktop.domain.ids import EntryId, OpId
from tests.support.offices import CountedClock, Office, PlainRenderer, SeededChance

ENTRY = EntryId("01930000-0000-7000-8000-000000000001")


class LateClock(CountedClock):
    """Days after everything was made."""

    days = 0

    def now(self) -> str:
        return (datetime.fromisoformat(super().now()) + timedelta(days=self.days)).isoformat()


def waiting(office: Office, *, days: int = 0) -> Waiting:
    clock = LateClock()
    clock.days = days
    return Waiting(office.store, Tools(clock, SeededChance(2), PlainRenderer()), office.announced.append)


def submitted() -> tuple[Office, EntryId]:
    office = Office()
    entry_id = office.article()
    office.stages.give(entry_id, "submit")
    return office, entry_id


def facts(items: "list[Item] | tuple[Item, ...]") -> list[tuple[str, Fate, Why, bool]]:
    return [(item.name, item.fate, item.why, item.recallable) for item in items]


def op_ids(office: Office, entry_id: EntryId) -> list[OpId]:
    return [OpId(op["op_id"]) for op in office.queued(entry_id)]


def test_what_waits_is_told_with_title_and_reason() -> None:
    office, _ = submitted()
    items = list(waiting(office).items())
    assert facts(items) == [("put", Fate.HERE, Why.PORTAL, True), ("submit", Fate.HERE, Why.BEHIND, True)]
    assert {item.title for item in items} == {"Một cửa cho 1.268 thủ tục"}
    assert all(item.at for item in items)


def test_what_was_sent_is_on_its_way_and_cannot_be_taken_back() -> None:
    office, entry_id = submitted()
    first, second = op_ids(office, entry_id)
    with office.store.write() as work:
        work.queue.mark_sent([first, second])
    assert facts(list(waiting(office).items())) == [
        ("put", Fate.SENDING, Why.SENT, False), ("submit", Fate.SENDING, Why.SENT, False),
    ]  # fmt: skip
    for op_id in (first, second):
        with pytest.raises(NotAllowed) as caught:
            waiting(office).recall(op_id)
        assert caught.value.rule.code == "already-sent"


def test_a_command_waits_for_the_file_that_its_text_names() -> None:
    office = Office()
    entry_id = office.article()
    office.drafting.attach(entry_id, name="a.pdf", data=b"%PDF-1.4")
    office.stages.give(entry_id, "submit")
    assert [item.why for item in waiting(office).items()] == [Why.PORTAL, Why.FILE]


def test_a_text_taken_back_is_the_draft_again_and_takes_its_command_with_it() -> None:
    office, entry_id = submitted()
    waiting(office).recall(op_ids(office, entry_id)[0])
    document = office.drafting.open(entry_id)
    assert (office.queued(entry_id), document.dirty, document.base_rid) == ([], True, None)
    assert document.fields["title"] == "Một cửa cho 1.268 thủ tục"
    assert [item.fate for item in waiting(office).answered()] == [Fate.WITHDRAWN, Fate.WITHDRAWN]
    office.stages.give(entry_id, "submit")
    assert len(office.queued(entry_id)) == 2


def test_a_command_taken_back_leaves_its_text_waiting() -> None:
    office, entry_id = submitted()
    waiting(office).recall(op_ids(office, entry_id)[1])
    assert [op["type"] for op in office.queued(entry_id)] == ["put"]
    with pytest.raises(NotFound):
        waiting(office).recall(OpId("unknown"))


def test_what_was_typed_after_the_text_was_frozen_stays() -> None:
    office = Office()
    entry_id = office.article()
    office.drafting.freeze_idle([entry_id])
    office.drafting.save(entry_id, {**office.drafting.open(entry_id).fields, "body": "mới hơn"})
    waiting(office).recall(op_ids(office, entry_id)[0])
    document = office.drafting.open(entry_id)
    assert (document.fields["body"], document.base_rid, document.dirty) == ("mới hơn", None, True)


def test_what_is_held_is_offered_again_and_its_card_closed() -> None:
    office, entry_id = submitted()
    first = op_ids(office, entry_id)[0]
    with office.store.write() as work:
        work.queue.hold(first)
        work.cards.add(entry_id, op_id=first, name="put", outcome="held", rule=Rule("too-large"), pointers=(), at="t")
    assert next(iter(waiting(office).items())).why is Why.HELD
    waiting(office).release(first)
    assert next(iter(waiting(office).items())).why is Why.PORTAL
    assert office.library.cards() == []


def settle(work: Work, op_id: OpId, outcome: str) -> None:
    work.queue.settle(op_id, outcome=outcome, answer={"outcome": outcome}, at="2026-11-22T08:00:00Z")


def test_what_was_answered_is_received_or_refused() -> None:
    office, entry_id = submitted()
    first, second = op_ids(office, entry_id)
    with office.store.write() as work:
        settle(work, first, "applied")
        settle(work, second, "invalid_state")
    assert [(item.name, item.fate) for item in waiting(office).answered()] == [
        ("submit", Fate.REFUSED), ("put", Fate.RECEIVED),
    ]  # fmt: skip


def test_an_approval_that_published_is_public() -> None:
    office = Office("truongban")
    rid = office.portal_says(ENTRY, body="b", step="dang_tai", phase=Phase.WAITING, state_ver=2)
    office.stages.give(ENTRY, "approve", read_rid=rid)
    with office.store.write() as work:
        settle(work, op_ids_of(work)[0], "applied")
    office.portal_says(ENTRY, body="b", step="dang_tai", phase=Phase.PUBLISHED, state_ver=3, published=rid)
    assert [item.fate for item in waiting(office).answered()] == [Fate.PUBLIC]


def op_ids_of(work: Work) -> list[OpId]:
    return [item.operation.op_id for item in work.queue.all()]


def test_a_short_queue_needs_no_question_and_a_long_absence_does() -> None:
    office, _ = submitted()
    with office.store.write() as work:
        work.feed.set_value("last_sync", "2026-11-22T00:00:00.000000Z")
    assert not waiting(office).summary().due
    away = waiting(office, days=9).summary()
    assert (away.due, away.days, away.texts, away.decisions, away.old) == (True, 9, 1, 1, 0)


def test_a_decision_that_has_waited_a_day_is_asked_about_again() -> None:
    office = Office("truongban")
    rid = office.portal_says(ENTRY, body="b", step="dang_tai", phase=Phase.WAITING, state_ver=2)
    office.stages.give(ENTRY, "approve", read_rid=rid)
    assert not waiting(office).summary().due
    assert (waiting(office, days=2).summary().due, waiting(office, days=2).summary().old) == (True, 1)
    with office.store.write() as work:
        work.queue.mark_sent(op_ids_of(work))
    assert waiting(office, days=2).summary().old == 0
