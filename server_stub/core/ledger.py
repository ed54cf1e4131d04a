"""The operation ledger: each operation takes effect at most once, however often it is delivered.

A row is written in the transaction of the effect.  Operation ids are unique among all members, since
publications and the record are keyed by them.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, bindparam, insert, select

from server_stub.core.canonical import fingerprint
from server_stub.core.outcome import Outcome
from server_stub.store import tables as t

_INSERT: Final = insert(t.ledger)
_BY_OP_ID: Final = select(
    t.ledger.c.op_id,
    t.ledger.c.actor,
    t.ledger.c.fingerprint,
    t.ledger.c.outcome,
    t.ledger.c.entry_id,
    t.ledger.c.device_seq,
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
    device_seq: int

    def is_of(self, op: dict[str, object]) -> bool:
        """Whether `op` is the one that was answered: it may come from another of its member's devices, in whose sequence it has
        another number (`docs/adr/0020`).
        """
        return self.fingerprint == fingerprint({**op, "device_seq": self.device_seq})


def settled(db: Connection, op_ids: Collection[str]) -> dict[str, Settled]:
    """The ledger rows of these operations, by id."""
    if not op_ids:
        return {}
    rows = db.execute(_BY_OP_ID, {"op_ids": sorted(set(op_ids))})
    return {
        row.op_id: Settled(row.actor, row.fingerprint, json.loads(row.outcome), row.entry_id, row.device_seq)
        for row in rows
    }


def is_cloned(db: Connection, given: Sequence[Mapping[str, Any]], *, actor: str, device_id: str) -> bool:
    """Whether the device has given one of these numbers to another operation before: then two homes go under its name.

    A home never gives a number twice, and sends an operation again under the id and the number that it had.
    """
    ids = {op["device_seq"]: op["op_id"] for op in given}
    rows = db.execute(_OF_DEVICE, {"actor": actor, "device": device_id, "seqs": sorted(ids)})
    return any(ids[row.device_seq] != row.op_id for row in rows)


def settle(db: Connection, op: dict[str, Any], outcome: Outcome, *, actor: str, device_id: str, now: str) -> Settled:
    """Write down a final outcome."""
    stored, print_of_op = outcome.stored(), fingerprint(op)
    db.execute(
        _INSERT,
        {
            "actor": actor,
            "op_id": op["op_id"],
            "fingerprint": print_of_op,
            "outcome": json.dumps(stored, ensure_ascii=False),
            "entry_id": outcome.entry_id,
            "device_id": device_id,
            "device_seq": op["device_seq"],
            "server_time": now,
        },
    )
    return Settled(actor, print_of_op, stored, outcome.entry_id, op["device_seq"])
