"""What a home needs while somebody works in it, done by a thread that nobody waits for.

A home that is only ever killed, or left open for weeks, has its backups all the same: not only the end of work makes them.
"""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from desktop.application.ports import Clock
from desktop.domain.errors import StorageProblem
from desktop.store.drill import drill_if_due
from desktop.store.opening import back_up_if_due

log = logging.getLogger(__name__)

_FIRST: Final = 20.0  # seconds: the start of the window is over, and it shows what it has to show
_EVERY: Final = 3600.0


@contextmanager
def cared_for(home: Path, *, clock: Clock, first: float = _FIRST) -> Iterator[None]:
    """The home that is open in this block is seen to `first` seconds from now and then every hour; it ends with the block."""
    ended = threading.Event()
    thread = threading.Thread(target=_care, args=(home, clock, ended, first), name="care")
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def attend(home: Path, *, clock: Clock) -> None:
    """Once. Where it fails, the earlier backups stand, and the next time tries again."""
    for what, how in (("no backup was made", back_up_if_due), ("no backup was tried out", drill_if_due)):
        try:
            how(home, clock=clock)
        except StorageProblem as problem:
            log.warning("%s: %s", what, problem.detail)


def _care(home: Path, clock: Clock, ended: threading.Event, first: float) -> None:
    wait = first
    while not ended.wait(wait):
        attend(home, clock=clock)
        wait = _EVERY
