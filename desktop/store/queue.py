"""Frozen operations in the order they were made, and the answers to those that are done."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Row, Select, Update, bindparam, delete, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from desktop.application.records import Applied, Place, Queued
from desktop.domain.digest import Json
from desktop.domain.errors import Bug
from desktop.domain.ids import EntryId, OpId, Rid
from desktop.domain.operation import Operation
from desktop.store import codec
from desktop.store.ahead import Without, having
from desktop.store.line import Line
from desktop.store.tables import COVERED, counter, settled
from desktop.store.tables import operation as table

_ahead = table.alias("ahead")
_NEXT_SEQ: Final = (
    sqlite_insert(counter)
    .values(name="device_seq", value=1)
    .on_conflict_do_update(index_elements=["name"], set_={"value": counter.c.value + 1})
    .returning(counter.c.value)
)
_ADD: Final = insert(table)
_COVERED: Final = COVERED["operation"]
_ONE: Final = select(table).where(table.c.op_id == bindparam("of_op"))
_OF: Final = select(table).where(table.c.entry_id == bindparam("of_entry")).order_by(table.c.local_no)
_HAVING: Final = having(table.c.entry_id)
_WAITING: Final = (
    select(table)
    .where(
        ~select(_ahead.c.local_no)
        .where(
            _ahead.c.entry_id == table.c.entry_id,
            _ahead.c.local_no <= table.c.local_no,
            _ahead.c.place != Place.WAITING.value,
        )
        .exists()
    )
    .order_by(table.c.local_no)
    .limit(bindparam("most"))
)
_ALL: Final = select(table).order_by(table.c.local_no)
_COUNT: Final = select(func.count()).select_from(table)
_SENT: Final = update(table).where(table.c.op_id == bindparam("of_op")).values(attempts=table.c.attempts + 1)
_PLACE: Final = update(table).where(table.c.op_id == bindparam("of_op")).values(place=bindparam("to_place"))
_SETTLE: Final = insert(settled)
_ANSWER: Final = select(settled.c.answer).where(settled.c.op_id == bindparam("of_op"))
_APPLIED: Final[Select[Any]] = (
    select(settled.c.op_id, settled.c.entry_id, settled.c.type, settled.c.payload)
    .where(settled.c.outcome == "applied")
    .order_by(settled.c.local_no)
)
_DONE: Final = select(settled).where(settled.c.op_id == bindparam("of_op"), settled.c.outcome == "applied")
_UNSETTLE: Final = delete(settled).where(settled.c.op_id == bindparam("of_op"))
_REMOVE: Final = delete(table).where(table.c.op_id == bindparam("of_op"))


class QueueRows:
    def __init__(self, connection: Line) -> None:
        self._connection = connection
        self._without = Without(connection, _HAVING)

    def look_up(self, entry_ids: Collection[EntryId]) -> None:
        """Ask at once which of these have nothing in the queue."""
        self._without.look_up(entry_ids)

    def next_seq(self) -> int:
        return int(self._connection.execute(_NEXT_SEQ).scalar_one())

    def add(self, operation: Operation, *, at: str) -> None:
        self._add(
            {
                "op_id": operation.op_id,
                "device_seq": operation.device_seq,
                "type": operation.type,
                "entry_id": operation.entry_id,
                "payload": codec.own(dict(operation.payload)),
                "queued_at": at,
            }
        )

    def of(self, entry_id: EntryId) -> Sequence[Queued]:
        if entry_id in self._without:
            return []
        return [_queued(row) for row in self._connection.execute(_OF, {"of_entry": entry_id})]

    def waiting(self, limit: int) -> Sequence[Queued]:
        """What may be sent, oldest first; nothing of an entry from its first held operation on."""
        return [_queued(row) for row in self._connection.execute(_WAITING, {"most": limit})]

    def all(self) -> Sequence[Queued]:
        """Everything in the queue, held operations and what follows them too."""
        return [_queued(row) for row in self._connection.execute(_ALL)]

    def count(self) -> int:
        return int(self._connection.execute(_COUNT).scalar_one())

    def mark_sent(self, op_ids: Sequence[OpId]) -> None:
        """Their bytes are about to leave: from here on the portal may know them."""
        self._each(_SENT, op_ids)

    def hold(self, op_id: OpId) -> None:
        """Kept, but not sent again before it is released."""
        self._put(op_id, Place.HELD)

    def release(self, op_id: OpId) -> None:
        """It waits again, in its old place."""
        self._put(op_id, Place.WAITING)

    def settle(self, op_id: OpId, *, outcome: str, answer: Mapping[str, Json], at: str) -> None:
        """The portal's final word: out of the queue, kept with its payload and the answer. Bug if it is not queued."""
        row = self._row(op_id)
        kept = ("op_id", "local_no", "device_seq", "type", "entry_id", "payload", "attempts", "queued_at")
        values = {name: row._mapping[name] for name in kept}
        self._connection.execute(
            _SETTLE, {**values, "outcome": outcome, "answer": codec.heard(dict(answer)), "settled_at": at}
        )
        self._connection.execute(_REMOVE, {"of_op": op_id})

    def settled(self, op_id: OpId) -> Mapping[str, Json] | None:
        """The answer to an operation that is done; `{"outcome": "withdrawn"}` for one that was taken back here."""
        data = self._connection.execute(_ANSWER, {"of_op": op_id}).scalar_one_or_none()
        if data is None:
            return None
        answer: dict[str, Json] = codec.read(data)
        return answer

    def withdraw(self, op_id: OpId, *, at: str) -> None:
        """Taken back on this machine: out of the queue, kept with its payload. Bug if it is not queued."""
        self.settle(op_id, outcome="withdrawn", answer={"outcome": "withdrawn"}, at=at)

    def applied(self) -> Sequence[Applied]:
        """What the portal has confirmed, in the order it was made; without the payloads, which may be large."""
        return [_applied(row) for row in self._connection.execute(_APPLIED)]

    def offer_again(self, op_id: OpId) -> None:
        """A confirmed operation waits again in its old place, byte for byte, as if never sent. Bug if it was not confirmed."""
        row = self._connection.execute(_DONE, {"of_op": op_id}).one_or_none()
        if row is None:
            raise Bug(f"operation {op_id} was not confirmed")
        kept = ("op_id", "local_no", "device_seq", "type", "entry_id", "payload", "queued_at")
        values = {name: row._mapping[name] for name in kept}
        self._connection.execute(_UNSETTLE, {"of_op": op_id})
        self._add(values)

    def _add(self, row: Mapping[str, object]) -> None:
        self._without.forget(str(row["entry_id"]))
        digest = codec.digest_of(row, _COVERED)
        self._connection.execute(_ADD, {**row, "attempts": 0, "place": Place.WAITING.value, "digest": digest})

    def _put(self, op_id: OpId, place: Place) -> None:
        if self._connection.execute(_PLACE, {"of_op": op_id, "to_place": place.value}).rowcount != 1:
            raise Bug(f"operation {op_id} is not queued")

    def _each(self, statement: Update, op_ids: Sequence[OpId]) -> None:
        for op_id in op_ids:
            if self._connection.execute(statement, {"of_op": op_id}).rowcount != 1:
                raise Bug(f"operation {op_id} is not queued")

    def _row(self, op_id: OpId) -> Row[Any]:
        row: Row[Any] | None = self._connection.execute(_ONE, {"of_op": op_id}).one_or_none()
        if row is None:
            raise Bug(f"operation {op_id} is not queued")
        return row


@codec.of_row
def _queued(row: Row[Any]) -> Queued:
    codec.verify(row, _COVERED)
    operation = Operation(OpId(row.op_id), row.device_seq, row.type, EntryId(row.entry_id), codec.read(row.payload))
    return Queued(operation, row.local_no, row.attempts, Place(row.place), queued_at=row.queued_at)


@codec.of_row
def _applied(row: Row[Any]) -> Applied:
    payload = codec.read(row.payload)
    rid = payload.get("rid") if row.type == "put" else None
    return Applied(
        OpId(row.op_id),
        EntryId(row.entry_id),
        row.type,
        str(payload.get("name", row.type)),
        Rid(rid) if rid is not None else None,
        str(payload.get("comment_id", "")),
    )
