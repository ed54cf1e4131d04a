"""What must be true when the faults have stopped and everybody has synced: I1 to I5, on both sides of the wire."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from desktop.application.records import ListQuery, Place
from desktop.domain.ids import EntryId
from server_stub.store import tables as t
from tests.checker.client import Client
from tests.checker.gestures import Hands
from tests.checker.model import APPLIED, STEPS
from tests.checker.portal import Portal
from tests.checker.watch import DISCARDED, SET_ASIDE, Watch, body_of


def check_portal(portal: Portal, watch: Watch) -> None:
    """I2, I3: what the portal's tables hold."""
    operations = Counter(json.loads(row.body)["op_id"] for row in portal.rows(select(t.record.c.body)))
    for op_id, count in operations.items():
        if count > 1:
            watch.blame("I2", f"operation {watch.name(op_id, 'o')} had {count} effects")
    named: dict[str, Any] = {}
    texts = {row.rid: json.loads(row.content)["fields"] for row in portal.rows(select(t.revision))}
    # The harness's own forgeries aside: nobody reads anything there, and only the right is judged.
    decided = select(t.history.c.op_id, t.history.c.entry_id, t.history.c.rid, t.history.c.name)
    for row in portal.rows(decided.where(t.history.c.name.in_(("approve", "restore")))):
        named[row.op_id] = row
        if (
            row.name == "approve"
            and row.op_id not in watch.forged
            and watch.approved.get(row.op_id) != (row.rid, texts[row.rid])
        ):
            watch.blame("I3", f"{watch.name(row.entry_id)} goes on as nobody approved it")
    public = {(row.entry_id, row.rid) for row in named.values() if row.name == "approve"}
    for row in portal.rows(select(t.publication.c.op_id, t.publication.c.entry_id, t.publication.c.rid)):
        if row.op_id not in named or named[row.op_id].rid != row.rid or (row.entry_id, row.rid) not in public:
            watch.blame("I3", f"{watch.name(row.entry_id)} is public in a text that nobody approved")
    for row in portal.rows(select(t.entry)):
        item = watch.model.items[row.id]
        stands = (row.head_rid, f"{row.step}/{row.phase}", row.state_ver, row.published_rid)
        if stands != (item.head, item.place, item.version, item.published):
            watch.blame("I7", f"{watch.name(row.id)} stands at {stands[1:3]}, by the regulation at {item.place}")


def check_saved(portal: Portal, clients: Mapping[str, Client], watch: Watch) -> None:
    """I1: every acknowledged piece of text is at the portal, or with its writer as draft or in the queue.

    What its writer set aside in a conflict is in the history of their machine.
    """
    public = " ".join(body_of(json.loads(row.content)["fields"]) for row in portal.rows(select(t.revision)))
    known = set(public.split())
    for saved in watch.saved:
        if saved.token in known or saved.given_up == DISCARDED:
            continue
        if not _at_hand(clients[saved.seat.name], saved.entry_id, saved.token, in_history=saved.given_up == SET_ASIDE):
            watch.blame("I1", f"{saved.seat.name}: {saved.token} of {watch.name(saved.entry_id)} is gone")


def check_queue(client: Client, hands: Hands) -> None:
    """I5: nothing waits without a card, and every card can be seen."""
    watch = hands.watch
    listed = {row.entry_id for row in client.library.rows(ListQuery(box="cards", limit=500))}
    for found in client.library.cards():
        if found.entry_id not in listed:
            watch.blame("I5", f"{client.seat.name}: the card of {watch.name(found.entry_id)} is on no list")
    with client.store.read() as work:
        waiting = [(entry_id, work.queue.of(entry_id), work.cards.of(entry_id)) for entry_id in hands.entries]
    for entry_id, queued, cards in waiting:
        if queued and not (cards and queued[0].place is Place.HELD):
            watch.blame("I5", f"{client.seat.name}: {queued[0].operation.name} of {watch.name(entry_id)} still waits")


def check_answers(client: Client, watch: Watch, epoch: str) -> None:
    """I2, I5: what was taken back here had no effect there, and what was refused there has a card here.

    A restored portal is sent no decision again, and may have kept it: that has a card.
    """
    cards = client.machine.home.carded()
    for op_id, entry_id, outcome in client.machine.home.answers():
        kept = watch.settled.get(op_id) == APPLIED and not (
            watch.is_of_another_past(op_id, epoch) and entry_id in cards
        )
        if outcome == "withdrawn" and kept:
            watch.blame("I2", f"{client.seat.name}: what was taken back of {watch.name(entry_id)} was carried out")
        if outcome not in {APPLIED, "withdrawn"} and entry_id not in cards:
            watch.blame("I5", f"{client.seat.name}: {outcome} of {watch.name(entry_id)} left no card")


def check_view(client: Client, hands: Hands, now: str) -> None:
    """I4, I8: what the seat holds is what the portal has, within its scope and nothing beyond it."""
    watch, seat = hands.watch, client.seat
    rows = {row.entry_id: row for row in client.library.rows(ListQuery(limit=500))}
    with client.store.read() as work:
        held = [(entry_id, work.entries.get(entry_id), work.drafts.get(entry_id)) for entry_id in hands.entries]
        texts = {entry.head.rid: work.revisions.get(entry.head.rid) for _, entry, _ in held if entry and entry.head.rid}
    for entry_id, entry, draft in held:
        item = watch.model.items.get(entry_id)
        if item is None:
            continue
        visible = watch.model.sees(item, seat.member_id, now)
        if entry is None or not entry.in_scope:
            if visible and item.phase != "discarded":
                watch.blame("I4", f"{seat.name} does not see {watch.name(entry_id)}")
            continue
        if not visible:
            watch.blame("I8", f"{seat.name} still holds {watch.name(entry_id)}")
            continue
        head = entry.head
        stands = (head.rid, f"{head.state.step}/{head.state.phase.value}", head.state_ver, head.published_rid)
        if item.phase != "discarded" and stands != (item.head, item.place, item.version, item.published):
            watch.blame("I4", f"{seat.name} has {watch.name(entry_id)} at {stands[1:3]}, the portal at {item.place}")
        if item.phase == "discarded":
            continue
        text = texts.get(head.rid) if head.rid else None
        if text is None or dict(text.content.fields) != dict(item.texts[item.head].fields):
            watch.blame("I4", f"{seat.name} lacks the text of {watch.name(entry_id)}")
        row = rows.get(entry_id)
        if row is None or (draft is None and (row.step, row.phase) != (STEPS[item.step], item.phase)):
            watch.blame("I4", f"{seat.name}: the list shows {watch.name(entry_id)} wrongly")


def _at_hand(client: Client, entry_id: EntryId, token: str, *, in_history: bool) -> bool:
    with client.store.read() as work:
        draft = work.drafts.get(entry_id)
        if draft is not None and token in body_of(draft.fields).split():
            return True
        if in_history and any(token in body_of(text.content.fields).split() for text in work.revisions.of(entry_id)):
            return True
        return any(token in _body(item.operation.payload) for item in work.queue.of(entry_id))


def _body(payload: Mapping[str, Any]) -> Sequence[str]:
    content = payload.get("content")
    return body_of(content["fields"]).split() if isinstance(content, dict) else ()
