"""Backups of a home by themselves: one for each working day, kept for seven days and four weeks, each checked before it counts."""

import re
from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pysqlite3.dbapi2
from sqlalchemy import Engine

from desktop.application.ports import Clock
from desktop.domain.errors import StoreDamaged
from desktop.store.backup import back_up, check, check_file
from desktop.store.faults import translated
from desktop.store.rows_checked import check_rows, rows_are_sound
from desktop.store.tables import COVERED

BACKUPS: Final = "backup"
_TABLES: Final = "SELECT name FROM sqlite_schema WHERE type = 'table'"
_DAYS, _WEEKS = 7, 4
_DAILY: Final = "day"
_STAMP: Final = re.compile(r"\d{8}T\d{6}Z")
_SPELLING: Final = "%Y%m%dT%H%M%SZ"
_EVERY: Final = timedelta(hours=4)  # work that goes on later in the day takes the place of that day's earlier backup


def stamp(clock: Clock) -> str:
    """The time as a file name has it: 20261122T094105Z."""
    return "".join(character for character in clock.now().partition(".")[0] if character.isalnum()).rstrip("Z") + "Z"


def stamp_of(path: Path) -> str:
    """The stamp in a file's name; empty if it has none."""
    found = _STAMP.search(path.name)
    return found.group() if found else ""


def newest_first(folder: Path) -> list[Path]:
    """Every backup that says when it was made."""
    return sorted((path for path in folder.glob("*.sqlite") if stamp_of(path)), key=stamp_of, reverse=True)


def is_sound(path: Path) -> bool:
    """Whether a backup is one of ours, SQLite finds nothing wrong with it, and every row that has a digest is what it was.

    Raises:
        StorageProblem: the disk does not let it look, which says nothing about the backup.
    """
    try:
        with translated(), closing(_reading(path)) as connection:
            check_file(connection)
            tables = {name for (name,) in connection.execute(_TABLES)}
            return tables >= {"alembic_version", *COVERED} and rows_are_sound(connection)
    except StoreDamaged:
        return False


def _reading(path: Path) -> Any:  # noqa: ANN401  the driver has no types
    return pysqlite3.dbapi2.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)


def is_due(home: Path, *, clock: Clock) -> bool:
    """Whether the last backup of `home` is some hours old. The clock of this machine may be wrong."""
    now = _read(stamp(clock))
    return all(abs(now - _read(stamp_of(path))) > _EVERY for path in _daily(home / BACKUPS))


def keep(engine: Engine, home: Path, *, clock: Clock) -> Path | None:
    """Back the home up, and then remove those backups that are too many; nothing is done for a home that is nobody's yet.

    Raises:
        StoreDamaged: the home itself is not sound; no backup is made or removed.
        StorageProblem: the disk refuses; every earlier backup stays.
    """
    with engine.connect() as connection:
        if connection.exec_driver_sql("SELECT 1 FROM account").one_or_none() is None:
            return None
    check(engine)
    check_rows(engine)
    made = back_up(engine, home / BACKUPS, name=f"{_DAILY}-{stamp(clock)}")
    for path in _too_many(_daily(home / BACKUPS), made):
        path.unlink()
    return made


def _daily(folder: Path) -> list[Path]:
    return [path for path in newest_first(folder) if path.name.startswith(f"{_DAILY}-")] if folder.exists() else []


def _too_many(paths: Iterable[Path], made: Path) -> Sequence[Path]:
    """All but the newest of each of the last days and of each of the last weeks."""
    newest = sorted(paths, key=stamp_of, reverse=True)
    days = {_read(stamp_of(path)).date(): path for path in reversed(newest)}
    weeks = {_read(stamp_of(path)).isocalendar()[:2]: path for path in reversed(newest)}
    kept = {made, *_last(days.values(), _DAYS), *_last(weeks.values(), _WEEKS)}
    return [path for path in newest if path not in kept]


def _last(paths: Iterable[Path], count: int) -> list[Path]:
    return sorted(paths, key=stamp_of, reverse=True)[:count]


def _read(when: str) -> datetime:
    try:
        return datetime.strptime(when, _SPELLING).replace(tzinfo=UTC)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)
