"""A file system between SQLite and the real one that asks a `Disk` before every call that touches a file.

The real file keeps its place in memory and its native methods (`xShm*` among them); only what the disk wants to hear of
is taken over, so that everything else runs as in production.
"""

import ctypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, Protocol

from tests.failure import sqlite_abi as abi

READ, WRITE, TRUNCATE, SYNC, SIZE = "xRead", "xWrite", "xTruncate", "xSync", "xFileSize"
LOCK, MAP, MAP_LOCK = "xLock", "xShmMap", "xShmLock"
OPEN, DELETE = "xOpen", "xDelete"
DONE: Final = -1


@dataclass(frozen=True)
class Call:
    """One call for the file at `path`: `data` of a write, `number` its offset (of a read too), a truncation's size or a deletion's flag."""

    name: str
    path: str
    data: bytes = b""
    number: int = 0


class Disk(Protocol):
    """`watched` are the calls it wants to hear of; `asked` gives an SQLite result code, 0 lets the call through.

    DONE: the call succeeds without the real file hearing of it (a flush, which takes time and which nobody sees).
    """

    watched: frozenset[str]

    def asked(self, call: Call) -> int: ...


@contextmanager
def mounted(disk: Disk) -> Iterator[None]:
    """Every SQLite file opened in the block lies on `disk`; all connections must be closed before it ends."""
    shim = _Shim(disk)
    with abi.default_vfs(shim.over):
        yield
    if shim.paths:
        raise AssertionError(f"left open: {sorted(shim.paths.values())}")


class _Shim:
    def __init__(self, disk: Disk) -> None:
        self._disk = disk
        self.paths: dict[int, str] = {}  # address of an open file -> its path
        self._kept: list[object] = []  # what C points to must stay alive
        self._tables: dict[int, abi.Methods] = {}

    def over(self, usual: abi.Vfs) -> abi.Vfs:
        """A copy of `usual` whose opening, deleting and sleeping are ours."""
        ours = abi.Vfs.from_buffer_copy(usual)
        ours.zName, ours.pNext = b"failing", None
        really_open, really_delete = abi.XOPEN(usual.xOpen), abi.XDELETE(usual.xDelete)
        where = ctypes.addressof(usual)

        def opening(_vfs: int, name: int | None, file: int, flags: int, out: int | None) -> int:
            path = _text(name)
            code = self._disk.asked(Call(OPEN, path)) if path and OPEN in self._disk.watched else abi.OK
            if code != abi.OK:
                abi.point_to(file, None)
                return code
            code = really_open(where, name, file, flags, out)
            if code == abi.OK and path:
                self.paths[file] = path
                abi.point_to(file, ctypes.addressof(self._methods(abi.methods_at(file))))
            return int(code)

        def deleting(_vfs: int, name: int | None, durably: int) -> int:
            asked = DELETE in self._disk.watched
            code = self._disk.asked(Call(DELETE, _text(name), number=durably)) if asked else abi.OK
            return code or int(really_delete(where, name, durably))

        # Waiting for a lock costs no time here: SQLite counts its waits, not the clock.
        callbacks = (abi.XOPEN(opening), abi.XDELETE(deleting), abi.XSLEEP(lambda _vfs, micros: micros))
        ours.xOpen, ours.xDelete, ours.xSleep = map(abi.address_of, callbacks)
        self._kept += [ours, *callbacks]
        return ours

    def _methods(self, real: int) -> abi.Methods:
        """The table of a file whose native table is at `real`."""
        known = self._tables.get(real)
        if known is not None:
            return known
        native = abi.Methods.from_address(real)
        table = abi.Methods.from_buffer_copy(native)
        table.iVersion = min(native.iVersion, abi.WITHOUT_MAPPING)
        for name, make in _TAKEN.items():
            address = getattr(native, name)  # None: this kind of file has no such call
            if address and (name in self._disk.watched or name == "xClose"):
                signature = abi.SIGNATURES[name]
                callback = signature(make(self, signature(address)))
                setattr(table, name, abi.address_of(callback))
                self._kept.append(callback)
        self._tables[real] = table
        return table

    def closing(self, really: Any) -> Callable[..., int]:  # noqa: ANN401  a ctypes function
        def close(file: int) -> int:
            self.paths.pop(file, None)
            return int(really(file))

        return close

    def writing(self, really: Any) -> Callable[..., int]:  # noqa: ANN401
        def write(file: int, data: int, size: int, offset: int) -> int:
            call = Call(WRITE, self.paths[file], ctypes.string_at(data, size), offset)
            return self._disk.asked(call) or int(really(file, data, size, offset))

        return write

    def truncating(self, really: Any) -> Callable[..., int]:  # noqa: ANN401
        def truncate(file: int, size: int) -> int:
            return self._disk.asked(Call(TRUNCATE, self.paths[file], number=size)) or int(really(file, size))

        return truncate

    def other(self, name: str) -> Callable[[Any], Callable[..., int]]:
        """A call of which only the name and the file are told."""

        def make(really: Any) -> Callable[..., int]:  # noqa: ANN401
            def called(file: int, *arguments: int) -> int:
                if name == MAP_LOCK and arguments[-1] & abi.SHM_UNLOCK:
                    return int(really(file, *arguments))  # an unlocking never fails
                code = self._disk.asked(Call(name, self.paths[file], number=arguments[-1] if name == READ else 0))
                return abi.OK if code == DONE else code or int(really(file, *arguments))

            return called

        return make


def _other(name: str) -> Callable[[_Shim, Any], Callable[..., int]]:
    return lambda shim, really: shim.other(name)(really)


_TAKEN: Final[dict[str, Callable[[_Shim, Any], Callable[..., int]]]] = {
    "xClose": _Shim.closing,
    WRITE: _Shim.writing,
    TRUNCATE: _Shim.truncating,
    **{name: _other(name) for name in (READ, SYNC, SIZE, LOCK, MAP, MAP_LOCK)},
}


def _text(name: int | None) -> str:
    return ctypes.string_at(name).decode() if name else ""
