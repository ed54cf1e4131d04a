"""What every part of mending works on: the new tables, what was salvaged, and what is told of it afterwards."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Connection, select, text
from sqlalchemy.dialects.sqlite import insert

from desktop.application.ports import Work
from desktop.application.records import Draft
from desktop.domain.errors import Rule
from desktop.domain.ids import EntryId, OpId
from desktop.store.salvage import Row, Salvage
from desktop.store.tables import metadata

# Numbers that the damaged file may have given out are never given out again (`docs/wire.md`, device_seq).
JUMP: Final = 1_000_000
OLDER, DOUBTFUL, UNCERTAIN = "recovered-older", "recovered-doubtful", "recovered-uncertain"


@dataclass
class Mended:
    """How many operations wait, texts are being worked on; of these how many are `older` than the last that was told saved,
    and how many `doubtful`: read with a changed byte in them. `uncertain`: commands that are not sent but asked about.
    """

    queued: int = 0
    drafts: int = 0
    older: int = 0
    doubtful: int = 0
    uncertain: int = 0
    touched: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Ground:
    """One transaction on a copy of the backup, or on empty tables. `at`: this machine's time (ISO 8601 UTC)."""

    connection: Connection
    work: Work
    found: Salvage
    at: str
    mended: Mended = field(default_factory=Mended)

    def card(
        self,
        entry_id: str,
        code: str,
        *,
        op_id: OpId | None = None,
        name: str = "put",
        params: dict[str, str] | None = None,
    ) -> None:
        rule = Rule(code, params=params or {})
        self.work.cards.add(EntryId(entry_id), op_id=op_id, name=name, outcome=code, rule=rule, pointers=(), at=self.at)

    def keep_doubtful(self, draft: Draft) -> None:
        self.mended.doubtful += 1
        self.mended.touched.add(draft.entry_id)
        self.work.drafts.put(draft)
        self.card(draft.entry_id, DOUBTFUL)

    def all(self, name: str) -> Sequence[Row]:
        return [dict(row._mapping) for row in self.connection.execute(select(metadata.tables[name]))]

    def lay(self, name: str, rows: Collection[Row]) -> None:
        statement = insert(metadata.tables[name]).prefix_with("OR REPLACE")
        for row in rows:
            self.connection.execute(statement, _typed(name, row))

    def insert(self, name: str, row: Row, *, keep: bool = False) -> None:
        """`keep`: what stands already under one of its unique names stays."""
        statement = insert(metadata.tables[name])
        self.connection.execute(statement.prefix_with("OR IGNORE" if keep else "OR REPLACE"), _typed(name, row))

    def run(self, statement: str, values: Row) -> None:
        self.connection.execute(text(statement), values)


def _typed(name: str, row: Row) -> Row:
    """As SQLAlchemy wants it: truth is no number there."""
    table = metadata.tables[name]
    return {key: bool(value) if _is_truth(table, key) and value is not None else value for key, value in row.items()}


def _is_truth(table: Any, key: str) -> bool:  # noqa: ANN401  a table's columns by name
    return bool(table.columns[key].type.python_type is bool)


def is_number(value: int | None) -> bool:
    """Whether a row may have had it: a changed byte makes larger ones, a row that no table leads to has none."""
    return value is not None and 0 <= value < 2**52
