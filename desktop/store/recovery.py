"""A damaged home made sound by itself: the newest sound backup, and whatever can still be read in the damaged file.

The damaged file is set aside beside the new one and never changed. Every step can be cut off: a start after it goes on.
"""

import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine

from desktop.application import notices
from desktop.application.ports import Clock
from desktop.domain.errors import Rule, StorageProblem
from desktop.store.backup import check, flush
from desktop.store.blob_files import Folder, flush_folder
from desktop.store.connecting import writing_engine
from desktop.store.faults import UNREAD, translated
from desktop.store.keeping import BACKUPS, is_sound, newest_first, stamp, stamp_of
from desktop.store.line import Line
from desktop.store.mending import mend
from desktop.store.mending_ground import Mended
from desktop.store.migrate import MIGRATIONS, bring_up_to_date, refuse_newer
from desktop.store.salvage import Salvage, salvage
from desktop.store.work import SqlWork

CODES: Final = ("home-recovered", "home-recovered-without-backup")
_FOLDER: Final = "recovering"
_READY: Final = re.compile(r"ready-(\d{8}T\d{6}Z(?:-\d+)?)\.sqlite")
_BESIDE: Final = ("-wal", "-shm", "")  # the database last: while it stands, what is set aside is not complete
_ROOTS: Final = "SELECT name, rootpage FROM sqlite_schema WHERE type = 'table' AND rootpage > 0"


def recover(database: Path, *, clock: Clock, migrations: Path = MIGRATIONS) -> None:
    """Put a sound database in the place of `database`, which may be missing; the caller holds the home.

    What happened is told in it as a notice (one of `CODES`), and by cards where somebody must look.

    Raises:
        NewerStore: a newer version of this program wrote the file, which looks damaged to this one; it stays as it is.
        StorageProblem: the disk refuses; nothing has changed, and the next start tries again.
    """
    home = database.parent
    with translated():
        finish(database)
        folder = home / _FOLDER
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700)
        backup = next((path for path in newest_first(home / BACKUPS) if is_sound(path)), None)
        made = folder / "new.sqlite"
        when = _free_name(database, stamp(clock))
        os.close(os.open(made, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        if backup is not None:
            shutil.copyfile(backup, made)
        engine = writing_engine(made)
        try:
            bring_up_to_date(engine, folder, clock=clock, migrations=migrations)
            found = salvage(database, first_pages=_first_pages(engine))
            refuse_newer(found.version, migrations)
            params = {"aside": _aside(database, when).name, "backup": _when(backup) if backup is not None else ""}
            _fill(engine, found, Folder(home / "blobs"), at=clock.now(), params=params)
            check(engine)
            _fold_in(engine)
        finally:
            engine.dispose()
        flush(made)
        made.rename(folder / f"ready-{when}.sqlite")
        flush_folder(folder)
        finish(database)


def finish(database: Path) -> None:
    """Exchange the files if a recovery is ready: from the first step on the damaged ones are only moved."""
    folder = database.parent / _FOLDER
    ready = [found for path in folder.glob("*") if (found := _READY.fullmatch(path.name))] if folder.exists() else []
    for found in ready:
        aside = _aside(database, found.group(1))
        for suffix in _BESIDE:
            damaged = database.with_name(database.name + suffix)
            if damaged.exists():
                damaged.rename(aside.with_name(aside.name + suffix))
        flush_folder(database.parent)
        (folder / found.group()).rename(database)
        flush_folder(database.parent)
    if folder.exists():
        shutil.rmtree(folder)


def _aside(database: Path, when: str) -> Path:
    return database.with_name(f"{database.stem}-damaged-{when}{database.suffix}")


def _free_name(database: Path, when: str) -> str:
    """A file that was set aside in the same second stays as well."""
    names = (when, *(f"{when}-{number}" for number in range(2, 1000)))
    return next(name for name in names if not any(database.parent.glob(f"{_aside(database, name).name}*")))


def _fill(engine: Engine, found: Salvage, files: Folder, *, at: str, params: Mapping[str, str]) -> None:
    with engine.begin() as connection:
        work = SqlWork(Line.of(connection), files)
        mended = mend(connection, work, found, files=files.kept(), at=at)
        for code in CODES:
            notices.withdraw(work, code)
        told = {**_told(found, mended), **params}
        notices.tell(work, Rule(CODES[not params["backup"]], params=told), at=at)
        work.flush()


def _fold_in(engine: Engine) -> None:
    """Everything into the one file that is renamed: what stayed in a log beside it would be left behind.

    The last connection folds it in when it is closed, but does not say whether it could.
    """
    with engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        held_up, left, _moved = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if held_up or left:
        raise StorageProblem("the recovered database could not be put into one file", reason=UNREAD)


def _first_pages(engine: Engine) -> dict[str, int]:
    """Where the backup's tables begin: they begin there in the damaged file too, whose numbers may be gone."""
    with engine.connect() as connection:
        return {row.name: row.rootpage for row in connection.exec_driver_sql(_ROOTS)}


def _told(found: Salvage, mended: Mended) -> dict[str, str]:
    """The numbers of the notice, as text."""
    return {
        "queued": str(mended.queued),
        "drafts": str(mended.drafts),
        "older": str(mended.older),
        "doubtful": str(mended.doubtful),
        "uncertain": str(mended.uncertain),
        "unreadable": str(found.broken),
    }


def _when(backup: Path) -> str:
    made = stamp_of(backup)
    return f"{made[:4]}-{made[4:6]}-{made[6:8]} {made[9:11]}:{made[11:13]} UTC"


def is_gone(database: Path) -> bool:
    """Whether there is nothing where earlier work must have been: its log or a backup says that there was some."""
    if database.exists() and database.stat().st_size > 0:
        return False
    log = database.with_name(database.name + "-wal")
    return (log.exists() and log.stat().st_size > 0) or bool(newest_first(database.parent / BACKUPS))
