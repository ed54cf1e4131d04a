"""Files on their way up and down, in words: how far, how fast, and what holds one back."""

from dataclasses import dataclass

from desktop.application.transfers import FileTransfer, Held
from desktop.ui.presenters.values import file_size
from desktop.ui.presenters.words import Translate

CAPS = (0, 256_000, 512_000, 1_000_000, 2_000_000)
"""What the cap may be, in bytes a second; 0 is none."""


@dataclass(frozen=True)
class FileLine:
    sha256: str
    name: str
    progress: str
    speed: str
    state: str
    paused: bool
    coming: bool = False

    @property
    def spoken(self) -> str:
        return ", ".join(part for part in (self.name, self.progress, self.speed, self.state) if part)


def file_line(file: FileTransfer, translate: Translate) -> FileLine:
    percent = 100 * file.sent // file.size if file.size else 100
    sent = file_size(file.sent) if file.sent else "0"
    progress = f"{sent} / {file_size(file.size)} · {percent} %"
    moves = file.held is Held.NO and file.speed > 0
    speed = per_second(int(file.speed), translate) if moves else ""
    name, paused = (f"↓ {file.name}" if file.coming else file.name), file.held in _STOPPED
    return FileLine(file.sha256, name, progress, speed, _state(file, translate), paused, coming=file.coming)


def per_second(speed: int, translate: Translate) -> str:
    return translate("Transfers", "{size}/s").format(size=file_size(speed))


def cap_words(cap: int, translate: Translate) -> str:
    return per_second(cap, translate) if cap else translate("Transfers", "no cap")


def _state(file: FileTransfer, translate: Translate) -> str:
    held = {
        Held.PAUSED: translate("Transfers", "paused"),
        Held.AFTER_HOURS: translate("Transfers", "waits for the evening"),
        Held.REFUSED: translate("Transfers", "refused by the portal"),
    }
    if file.held in held:
        return held[file.held]
    if file.coming:
        return (
            translate("Transfers", "what you are working on needs it")
            if file.needed
            else translate("Transfers", "comes with the syncs")
        )
    return (
        translate("Transfers", "a command waits for it")
        if file.needed
        else translate("Transfers", "goes with the syncs")
    )


_STOPPED = frozenset({Held.PAUSED, Held.REFUSED})
