"""Operations that have their final answer, with their payload: what was sent, and what became of it."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Row, bindparam, select

from desktop.application.records import Settled
from desktop.domain.ids import EntryId, OpId
from desktop.domain.operation import Operation
from desktop.store import codec
from desktop.store.line import Line
from desktop.store.tables import settled as table

_LATEST: Final = select(table).order_by(table.c.local_no.desc()).limit(bindparam("most"))
_ONE: Final = select(table).where(table.c.op_id == bindparam("of_op"))


class AnswerRows:
    def __init__(self, connection: Line) -> None:
        self._connection = connection

    def latest(self, limit: int) -> Sequence[Settled]:
        """What was made last comes first."""
        return [_settled(row) for row in self._connection.execute(_LATEST, {"most": limit})]

    def to(self, op_id: OpId) -> Settled | None:
        """None while it waits, and for an operation that is unknown."""
        row = self._connection.execute(_ONE, {"of_op": op_id}).one_or_none()
        return None if row is None else _settled(row)


@codec.of_row
def _settled(row: Row[Any]) -> Settled:
    operation = Operation(OpId(row.op_id), row.device_seq, row.type, EntryId(row.entry_id), codec.read(row.payload))
    return Settled(operation, row.outcome, row.settled_at, row.queued_at)
