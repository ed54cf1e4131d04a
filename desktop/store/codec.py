"""JSON in and out of BLOB columns, and rows in and out of frozen values."""

import json
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any, TypeVar

from sqlalchemy import Table
from sqlalchemy.dialects.sqlite import Insert, insert

from desktop.domain.digest import Json, canonical
from desktop.domain.errors import BadContent, StoreDamaged

_Row = TypeVar("_Row")
_Made = TypeVar("_Made")


def own(value: object) -> bytes:
    """What this machine made, as canonical bytes; BadContent for what has no canonical form."""
    return canonical(value)


def heard(value: object) -> bytes:
    """What the portal said, whatever its keys and numbers are, so that it can be read back as it was."""
    return json.dumps(value, separators=(",", ":")).encode()


def read(data: bytes) -> Any:  # noqa: ANN401  what was written under a column is known to its reader only
    """What was written; StoreDamaged if it is no longer JSON."""
    try:
        return json.loads(data)
    except (ValueError, TypeError) as fault:
        raise StoreDamaged(f"a value in the database cannot be read: {fault}") from fault


def of_row(make: Callable[[_Row], _Made]) -> Callable[[_Row], _Made]:
    """`make` of rows that SQLite finds sound but whose bytes the disk has changed: StoreDamaged, whatever it stumbles over."""

    @wraps(make)
    def made(row: _Row) -> _Made:
        try:
            return make(row)
        except (ValueError, TypeError, KeyError, AttributeError, BadContent) as fault:
            raise StoreDamaged(f"a row of the database cannot be read: {fault!r}") from fault

    return made


def objects(items: Sequence[Mapping[str, Json]]) -> list[dict[str, Json]]:
    return [dict(item) for item in items]


def upsert(table: Table, *, key: str) -> Insert:
    """INSERT that overwrites the row of the same `key`, whose number (`no`), if it has one, stays."""
    statement = insert(table)
    kept = {key, "no"}
    values = {column.name: statement.excluded[column.name] for column in table.columns if column.name not in kept}
    return statement.on_conflict_do_update(index_elements=[key], set_=values)
