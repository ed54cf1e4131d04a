"""What was made on this machine: drafts, the queue, cards, attachments."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from desktop.application.ports import Queue, Store
from desktop.application.records import Draft, Place, Queued
from desktop.domain.digest import canonical
from desktop.domain.errors import BadContent, Bug, Rule
from desktop.domain.ids import EntryId, OpId, Rid
from desktop.domain.operation import Operation
from tests.contract.store.values import LATER, NOW, operation

E1, E2 = EntryId("e-1"), EntryId("e-2")
DRAFT = Draft(
    E1,
    "article",
    "vi",
    {"title": "Đường", "body": "Một\n\nHai", "list": [{"id": "1"}]},
    ({"sha256": "ab", "size": 3, "name": "ảnh.png"},),
    base_rid=Rid("r1"),
    conflict=Rid("r2"),
    merged_from=Rid("r3"),
    updated=NOW,
    merged=True,
)


def test_a_draft_comes_back_identical_and_the_latest_counts(store: Store) -> None:
    with store.write() as work:
        work.drafts.put(DRAFT)
        work.drafts.put(Draft(E2, "legal-document", "vi", {}))
        assert work.drafts.get(E1) == DRAFT
        assert work.drafts.get(E2) == Draft(E2, "legal-document", "vi", {})
        newer = replace(DRAFT, fields={}, attachments=(), conflict=None, dirty=False, merged=False)
        work.drafts.put(newer)
        assert work.drafts.get(E1) == newer
        work.drafts.remove(E1)
        work.drafts.remove(E1)
        assert work.drafts.get(E1) is None


def test_dirty_drafts_the_longest_untouched_first(store: Store) -> None:
    with store.write() as work:
        work.drafts.put(replace(DRAFT, updated=LATER))
        work.drafts.put(replace(DRAFT, entry_id=E2))
        work.drafts.put(replace(DRAFT, entry_id=EntryId("e-3"), dirty=False))
        assert [draft.entry_id for draft in work.drafts.dirty()] == [E2, E1]


@pytest.mark.parametrize("fields", [{"a": "e\u0301"}, {"a": 0.5}, {"A": ""}, {"a": "\ud800"}])
def test_a_draft_without_canonical_form_is_refused(store: Store, fields: Mapping[str, Any]) -> None:
    with store.write() as work:
        work.drafts.put(DRAFT)
    with pytest.raises(BadContent), store.write() as work:
        work.drafts.put(replace(DRAFT, fields=fields))
    with store.read() as work:
        assert work.drafts.get(E1) == DRAFT


def test_device_numbers_rise_by_one(store: Store) -> None:
    with store.write() as work:
        assert [work.queue.next_seq() for _ in range(3)] == [1, 2, 3]
    with store.write() as work:
        assert work.queue.next_seq() == 4


def test_operations_come_back_in_order_and_byte_for_byte(store: Store) -> None:
    first, second, elsewhere = operation("o-2", 1), operation("o-1", 2), operation("o-3", 3, "e-2")
    with store.write() as work:
        for item in (first, second, elsewhere):
            work.queue.add(item, at=NOW)
        assert work.queue.count() == 3
        assert work.queue.waiting(50) == [
            Queued(first, 1, queued_at=NOW),
            Queued(second, 2, queued_at=NOW),
            Queued(elsewhere, 3, queued_at=NOW),
        ]
        assert [item.operation for item in work.queue.of(E1)] == [first, second]
        assert [item.operation for item in work.queue.waiting(2)] == [first, second]
        sent = canonical(dict(work.queue.of(E1)[0].operation.payload))
    assert sent == canonical(dict(first.payload))
    assert json.loads(sent) == first.payload


@pytest.mark.parametrize("again", [operation("o-1", 2), operation("o-2", 1)])
def test_an_operation_id_or_number_is_used_once(store: Store, again: Operation) -> None:
    with store.write() as work:
        work.queue.add(operation("o-1", 1), at=NOW)
    with pytest.raises(Bug), store.write() as work:
        work.queue.add(again, at=NOW)


def test_a_held_operation_stops_its_entry_and_no_other(store: Store) -> None:
    with store.write() as work:
        for number, entry_id in enumerate(["e-1", "e-1", "e-2", "e-1"], 1):
            work.queue.add(operation(f"o-{number}", number, entry_id), at=NOW)
        work.queue.hold(OpId("o-2"))
        assert [item.operation.op_id for item in work.queue.waiting(50)] == ["o-1", "o-3"]
        assert [item.place for item in work.queue.of(E1)] == [Place.WAITING, Place.HELD, Place.WAITING]
        assert work.queue.count() == 4
        work.queue.release(OpId("o-2"))
        assert [item.operation.op_id for item in work.queue.waiting(50)] == ["o-1", "o-2", "o-3", "o-4"]
        work.queue.hold(OpId("o-2"))
        work.queue.withdraw(OpId("o-2"), at=NOW)
        assert [item.operation.op_id for item in work.queue.waiting(50)] == ["o-1", "o-3", "o-4"]
    with pytest.raises(Bug), store.write() as work:
        work.queue.release(OpId("o-2"))


def test_attempts_are_counted(store: Store) -> None:
    with store.write() as work:
        work.queue.add(operation("o-1", 1), at=NOW)
        work.queue.add(operation("o-2", 2), at=NOW)
        work.queue.mark_sent([OpId("o-1"), OpId("o-2")])
        work.queue.mark_sent([OpId("o-1")])
        work.queue.mark_sent([])
        assert [item.attempts for item in work.queue.of(E1)] == [2, 1]


def test_a_settled_operation_leaves_the_queue_and_keeps_its_answer(store: Store) -> None:
    answer: dict[str, Any] = {"op_id": "o-1", "outcome": "applied", "head": {"seq": 4, "Later": 0.5}, "errors": []}
    with store.write() as work:
        work.queue.add(operation("o-1", 1), at=NOW)
        work.queue.add(operation("o-2", 2), at=NOW)
        assert work.queue.settled(OpId("o-1")) is None
        work.queue.settle(OpId("o-1"), outcome="applied", answer=answer, at=LATER)
        work.queue.withdraw(OpId("o-2"), at=LATER)
        assert work.queue.count() == 0
        assert work.queue.settled(OpId("o-1")) == answer
        assert work.queue.settled(OpId("o-2")) == {"outcome": "withdrawn"}


def test_numbers_of_settled_operations_are_not_used_again(store: Store) -> None:
    with store.write() as work:
        work.queue.add(operation("o-1", 1), at=NOW)
        work.queue.settle(OpId("o-1"), outcome="applied", answer={}, at=LATER)
        work.queue.add(operation("o-2", 2), at=NOW)
        assert work.queue.of(E1)[0].local_no == 2


ACTS: dict[str, Callable[[Queue], None]] = {
    "mark_sent": lambda queue: queue.mark_sent([OpId("o-1")]),
    "hold": lambda queue: queue.hold(OpId("o-1")),
    "settle": lambda queue: queue.settle(OpId("o-1"), outcome="applied", answer={}, at=NOW),
    "withdraw": lambda queue: queue.withdraw(OpId("o-1"), at=NOW),
}


@pytest.mark.parametrize("act", ACTS)
def test_what_is_not_queued_cannot_be_acted_on(store: Store, act: str) -> None:
    with pytest.raises(Bug), store.write() as work:
        ACTS[act](work.queue)


def test_cards_stay_open_until_closed(store: Store) -> None:
    rule = Rule("role", "QĐ 2567/2007/QĐ-UBND Điều 19.b", {"section": "tin-a"})
    with store.write() as work:
        for entry_id, op_id in ((E1, OpId("o-1")), (E2, None), (E1, OpId("o-3"))):
            work.cards.add(
                entry_id, op_id=op_id, name="submit", outcome="forbidden", rule=rule, pointers=["/title"], at=NOW
            )
        first, second = work.cards.of(E1)
        assert (first.op_id, first.rule, first.pointers, first.created) == ("o-1", rule, ("/title",), NOW)
        assert [card.entry_id for card in work.cards.open()] == [E1, E2, E1]
        work.cards.close(first.id, at=LATER)
        work.cards.close(first.id, at=LATER)
        assert work.cards.of(E1) == [second]
        assert [card.op_id for card in work.cards.open()] == [None, "o-3"]


def test_attachments_by_their_hash(store: Store) -> None:
    data = b"\x89PNG" + bytes(range(256))
    name = hashlib.sha256(data).hexdigest()
    with store.write() as work:
        assert work.blobs.read(name) is None
        assert work.blobs.add(data) == name
        assert work.blobs.add(data) == name
        work.blobs.add(b"")
        assert sorted(size for _, size in work.blobs.unsent()) == [0, len(data)]
        work.blobs.mark_sent(name)
        assert [size for _, size in work.blobs.unsent()] == [0]
        work.blobs.mark_unsent(name)
        work.blobs.mark_unsent("ab" * 32)
        assert sorted(size for _, size in work.blobs.unsent()) == [0, len(data)]
        work.blobs.mark_sent(name)
        assert work.blobs.add(data) == name  # attached again: whether the portal has it for this member is asked again
        assert sorted(size for _, size in work.blobs.unsent()) == [0, len(data)]
    with store.read() as work:
        assert work.blobs.read(name) == data


def _abandoned(store: Store, data: bytes) -> None:
    with store.write() as work:
        work.blobs.add(data)
        raise ValueError("abandoned")


def test_an_attachment_of_an_abandoned_transaction_is_not_known(store: Store) -> None:
    name = hashlib.sha256(b"data").hexdigest()
    with pytest.raises(ValueError, match="abandoned"):
        _abandoned(store, b"data")
    with store.write() as work:
        assert work.blobs.read(name) is None
        assert work.blobs.unsent() == []
        assert work.blobs.add(b"data") == name
        assert work.blobs.read(name) == b"data"


@pytest.mark.parametrize("name", ["", "..", "../../etc/passwd", "ab/../cd", "\x00", "A" * 64])
def test_only_a_hash_names_an_attachment(store: Store, name: str) -> None:
    with store.read() as work:
        assert work.blobs.read(name) is None


def test_what_the_portal_confirmed_may_wait_again_in_its_old_place(store: Store) -> None:
    with store.write() as work:
        for number in (1, 2, 3, 4):
            work.queue.add(operation(f"op-{number}", number), at=NOW)
        work.queue.mark_sent([OpId("op-1"), OpId("op-2")])
        work.queue.settle(OpId("op-2"), outcome="applied", answer={}, at=LATER)
        work.queue.settle(OpId("op-1"), outcome="applied", answer={}, at=LATER)
        work.queue.settle(OpId("op-3"), outcome="gone", answer={}, at=LATER)
    with store.read() as work:
        assert [(item.op_id, item.type, item.name) for item in work.queue.applied()] == [
            ("op-1", "command", "submit"),
            ("op-2", "command", "submit"),
        ]
    with store.write() as work:
        work.queue.hold(OpId("op-4"))
        work.queue.offer_again(OpId("op-2"))
    with store.read() as work:
        assert [item.operation.op_id for item in work.queue.all()] == ["op-2", "op-4"]
        again = work.queue.all()[0]
        assert (again.operation, again.attempts, again.place) == (operation("op-2", 2), 0, Place.WAITING)
        assert [item.op_id for item in work.queue.applied()] == ["op-1"]
        assert work.queue.settled(OpId("op-2")) is None
    for op_id in ("op-2", "op-3", "op-4", "op-9"):
        with pytest.raises(Bug), store.write() as work:
            work.queue.offer_again(OpId(op_id))
    with store.write() as work:
        work.queue.settle(OpId("op-2"), outcome="applied", answer={}, at=LATER)


def test_every_attachment_may_have_been_lost(store: Store) -> None:
    with store.write() as work:
        for data in (b"one", b"two"):
            work.blobs.mark_sent(work.blobs.add(data))
        assert work.blobs.unsent() == []
        work.blobs.mark_all_unsent()
        assert len(work.blobs.unsent()) == 2


def test_what_was_answered_comes_back_with_what_was_said(store: Store) -> None:
    first, second = operation("o-1", 1, E1), operation("o-2", 2, E2)
    with store.write() as work:
        for item in (first, second):
            work.queue.add(item, at=NOW)
        assert work.answers.to(first.op_id) is None
        work.queue.settle(first.op_id, outcome="applied", answer={"outcome": "applied"}, at=LATER)
        work.queue.withdraw(second.op_id, at=LATER)
        told = work.answers.latest(10)
        assert [(item.operation, item.outcome, item.at, item.queued_at) for item in told] == [
            (second, "withdrawn", LATER, NOW), (first, "applied", LATER, NOW),
        ]  # fmt: skip
        assert (work.answers.latest(1), work.answers.to(first.op_id)) == (told[:1], told[1])
        work.queue.offer_again(first.op_id)
        assert work.answers.to(first.op_id) is None
