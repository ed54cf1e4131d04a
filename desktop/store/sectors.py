"""Files of which the disk refuses some sectors: what it gives is read, what it refuses is left as zeros.

A disk that refuses everything is gone, which says nothing about the file.
"""

import errno
import os
from contextlib import suppress
from pathlib import Path
from typing import Final

_BLOCK: Final = 4096
_AT_ONCE: Final = 1 << 20
_WINDOWS: Final = frozenset({23, 27, 1117})  # ERROR_CRC, ERROR_SECTOR_NOT_FOUND, ERROR_IO_DEVICE


def readable(path: Path) -> tuple[bytes, int]:
    """All that can be read of `path`, in its place, and how many blocks cannot. OSError: nothing can."""
    return _read(path)


def has_bad_sectors(path: Path) -> bool:
    """Whether the disk refuses a part of `path`, and gives the rest."""
    with suppress(OSError):
        return path.exists() and _read(path)[1] > 0
    return False


def _read(path: Path) -> tuple[bytes, int]:
    """(bytes, how many blocks of them were refused)"""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        size = os.fstat(handle).st_size
        data, refused, blocks = bytearray(size), 0, 0
        for start in range(0, size, _AT_ONCE):
            end = min(start + _AT_ONCE, size)
            try:
                data[start:end] = _piece(handle, start, end)
                blocks += 1
            except OSError as fault:
                if not _is_refusal(fault):
                    raise
                left = _by_blocks(handle, data, start, end)
                refused, blocks = refused + left, blocks + len(range(start, end, _BLOCK))
        if refused and refused == blocks:
            raise OSError(errno.EIO, os.strerror(errno.EIO), str(path))
        return bytes(data), refused
    finally:
        os.close(handle)


def _by_blocks(handle: int, data: bytearray, start: int, end: int) -> int:
    """Fill `data` from `start` to `end` with what the disk gives; how many blocks it refuses."""
    refused = 0
    for first in range(start, end, _BLOCK):
        last = min(first + _BLOCK, end)
        try:
            data[first:last] = _piece(handle, first, last)
        except OSError as fault:
            if not _is_refusal(fault):
                raise
            refused += 1
    return refused


def _piece(handle: int, start: int, end: int) -> bytes:
    os.lseek(handle, start, os.SEEK_SET)
    found = bytearray()
    while len(found) < end - start:
        part = os.read(handle, end - start - len(found))
        if not part:  # it has become shorter meanwhile
            return bytes(found).ljust(end - start, b"\0")
        found += part
    return bytes(found)


def _is_refusal(fault: OSError) -> bool:
    return fault.errno == errno.EIO or getattr(fault, "winerror", None) in _WINDOWS
