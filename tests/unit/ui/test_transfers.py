"""Files on their way in words: how far, how fast, what holds them back."""

from dataclasses import replace

from desktop.application.transfers import FileTransfer, Held
from desktop.domain.files import Media
from desktop.ui.presenters.transfers import cap_words, file_line
from desktop.ui.presenters.words import untranslated

FILE = FileTransfer("a" * 64, "le-hoi.mp4", 40_000_000, 0, 0.0, next(iter(Media)), Held.NO, needed=False, entry_id=None)


def test_progress_speed_and_state() -> None:
    moving = file_line(replace(FILE, sent=12_400_000, speed=1_200_000.0, needed=True), untranslated)
    assert (moving.progress, moving.speed, moving.state) == (
        "12,4 MB / 40,0 MB · 31 %", "1,2 MB/s", "a command waits for it",
    )  # fmt: skip
    assert moving.spoken == "le-hoi.mp4, 12,4 MB / 40,0 MB · 31 %, 1,2 MB/s, a command waits for it"
    assert (file_line(FILE, untranslated).progress, file_line(FILE, untranslated).speed) == ("0 / 40,0 MB · 0 %", "")


def test_what_holds_a_file_is_told_and_a_stopped_one_may_go_on() -> None:
    lines = {held: file_line(replace(FILE, held=held, speed=9.0), untranslated) for held in Held}
    assert [lines[held].state for held in (Held.NO, Held.PAUSED, Held.AFTER_HOURS, Held.REFUSED)] == [
        "goes with the syncs", "paused", "waits for the evening", "refused by the portal",
    ]  # fmt: skip
    assert [held for held, line in lines.items() if line.paused] == [Held.PAUSED, Held.REFUSED]
    assert lines[Held.PAUSED].speed == ""


def test_a_cap_in_words() -> None:
    assert [cap_words(cap, untranslated) for cap in (0, 512_000, 2_000_000)] == ["no cap", "512 KB/s", "2,0 MB/s"]
