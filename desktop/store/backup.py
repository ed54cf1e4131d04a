"""A sound copy of the database beside it, made with SQLite's backup API and checked before it counts."""

import os
import re
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import pysqlite3.dbapi2
from sqlalchemy import Engine

from desktop.domain.errors import StorageProblem, StoreDamaged
from desktop.store.blob_files import flush_folder
from desktop.store.faults import UNREAD

_SOUND: Final = "ok"
_MAKING: Final = ".making"  # in the name of a backup that does not count yet
# How SQLite's check words a page that it could not read at all: that says nothing about what is on it.
_UNREAD: Final = re.compile("(unable|failed) to get (the )?page")
_LOCKED: Final = frozenset({5, 6})  # SQLITE_BUSY, SQLITE_LOCKED
_MOST_WAITS: Final = 20  # of a quarter of a second each, while another program holds the file


def check(engine: Engine, *, indexes: bool = False) -> None:
    """StoreDamaged unless SQLite finds the file sound; StorageProblem if the disk does not let it look.

    `indexes`: also whether each of them says what its table says, which takes several times as long.
    """
    with engine.connect() as connection:
        check_file(connection.connection.driver_connection, indexes=indexes)


def check_file(driver: Any, *, indexes: bool = False) -> None:  # noqa: ANN401  the driver has no types
    """The same of a connection of the driver's own."""
    found = str(driver.execute(f"PRAGMA {'integrity' if indexes else 'quick'}_check(1)").fetchone()[0])
    if _UNREAD.search(found):
        raise StorageProblem(found, reason=UNREAD)
    if found != _SOUND:
        raise StoreDamaged(found)


def back_up(engine: Engine, folder: Path, *, name: str) -> Path:
    """Copy the database to `folder/name.sqlite`, readable by its owner only; an existing file is never overwritten.

    Only a copy that is whole, checked and durable gets that name.
    """
    folder.mkdir(exist_ok=True, mode=0o700)
    for left in folder.glob(f"*{_MAKING}*"):  # of a backup that was cut off
        left.unlink()
    making = folder / f"{name}{_MAKING}"
    os.close(os.open(making, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        _copy_checked(engine, making)
        flush(making)
        path = making.rename(_free(folder, name))
    except BaseException:
        for left in folder.glob(f"*{_MAKING}*"):
            left.unlink(missing_ok=True)
        raise
    flush_folder(folder)
    return path


def _copy_checked(engine: Engine, path: Path) -> None:
    with closing(pysqlite3.dbapi2.connect(str(path))) as copy:
        with engine.connect() as connection:
            driver = connection.connection.driver_connection
            if driver is None:
                raise StorageProblem("the database is closed")
            _copy(driver, copy)
        try:
            check_file(copy)
        except StoreDamaged as fault:
            raise StorageProblem(f"the backup is not sound: {fault.detail}") from fault


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
