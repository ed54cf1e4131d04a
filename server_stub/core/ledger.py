"""The operation ledger: each operation takes effect at most once, however often it is delivered.

A row is written in the transaction of the effect.  Operation ids are unique among all members, since
publications and the record are keyed by them.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, bindparam, insert, select

from server_stub.core.outcome import Outcome
from server_stub.store import tables as t

_INSERT: Final = insert(t.ledger)
_BY_OP_ID: Final = select(
    t.ledger.c.op_id, t.ledger.c.actor, t.ledger.c.fingerprint, t.ledger.c.outcome, t.ledger.c.entry_id
).where(t.ledger.c.op_id.in_(bindparam("op_ids", expanding=True)))
_OF_DEVICE: Final = select(t.ledger.c.device_seq, t.ledger.c.op_id).where(
    t.ledger.c.actor == bindparam("actor"),
    t.ledger.c.device_id == bindparam("device"),
    t.ledger.c.device_seq.in_(bindparam("seqs", expanding=True)),
)


@dataclass(frozen=True)
class Settled:
    """What became of an operation earlier; `outcome` has the members of a result, without head and replay."""

    actor: str
    fingerprint: str
    outcome: Mapping[str, Any]
    entry_id: str | None


def settled(db: Connection, op_ids: Collection[str]) -> dict[str, Settled]:
    """The ledger rows of these operations, by id."""
    if not op_ids:
        return {}
    rows = db.execute(_BY_OP_ID, {"op_ids": sorted(set(op_ids))})
    return {row.op_id: Settled(row.actor, row.fingerprint, json.loads(row.outcome), row.entry_id) for row in rows}


def is_cloned(db: Connection, given: Sequence[Mapping[str, Any]], *, actor: str, device_id: str) -> bool:
    """Whether the device has given one of these numbers to another operation before: then two homes go under its name.

    A home never gives a number twice, and sends an operation again under the id and the number that it had.
    """
    ids = {op["device_seq"]: op["op_id"] for op in given}
    rows = db.execute(_OF_DEVICE, {"actor": actor, "device": device_id, "seqs": sorted(ids)})
    return any(ids[row.device_seq] != row.op_id for row in rows)


def settle(
    db: Connection, op: Mapping[str, Any], outcome: Outcome, *, actor: str, device_id: str, fingerprint: str, now: str
) -> Settled:
    """Write down a final outcome."""
    stored = outcome.stored()
    db.execute(
        _INSERT,
        {
            "actor": actor,
            "op_id": op["op_id"],
            "fingerprint": fingerprint,
            "outcome": json.dumps(stored, ensure_ascii=False),
            "entry_id": outcome.entry_id,
            "device_id": device_id,
            "device_seq": op["device_seq"],
            "server_time": now,
        },
    )
    return Settled(actor, fingerprint, stored, outcome.entry_id)
