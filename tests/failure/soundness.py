"""What must hold of a home at every moment at which its program can end: whole pages, whole references, lists that agree."""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Final, TypeAlias

import pysqlite3.dbapi2

from desktop.application.ports import Work
from desktop.application.records import ListQuery, Shown
from desktop.application.shown import refresh
from desktop.domain.ids import EntryId, MemberId
from desktop.store.opening import DATABASE
from desktop.store.transactions import SqlStore

Rows: TypeAlias = Mapping[str, Sequence[tuple[object, ...]]]
"""Every table by name."""

_TABLES: Final = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'shown_text%' ORDER BY name"
# What depends on how often something was tried, or on where SQLite found room.
_TRIES: Final = {
    "sqlite_schema": ("rootpage",),
    "operation": ("attempts",),
    "settled": ("attempts",),
    "sqlite_sequence": ("seq",),
}
# A value of the feed that tells of tries alone: how long the portal has been away.
_TRIED: Final = "outage"
_ANSWER: Final = "answer"
_TRACES: Final = """
    SELECT 'revision ' || rid FROM revision UNION SELECT 'operation ' || op_id FROM operation
    UNION SELECT 'operation ' || op_id FROM settled
    UNION SELECT 'text of ' || entry_id FROM draft UNION SELECT 'text of ' || entry_id FROM revision"""
_QUERIES: Final = {
    "a queued text that is no revision": """
        SELECT op_id FROM operation WHERE type = 'put'
        AND json_extract(payload, '$.rid') NOT IN (SELECT rid FROM revision)""",
    "a draft on a base that is not here": """
        SELECT entry_id FROM draft WHERE base_rid NOTNULL AND base_rid NOT IN (SELECT rid FROM revision)
        AND base_rid NOT IN (SELECT rid FROM entry WHERE rid NOTNULL AND body_rid ISNULL)""",
    "an entry whose text is not here": """
        SELECT entry_id FROM entry WHERE body_rid NOTNULL AND body_rid NOT IN (SELECT rid FROM revision)""",
    "an operation both queued and settled": "SELECT op_id FROM operation WHERE op_id IN (SELECT op_id FROM settled)",
    "a number given out twice": """
        SELECT device_seq FROM (SELECT device_seq FROM operation UNION ALL SELECT device_seq FROM settled)
        GROUP BY device_seq HAVING count(*) > 1""",
    "a number that was never given out": """
        SELECT device_seq FROM (SELECT device_seq FROM operation UNION SELECT device_seq FROM settled)
        WHERE device_seq > coalesce((SELECT value FROM counter WHERE name = 'device_seq'), 0)""",
    "a row of a list without its entry": """
        SELECT entry_id FROM shown WHERE entry_id NOT IN (
        SELECT entry_id FROM entry UNION SELECT entry_id FROM draft UNION SELECT entry_id FROM operation)""",
    "an entry that no list shows": """
        SELECT entry_id FROM (SELECT entry_id FROM entry UNION SELECT entry_id FROM draft UNION SELECT entry_id FROM operation)
        WHERE entry_id NOT IN (SELECT entry_id FROM shown)""",
}


class _AsItWas(Exception):  # noqa: N818  ends a transaction that must leave nothing
    pass


def rows_of(home: Path, *, exactly: bool = False) -> Rows:
    """All that a home holds, without what depends on the number of tries (unless `exactly`); looks, and touches nothing."""
    with closing(pysqlite3.dbapi2.connect(f"file:{home / DATABASE}?mode=ro", uri=True)) as connection:
        names = ["sqlite_schema", *(name for (name,) in connection.execute(_TABLES))]
        return {name: _rows(connection, name, exactly=exactly) for name in names}


def differences(found: Rows, wanted: Rows) -> dict[str, tuple[object, object]]:
    """By table: what is there and should not be, what should be there and is not."""
    return {
        name: (
            [row for row in found[name] if row not in wanted[name]],
            [row for row in wanted[name] if row not in found[name]],
        )
        for name in found
        if found[name] != wanted.get(name)
    }


def _rows(connection: Any, table: str, *, exactly: bool) -> list[tuple[object, ...]]:  # noqa: ANN401
    cursor = connection.execute(f'SELECT * FROM "{table}"')  # noqa: S608  a name from the schema
    names = [column[0] for column in cursor.description]
    left_out = () if exactly else _TRIES.get(table, ())
    found = [
        tuple(
            _answer(value) if name == _ANSWER and not exactly else value
            for name, value in zip(names, row, strict=True)
            if name not in left_out
        )
        for row in cursor
        if exactly or table != "feed" or _TRIED not in row
    ]
    return sorted(found, key=repr)


def _answer(value: bytes) -> object:
    """A stored answer without its note that it had been given before."""
    return json.dumps({name: item for name, item in json.loads(value).items() if name != "replay"}, sort_keys=True)


def traces(home: Path) -> frozenset[str]:
    """What may never be missing again once it is there: texts and operations."""
    with closing(pysqlite3.dbapi2.connect(f"file:{home / DATABASE}?mode=ro", uri=True)) as connection:
        return frozenset(row[0] for row in connection.execute(_TRACES))


def faults_of_file(database: Path) -> list[str]:
    """What SQLite itself finds wrong with a database, its log included; works on a copy."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / database.name
        for suffix in ("", "-wal", "-journal"):
            if database.with_name(database.name + suffix).exists():
                shutil.copyfile(database.with_name(database.name + suffix), copy.with_name(copy.name + suffix))
        try:
            with closing(pysqlite3.dbapi2.connect(str(copy))) as connection:
                return _faults(connection)
        except pysqlite3.dbapi2.DatabaseError as error:
            return [str(error)]


def faults_of_home(home: Path) -> list[str]:
    """The same of a home's database."""
    return faults_of_file(home / DATABASE)


def _faults(connection: Any) -> list[str]:  # noqa: ANN401
    found = [row[0] for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
    found += [f"a broken reference in {row[0]}" for row in connection.execute("PRAGMA foreign_key_check")]
    tables = {row[0] for row in connection.execute(_TABLES)}
    if not found and "operation" in tables:
        found += [what for what, query in _QUERIES.items() if connection.execute(query).fetchone()]
        connection.execute("INSERT INTO shown_text (shown_text, rank) VALUES ('integrity-check', 0)")
    return found


def faults_of_meaning(store: SqlStore) -> list[str]:
    """What the program would find wrong: lists against what they project, attachments against their names."""
    found: list[str] = []
    try:
        with store.write() as work:
            if work.feed.account() is not None:
                found += _lists_against_entries(work)
            found += [
                f"blob {sha256} is not on the disk"
                for sha256, _size in work.blobs.unsent()
                if hashlib.sha256(work.blobs.read(sha256) or b"").hexdigest() != sha256
            ]
            raise _AsItWas
    except _AsItWas:
        return found


def _lists_against_entries(work: Work) -> list[str]:
    shown = _shown(work)
    refresh(work, list(shown))
    return [
        f"the row of {entry_id} is not what it shows"
        for entry_id, row in _shown(work).items()
        if row != shown[entry_id]
    ]


def _shown(work: Work) -> dict[EntryId, Shown]:
    return {row.entry_id: row for row in work.lists.rows(ListQuery(limit=100_000), me=MemberId("u-nobody"))}


def leftovers(home: Path) -> list[str]:
    """Half-written files that nothing will ever name."""
    return [path.name for path in home.rglob(".new-*")]
