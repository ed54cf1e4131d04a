"""Large files over lines that break: every byte once, whatever is cut, lost, restarted or taken back by the portal."""

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests

from desktop.application.transfers import Held, TransferRules, moving
from desktop.domain.errors import BadContent, Offline
from server_stub.app import create_app
from server_stub.serving import in_thread
from server_stub.settings import settings_for
from tests.contract.line.desks import Desk, desk, video
from tests.support.live_portal import LivePortal, live_portal
from tests.support.proxy import CALM, Fault, FaultProxy, Weather

MB = 1_000_000


@pytest.fixture
def seat(tmp_path: Path, line: FaultProxy) -> Iterator[Desk]:
    with desk(tmp_path / "home", line.url) as found:
        yield found


def sha(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def frozen(seat: Desk, *files: Path) -> None:
    seat.drafting.freeze_idle([seat.article(*files)])


def arrived(seat: Desk, path: Path) -> bool:
    return hashlib.sha256(seat.portal.fetch_blob(sha(path))).hexdigest() == sha(path)


def came(seat: Desk, path: Path, size: int) -> bool:
    """Read back in parts."""
    digest = hashlib.sha256()
    for start in range(0, size, 4 * 2**20):
        digest.update(seat.portal.fetch_part(sha(path), start=start, size=4 * 2**20))
    return digest.hexdigest() == sha(path)


def asked(line: FaultProxy) -> Counter[str]:
    return Counter(item.method for item in line.asked if item.path.startswith("/v1/uploads"))


def test_a_large_file_goes_up_whole_and_is_readable_through_its_entry(
    seat: Desk, line: FaultProxy, tmp_path: Path
) -> None:
    path = video(tmp_path / "phim.mp4", 3 * MB)
    frozen(seat, path)
    assert [(file.name, file.sent) for file in seat.transfers.files()] == [("phim.mp4", 0)]
    seat.sync_all()
    assert arrived(seat, path)
    assert seat.transfers.files() == []
    assert line.wire.up < 1.02 * 3 * MB
    assert asked(line)["POST"] == 1


def test_a_line_cut_again_and_again_costs_less_than_a_twentieth(seat: Desk, line: FaultProxy, tmp_path: Path) -> None:
    """As at 20 Mbit/s with a cut each 5 to 10 seconds, at half the size and ten times the pace."""
    path = video(tmp_path / "phim.mp4", 60 * MB)
    frozen(seat, path)
    line.weather = Weather(rate=25.0 * MB, cut_up=(25 * MB // 4, 25 * MB // 2), reset=True)
    line.cut()
    before = line.wire.up
    seat.sync_all()
    line.weather = CALM
    line.cut()
    assert arrived(seat, path)
    assert line.counts["cut"] >= 4
    assert (line.wire.up - before) <= 1.05 * 60 * MB
    assert asked(line)["POST"] == 1


def test_a_lost_answer_to_the_beginning_makes_no_second_upload(
    seat: Desk, line: FaultProxy, portal: LivePortal, tmp_path: Path
) -> None:
    path = video(tmp_path / "phim.mp4", 1 * MB, seed=2)
    frozen(seat, path)
    lost: list[str] = []

    def rule(item: object) -> Fault | None:
        method, place = getattr(item, "method", ""), getattr(item, "path", "")
        if method == "POST" and place == "/v1/uploads" and not lost:
            lost.append(place)
            return Fault.LOST_REPLY
        return None

    line.rule = rule
    assert seat.sync() is None
    seat.sync_all()
    assert arrived(seat, path)
    places = {item.path for item in line.asked if item.method == "PATCH"}
    assert (len(places), asked(line)["POST"]) == (1, 2)
    with closing(sqlite3.connect(portal.database)) as database:
        made = database.execute("SELECT count(*) FROM upload WHERE sha256 = ?", (sha(path),)).fetchone()
    assert made == (1,)


def test_an_offset_that_is_another_is_asked_for_and_gone_on_from(seat: Desk, tmp_path: Path) -> None:
    """The answer to a part is lost, and another device of the same upload has brought more meanwhile: 409 is never fatal."""
    path = video(tmp_path / "phim.mp4", 2 * MB, seed=3)
    frozen(seat, path)
    send = seat.portal.uploads.send
    moved: list[int] = []

    def behind(place: str, offset: int, data: bytes) -> int:
        if not moved:
            moved.append(send(place, offset, data))
        return send(place, offset, data)  # the first one once more: it stands there already

    seat.portal.uploads.send = behind  # type: ignore[method-assign]
    seat.sync_all()
    assert moved
    assert arrived(seat, path)


def test_an_upload_that_the_portal_forgot_begins_anew(seat: Desk, line: FaultProxy, tmp_path: Path) -> None:
    path = video(tmp_path / "phim.mp4", 2 * MB, seed=4)
    frozen(seat, path)
    send = seat.portal.uploads.send

    def cut(place: str, offset: int, data: bytes) -> int:
        raise Offline(f"the line is cut within {place}, {offset} + {len(data)}")

    seat.portal.uploads.send = cut  # type: ignore[method-assign]
    seat.sync()
    seat.portal.uploads.send = send  # type: ignore[method-assign]
    with seat.store.read() as work:
        place = moving(work, sha(path)).place
    assert place
    token = (seat.vault.read("tokens") or "").split('"')[3]
    gone = requests.delete(
        line.url + place, headers={"Authorization": f"Bearer {token}", "Tus-Resumable": "1.0.0"}, timeout=20
    )
    assert gone.status_code == 204
    seat.sync_all()
    assert arrived(seat, path)
    with seat.store.read() as work:
        assert moving(work, sha(path)).place == ""


def test_the_program_starts_again_and_goes_on_where_it_was(line: FaultProxy, tmp_path: Path) -> None:
    path = video(tmp_path / "phim.mp4", 4 * MB, seed=5)
    home = tmp_path / "home"
    with desk(home, line.url) as seat:
        frozen(seat, path)
        line.weather = Weather(cut_up=(2 * MB, 2 * MB), reset=True)
        line.cut()
        with pytest.raises(AssertionError, match="stop"):
            _sync_until_cut(seat, line)
        tokens = seat.vault.read("tokens")
    line.weather = CALM
    line.cut()
    before = line.wire.up
    with desk(home, line.url, tokens=tokens) as seat:
        assert seat.transfers.files()[0].sent > 0
        seat.sync_all()
        assert arrived(seat, path)
    assert line.wire.up - before < 3 * MB


def _sync_until_cut(seat: Desk, line: FaultProxy) -> None:
    honest = seat.portal.uploads.offset

    def ending(place: str) -> int:
        assert not line.counts["cut"], "stop"  # as the end of the program, after a cut
        return honest(place)

    seat.portal.uploads.offset = ending  # type: ignore[method-assign]
    seat.sync_all()


def test_a_portal_restarted_in_the_middle_has_what_had_arrived(tmp_path: Path) -> None:
    path = video(tmp_path / "phim.mp4", 4 * MB, seed=6)
    with FaultProxy(1) as line:
        (tmp_path / "portal").mkdir()
        with live_portal(tmp_path / "portal") as running:
            line.target = urlsplit(running.url).port or 0
            with desk(tmp_path / "home", line.url) as seat:
                frozen(seat, path)
                line.weather = Weather(cut_up=(2 * MB, 2 * MB), reset=True)
                line.cut()
                with pytest.raises(AssertionError, match="stop"):
                    _sync_until_cut(seat, line)
                tokens = seat.vault.read("tokens")
        line.weather = CALM
        line.cut()
        before = line.wire.up
        with (
            in_thread(create_app(settings_for(tmp_path / "portal" / "portal.sqlite"))) as url,
            desk(tmp_path / "home", line.url, tokens=tokens) as seat,
        ):
            line.target = urlsplit(url).port or 0
            seat.sync_all()
            assert arrived(seat, path)
        assert line.wire.up - before < 3 * MB


def test_texts_go_before_files_and_small_before_large(seat: Desk, line: FaultProxy, tmp_path: Path) -> None:
    (tmp_path / "anh.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(400_000))
    (tmp_path / "van-ban.pdf").write_bytes(b"%PDF-1.7\n" + bytes(300_000))
    files = [video(tmp_path / "phim.mp4", MB, seed=7), tmp_path / "van-ban.pdf", tmp_path / "anh.png"]
    frozen(seat, *files)
    assert [file.name for file in seat.transfers.files()] == ["anh.png", "van-ban.pdf", "phim.mp4"]
    seat.sync_all()
    paths = [item.path for item in line.asked]
    assert paths.index("/v1/sync") < paths.index("/v1/uploads")


def test_a_paused_file_waits_and_goes_on_where_it_was(seat: Desk, tmp_path: Path) -> None:
    path = video(tmp_path / "phim.mp4", 2 * MB, seed=8)
    frozen(seat, path)
    seat.transfers.pause(sha(path))
    seat.sync_all()
    assert [(file.held, file.sent) for file in seat.transfers.files()] == [(Held.PAUSED, 0)]
    seat.transfers.resume(sha(path))
    seat.sync_all()
    assert seat.transfers.files() == []


@pytest.mark.parametrize(("hours", "held"), [((0, 24), Held.NO), ((0, 0), Held.AFTER_HOURS)])
def test_videos_wait_for_their_hours(seat: Desk, tmp_path: Path, hours: tuple[int, int], held: Held) -> None:
    frozen(seat, video(tmp_path / "phim.mp4", MB, seed=9 + hours[1]))
    seat.transfers.set_rules(TransferRules(videos_after_hours=True, begin=hours[0], end=hours[1]))
    assert [file.held for file in seat.transfers.files()] == [held]
    seat.sync_all()
    assert len(seat.transfers.files()) == (1 if held else 0)


def test_what_a_waiting_command_needs_waits_for_no_hour(seat: Desk, tmp_path: Path) -> None:
    entry_id = seat.article(video(tmp_path / "phim.mp4", MB, seed=40))
    seat.transfers.set_rules(TransferRules(videos_after_hours=True, begin=0, end=0))
    seat.stages.give(entry_id, "submit")
    assert [(file.needed, file.held) for file in seat.transfers.files()] == [(True, Held.NO)]
    seat.sync_all()
    assert seat.transfers.files() == []
    with seat.store.read() as work:
        assert work.queue.count() == 0


def test_a_cap_puts_the_next_part_off(seat: Desk, line: FaultProxy, tmp_path: Path) -> None:
    frozen(seat, video(tmp_path / "phim.mp4", MB, seed=41))
    seat.transfers.set_rules(TransferRules(cap=20_000))
    report = seat.sync()
    assert report is not None
    assert report.again_in is not None
    assert 1 < report.again_in < 10  # a part of 140 kB at 20 kB/s
    assert asked(line)["PATCH"] == 1


def test_a_file_that_the_portal_rejects_is_told_once_and_holds_up_nothing(seat: Desk, tmp_path: Path) -> None:
    path = tmp_path / "phim.mp4"
    path.write_bytes(b"MZ" + bytes(MB))  # a program that calls itself a film
    good = video(tmp_path / "that.mp4", MB, seed=42)
    frozen(seat, path, good)
    seat.sync_all()
    assert arrived(seat, good)
    assert [(file.held, bool(file.refused)) for file in seat.transfers.files()] == [(Held.REFUSED, True)]
    assert [notice.rule.params["name"] for notice in seat.cycle.status().notices] == ["phim.mp4"]
    seat.sync_all()
    assert len(seat.cycle.status().notices) == 1


def test_a_file_above_the_portals_limit_is_refused_before_a_byte_is_copied(seat: Desk, tmp_path: Path) -> None:
    seat.sync()
    entry_id = seat.article()
    path = tmp_path / "phim.mp4"
    with path.open("wb") as file:
        file.truncate(5_000_000_000)  # holes only
    with pytest.raises(BadContent) as caught:
        seat.drafting.attach(entry_id, name="phim.mp4", data=path)
    assert caught.value.rule.params == {"limit": "512 MiB"}
    assert seat.transfers.files() == []


def test_the_same_file_in_many_entries_goes_up_once(seat: Desk, line: FaultProxy, tmp_path: Path) -> None:
    path = video(tmp_path / "phim.mp4", MB, seed=43)
    for _ in range(5):
        frozen(seat, path)
    seat.sync_all()
    assert asked(line)["POST"] == 1
    assert line.wire.up < 1.1 * MB


@pytest.mark.full
@pytest.mark.timeout(600)
def test_two_hundred_megabytes_at_twenty_megabits_cut_every_few_seconds(
    seat: Desk, line: FaultProxy, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    size = 200 * MB
    seat.sync()  # the portal tells how large a file may be
    path = video(tmp_path / "phim.mp4", size)
    frozen(seat, path)
    line.weather = Weather(rate=2_500_000.0, lasts=(5.0, 10.0), reset=True)
    line.cut()
    before = line.wire.up
    seat.sync_all()
    line.weather = CALM
    line.cut()
    assert came(seat, path, size)
    share = (line.wire.up - before) / size
    record_property("figures", f"{share:.4f} of the file on the wire, {line.counts['cut']} cuts, {dict(asked(line))}")
    assert share <= 1.05
    assert line.counts["cut"] >= 8


def test_a_line_that_answers_nothing_is_left_for_later(seat: Desk, line: FaultProxy, tmp_path: Path) -> None:
    frozen(seat, video(tmp_path / "phim.mp4", MB, seed=44))
    line.rule = lambda item: Fault.LOST_REQUEST if item.path.startswith("/v1/uploads") else None
    with pytest.raises(Offline):
        seat.cycle.run()
    line.rule = lambda _item: None
    seat.sync_all()
    assert seat.transfers.files() == []


def test_a_request_that_is_cut_is_no_fault_of_the_portal(seat: Desk, line: FaultProxy) -> None:
    """The guard of these tests fails at a logged error."""
    frozen(seat)
    line.weather = Weather(cut_up=(900, 900), reset=True)
    line.cut()
    assert seat.sync() is None
    line.weather = CALM
    line.cut()
    seat.sync_all()
    with seat.store.read() as work:
        assert work.queue.count() == 0
