"""The `Store` port: one writer at a time, readers that see one moment, nothing foreign raised.

A thread has at most one transaction; opening a second one inside it is a Bug, because it could not see the first one's work.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

from sqlalchemy import Engine

from desktop.application.ports import Work
from desktop.domain.errors import Bug, StorageProblem
from desktop.store.blob_files import BlobFiles
from desktop.store.connecting import set_pragma
from desktop.store.faults import translated, translated_in_transaction
from desktop.store.line import Line
from desktop.store.work import SqlWork


class SqlStore:
    """`readers` is None for a store in memory: its one connection serves one transaction at a time, whatever it does.

    `on_trouble` is called before a problem of the disk goes on to the caller. `room` raises NoRoom where there is none.
    """

    def __init__(
        self,
        writer: Engine,
        readers: Engine | None,
        *,
        files: BlobFiles,
        on_trouble: Callable[[StorageProblem], None] = lambda _problem: None,
        room: Callable[[], None] = lambda: None,
    ) -> None:
        self._writer = writer
        self._readers = readers
        self._files = files
        self._on_trouble = on_trouble
        self._room = room
        self._lock = threading.Lock()
        self._busy = threading.local()
        self._closed = False

    def write(self) -> AbstractContextManager[Work]:
        """A transaction that commits at the end and leaves nothing behind on any exception. StorageProblem, Bug."""
        return self._write()

    def read(self) -> AbstractContextManager[Work]:
        """A transaction that sees one moment and cannot write. StorageProblem, Bug."""
        return self._read()

    def require_room(self) -> None:
        """NoRoom before something is fetched for which the disk has none."""
        self._room()

    def close(self) -> None:
        """Close the files, after whoever writes has finished; twice does no harm. The last connection folds the WAL in."""
        with self._lock, translated():
            self._closed = True
            if self._readers is not None:
                self._readers.dispose()
            self._writer.dispose()

    @contextmanager
    def _write(self) -> Iterator[Work]:
        with self._only(), self._lock, self._watched(), translated_in_transaction(reading=False):
            self._check_open()
            with self._writer.begin() as connection:
                work = SqlWork(Line.of(connection), self._files)
                yield work
                work.flush()

    @contextmanager
    def _read(self) -> Iterator[Work]:
        guard = nullcontext() if self._readers is not None else self._lock
        with self._only(), guard, self._watched(), translated_in_transaction(reading=True):
            self._check_open()
            with _reading(self._readers) if self._readers is not None else _not_writing(self._writer) as line:
                yield SqlWork(line, self._files)

    @contextmanager
    def _only(self) -> Iterator[None]:
        if getattr(self._busy, "now", False):
            raise Bug("a transaction inside a transaction of the same thread")
        self._busy.now = True
        try:
            yield
        finally:
            self._busy.now = False

    @contextmanager
    def _watched(self) -> Iterator[None]:
        """What somebody meets of the disk's troubles is noted for those who can do something about it."""
        try:
            yield
        except StorageProblem as problem:
            self._on_trouble(problem)
            raise

    def _check_open(self) -> None:
        if self._closed:
            raise Bug("the store is closed")


@contextmanager
def _reading(readers: Engine) -> Iterator[Line]:
    """One of the connections that cannot write; most transactions read little, so that nothing stands between."""
    lent = readers.raw_connection()
    try:
        driver: Any = lent.driver_connection
        driver.execute("BEGIN")
        yield Line(driver)
    finally:
        lent.close()  # the pool ends what was begun


@contextmanager
def _not_writing(writer: Engine) -> Iterator[Line]:
    """The connection that also writes, made unable to for as long as it reads."""
    with writer.connect() as connection:
        set_pragma(connection, "query_only=ON")
        connection.begin()
        try:
            yield Line.of(connection)
        finally:
            connection.rollback()
            set_pragma(connection, "query_only=OFF")
