"""A sound copy of the database beside it, made with SQLite's backup API and checked before it counts."""

import os
import re
from pathlib import Path
from typing import Any, Final

import pysqlite3.dbapi2
from sqlalchemy import Engine

from desktop.domain.errors import StorageProblem, StoreDamaged
from desktop.store.blob_files import flush_folder

_SOUND: Final = "ok"
# How SQLite's check words a page that it could not read at all: that says nothing about what is on it.
_UNREAD: Final = re.compile("(unable|failed) to get (the )?page")
_LOCKED: Final = frozenset({5, 6})  # SQLITE_BUSY, SQLITE_LOCKED
_MOST_WAITS: Final = 20  # of a quarter of a second each, while another program holds the file


def check(engine: Engine, *, indexes: bool = False) -> None:
    """StoreDamaged unless SQLite finds the file sound; StorageProblem if the disk does not let it look.

    `indexes`: also whether each of them says what its table says, which takes several times as long.
    """
    with engine.connect() as connection:
        found = str(connection.exec_driver_sql(f"PRAGMA {'integrity' if indexes else 'quick'}_check(1)").scalar_one())
    if _UNREAD.search(found):
        raise StorageProblem(found, reason="disk I/O error")
    if found != _SOUND:
        raise StoreDamaged(found)


def back_up(engine: Engine, folder: Path, *, name: str) -> Path:
    """Copy the database to `folder/name.sqlite`, readable by its owner only; an existing file is never overwritten."""
    folder.mkdir(exist_ok=True, mode=0o700)
    path = _free(folder, name)
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    copy = pysqlite3.dbapi2.connect(str(path))
    try:
        with engine.connect() as connection:
            driver = connection.connection.driver_connection
            if driver is None:
                raise StorageProblem("the database is closed")
            _copy(driver, copy)
        found = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
    finally:
        copy.close()
    if found != _SOUND:
        raise StorageProblem(f"the backup is not sound: {found}")
    flush(path)
    return path


def _copy(source: Any, copy: Any) -> None:  # noqa: ANN401  the driver has no types
    """The driver waits for a locked file for ever, and names no result code: whatever stops a copy is the disk."""
    waits = 0

    def progress(status: int, _left: int, _all: int) -> None:
        nonlocal waits
        waits += status in _LOCKED
        if waits > _MOST_WAITS:
            raise StorageProblem("the database is locked", reason="database is locked")

    try:
        source.backup(copy, progress=progress)
    except pysqlite3.dbapi2.OperationalError as fault:
        raise StorageProblem(str(fault), reason=str(fault)) from fault


def _free(folder: Path, name: str) -> Path:
    paths = (folder / f"{name}{suffix}.sqlite" for suffix in ("", *(f"-{number}" for number in range(2, 1000))))
    return next(path for path in paths if not path.exists())


def flush(path: Path) -> None:
    """Make a file and its name durable."""
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    flush_folder(path.parent)
