"""SQLite through pysqlite3: the settings of every connection, one engine that writes and one that only reads."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pysqlite3.dbapi2
from sqlalchemy import URL, Connection, Engine, Pool, QueuePool, StaticPool, create_engine, event

from desktop.domain.errors import StorageProblem

MIN_SQLITE: Final = (3, 51, 3)  # earlier versions may corrupt a WAL that two connections reset at once
_PRAGMAS: Final = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA busy_timeout=5000",
)
# KiB of pages that the writer keeps: a page of the feed touches the ends of many indexes.
_WIDE_CACHE: Final = "PRAGMA cache_size=-32768"
# On macOS fsync does not reach the disk by itself.
_MAC_PRAGMAS: Final = ("PRAGMA fullfsync=ON", "PRAGMA checkpoint_fullfsync=ON")


def pragmas(platform: str = sys.platform) -> tuple[str, ...]:
    """What every connection is set to."""
    return (*_PRAGMAS, *_MAC_PRAGMAS) if platform == "darwin" else _PRAGMAS


def check_version(version: tuple[int, ...] = pysqlite3.dbapi2.sqlite_version_info) -> None:
    """StorageProblem if the SQLite this program runs with may damage a database."""
    if version < MIN_SQLITE:
        found, wanted = (".".join(map(str, numbers)) for numbers in (version, MIN_SQLITE))
        raise StorageProblem(f"SQLite {found} is too old; {wanted} or later is needed", reason=f"SQLite {found}")


def memory_engine() -> Engine:
    """A database of one connection that is gone with the engine."""
    return _engine(None, StaticPool, _set_up(pragmas()), begin="BEGIN")


def writing_engine(database: Path) -> Engine:
    """One connection, whose transactions take the write lock at their start."""
    return _engine(database, StaticPool, _set_up((*pragmas(), _WIDE_CACHE)), begin="BEGIN IMMEDIATE")


def reading_engine(database: Path) -> Engine:
    """Connections that cannot write; each transaction sees the database as it was at its first look."""
    return _engine(database, QueuePool, _set_up((*pragmas(), "PRAGMA query_only=ON")), begin="BEGIN")


def set_pragma(connection: Connection, setting: str) -> None:
    """Set something on the driver's connection without beginning a transaction; `setting` as in "foreign_keys=OFF"."""
    driver = connection.connection.dbapi_connection
    if driver is not None:
        driver.cursor().execute(f"PRAGMA {setting}").close()


def _engine(database: Path | None, pool: type[Pool], set_up: Callable[..., None], *, begin: str) -> Engine:
    engine = create_engine(
        URL.create("sqlite", database=str(database) if database else None),
        module=pysqlite3.dbapi2,
        poolclass=pool,
        # Transactions are ours (BEGIN IMMEDIATE), not the driver's; the store's lock guards what several threads share.
        connect_args={"check_same_thread": False, "isolation_level": None},
    )
    event.listen(engine, "connect", set_up)

    def begun(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    event.listen(engine, "begin", begun)
    return engine


def _set_up(statements: tuple[str, ...]) -> Callable[..., None]:
    def connected(connection: Any, _record: object) -> None:  # noqa: ANN401  the driver has no types
        for statement in statements:
            connection.execute(statement).close()

    return connected
