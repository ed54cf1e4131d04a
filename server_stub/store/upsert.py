"""An insert that leaves alone what is there: of two at the same moment one writes, on every database."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_new(db: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert the rows whose keys are not there yet."""
    if not rows:
        return
    if db.dialect.name == "postgresql":
        db.execute(postgresql.insert(table).on_conflict_do_nothing(), rows)
    else:
        db.execute(sqlite.insert(table).on_conflict_do_nothing(), rows)
