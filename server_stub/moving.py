"""Moving a portal from one database to another: everything is copied, compared, and only then committed.

Epoch, feed numbers, ledger and the secret of cursors and tokens go along, so that no client notices.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, Integer, Table, func, insert, select, text

from server_stub.core.record import faults
from server_stub.store import tables as t
from server_stub.store.engine import Database
from server_stub.store.files import Files

_BATCH: Final = 1000


class MoveError(Exception):
    """The move cannot be made, or what arrived is not what was sent; nothing was written."""


@dataclass(frozen=True)
class Moved:
    """Rows by table, and the blobs whose bytes were copied."""

    rows: Mapping[str, int]
    files: int


def move(source: Database, target: Database, *, files: tuple[Files, Files]) -> Moved:
    """Copy a portal into an empty database; nobody writes to the old one meanwhile.

    Raises:
        MoveError: the target is not empty, the source holds no portal, or the copy differs.
    """
    with source.session(write=True) as old, target.session(write=True) as new:
        before, after = old.connection(), new.connection()
        if before.execute(select(t.portal.c.id)).first() is None:
            raise MoveError("there is no portal in the old database")
        used = [table.name for table in t.metadata.sorted_tables if _count(after, table)]
        if used:
            raise MoveError(f"the new database is not empty: {', '.join(used)}")
        copied = sum(_copy_file(sha256, files) for sha256 in before.execute(select(t.blob.c.sha256)).scalars())
        rows = {table.name: _copy(before, after, table) for table in t.metadata.sorted_tables}
        _compare(before, after)
        new.commit()
    return Moved(rows, copied)


def _copy(before: Connection, after: Connection, table: Table) -> int:
    found = before.execution_options(yield_per=_BATCH).execute(select(table).order_by(*table.primary_key))
    count = 0
    for rows in found.mappings().partitions():
        after.execute(insert(table), [dict(row) for row in rows])
        count += len(rows)
    key = next(iter(table.primary_key), None)
    numbered = key is not None and isinstance(key.type, Integer) and key.autoincrement is not False
    if key is not None and numbered and after.dialect.name == "postgresql":
        # The next number comes from a sequence, which has not seen these.
        number = (
            f"SELECT setval(pg_get_serial_sequence('{table.name}', '{key.name}'), max({key.name})) FROM {table.name}"  # noqa: S608 - our own names
        )
        after.execute(text(number))
    return count


def _copy_file(sha256: str, files: tuple[Files, Files]) -> bool:
    source, target = files
    if target.size(sha256) is not None:
        return False
    target.write(sha256, source.read(sha256))
    return True


def _compare(before: Connection, after: Connection) -> None:
    """Every table as long as it was, one identity, one whole record that ends where the portal says."""
    for table in t.metadata.sorted_tables:
        if _count(before, table) != _count(after, table):
            raise MoveError(f"rows of {table.name} are missing")
    portal = after.execute(select(t.portal)).one()
    if tuple(portal) != tuple(before.execute(select(t.portal)).one()):
        raise MoveError("epoch or numbers differ")
    wrong = next(faults(after), None)
    head = after.execute(select(t.record.c.hash).order_by(t.record.c.seq.desc()).limit(1)).scalar_one_or_none()
    if wrong is not None or (head is not None and head != portal.record_head):
        raise MoveError(f"the record is broken: {wrong or 'another head'}")


def _count(db: Connection, table: Table) -> int:
    return int(db.execute(select(func.count()).select_from(table)).scalar_one())
