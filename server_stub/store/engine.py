"""Opening the portal's database by URL: SQLite through pysqlite3 (WAL, FULL, foreign keys), or PostgreSQL.

open_database(url, create=True, files=…) -> Database;  with database.session() as session: …
"""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pysqlite3.dbapi2
from sqlalchemy import Connection, Engine, create_engine, event, inspect
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from server_stub.store.files import Files, FilesNeededError
from server_stub.store.migrate import at_head, is_newer, upgrade
from server_stub.store.tables import metadata

WRITE: Final = "toasoan_write"  # execution option: take SQLite's write lock at BEGIN, not at the first write
_MIN_SQLITE: Final = (3, 51, 3)  # earlier versions may corrupt a WAL that two connections reset at once
_SQLITE_FULL: Final = 13
_PG_FULL: Final = "53100"
# Of one process; PostgreSQL has room for a hundred connections unless it is told otherwise.
_PG_POOL: Final = {"pool_size": 5, "max_overflow": 15, "pool_pre_ping": True}
_PG_OPTIONS: Final = "-c lock_timeout=10s -c idle_in_transaction_session_timeout=60s -c timezone=UTC"
_PRAGMAS: Final = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA busy_timeout=5000",
)


class DatabaseError(Exception):
    """The database cannot be opened as asked; the text says why and what to do."""


class Database:
    """An engine and its sessions; an in-memory database lends its one connection to one caller at a time."""

    def __init__(self, engine: Engine, *, shared: bool) -> None:
        self.engine = engine
        self._lock = threading.RLock() if shared else None

    @contextmanager
    def session(self, *, write: bool = False) -> Iterator[Session]:
        """A session that rolls back unless its user commits."""
        if self._lock is not None:
            self._lock.acquire()
        try:
            with Session(self.engine, expire_on_commit=False) as session:
                if write:
                    writing(session)
                yield session
        finally:
            if self._lock is not None:
                self._lock.release()

    def close(self) -> None:
        self.engine.dispose()


def writing(session: Session) -> Connection:
    """The session's connection, with the write lock taken at once when its transaction begins here.

    A transaction that reads first and writes later can lose to another writer; SQLite then refuses the write. On
    PostgreSQL readers see one moment (REPEATABLE READ), and writers see what those before them did once the row that
    they lock is theirs (READ COMMITTED).
    """
    if session.in_transaction():
        return session.connection()
    if session.get_bind().dialect.name == "sqlite":
        return session.connection(execution_options={WRITE: True})
    return session.connection(execution_options={"isolation_level": "READ COMMITTED"})


def open_database(url: str, *, create: bool, files: Files | None = None) -> Database:
    """Open the database at an SQLAlchemy URL; `sqlite://` is in memory.

    With `create`, a missing file is made and an older one upgraded; `files` is where blobs of an old one go.

    Raises:
        DatabaseError: the file is missing or of another version and `create` is false, SQLite is too old, or there
            is no such server.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _open_sqlite(parsed, create=create, files=files)
    if parsed.get_backend_name() == "postgresql":
        return _open_postgresql(parsed, create=create, files=files)
    raise DatabaseError(f"neither SQLite nor PostgreSQL: {parsed.get_backend_name()}")


def disk_is_full(error: Exception) -> bool:
    """Whether the database has no room left to write; whoever waits and asks again may be served."""
    fault = error.orig if isinstance(error, DBAPIError) else error
    return getattr(fault, "sqlite_errorcode", None) == _SQLITE_FULL or getattr(fault, "sqlstate", None) == _PG_FULL


def _open_sqlite(url: URL, *, create: bool, files: Files | None) -> Database:
    if pysqlite3.dbapi2.sqlite_version_info < _MIN_SQLITE:
        raise DatabaseError(f"SQLite {pysqlite3.dbapi2.sqlite_version} is too old; 3.51.3 or later is needed")
    if url.database in (None, "", ":memory:"):
        engine = create_engine(
            url, module=pysqlite3.dbapi2, poolclass=StaticPool, connect_args={"check_same_thread": False}
        )
        _listen(engine)
        metadata.create_all(engine)  # migrations are for files; a test shows that both make the same tables
        return Database(engine, shared=True)
    path = Path(str(url.database))
    if not path.exists():
        if not create:
            raise DatabaseError(f"there is no database at {path}")
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
    # More connections than the web server has threads: nobody waits for one.
    engine = create_engine(url, module=pysqlite3.dbapi2, pool_size=8, max_overflow=56)
    _listen(engine)
    return _ready(engine, create=create, files=files)


def _open_postgresql(url: URL, *, create: bool, files: Files | None) -> Database:
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"), isolation_level="REPEATABLE READ",
        connect_args={"options": _PG_OPTIONS}, **_PG_POOL,
    )  # fmt: skip
    try:
        return _ready(engine, create=create, files=files)
    except OperationalError as error:
        engine.dispose()
        raise DatabaseError(f"PostgreSQL does not answer: {error.orig}") from None


def _ready(engine: Engine, *, create: bool, files: Files | None) -> Database:
    if is_newer(engine):
        engine.dispose()
        raise DatabaseError("the database was written by a newer version of this program")
    if create:
        try:
            upgrade(engine, files=files)
        except FilesNeededError as error:
            engine.dispose()
            raise DatabaseError(str(error)) from None
    elif not at_head(engine):
        known = bool(inspect(engine).get_table_names())
        engine.dispose()
        raise DatabaseError("the database is of another version" if known else "the database is empty")
    return Database(engine, shared=False)


def _listen(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def connected(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own type is untyped
        # The driver must not open transactions by itself: savepoints and BEGIN IMMEDIATE are ours.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in _PRAGMAS:
            cursor.execute(pragma)
        cursor.close()

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        write = connection.get_execution_options().get(WRITE, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
