"""A home that is never closed properly, or never closed, has its backups all the same."""

import os
import stat
import threading
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.domain.ids import Rid
from desktop.store import attend, cared_for, open_store
from desktop.store.keeping import BACKUPS, is_sound, newest_first
from desktop.store.reserve import require_room
from tests.contract.store.values import revision
from tests.support.offices import CountedClock
from tests.unit.store.test_keeping import FIRST, CalendarClock, home

__all__ = ["home"]


class Heard(CalendarClock):
    """Says when somebody has asked for the time."""

    def __init__(self) -> None:
        super().__init__(FIRST)
        self.asked = threading.Event()

    def now(self) -> str:
        self.asked.set()
        return super().now()


def test_a_home_that_is_open_is_backed_up(home: Path) -> None:
    clock = Heard()
    with closing(open_store(home, clock=CountedClock())), cared_for(home, clock=clock, first=0.0):
        assert clock.asked.wait(60)
    (backup,) = newest_first(home / BACKUPS)
    assert is_sound(backup)


def test_a_start_that_ends_at_once_is_not_held_up(home: Path) -> None:
    with cared_for(home, clock=CalendarClock(FIRST)):
        pass
    assert not (home / BACKUPS).exists()


def test_a_backup_beside_work_has_what_was_committed_and_holds_up_nobody(home: Path) -> None:
    """A transaction is open all the while: a backup that needed the writing lock would wait for it in vain."""
    with closing(open_store(home, clock=CountedClock())) as store:
        with store.write() as work:
            work.revisions.put(revision("r2"))
        with store.write() as work:
            work.revisions.put(revision("r3"))
            attend(home, clock=CalendarClock(FIRST))
            attend(home, clock=CalendarClock(FIRST + timedelta(days=1)))
    newest, _older = newest_first(home / BACKUPS)
    (home / "copy").mkdir()
    newest.rename(home / "copy" / "toasoan.sqlite")
    with closing(open_store(home / "copy", clock=CountedClock())) as copy, copy.read() as work:
        assert work.revisions.get(Rid("r2")) == revision("r2")
        assert work.revisions.get(Rid("r3")) is None


@pytest.mark.skipif(os.name == "nt", reason="there the profile folder is private by inheritance")
def test_nobody_else_can_read_what_is_made_beside_the_database(home: Path) -> None:
    before = os.umask(0)
    try:
        require_room(home)
        attend(home, clock=CalendarClock(FIRST))
    finally:
        os.umask(before)
    modes = {path.relative_to(home).as_posix(): stat.S_IMODE(path.stat().st_mode) for path in home.rglob("*")}
    assert {name: mode for name, mode in modes.items() if mode & 0o077} == {}
    assert len(modes) > 3
