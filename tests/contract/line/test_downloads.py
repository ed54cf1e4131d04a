"""Large files from the portal over lines that break: each part once, and nothing is taken for the file but the file."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.application.records import Changes
from desktop.application.transfers import Held
from desktop.domain.errors import BadContent, Offline
from desktop.sync.downloads import LARGE, fetch_large
from tests.contract.line.desks import Desk, desk, video
from tests.support.live_portal import LivePortal
from tests.support.proxy import CALM, FaultProxy, Weather

MB = 1_000_000
SIZE = 10 * MB


@pytest.fixture
def sha256(portal: LivePortal, tmp_path: Path) -> str:
    """Of a film that the writer has brought from another machine."""
    path = video(tmp_path / "phim.mp4", SIZE)
    with desk(tmp_path / "first", portal.url, seed=7) as writer:
        writer.drafting.freeze_idle([writer.article(path)])
        writer.sync_all()
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture
def seat(tmp_path: Path, line: FaultProxy) -> Iterator[Desk]:
    with desk(tmp_path / "second", line.url, seed=8) as found:
        yield found


def kept(seat: Desk, sha256: str) -> bool:
    with seat.store.read() as work:
        return work.blobs.check(sha256) and work.blobs.unsent() == []


def test_a_text_brings_its_large_file_in_parts(seat: Desk, line: FaultProxy, sha256: str) -> None:
    seat.sync_all()
    assert kept(seat, sha256)
    parts = [item for item in line.asked if item.path == f"/v1/blobs/{sha256}"]
    assert len(parts) == 3
    assert line.wire.down < 1.02 * SIZE + 100_000


def test_a_cut_costs_one_part_at_most(seat: Desk, line: FaultProxy, sha256: str) -> None:
    line.weather = Weather(cut_down=(5 * MB, 5 * MB), reset=True)
    line.cut()
    with pytest.raises(Offline):
        fetch_large(seat.store, seat.portal, sha256, size=SIZE)
    line.weather = CALM
    line.cut()
    before = line.wire.down
    fetch_large(seat.store, seat.portal, sha256, size=SIZE)
    assert kept(seat, sha256)
    assert line.wire.down - before < SIZE - 4 * MB


def test_wrong_bytes_are_set_aside_and_fetched_once_from_the_beginning(seat: Desk, sha256: str) -> None:
    with seat.store.read() as work:
        work.blobs.append(sha256, start=0, data=bytes(4 * 2**20))  # as a proxy had spoilt them
    fetch_large(seat.store, seat.portal, sha256, size=SIZE)
    assert kept(seat, sha256)


def test_bytes_that_stay_wrong_are_no_file(seat: Desk, sha256: str) -> None:
    wrong = "ab" * 32
    honest = seat.portal.fetch_part

    def spoilt(_sha256: str, *, start: int, size: int) -> bytes:
        return honest(sha256, start=start, size=size)

    seat.portal.fetch_part = spoilt  # type: ignore[method-assign, assignment]
    with pytest.raises(BadContent):
        fetch_large(seat.store, seat.portal, wrong, size=SIZE)
    with seat.store.read() as work:
        assert not work.blobs.has(wrong)
        assert work.blobs.partial(wrong) == 0


def test_a_file_is_paused_after_the_part_under_way_and_goes_on_from_there(
    seat: Desk, line: FaultProxy, sha256: str
) -> None:
    def stop_it(_changes: Changes) -> None:
        (file,) = seat.incoming.files()
        if not file.held:
            assert (file.name, file.coming, file.speed > 0) == ("phim.mp4", True, True)
            seat.incoming.pause(sha256)

    seat.when_told = stop_it
    seat.sync_all()
    (file,) = seat.incoming.files()
    assert (file.held, file.sent, file.speed) == (Held.PAUSED, LARGE, 0.0)
    seat.sync_all()
    assert seat.incoming.files()[0].sent == LARGE

    seat.when_told = None
    seat.incoming.resume(sha256)
    seat.sync_all()
    assert kept(seat, sha256)
    assert seat.incoming.files() == []
    assert len([item for item in line.asked if item.path == f"/v1/blobs/{sha256}"]) == 3
