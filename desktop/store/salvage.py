"""What can still be read in a damaged database: every row that is provably or plausibly what was written, table by table."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final, TypeAlias

from sqlalchemy import Boolean, Integer, LargeBinary
from sqlalchemy import Table as Shape

from desktop.domain.errors import StoreDamaged
from desktop.store import codec
from desktop.store.board import delegation_of, member_of
from desktop.store.cards import card_of
from desktop.store.entries import entry_of
from desktop.store.feed import account_of
from desktop.store.pages import Pages
from desktop.store.records import Table, Value, lost_pages, read_lost, read_table, roots
from desktop.store.sectors import readable
from desktop.store.tables import COVERED, metadata

Row: TypeAlias = dict[str, Any]
"""A row by the names of its columns, as it lies in the file."""

_PROJECTION: Final = "shown"  # made anew from the rest
_NOT_JSON: Final = frozenset({"digest", "signature"})
_LATER: Final = {"draft": 2, "operation": 1, "revision": 1}  # columns at the end that earlier versions have not
_READ: Final[Mapping[str, Callable[[Any], object]]] = {
    "account": account_of,
    "card": card_of,
    "delegation": delegation_of,
    "entry": entry_of,
    "member": member_of,
}


@dataclass
class Salvage:
    """`rows` are sound; `doubtful` are rows of texts and operations with a changed byte in them, readable after all.

    `whole`: tables of which nothing is missing. `broken`: how many pages and rows could not be read at all. `last_place`: the last number
    that an operation was given, as SQLite noted it. `version`: the revision of the tables, if it can be read.
    """

    rows: dict[str, list[Row]] = field(default_factory=dict)
    doubtful: dict[str, list[Row]] = field(default_factory=dict)
    whole: set[str] = field(default_factory=set)
    broken: int = 0
    last_place: int = 0
    version: str | None = None


def salvage(database: Path, *, first_pages: Mapping[str, int]) -> Salvage:
    """Read `database` and its log as bytes. `first_pages` of the tables are for a file whose own list of them is gone."""
    (data, refused), (log, refused_of_log) = (
        _bytes(path) for path in (database, database.with_name(database.name + "-wal"))
    )
    pages = Pages(data, log)
    known = {**first_pages, **roots(pages)}
    found = Salvage(broken=refused + refused_of_log)
    reached = set(read_table(pages, 1).pages)
    strays: list[tuple[Value, ...]] = []
    for name, root in known.items():
        if name not in metadata.tables:
            table = read_table(pages, root)
            reached |= table.pages
            if name == "alembic_version":
                found.version = next((str(row[0]) for _no, row in table.rows if row and _is_version(row[0])), None)
            if name == "sqlite_sequence":
                found.last_place = max((last for of, last in _pairs(table) if of == "operation"), default=0)
    for name, shape in metadata.tables.items():
        table = read_table(pages, known[name]) if name in known else Table(broken=1)
        reached |= table.pages
        strays += table.stray
        if name != _PROJECTION:
            _sort(found, shape, table)
    lost = lost_pages(pages, reached | pages.free())
    if lost:  # nobody knows whose they are
        found.whole.clear()
    _add_lost(found, [*strays, *read_lost(pages, lost)])
    return found


def _bytes(path: Path) -> tuple[bytes, int]:
    return readable(path) if path.exists() else (b"", 0)


def _sort(found: Salvage, shape: Shape, table: Table) -> None:
    name, broken = shape.name, table.broken
    rows: list[Row] = []
    doubtful: list[Row] = []
    for number, values in table.rows:
        row = _named(shape, number, values)
        if row is not None and _is_sound(name, row):
            rows.append(_with_digest(name, row))
        elif row is not None and name in COVERED:
            doubtful.append(row)
        else:
            broken += 1
    found.rows[name], found.doubtful[name] = rows, doubtful
    found.broken += broken
    if not broken and not doubtful:
        found.whole.add(name)


def _pairs(table: Table) -> list[tuple[Value, int]]:
    return [(row[0], row[1]) for _no, row in table.rows if len(row) == len(("name", "seq")) and isinstance(row[1], int)]


def _is_version(value: Value) -> bool:
    return isinstance(value, str) and value.isascii() and value.isdecimal()


def _add_lost(found: Salvage, rows: Iterable[tuple[Value, ...]]) -> None:
    """Rows that no table leads to any more: those whose digest proves them, where the table has none of that name."""
    by_columns = {len(metadata.tables[name].columns): name for name in COVERED}
    newest: dict[tuple[str, object], Row] = {}
    for values in rows:
        name = by_columns.get(len(values))
        row = _named(metadata.tables[name], 0, values) if name else None
        if name is None or row is None or not _is_sound(name, row):
            continue
        key = (name, row[COVERED[name][0]])
        if key not in newest or row.get("updated", "") > newest[key].get("updated", ""):
            newest[key] = row
    known = {name: {row[columns[0]] for row in found.rows[name]} for name, columns in COVERED.items()}
    for (name, named), row in newest.items():
        if name not in found.whole and named not in known[name]:
            found.rows[name].append(row)


def _named(shape: Shape, number: int, values: tuple[Value, ...]) -> Row | None:
    """The row by its columns' names; None if it is not one of this table."""
    columns = list(shape.columns)
    if not len(columns) - _LATER.get(shape.name, 0) <= len(values) <= len(columns):
        return None
    row: Row = dict(zip((column.name for column in columns), values, strict=False))
    for place, column in enumerate(columns):
        value = row.setdefault(column.name, None)
        if column.primary_key and isinstance(column.type, Integer) and value is None:
            row[column.name] = number or None  # SQLite keeps it as the row's own number
        elif value is None:
            if not column.nullable and place < len(values):
                return None
            row[column.name] = False if isinstance(column.type, Boolean) else None
        elif not isinstance(value, _type(column.type)):
            return None
    return row


def _with_digest(name: str, row: Row) -> Row:
    """A row of an earlier version has none."""
    if name not in COVERED or row["digest"] is not None:
        return row
    return {**row, "digest": codec.digest_of(row, COVERED[name])}


def _type(kind: object) -> type:
    if isinstance(kind, LargeBinary):
        return bytes
    return int if isinstance(kind, Integer | Boolean) else str


def _is_sound(name: str, row: Row) -> bool:
    if row.get("digest") is not None and row["digest"] != codec.digest_of(row, COVERED[name]):
        return False
    try:
        for column in metadata.tables[name].columns:
            value = row[column.name]
            if isinstance(value, bytes) and column.name not in _NOT_JSON:
                json.loads(value)
            elif isinstance(value, str) and "\ufffd" in value:
                return False
        if name in _READ:
            _READ[name](SimpleNamespace(**row))
        return name != "bundle" or _is_bundle(row)
    except (ValueError, StoreDamaged):
        return False


def _is_bundle(row: Row) -> bool:
    """Rules are named by their hash (`docs/wire.md`, GET /v1/bundle)."""
    body = json.loads(row["body"])
    if not isinstance(body, dict):
        return False
    rest = {key: value for key, value in body.items() if key != "rev"}
    text = json.dumps(rest, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return bool(sha256(text.encode()).hexdigest() == row["rev"])
