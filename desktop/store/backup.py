"""A sound copy of the database beside it, made with SQLite's backup API and checked before it counts."""

import os
from pathlib import Path
from typing import Final

import pysqlite3.dbapi2
from sqlalchemy import Engine

from desktop.domain.errors import StorageProblem, StoreDamaged
from desktop.store.blob_files import flush_folder

_SOUND: Final = "ok"


def check(engine: Engine) -> None:
    """StoreDamaged unless SQLite finds the file sound."""
    with engine.connect() as connection:
        found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
    if found != _SOUND:
        raise StoreDamaged(str(found))


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
            driver.backup(copy)
        found = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
    finally:
        copy.close()
    if found != _SOUND:
        raise StorageProblem(f"the backup is not sound: {found}")
    _flush(path)
    return path


def _free(folder: Path, name: str) -> Path:
    paths = (folder / f"{name}{suffix}.sqlite" for suffix in ("", *(f"-{number}" for number in range(2, 1000))))
    return next(path for path in paths if not path.exists())


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    flush_folder(path.parent)
