"""The change feed: one latest row per target, in the order of `seq`, which is given out last before commit.

Rows hold no state; what a change says is read from the tables, through the eyes of the member who asks.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update

from server_stub.core.cursor import Cursor
from server_stub.core.entry import Entry, head_of, load_entries, meta_of
from server_stub.core.scope import Scope
from server_stub.core.work import Touched
from server_stub.store import tables as t

BATCH: Final = 500
_PAYLOAD: Final = {"board": "member", "delegation": "delegation", "comment": "comment", "side_draft": "side"}

_TAKE: Final = update(t.portal).values(seq=t.portal.c.seq + bindparam("count")).returning(t.portal.c.seq)
_FORGET: Final = delete(t.feed).where(
    t.feed.c.kind == bindparam("old_kind"), t.feed.c.target == bindparam("old_target")
)
_INSERT: Final = insert(t.feed)
_MEMBERS: Final = select(t.member).where(t.member.c.id.in_(bindparam("ids", expanding=True)))
_DELEGATIONS: Final = select(t.delegation).where(t.delegation.c.id.in_(bindparam("ids", expanding=True)))
_COMMENTS: Final = select(t.comment).where(t.comment.c.id.in_(bindparam("ids", expanding=True)))
_SIDE_DRAFTS: Final = select(t.side_draft).where(
    t.side_draft.c.member_id == bindparam("member"), t.side_draft.c.id.in_(bindparam("ids", expanding=True))
)
_AFTER: Final = select(t.feed).where(t.feed.c.seq > bindparam("position")).order_by(t.feed.c.seq).limit(BATCH)


@dataclass(frozen=True)
class Page:
    changes: list[dict[str, Any]]
    cursor: Cursor
    more: bool


def announce(db: Connection, touched: Touched) -> dict[str, int]:
    """Give every touched target its number, in order; returns the numbers of the entries, by id.

    The counter's row lock makes commit order the order of the numbers on every database.
    """
    if not touched:
        return {}
    last = db.execute(_TAKE, {"count": len(touched)}).scalar_one()
    seqs: dict[str, int] = {}
    rows = []
    for seq, ((kind, target), entry_id) in enumerate(touched.items(), start=last - len(touched) + 1):
        rows.append({"seq": seq, "kind": kind, "target": target, "entry_id": entry_id})
        if kind == "entry":
            seqs[target] = seq
    db.execute(_FORGET, [{"old_kind": row["kind"], "old_target": row["target"]} for row in rows])
    db.execute(_INSERT, rows)
    return seqs


def start(cursor: Cursor | None, *, epoch: str, scope: Scope, newest: int) -> Cursor:
    """Where to go on reading: the beginning, the cursor's place, or a second reading under a new scope."""
    if cursor is None or cursor.epoch != epoch or cursor.member != scope.member:
        return Cursor(epoch, scope.member, 0, scope.reach, floor=newest)
    if cursor.reach == scope.reach:
        return cursor
    before = (*cursor.before, cursor.reach)
    if cursor.position < cursor.floor:  # the scope changed in the middle of such a reading: announce all of it anew
        return Cursor(epoch, scope.member, 0, scope.reach, 0, before)
    return Cursor(epoch, scope.member, 0, scope.reach, cursor.position, (cursor.reach,))


def read(db: Connection, place: Cursor, *, scope: Scope, limit: int) -> Page:
    """The next changes from `place`, at most `limit`."""
    changes: list[dict[str, Any]] = []
    position = place.position
    while True:
        rows = db.execute(_AFTER, {"position": position}).all()
        entries = load_entries(db, {row.entry_id for row in rows if row.entry_id is not None})
        details = _details(db, rows, scope.member)
        for row in rows:
            if len(changes) == limit:
                return Page(changes, replace(place, position=position), more=True)
            change = _change(row, place, scope, entry=entries.get(row.entry_id), details=details)
            if change is not None:
                changes.append(change)
            position = row.seq
        if len(rows) < BATCH:
            return Page(changes, Cursor(place.epoch, place.member, position, place.reach), more=False)


def _change(
    row: Row[Any], place: Cursor, scope: Scope, *, entry: Entry | None, details: dict[str, Any]
) -> dict[str, Any] | None:
    known = row.seq <= place.floor
    envelope = {"seq": row.seq, "type": row.kind, "target": row.target}
    if row.kind == "side_draft" and row.target not in details:
        return None  # another member's
    if entry is None:
        return None if known and place.before else {**envelope, _PAYLOAD[row.kind]: details[row.target]}
    saw = known and any(Scope(scope.member, reach).sees(entry) for reach in place.before)
    if not scope.sees(entry):
        told = row.kind == "entry" and _may_know(entry, place, scope, known=known)
        return {**envelope, "type": "out_of_scope"} if told else None
    if saw:
        return None
    if row.kind == "entry":
        return _entry_change(envelope, entry)
    if row.kind == "claim":
        claim = {"entry_id": entry.id, "by": entry.claimed_by, "server_time": entry.claimed_at or entry.updated}
        return {**envelope, "claim": claim}
    return {**envelope, _PAYLOAD[row.kind]: details[row.target]}


def _entry_change(envelope: dict[str, Any], entry: Entry) -> dict[str, Any]:
    if entry.phase == "discarded":
        return {**envelope, "type": "tombstone"}
    return {**envelope, "head": head_of(entry), "meta": meta_of(entry)}


def _may_know(entry: Entry, place: Cursor, scope: Scope, *, known: bool) -> bool:
    """Whether a member who does not see the entry now may have been told of it before."""
    before = place.before if known else (*place.before, scope.reach)
    return any(Scope(scope.member, reach).may_have_seen(entry) for reach in before)


def _details(db: Connection, rows: Sequence[Row[Any]], member: str) -> dict[str, Any]:
    """What the changes other than entries and claims say, by target; of side drafts only those of `member`."""
    wanted: dict[str, list[str]] = {}
    for row in rows:
        wanted.setdefault(row.kind, []).append(row.target)
    found: dict[str, Any] = {}
    if "board" in wanted:
        for row in db.execute(_MEMBERS, {"ids": wanted["board"]}):
            found[row.id] = member_view(row)
    if "delegation" in wanted:
        for row in db.execute(_DELEGATIONS, {"ids": wanted["delegation"]}):
            found[row.id] = _delegation_view(row)
    if "comment" in wanted:
        for row in db.execute(_COMMENTS, {"ids": wanted["comment"]}):
            found[row.id] = dict(row._mapping)
    if "side_draft" in wanted:
        for row in db.execute(_SIDE_DRAFTS, {"member": member, "ids": wanted["side_draft"]}):
            content = None if row.content is None else json.loads(row.content)
            told = {"entry_id": row.entry_id, "base_rid": row.base_rid, "server_time": row.server_time}
            found[row.id] = {**told, "content": content}
    return found


def member_view(row: Row[Any]) -> dict[str, Any]:
    """MEMBER of docs/wire.md."""
    return {
        "id": row.id,
        "username": row.username,
        "label": json.loads(row.label),
        "roles": json.loads(row.roles),
        "active": bool(row.active),
    }


def _delegation_view(row: Row[Any]) -> dict[str, Any]:
    return {
        "id": row.id,
        "from": row.from_member,
        "to": row.to_member,
        "step": row.step,
        "sections": None if row.sections is None else json.loads(row.sections),
        "start": row.start,
        "end": row.end,
        "reason": row.reason,
        "revoked": bool(row.revoked),
    }
