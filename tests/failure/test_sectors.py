"""A sector of the database that the disk does not give keeps no home closed: the rest is recovered, and that is told."""

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from desktop.domain.errors import StorageProblem
from desktop.store.keeping import BACKUPS, is_sound, newest_first
from desktop.store.opening import DATABASE
from desktop.store.pages import frames
from tests.failure import sqlite_abi as abi
from tests.failure.damage import LOG, PAGE
from tests.failure.recovering import Recovered, recover_and_use, texts_of
from tests.failure.scripts import Stage
from tests.failure.shim import DONE, READ, SYNC, Call, mounted

HEADER, FRAME = 32, 24 + PAGE  # of the log, https://sqlite.org/fileformat2.html#walformat
Note = Callable[[str, object], None]


class BadSector:
    """Of one file, whatever it is called by now, a page is not given: to SQLite, nor to anybody who reads the file."""

    watched = frozenset({READ, SYNC})

    def __init__(self, path: Path, page: int | None) -> None:
        """`page` counts from 0; None: nothing is given any more."""
        self._inode = path.stat().st_ino
        self._page = page
        self.struck = 0

    def asked(self, call: Call) -> int:
        if call.name == SYNC:
            return DONE
        return abi.IOERR_CORRUPTFS if self._hits(os.stat(call.path), call.number, PAGE) else abi.OK  # noqa: PTH116

    @contextmanager
    def inserted(self) -> Iterator[None]:
        usual = os.read

        def read(handle: int, size: int) -> bytes:
            if self._hits(os.fstat(handle), os.lseek(handle, 0, os.SEEK_CUR), size):
                raise OSError(errno.EIO, os.strerror(errno.EIO))
            return usual(handle, size)

        with pytest.MonkeyPatch.context() as patch, mounted(self):
            patch.setattr(os, "read", read)
            yield

    def _hits(self, file: os.stat_result, start: int, size: int) -> bool:
        hit = file.st_ino == self._inode and (
            self._page is None or (start < (self._page + 1) * PAGE and start + size > self._page * PAGE)
        )
        self.struck += hit
        return hit


def _without(stage: Stage, home: Path, name: str, page: int) -> tuple[Recovered, bool]:
    """What became of the home without that page of that file, and whether anybody wanted to read it."""
    shutil.rmtree(home, ignore_errors=True)
    place = stage.set_up(home)
    sector = BadSector(home / name, page)
    with sector.inserted():
        found = recover_and_use(place, texts_of(stage.home))
    return found, sector.struck > 0


def _last_transaction(home: Path) -> int:
    """The first page of the log in which it lies. What the disk refuses of it is told as unreadable, and of nothing else."""
    log = (home / LOG).read_bytes()
    ends = [place for place, frame in enumerate(frames(log)) if frame.ends and frame.sound]
    return (HEADER + (ends[-2] + 1) * FRAME) // PAGE


def _try(stage: Stage, home: Path, name: str, *, every: int) -> tuple[int, int]:
    """(recovered, met)"""
    told = met = 0
    last = _last_transaction(stage.home) if name == LOG else None
    for page in range(0, (stage.home / name).stat().st_size // PAGE, every):
        found, struck = _without(stage, home, name, page)
        if last is None or page < last:
            assert found.count("silent") == 0, f"{name}, page {page}: {found}"
        assert found.told == struck, f"{name}, page {page}: {found}"
        told += found.told
        met += struck
    return told, met


def test_one_unreadable_page_is_recovered_from_and_told(kept: Stage, crashed: Stage, tmp_path: Path) -> None:
    assert _try(kept, tmp_path / "home", DATABASE, every=67)[0] > 0
    assert _try(crashed, tmp_path / "home", LOG, every=41)[0] > 0


@pytest.mark.full
@pytest.mark.timeout(1200)
def test_whichever_page_is_unreadable_it_is_recovered_from_and_told(
    kept: Stage, crashed: Stage, tmp_path: Path, record_property: Note
) -> None:
    figures = [_try(kept, tmp_path / "home", DATABASE, every=1), _try(crashed, tmp_path / "home", LOG, every=1)]
    record_property("figures", f"(recovered, met) {figures}")


def test_a_disk_that_gives_nothing_is_gone_and_no_damage(kept: Stage, tmp_path: Path) -> None:
    place = kept.set_up(tmp_path / "home")
    sector = BadSector(place.home / DATABASE, None)
    with sector.inserted(), pytest.raises(StorageProblem) as told, place.opened(recovering=True):
        pass
    assert type(told.value) is StorageProblem
    assert list(place.home.glob("toasoan-damaged-*")) == []
    assert not recover_and_use(place, texts_of(kept.home)).told


def test_a_backup_with_an_unreadable_page_is_passed_over(kept: Stage, tmp_path: Path) -> None:
    place = kept.set_up(tmp_path / "home")
    (backup,) = newest_first(place.home / BACKUPS)
    with BadSector(backup, 3).inserted():
        assert not is_sound(backup)
