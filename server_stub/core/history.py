"""The operations of an entry, in order: what was done to it, by whom, on which text."""

import json
from collections.abc import Collection, Mapping
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, insert, select

from server_stub.core.work import Work
from server_stub.store import tables as t

_INSERT: Final = insert(t.history)
_OF: Final = (
    select(t.history, t.member.c.label)
    .join(t.member, t.member.c.id == t.history.c.actor)
    .where(t.history.c.entry_id.in_(bindparam("entry_ids", expanding=True)))
    .order_by(t.history.c.id)
)


def append(
    work: Work, op: Mapping[str, Any], *, rid: str | None = None, rev_no: int | None = None,
    states: tuple[dict[str, str] | None, dict[str, str] | None] = (None, None), on_behalf_of: str | None = None,
) -> None:  # fmt: skip
    """Write down an applied operation of an entry."""
    before, after = states
    work.db.execute(
        _INSERT,
        {
            "entry_id": op["entry_id"],
            "op_id": op["op_id"],
            "type": op["type"],
            "name": op.get("name"),
            "rid": rid,
            "rev_no": rev_no,
            "state_from": None if before is None else json.dumps(before),
            "state_to": None if after is None else json.dumps(after),
            "step": op.get("step"),
            "actor": work.me.id,
            "on_behalf_of": on_behalf_of,
            "reason": op.get("reason") or None,
            "server_time": work.now,
        },
    )


def read(db: Connection, entry_ids: Collection[str]) -> dict[str, list[dict[str, object]]]:
    """`history[]` of docs/wire.md, oldest first, by entry."""
    found: dict[str, list[dict[str, object]]] = {}
    labels: dict[str, object] = {}  # few people have done all of it
    for row in db.execute(_OF, {"entry_ids": list(entry_ids)}):
        if row.label not in labels:
            labels[row.label] = json.loads(row.label)
        found.setdefault(row.entry_id, []).append(_line(row, labels[row.label]))
    return found


def _line(row: Row[Any], label: object) -> dict[str, object]:
    return {
        "op_id": row.op_id,
        "type": row.type,
        "name": row.name,
        "rid": row.rid,
        "rev_no": row.rev_no,
        "from": None if row.state_from is None else json.loads(row.state_from),
        "to": None if row.state_to is None else json.loads(row.state_to),
        "step": row.step,
        "actor": row.actor,
        "actor_label": label,
        "on_behalf_of": row.on_behalf_of,
        "reason": row.reason,
        "server_time": row.server_time,
    }
