"""JSON in and out of BLOB columns, and rows in and out of frozen values."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any, TypeVar

from sqlalchemy import Row, Table
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


def digest(*values: object) -> bytes:
    """16 bytes over values of a row (bytes, text, whole numbers, None), kept beside them in the row."""
    found = hashlib.blake2b(digest_size=16)
    for value in values:
        data = value if isinstance(value, bytes) else str(value).encode()
        found.update(b"%s %d " % (type(value).__name__.encode(), len(data)))
        found.update(data)
    return found.digest()


def digest_of(row: Mapping[str, object], columns: Sequence[str]) -> bytes:
    """The same over the `columns` of a row as they lie in the file, where truth is a number."""
    values = (row[name] for name in columns)
    return digest(*(int(value) if isinstance(value, bool) else value for value in values))


def verify(row: Row[Any], columns: Sequence[str]) -> None:
    """StoreDamaged unless the row's digest is that of its `columns`."""
    values = row._asdict()
    if row.digest != digest_of(values, columns):
        raise StoreDamaged(f"the disk has changed a row: {values[columns[0]]}")


def objects(items: Sequence[Mapping[str, Json]]) -> list[dict[str, Json]]:
    return [dict(item) for item in items]


def upsert(table: Table, *, key: str) -> Insert:
    """INSERT that overwrites the row of the same `key`, whose number (`no`), if it has one, stays."""
    statement = insert(table)
    kept = {key, "no"}
    values = {column.name: statement.excluded[column.name] for column in table.columns if column.name not in kept}
    return statement.on_conflict_do_update(index_elements=[key], set_=values)
