"""A disk that is really full, under a home with its use cases and its sync: told, nothing half-done, and work goes on."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.domain.errors import NoRoom, StorageProblem
from desktop.store.reserve import NAME, require_room
from tests.failure.scripts import AUTOSAVE, FEED, Prepared, Stage
from tests.failure.seat import Place, Seat
from tests.failure.soundness import faults_of_meaning

SIZE = 16 << 20
LONG = "chữ " * 40_000


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own, of 16 MiB."""
    if not sys.platform.startswith("linux") or os.geteuid() != 0:
        pytest.skip("only root may mount a small disk")
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder)], check=False, capture_output=True
    )
    if mounted.returncode != 0:
        pytest.skip("this machine does not let anybody mount a disk")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def _fill(disk: Path, *, leaving: int) -> Path:
    """Somebody else's file takes all but `leaving` bytes."""
    path = disk / "film.mp4"
    path.touch()
    os.truncate(path, 0)
    with path.open("r+b") as file:
        os.posix_fallocate(file.fileno(), 0, shutil.disk_usage(disk).free - leaving)
    return path


def _place(stage: Stage, disk: Path) -> Place:
    return stage.set_up(disk / "home")


def test_what_finds_no_room_is_told_and_the_next_try_has_the_reserve(prepared: Prepared, small_disk: Path) -> None:
    place = _place(prepared(AUTOSAVE, 1), small_disk)
    require_room(place.home)
    with place.opened(recovering=True) as seat:
        with seat.store.read() as work:
            entry_id = work.drafts.dirty()[0].entry_id
        seat.write(entry_id, 1, "1 " + LONG)
        seat.let_go()  # the log is folded in
        film = _fill(small_disk, leaving=0)
        with pytest.raises(StorageProblem):
            seat.write(entry_id, 2, "2 " + LONG)
        assert seat.body(entry_id) == "1 " + LONG
        assert not (place.home / NAME).exists()
        seat.write(entry_id, 2, "2 ngắn")
        assert seat.body(entry_id) == "2 ngắn"
        film.unlink()
        seat.cycle.run()
        assert (place.home / NAME).stat().st_size == SIZE // 64
    with place.opened(recovering=True) as seat:
        assert seat.body(entry_id) == "2 ngắn"
        assert faults_of_meaning(seat.store) == []


def _index(seat: Seat) -> dict[str, object]:
    with seat.store.read() as work:
        return {str(entry_id): told for entry_id, told in work.entries.index().items()}


@pytest.fixture
def wanted(prepared: Prepared, tmp_path: Path) -> dict[str, object]:
    """What a first sync brings where there is room."""
    with prepared(FEED, 8).set_up(tmp_path / "roomy").opened() as seat:
        seat.cycle.run()
        return _index(seat)


def test_a_first_sync_stops_between_two_pages_and_goes_on_when_there_is_room(
    prepared: Prepared, wanted: dict[str, object], small_disk: Path
) -> None:
    stopped_half_way = 0
    for leaving in range(0, 800_000, 100_000):
        place = _place(prepared(FEED, 8), small_disk)
        require_room(place.home)
        film = _fill(small_disk, leaving=leaving)
        with place.opened(recovering=True) as seat:
            with pytest.raises(NoRoom):
                seat.cycle.run()
            come = _index(seat)
            stopped_half_way += 0 < len(come) < len(wanted)
            assert faults_of_meaning(seat.store) == []
            entry_id = seat.article(1, "viết tiếp khi ổ đĩa đầy")
            with pytest.raises(NoRoom):
                seat.cycle.run()
            assert _index(seat).keys() <= come.keys() | {entry_id}
            film.unlink()
            seat.wait()
            seat.cycle.run()
            assert seat.body(entry_id) == "viết tiếp khi ổ đĩa đầy"
            assert _index(seat).keys() - {entry_id} == wanted.keys()
            assert seat.waiting() == 0
    assert stopped_half_way > 0


def test_a_roomy_disk_keeps_sixteen_mebibytes(tmp_path: Path) -> None:
    if shutil.disk_usage(tmp_path).total < 64 << 24 or shutil.disk_usage(tmp_path).free < 2 << 24:
        pytest.skip("this disk is a small one itself")
    require_room(tmp_path)
    assert (tmp_path / NAME).stat().st_size == 1 << 24
    assert (tmp_path / NAME).stat().st_mode & 0o777 == 0o600
