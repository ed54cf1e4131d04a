"""SQLite's own C interface inside pysqlite3's extension module, as far as a virtual file system needs it.

Source: https://sqlite.org/c3ref/vfs.html and https://sqlite.org/c3ref/io_methods.html.
"""

import ctypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

import pysqlite3._sqlite3

OK: Final = 0
PERM, BUSY, NOMEM, IOERR, FULL, CANTOPEN = 3, 5, 7, 10, 13, 14
IOERR_READ: Final = IOERR | 1 << 8
IOERR_CORRUPTFS: Final = IOERR | 33 << 8  # the file system itself has given up on these bytes
IOERR_WRITE: Final = IOERR | 3 << 8
IOERR_FSYNC: Final = IOERR | 4 << 8
IOERR_TRUNCATE: Final = IOERR | 6 << 8
IOERR_DELETE: Final = IOERR | 10 << 8
IOERR_NOMEM: Final = IOERR | 12 << 8
IOERR_FSTAT: Final = IOERR | 7 << 8
IOERR_SHMMAP: Final = IOERR | 21 << 8

SHM_UNLOCK: Final = 1

_FILE, _INT, _WIDE, _ADDRESS = ctypes.c_void_p, ctypes.c_int, ctypes.c_int64, ctypes.c_void_p

# What a file can be asked for, in the order of the structure; the last two (memory mapping) are left out by its version.
SIGNATURES: Final[dict[str, Any]] = {
    "xClose": ctypes.CFUNCTYPE(_INT, _FILE),
    "xRead": ctypes.CFUNCTYPE(_INT, _FILE, _ADDRESS, _INT, _WIDE),
    "xWrite": ctypes.CFUNCTYPE(_INT, _FILE, _ADDRESS, _INT, _WIDE),
    "xTruncate": ctypes.CFUNCTYPE(_INT, _FILE, _WIDE),
    "xSync": ctypes.CFUNCTYPE(_INT, _FILE, _INT),
    "xFileSize": ctypes.CFUNCTYPE(_INT, _FILE, _ADDRESS),
    "xLock": ctypes.CFUNCTYPE(_INT, _FILE, _INT),
    "xUnlock": ctypes.CFUNCTYPE(_INT, _FILE, _INT),
    "xCheckReservedLock": ctypes.CFUNCTYPE(_INT, _FILE, _ADDRESS),
    "xFileControl": ctypes.CFUNCTYPE(_INT, _FILE, _INT, _ADDRESS),
    "xSectorSize": ctypes.CFUNCTYPE(_INT, _FILE),
    "xDeviceCharacteristics": ctypes.CFUNCTYPE(_INT, _FILE),
    "xShmMap": ctypes.CFUNCTYPE(_INT, _FILE, _INT, _INT, _INT, _ADDRESS),
    "xShmLock": ctypes.CFUNCTYPE(_INT, _FILE, _INT, _INT, _INT),
    "xShmBarrier": ctypes.CFUNCTYPE(None, _FILE),
    "xShmUnmap": ctypes.CFUNCTYPE(_INT, _FILE, _INT),
}
WITHOUT_MAPPING: Final = 2

XOPEN: Final = ctypes.CFUNCTYPE(_INT, _ADDRESS, _ADDRESS, _FILE, _INT, _ADDRESS)
XDELETE: Final = ctypes.CFUNCTYPE(_INT, _ADDRESS, _ADDRESS, _INT)
XSLEEP: Final = ctypes.CFUNCTYPE(_INT, _ADDRESS, _INT)


class Methods(ctypes.Structure):
    """`sqlite3_io_methods` of version 2; every file points to one."""

    _fields_ = (("iVersion", _INT), *((name, _ADDRESS) for name in SIGNATURES))


class Vfs(ctypes.Structure):
    """`sqlite3_vfs` of version 3."""

    _fields_ = (
        ("iVersion", _INT),
        ("szOsFile", _INT),
        ("mxPathname", _INT),
        ("pNext", _ADDRESS),
        ("zName", ctypes.c_char_p),
        ("pAppData", _ADDRESS),
        *(
            (name, _ADDRESS)
            for name in (
                "xOpen", "xDelete", "xAccess", "xFullPathname", "xDlOpen", "xDlError", "xDlSym", "xDlClose",
                "xRandomness", "xSleep", "xCurrentTime", "xGetLastError", "xCurrentTimeInt64",
                "xSetSystemCall", "xGetSystemCall", "xNextSystemCall",
            )
        ),
    )  # fmt: skip


def address_of(callback: Any) -> int | None:  # noqa: ANN401  a ctypes function
    return ctypes.cast(callback, ctypes.c_void_p).value


def methods_at(file: int) -> int:
    """The address in the first member of the `sqlite3_file` at `file`."""
    return ctypes.c_void_p.from_address(file).value or 0


def point_to(file: int, methods: int | None) -> None:
    ctypes.c_void_p.from_address(file).value = methods


def _library() -> ctypes.CDLL:
    """The very SQLite that the product's connections use: the extension module exports its symbols."""
    library = ctypes.CDLL(pysqlite3._sqlite3.__file__)
    library.sqlite3_vfs_find.restype = ctypes.POINTER(Vfs)
    library.sqlite3_vfs_find.argtypes = (ctypes.c_char_p,)
    library.sqlite3_vfs_register.argtypes = (ctypes.POINTER(Vfs), ctypes.c_int)
    library.sqlite3_vfs_unregister.argtypes = (ctypes.POINTER(Vfs),)
    return library


@contextmanager
def default_vfs(make: Callable[[Vfs], Vfs]) -> Iterator[None]:
    """For as long as the block runs, connections that name no file system go through what `make` makes of the usual one."""
    library = _library()
    usual = library.sqlite3_vfs_find(None)
    ours = make(usual.contents)
    if library.sqlite3_vfs_register(ctypes.byref(ours), 1) != OK:
        raise RuntimeError("SQLite did not take the file system")
    try:
        yield
    finally:
        library.sqlite3_vfs_unregister(ctypes.byref(ours))
        library.sqlite3_vfs_register(usual, 1)
