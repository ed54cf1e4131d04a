"""The n-th call fails: of SQLite to the disk, of the program to SQLite's driver, to the operating system, to the network."""

import errno
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Final, Self

import pysqlite3.dbapi2
import requests

from tests.failure import sqlite_abi as abi
from tests.failure.portal import ReferencePortal, Send, answer
from tests.failure.shim import DELETE, DONE, LOCK, MAP, MAP_LOCK, OPEN, READ, SIZE, SYNC, TRUNCATE, WRITE, Call, mounted


class Fault:
    """`count` calls while it is armed; the `number`-th fails, and with `lasting` every one after it."""

    def __init__(self, name: str, *, lasting: bool = False) -> None:
        self.name = name
        self.lasting = lasting
        self.struck = 0
        self._number = 0
        self._seen = 0

    def arm(self, number: int) -> None:
        self._number, self._seen, self.struck = number, 0, 0

    def disarm(self) -> None:
        self._number = 0

    def strikes(self) -> bool:
        """Whether the call that is being made now is to fail."""
        if self._number == 0:
            return False
        self._seen += 1
        hit = self._seen == self._number or (self.lasting and self._seen > self._number)
        self.struck += hit
        return hit

    def installed(self) -> AbstractContextManager[None]:
        """The world in which it can strike; nothing of the product may be open when it begins or ends."""
        raise NotImplementedError


# --- SQLite and the disk -------------------------------------------------------------------------------------------

FULL: Final = {WRITE: abi.FULL}
IO_ERROR: Final = {
    READ: abi.IOERR_READ,
    WRITE: abi.IOERR_WRITE,
    TRUNCATE: abi.IOERR_TRUNCATE,
    SYNC: abi.IOERR_FSYNC,
    SIZE: abi.IOERR_FSTAT,
    MAP: abi.IOERR_SHMMAP,
    DELETE: abi.IOERR_DELETE,
    OPEN: abi.CANTOPEN,
}
LOCKED: Final = {LOCK: abi.BUSY, MAP_LOCK: abi.BUSY}
NO_MEMORY: Final = {READ: abi.NOMEM, WRITE: abi.NOMEM, MAP: abi.NOMEM, OPEN: abi.NOMEM}


class DiskFault(Fault):
    """SQLite's file system answers with a result code; flushes are not waited for."""

    def __init__(self, name: str, codes: Mapping[str, int], *, lasting: bool = False) -> None:
        super().__init__(name, lasting=lasting)
        self._codes = codes
        self.watched = frozenset({*codes, SYNC})

    def asked(self, call: Call) -> int:
        if call.name in self._codes and self.strikes():
            return self._codes[call.name]
        return DONE if call.name == SYNC else abi.OK

    def installed(self) -> AbstractContextManager[None]:
        return mounted(self)


# --- the program and the driver ------------------------------------------------------------------------------------


def busy() -> Exception:
    return _driver_error("database is locked", abi.BUSY)


def full() -> Exception:
    return _driver_error("database or disk is full", abi.FULL)


def _driver_error(text: str, code: int) -> Exception:
    error = pysqlite3.dbapi2.OperationalError(text)
    error.sqlite_errorcode = code
    assert isinstance(error, Exception)
    return error


class DriverFault(Fault):
    """A statement or a commit raises before it is carried out, or a statement after (its result is lost).

    Never a commit after: one that holds does not fail.
    """

    def __init__(self, name: str, error: Callable[[], BaseException], *, after: bool = False) -> None:
        super().__init__(name)
        self._error = error
        self._after = after

    def around(self, call: Callable[[], Any], *, commit: bool = False) -> Any:  # noqa: ANN401
        strikes = not (commit and self._after) and self.strikes()
        if strikes and not self._after:
            raise self._error()
        result = call()
        if strikes:
            raise self._error()
        return result

    @contextmanager
    def installed(self) -> Iterator[None]:
        with driver(self.around), mounted(DiskFault("none", {})):
            yield


@contextmanager
def driver(around: Callable[..., Any], after_commit: Callable[[], None] | None = None) -> Iterator[None]:
    """Connections made in the block carry out each statement and commit through `around(call, commit=…)`."""
    usual = pysqlite3.dbapi2.connect

    class Cursor(pysqlite3.dbapi2.Cursor):  # type: ignore[misc]  # the driver has no types
        def execute(self, *given: object) -> Any:  # noqa: ANN401
            return around(lambda: super(Cursor, self).execute(*given))

        def executemany(self, *given: object) -> Any:  # noqa: ANN401
            return around(lambda: super(Cursor, self).executemany(*given))

    class Connection(pysqlite3.dbapi2.Connection):  # type: ignore[misc]
        def cursor(self, factory: type = Cursor) -> Any:  # noqa: ANN401
            return super().cursor(factory)

        def commit(self) -> None:
            around(super().commit, commit=True)
            if after_commit is not None:
                after_commit()

    def connect(*given: object, **named: object) -> Any:  # noqa: ANN401
        return usual(*given, **{"factory": Connection, **named})

    pysqlite3.dbapi2.connect = connect
    try:
        yield
    finally:
        pysqlite3.dbapi2.connect = usual


# --- the program and the operating system --------------------------------------------------------------------------


_MAKING: Final = ("open", "mkdir", "fsync", "replace", "rename", "fdopen")
_SYSTEM: Final = {errno.ENOSPC: _MAKING, errno.EMFILE: _MAKING, errno.EIO: (*_MAKING, "read", "unlink")}


class SystemFault(Fault):
    """A call of the program's own to the operating system raises OSError: opening, reading, writing, flushing, renaming."""

    def __init__(self, name: str, number: int, *, lasting: bool = False) -> None:
        super().__init__(name, lasting=lasting)
        self._error = number

    @contextmanager
    def installed(self) -> Iterator[None]:
        usual = {name: getattr(os, name) for name in _SYSTEM[self._error]}
        for name, call in usual.items():
            setattr(os, name, self._failing(call))
        os.fdopen = lambda *given, **named: _Writing(self, usual["fdopen"](*given, **named))  # type: ignore[assignment]
        try:
            with mounted(DiskFault("none", {})):
                yield
        finally:
            for name, call in usual.items():
                setattr(os, name, call)

    def _failing(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def called(*given: object, **named: object) -> Any:  # noqa: ANN401
            self.check()
            return call(*given, **named)

        return called

    def check(self) -> None:
        if self.strikes():
            raise OSError(self._error, os.strerror(self._error))


class _Writing:
    """A file whose writing may stop half-way."""

    def __init__(self, fault: SystemFault, file: Any) -> None:  # noqa: ANN401
        self._fault = fault
        self._file = file

    def write(self, data: bytes) -> int:
        self._file.write(data[: len(data) // 2])
        self._fault.check()
        return int(self._file.write(data[len(data) // 2 :]))

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        return getattr(self._file, name)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()


# --- the program and the network -----------------------------------------------------------------------------------


class NetworkFault(Fault):
    """The n-th request or its answer is lost, or something answers that is not the portal."""

    def __init__(self, name: str, portal: ReferencePortal, fail: Callable[[Send], requests.Response]) -> None:
        super().__init__(name)
        self._portal = portal
        self._fail = fail

    def arm(self, number: int) -> None:
        super().arm(number)
        self._portal.line = lambda send: self._fail(send) if self.strikes() else send()

    def installed(self) -> AbstractContextManager[None]:
        return mounted(DiskFault("none", {}))


def request_lost(_send: Send) -> requests.Response:
    raise requests.ConnectionError


def reply_lost(send: Send) -> requests.Response:
    send()
    raise requests.ReadTimeout


def reply_cut(send: Send) -> requests.Response:
    """Headers arrive, and half of the body."""
    whole = send()
    data = whole.content
    return answer(whole.status_code, data[: len(data) // 2], {**whole.headers, "Content-Encoding": "identity"})


def captive_network(_send: Send) -> requests.Response:
    return answer(200, b"<html>Wi-Fi</html>", {"Content-Type": "text/html"})


def bad_gateway(send: Send) -> requests.Response:
    """The portal did it, and the proxy in front of it had no patience."""
    send()
    return answer(504, b"", {})


def no_room_for_the_portal(_send: Send) -> requests.Response:
    headers = {"Portal-Api": "1", "Content-Type": "application/problem+json"}
    return answer(507, b'{"code": "storage-full", "detail": "", "status": 507}', headers)


NETWORK: Final = (request_lost, reply_lost, reply_cut, captive_network, bad_gateway, no_room_for_the_portal)


# --- all of them ---------------------------------------------------------------------------------------------------


def of_the_store() -> list[Fault]:
    """What the disk, the memory and other programs can do to a database."""
    return [
        DiskFault("disk full", FULL, lasting=True),
        DiskFault("one write finds no room", FULL),
        DiskFault("I/O error", IO_ERROR),
        DiskFault("disk gone", IO_ERROR, lasting=True),
        DiskFault("locked for a moment", LOCKED),
        DiskFault("locked for good", LOCKED, lasting=True),
        DiskFault("no memory in SQLite", NO_MEMORY),
        DriverFault("MemoryError before", MemoryError),
        DriverFault("MemoryError after", MemoryError, after=True),
        DriverFault("busy", busy),
        DriverFault("full", full),
    ]


def of_files() -> list[Fault]:
    return [
        SystemFault("no room for a file", errno.ENOSPC, lasting=True),
        SystemFault("a file's I/O error", errno.EIO),
        SystemFault("no handle left", errno.EMFILE),
    ]
