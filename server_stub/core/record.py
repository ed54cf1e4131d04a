"""The record: append-only rows, each holding the hash of the one before, written in the effect's transaction.

Row = canonical `{seq, op_id, actor, type, target, rid, from, to, reason, delegation, server_time, prev_hash}`;
a reason stands in it as a salted hash, so that erasing the words never breaks the chain.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from sqlalchemy import Connection, insert, select

from server_stub.core.canonical import digest, sorted_json
from server_stub.core.work import Work
from server_stub.store import tables as t

FIRST_PREV: Final = "0" * 64
_INSERT: Final = insert(t.record)


def append(
    work: Work, op: Mapping[str, Any], *, kind: str, target: str, rid: str | None = None,
    states: tuple[dict[str, str] | None, dict[str, str] | None] = (None, None), reason: str = "",
    delegation: str | None = None,
) -> None:  # fmt: skip
    """Write the next row; `kind` is the type of the operation, `command.<name>` for a command."""
    salt = digest(sorted_json([op["op_id"], work.record_head])) if reason else None
    body = {
        "seq": work.record_seq + 1,
        "op_id": op["op_id"],
        "actor": work.me.id,
        "type": kind,
        "target": target,
        "rid": rid,
        "from": states[0],
        "to": states[1],
        "reason": digest(sorted_json([salt, reason])) if reason else None,
        "delegation": delegation,
        "server_time": work.now,
        "prev_hash": work.record_head,
    }
    text = sorted_json(body)
    work.record_seq += 1
    work.record_head = digest(text)
    work.db.execute(
        _INSERT,
        {"seq": work.record_seq, "body": text.decode(), "hash": work.record_head, "reason_salt": salt},
    )


def faults(db: Connection) -> Iterator[str]:
    """What is wrong with the chain, row by row; nothing when it is whole."""
    expected, previous = 1, FIRST_PREV
    for row in db.execute(select(t.record).order_by(t.record.c.seq)):
        body = json.loads(row.body)
        if row.seq != expected or body["seq"] != row.seq:
            yield f"row {row.seq} stands where {expected} should"
        if body["prev_hash"] != previous:
            yield f"row {row.seq} does not follow the row before"
        if digest(sorted_json(body)) != row.hash:
            yield f"row {row.seq} is not what its hash says"
        expected, previous = row.seq + 1, row.hash
