"""Lines that are slow, trickle, move, or meddle with headers: the member's program over the fault proxy, to a portal that listens."""

from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from desktop.application.freezing import Tools
from desktop.domain.errors import Offline
from desktop.store import open_store
from desktop.sync.client import HttpPortal
from desktop.sync.network import DIRECT, Way, WayOut
from desktop.sync.transport import LEAST_BYTES
from desktop.sync.vault import KeyringVault
from server_stub.app import create_app
from server_stub.serving import in_thread
from server_stub.settings import Settings, settings_for
from tests.failure.portal import WRITER
from tests.failure.seat import Seat, StillClock
from tests.support.live_portal import PASSWORD, QUICK, LivePortal, live_portal
from tests.support.offices import CountedClock, PlainRenderer, SeededChance
from tests.support.proxy import CALM, Asked, Fault, FaultProxy, Weather

DEVICE = "0193e9a0-0000-7000-8000-000000000001"
SLOW = Weather(latency=0.05, jitter=0.02, rate=64_000.0)


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[LivePortal]:
    with live_portal(tmp_path) as running:
        yield running


@pytest.fixture
def line(portal: LivePortal) -> Iterator[FaultProxy]:
    with FaultProxy(urlsplit(portal.url).port or 0) as found:
        yield found


@contextmanager
def seat_at(line: FaultProxy, home: Path) -> Iterator[Seat]:
    """Signed in and synced once."""
    clock, chance, vault = StillClock(), SeededChance(), KeyringVault("home", None)
    client = HttpPortal(line.url, WayOut(lambda: Way(DIRECT)), vault=vault, clock=clock, chance=chance, version="1")
    with closing(open_store(home, clock=clock)) as store:
        seat = Seat(store, client, vault, Tools(clock, chance, PlainRenderer()), 1)
        seat.sign_in(WRITER)
        seat.cycle.run()
        line.asked.clear()
        yield seat


@pytest.mark.parametrize("fault", [Fault.NO_ETAG, Fault.OTHER_ETAG])
def test_a_network_that_takes_or_rewrites_etags_changes_nothing(line: FaultProxy, tmp_path: Path, fault: Fault) -> None:
    line.rule = lambda _asked: fault
    with seat_at(line, tmp_path / "home") as seat:
        assert line.counts[fault] > 2
        entry_id = seat.article(1, "qua một mạng sửa ETag")
        sha256 = seat.drafting.attach(entry_id, name="a.png", data=b"\x89PNG\r\n\x1a\n")
        seat.stages.give(entry_id, "submit")
        seat.cycle.run()
        assert seat.waiting() == 0
        assert seat.portal.fetch_blob(sha256) == b"\x89PNG\r\n\x1a\n"
        with seat.store.read() as work:
            rev = work.feed.value("bundle_rev")
        assert rev is not None
        assert seat.portal.bundle(None) is not None
        assert seat.portal.bundle(rev) is None


@pytest.fixture
def asking(line: FaultProxy) -> HttpPortal:
    """A client for whom a second passes at each look at its clock."""
    vault, way = KeyringVault("home", None), WayOut(lambda: Way(DIRECT))
    client = HttpPortal(line.url, way, vault=vault, clock=CountedClock(), chance=SeededChance(), version="1")
    client.sign_in(WRITER, PASSWORD, device_id=DEVICE, device_name="máy thử")
    return client


def test_an_answer_that_trickles_is_given_up(line: FaultProxy, asking: HttpPortal) -> None:
    line.weather = Weather(rate=400.0, piece=1)
    line.cut()
    before = line.wire.down
    with pytest.raises(Offline, match="trickle"):
        asking.bundle(None)
    assert line.wire.down - before < 3 * LEAST_BYTES
    line.weather = SLOW
    assert asking.bundle(None) is not None


def test_on_a_slow_line_the_text_is_there_after_one_request_and_files_wait_their_turn(
    line: FaultProxy, tmp_path: Path
) -> None:
    """The line loses every file, and no text."""
    line.rule = lambda asked: Fault.LOST_REQUEST if is_a_file(asked) else None
    with seat_at(line, tmp_path / "home") as seat:
        line.weather = SLOW
        line.cut()
        entry_id = seat.article(1, "chữ đi trước")
        seat.drafting.attach(entry_id, name="phim.mp4", data=b"\x00\x00\x00\x18ftypmp42" + b"phim" * 10_000)
        seat.stages.give(entry_id, "submit")
        with suppress(Offline):
            seat.cycle.run()
        assert line.counts[Fault.LOST_REQUEST] > 0
        first = next(number for number, asked in enumerate(line.asked) if is_a_file(asked))
        assert [asked.path for asked in line.asked[:first]].count("/v1/sync") >= 1
        with seat.store.read() as work:
            assert [item.operation.name for item in work.queue.of(entry_id)] == ["submit"]
        read = seat.portal.entry(entry_id, None)
        assert read is not None
        line.rule, line.weather = lambda _asked: None, CALM
        line.cut()
        seat.wait()
        seat.cycle.run()
        assert seat.waiting() == 0


def is_a_file(asked: Asked) -> bool:
    return asked.method in {"PUT", "PATCH"}


def test_a_portal_that_moves_in_flight_counts_as_offline_and_is_found_again(
    line: FaultProxy, portal: LivePortal, tmp_path: Path
) -> None:
    given = settings_for(portal.database)
    other = create_app(Settings(given.database, epoch_file=given.epoch_file, passwords=QUICK))
    with seat_at(line, tmp_path / "home") as seat, in_thread(other) as moved:
        entry_id = seat.article(1, "gửi đúng lúc Cổng chuyển chỗ")
        seat.stages.give(entry_id, "submit")
        line.plan(Fault.RESET)  # the answer was on its way from the old place
        with pytest.raises(Offline):
            seat.cycle.run()
        line.target = 1  # nobody is there
        with pytest.raises(Offline):
            seat.cycle.run()
        assert seat.waiting() == 2
        line.target = urlsplit(moved).port or 0
        seat.wait()
        seat.cycle.run()
        assert seat.waiting() == 0
        assert seat.portal.entry(entry_id, None) is not None
        with seat.store.read() as work:
            assert list(work.cards.open()) == []
