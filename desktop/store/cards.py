"""What a person must look at; a closed card stays in the table."""

from collections.abc import Collection, Sequence
from typing import Any, Final

from sqlalchemy import Row, bindparam, insert, select, text, update

from desktop.application.records import Card
from desktop.domain.errors import Rule
from desktop.domain.ids import EntryId, OpId
from desktop.store import codec
from desktop.store.ahead import Without, having
from desktop.store.line import Line
from desktop.store.tables import card as table

_ADD: Final = insert(table)
_OPEN: Final = select(table).where(text("closed IS NULL")).order_by(table.c.id)  # as the index of open cards says it
_OF: Final = _OPEN.where(table.c.entry_id == bindparam("entry_id"))
_HAVING: Final = having(table.c.entry_id).where(text("closed IS NULL"))
_CLOSE: Final = (
    update(table)
    .where(table.c.id == bindparam("card_id"), table.c.closed.is_(None))
    .values(closed=bindparam("closed_at"))
)


class CardRows:
    def __init__(self, connection: Line) -> None:
        self._connection = connection
        self._without = Without(connection, _HAVING)

    def look_up(self, entry_ids: Collection[EntryId]) -> None:
        """Ask at once which of these have none open."""
        self._without.look_up(entry_ids)

    def add(
        self,
        entry_id: EntryId,
        *,
        op_id: OpId | None,
        name: str,
        outcome: str,
        rule: Rule,
        pointers: Sequence[str],
        at: str,
    ) -> None:
        self._without.forget(entry_id)
        stored = {"code": rule.code, "clause": rule.clause, "params": dict(rule.params)}
        self._connection.execute(
            _ADD,
            {
                "entry_id": entry_id,
                "op_id": op_id,
                "name": name,
                "outcome": outcome,
                "rule": codec.heard(stored),
                "pointers": codec.heard(list(pointers)),
                "created": at,
            },
        )

    def of(self, entry_id: EntryId) -> Sequence[Card]:
        """The open cards of an entry, oldest first."""
        if entry_id in self._without:
            return []
        return [card_of(row) for row in self._connection.execute(_OF, {"entry_id": entry_id})]

    def open(self) -> Sequence[Card]:
        """All open cards, oldest first."""
        return [card_of(row) for row in self._connection.execute(_OPEN)]

    def close(self, card_id: int, *, at: str) -> None:
        """A person has seen it; a card that is closed or unknown stays as it is."""
        self._connection.execute(_CLOSE, {"card_id": card_id, "closed_at": at})


@codec.of_row
def card_of(row: Row[Any]) -> Card:
    return Card(
        id=row.id,
        entry_id=EntryId(row.entry_id),
        op_id=row.op_id,
        name=row.name,
        outcome=row.outcome,
        rule=Rule(**codec.read(row.rule)),
        created=row.created,
        pointers=tuple(codec.read(row.pointers)),
    )
