"""Backups of a home by themselves: one for each working day, kept for seven days and four weeks, each checked before it counts.

The order of making is in their names as a number: a clock that was wrong for a day says nothing about which one is newest.
"""

import re
from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pysqlite3.dbapi2
from sqlalchemy import Engine

from desktop.application.ports import Clock
from desktop.domain.errors import StorageProblem, StoreDamaged
from desktop.store.backup import back_up, check, check_file
from desktop.store.faults import translated
from desktop.store.rows_checked import check_rows, rows_are_sound
from desktop.store.sectors import has_bad_sectors
from desktop.store.tables import COVERED

BACKUPS: Final = "backup"
_TABLES: Final = "SELECT name FROM sqlite_schema WHERE type = 'table'"
_DAYS, _WEEKS = 7, 4
_DAILY: Final = "day"
_STAMP: Final = re.compile(r"\d{8}T\d{6}Z")
_NUMBER: Final = re.compile(
    r"-no(\d+)-"
)  # those of earlier versions have none, and were made before every one that has
_SPELLING: Final = "%Y%m%dT%H%M%SZ"
_EVERY: Final = timedelta(hours=4)  # work that goes on later in the day takes the place of that day's earlier backup


def stamp(clock: Clock) -> str:
    """The time as a file name has it: 20261122T094105Z."""
    return "".join(character for character in clock.now().partition(".")[0] if character.isalnum()).rstrip("Z") + "Z"


def stamp_of(path: Path) -> str:
    """The stamp in a file's name; empty if it has none."""
    found = _STAMP.search(path.name)
    return found.group() if found else ""


def days_apart(one: str, other: str) -> float:
    """Between two stamps, whichever is earlier; what is no stamp is far from everything."""
    return abs((_read(one) - _read(other)).total_seconds()) / 86400


def newest_first(folder: Path) -> list[Path]:
    """Every backup that says when it was made, the last made first."""
    return sorted((path for path in folder.glob("*.sqlite") if stamp_of(path)), key=_made, reverse=True)


def next_name(folder: Path, kind: str, *, clock: Clock) -> str:
    """What the next backup is called: its kind, its number among all of them, and what the clock says."""
    last = max((_made(path)[0] for path in newest_first(folder)), default=0)
    return f"{kind}-no{last + 1:06}-{stamp(clock)}"


def _made(path: Path) -> tuple[int, str]:
    found = _NUMBER.search(path.name)
    return int(found.group(1)) if found else 0, stamp_of(path)


def is_sound(path: Path) -> bool:
    """Whether a backup is one of ours, SQLite finds nothing wrong with it, and every row that has a digest is what it was.

    Raises:
        StorageProblem: the disk does not let it look at any of it, which says nothing about the backup.
    """
    try:
        with translated(), closing(reading(path)) as connection:
            check_file(connection)
            tables = {name for (name,) in connection.execute(_TABLES)}
            return tables >= {"alembic_version", *COVERED} and rows_are_sound(connection)
    except StoreDamaged:
        return False
    except StorageProblem:
        if not has_bad_sectors(path):
            raise
        return False


def reading(path: Path) -> Any:  # noqa: ANN401  the driver has no types
    return pysqlite3.dbapi2.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)


def is_due(home: Path, *, clock: Clock) -> bool:
    """Whether the last backup of `home` is some hours old. The clock of this machine may be wrong."""
    last = next(iter(_daily(home / BACKUPS)), None)
    return last is None or abs(_read(stamp(clock)) - _read(stamp_of(last))) > _EVERY


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
    made = back_up(engine, home / BACKUPS, name=next_name(home / BACKUPS, _DAILY, clock=clock))
    for path in _too_many(_daily(home / BACKUPS), made):
        path.unlink()
    return made


def _daily(folder: Path) -> list[Path]:
    return [path for path in newest_first(folder) if path.name.startswith(f"{_DAILY}-")] if folder.exists() else []


def _too_many(paths: Iterable[Path], made: Path) -> Sequence[Path]:
    """All but the newest of each of the last days and of each of the last weeks, counted as they were made."""
    newest = sorted(paths, key=_made, reverse=True)
    days = {_read(stamp_of(path)).date(): path for path in reversed(newest)}
    weeks = {_read(stamp_of(path)).isocalendar()[:2]: path for path in reversed(newest)}
    kept = {made, *_last(days.values(), _DAYS), *_last(weeks.values(), _WEEKS)}
    return [path for path in newest if path not in kept]


def _last(paths: Iterable[Path], count: int) -> list[Path]:
    return sorted(paths, key=_made, reverse=True)[:count]


def _read(when: str) -> datetime:
    try:
        return datetime.strptime(when, _SPELLING).replace(tzinfo=UTC)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)
