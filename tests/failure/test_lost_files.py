"""Files of attachments that somebody takes away: the copy in the home, or the original after it was attached."""

from pathlib import Path

import pytest

from desktop.domain.ids import EntryId
from tests.failure.portal import WRITER
from tests.failure.scripts import Prepared, Script
from tests.failure.seat import Place, Seat
from tests.failure.soundness import faults_of_meaning

SIGNED_IN = Script("signed in", WRITER, lambda *_: None, lambda *_: [])


@pytest.fixture
def place(prepared: Prepared, tmp_path: Path) -> Place:
    return prepared(SIGNED_IN, 1).set_up(tmp_path / "home")


def _article(seat: Seat, path: Path) -> tuple[EntryId, str]:
    entry_id = seat.article(1, "chữ")
    return entry_id, seat.drafting.attach(entry_id, name=path.name, data=path.read_bytes())


def _file_of(home: Path, sha256: str) -> Path:
    return home / "blobs" / sha256[:2] / sha256[2:4] / sha256


def _told(seat: Seat) -> list[tuple[str, str]]:
    return [(notice.rule.code, notice.rule.params.get("name", "")) for notice in seat.cycle.status().notices]


def test_a_file_that_an_antivirus_took_is_told_and_attached_again(place: Place, tmp_path: Path) -> None:
    original = tmp_path / "ảnh.png"
    original.write_bytes(b"bytes of a picture")
    with place.opened(recovering=True) as seat:
        entry_id, sha256 = _article(seat, original)
        seat.stages.give(entry_id, "submit")
        _file_of(place.home, sha256).unlink()
        seat.cycle.run()
        assert _told(seat) == [("attachment-damaged", "ảnh.png")]
        assert seat.body(entry_id) == "chữ"
        assert not (place.home / "damaged").exists()
        with seat.store.read() as work:
            assert [item["name"] for item in work.revisions.of(entry_id)[-1].content.attachments] == ["ảnh.png"]
        other = seat.article(2, "việc khác vẫn đi")
        seat.stages.give(other, "submit")
        seat.cycle.run()
        with seat.store.read() as work:
            assert work.queue.of(other) == []
            assert len(work.queue.of(entry_id)) > 0
        again = seat.article(3, "bài khác, cùng tệp")
        assert seat.drafting.attach(again, name="ảnh.png", data=original.read_bytes()) == sha256
        seat.wait()
        seat.cycle.run()
        assert seat.waiting() == 0
        assert faults_of_meaning(seat.store) == []


def test_the_original_may_go_once_it_is_attached(place: Place, tmp_path: Path) -> None:
    original = tmp_path / "biên bản.pdf"
    original.write_bytes(b"bytes of minutes")
    with place.opened(recovering=True) as seat:
        entry_id, sha256 = _article(seat, original)
        original.rename(tmp_path / "moved.pdf")
        seat.stages.give(entry_id, "submit")
        seat.cycle.run()
        assert seat.waiting() == 0
        assert _told(seat) == []
        assert seat.portal.fetch_blob(sha256) == b"bytes of minutes"
        with seat.store.read() as work:
            assert work.blobs.read(sha256) == b"bytes of minutes"
