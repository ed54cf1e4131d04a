"""What must be true when the faults have stopped and everybody has synced: I1 to I5, on both sides of the wire."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from desktop.application.records import ListQuery, Place
from desktop.domain.ids import EntryId
from server_stub.store import tables as t
from tests.checker.board import APPLIED, STEPS
from tests.checker.client import Client
from tests.checker.gestures import Hands
from tests.checker.model import OF_PEOPLE
from tests.checker.portal import Portal
from tests.checker.watch import DISCARDED, SET_ASIDE, Watch, body_of

_RECORD = select(t.record.c.body)
_TEXTS = select(t.revision.c.rid, t.revision.c.content)
# The harness's own forgeries aside: nobody reads anything there, and only the right is judged.
_DECIDED = select(t.history.c.op_id, t.history.c.entry_id, t.history.c.rid, t.history.c.name).where(
    t.history.c.name.in_(("approve", "restore"))
)
_PUBLIC = select(t.publication.c.op_id, t.publication.c.entry_id, t.publication.c.rid)
_ENTRIES = select(t.entry)
_COMMENTS = select(t.comment)
_MEMBERS = select(t.member)
_DELEGATIONS = select(t.delegation)
_SIDES = select(t.side_draft)


def check_portal(portal: Portal, watch: Watch) -> None:
    """I2, I3: what the portal's tables hold."""
    operations = Counter(json.loads(row.body)["op_id"] for row in portal.rows(_RECORD))
    for op_id, count in operations.items():
        if count > 1:
            watch.blame("I2", f"operation {watch.name(op_id, 'o')} had {count} effects")
    named: dict[str, Any] = {}
    texts = {row.rid: json.loads(row.content)["fields"] for row in portal.rows(_TEXTS)}
    for row in portal.rows(_DECIDED):
        named[row.op_id] = row
        if (
            row.name == "approve"
            and row.op_id not in watch.forged
            and watch.approved.get(row.op_id) != (row.rid, texts[row.rid])
        ):
            watch.blame("I3", f"{watch.name(row.entry_id)} goes on as nobody approved it")
    public = {(row.entry_id, row.rid) for row in named.values() if row.name == "approve"}
    for row in portal.rows(_PUBLIC):
        if row.op_id not in named or named[row.op_id].rid != row.rid or (row.entry_id, row.rid) not in public:
            watch.blame("I3", f"{watch.name(row.entry_id)} is public in a text that nobody approved")
    for row in portal.rows(_ENTRIES):
        item = watch.model.items[row.id]
        stands = (row.head_rid, f"{row.step}/{row.phase}", row.state_ver, row.published_rid, row.assignee)
        if stands != (item.head, item.place, item.version, item.published, item.assignee):
            watch.blame("I7", f"{watch.name(row.id)} stands at {stands[1:3]}, by the regulation at {item.place}")

    _check_people(portal, watch)


def _check_people(portal: Portal, watch: Watch) -> None:
    said = {row.id: (row.entry_id, row.on_rid, row.author, row.text) for row in portal.rows(_COMMENTS)}
    if said != {key: (it.entry_id, it.on_rid, it.author, it.text) for key, it in watch.model.remarks.items()}:
        watch.blame("I1", "the remarks at the portal are not those that were made")
    for row in portal.rows(_MEMBERS):
        person = watch.model.board.people[row.id]
        if (json.loads(row.roles), bool(row.active)) != ([*map(dict, person.roles)], person.active):
            watch.blame("I7", f"{row.id} is on the board as nobody decided")
    given = {row.id: (row.from_member, row.to_member, bool(row.revoked)) for row in portal.rows(_DELEGATIONS)}
    if given != {key: (it.giver, it.holder, it.revoked) for key, it in watch.model.board.given.items()}:
        watch.blame("I7", "the delegations are not those that were given")
    sides = {row.id: (row.member_id, row.entry_id, json.loads(row.content or "null")) for row in portal.rows(_SIDES)}
    if sides != {key: (it.writer, it.entry_id, it.content) for key, it in watch.model.sides.items()}:
        watch.blame("I1", "the side drafts at the portal are not those that were kept")


def check_sides(clients: Mapping[str, Client], watch: Watch) -> None:
    """I1, I5: a side draft is at the portal as long as its text is unsettled with its writer, and no longer."""
    for side in watch.model.sides.values():
        seats = [client for client in clients.values() if client.seat.member_id == side.writer]
        if side.content is None or not watch.model.board.people[side.writer].active:
            continue
        if not any(_has_draft(client, EntryId(side.entry_id)) for client in seats):
            watch.blame("I5", f"{side.writer}: the side draft of {watch.name(side.entry_id)} outlives what was settled")
    for client in clients.values():
        if not watch.model.board.people[client.seat.member_id].active:
            continue
        with client.store.read() as work:
            known = json.loads(work.feed.value("side_drafts") or "{}").values()
        for side_id in [kept["side_id"] for kept in known if kept["sent"]]:
            if side_id not in watch.model.sides or watch.model.sides[side_id].content is None:
                watch.blame("I1", f"{client.seat.name} believes that the portal keeps a side draft, and it does not")


def _has_draft(client: Client, entry_id: EntryId) -> bool:
    with client.store.read() as work:
        draft = work.drafts.get(entry_id)
    return draft is not None and draft.dirty


def check_said(clients: Mapping[str, Client], watch: Watch) -> None:
    """I1: every remark is at the portal, waits with its writer, or stands on a card.

    A discarded entry that the portal lost in a restore is not offered again, nor is what was said of it.
    """
    discarded = watch.discarded | {saved.entry_id for saved in watch.saved if saved.given_up == DISCARDED}
    let_go = discarded - set(watch.model.items)
    for said in watch.said:
        if said.comment_id in watch.model.remarks or said.entry_id in let_go:
            continue
        client = clients[said.seat.name]
        with client.store.read() as work:
            waits = any(item.operation.payload.get("comment_id") == said.comment_id for item in work.queue.all())
        if not waits and said.text not in client.machine.home.words().replace('"', " ").split():
            watch.blame("I1", f"{said.seat.name}: the remark {said.text} on {watch.name(said.entry_id)} is gone")


def check_board(client: Client, watch: Watch) -> None:
    """I4: a seat knows the board and what was delegated as they are."""
    board = watch.model.board
    with client.store.read() as work:
        members, given = work.board.members(), work.board.delegations(None)
    for member in members:
        person = board.people[member.id]
        roles = {(it["role"], it["sections"] and frozenset(it["sections"])) for it in person.roles}
        if (person.active, roles) != (member.active, {(it.role, it.sections) for it in member.grants}):
            watch.blame("I4", f"{client.seat.name} knows {member.id} otherwise than the portal")
    in_force = {it.id for it in given if not it.revoked}
    if in_force != {key for key, it in board.given.items() if not it.revoked}:
        watch.blame("I4", f"{client.seat.name} believes in other delegations than the portal")


def check_saved(portal: Portal, clients: Mapping[str, Client], watch: Watch) -> None:
    """I1: every acknowledged piece of text is at the portal, or with its writer as draft or in the queue.

    What its writer set aside in a conflict, or a card says was set aside, is in the history of their machine.
    """
    public = " ".join(body_of(json.loads(row.content)["fields"]) for row in portal.rows(_TEXTS))
    known = set(public.split())
    for saved in watch.saved:
        if saved.token in known or saved.given_up == DISCARDED:
            continue
        client = clients[saved.seat.name]
        told = any(card.entry_id == saved.entry_id and card.rule.code == "set-aside" for card in client.library.cards())
        if not _at_hand(client, saved.entry_id, saved.token, in_history=told or saved.given_up == SET_ASIDE):
            watch.blame("I1", f"{saved.seat.name}: {saved.token} of {watch.name(saved.entry_id)} is gone")


def check_queue(client: Client, hands: Hands) -> None:
    """I5: nothing waits without a card, and every card can be seen."""
    watch = hands.watch
    of_nobody = {found.id for found in client.library.cards() if found.name in OF_PEOPLE}
    listed = {row.entry_id for row in client.library.rows(ListQuery(box="cards", limit=500))}
    for found in client.library.cards():
        if found.entry_id not in listed and found.id not in of_nobody:
            watch.blame("I5", f"{client.seat.name}: the card of {watch.name(found.entry_id)} is on no list")
    with client.store.read() as work:
        of = dict.fromkeys(item.operation.entry_id for item in work.queue.all())
        waiting = [(entry_id, work.queue.of(entry_id), work.cards.of(entry_id)) for entry_id in of]
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
    told = client.machine.home.told()
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
        if {key for key, it in watch.model.remarks.items() if it.entry_id == entry_id} - told:
            watch.blame("I4", f"{seat.name} was not told all that was said of {watch.name(entry_id)}")
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
