"""One process per home: an advisory lock of the operating system on `HOME/lock`, gone by itself when the process dies."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop.domain.errors import HomeBusy, StorageProblem


@contextmanager
def locked(home: Path) -> Iterator[None]:
    """Hold `home` for as long as the block runs; HomeBusy if another process has it, StorageProblem if it cannot be made."""
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(home / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise StorageProblem(str(error)) from error
    try:
        try:
            _take(handle)
        except OSError as error:
            raise HomeBusy(str(home)) from error
        yield
    finally:
        os.close(handle)


if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
