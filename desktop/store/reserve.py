"""A file that holds some room on the disk: given up when the disk is full, so that what a person writes still goes in.

While it is given up nothing is fetched from the portal, which would only fill the disk again.
"""

import errno
import os
import shutil
from pathlib import Path
from typing import Final

from desktop.domain.errors import NoRoom
from desktop.store.blob_files import flush_folder
from desktop.store.faults import translated

NAME: Final = "reserve"
_MOST: Final = 16 << 20  # a log that is folded in (4 MiB) beside the database, and days of typing
_TO_OPEN: Final = 1 << 18
_SHARE: Final = 64  # of a small disk
_PIECE: Final = 1 << 20


def require_room(home: Path) -> None:
    """NoRoom unless the reserve stands, or can be set up again with as much left beside it."""
    with translated():
        if (home / NAME).exists():
            return
        disk = shutil.disk_usage(home)
        size = min(_MOST, disk.total // _SHARE)
        if disk.free < 2 * size:
            raise NoRoom(f"{disk.free} bytes are free, {2 * size} are needed")
        _set_up(home / NAME, size)


def give_up(home: Path) -> None:
    """Room for what a person is writing now."""
    (home / NAME).unlink(missing_ok=True)


def give_up_if_full(home: Path) -> None:
    """Before a home is opened: SQLite needs room for that as well, and says no more than that something failed."""
    if (home / NAME).exists() and shutil.disk_usage(home).free < _TO_OPEN:
        give_up(home)


def _set_up(path: Path, size: int) -> None:
    making = path.with_name(f".{path.name}")
    handle = os.open(making, os.O_CREAT | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
    try:
        if not _is_allotted(handle, size):
            piece = os.urandom(_PIECE)  # a disk that compresses would keep no room for zeros
            for _ in range(0, size, _PIECE):
                os.write(handle, piece)
        os.fsync(handle)
    except BaseException:
        making.unlink(missing_ok=True)
        raise
    finally:
        os.close(handle)
    making.replace(path)
    flush_folder(path.parent)


def _is_allotted(handle: int, size: int) -> bool:
    """Whether the system gave `size` bytes without their being written; not every one can."""
    allot = getattr(os, "posix_fallocate", None)
    if allot is None:
        return False
    try:
        allot(handle, 0, size)
    except OSError as fault:
        if fault.errno not in {errno.EOPNOTSUPP, errno.EINVAL}:
            raise
        return False
    return True
