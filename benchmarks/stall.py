"""Does the window stay alive while a first sync runs? A heartbeat in its thread every 10 ms; a watchdog notes where it was when late.

The reference is the same window with nothing to sync. Aim: no beat more than 100 ms late. BENCH_ENTRIES: how many come (100,000).
"""

import argparse
import json
import os
import resource
import sys
import threading
import time
import traceback
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from benchmarks.harness import Measured, benchmark
from benchmarks.office import CHIEF, PASSWORD, Portal, child, filled
from desktop.bootstrap import Office, Options
from desktop.editor.widgets.preview_scheme import register_scheme
from desktop.ui.session.forms import SignInForm
from desktop.ui.sync_driver import SyncDriver

ENTRIES: Final = int(os.environ.get("BENCH_ENTRIES", "100000"))
_EMPTY: Final = 50  # entries of a portal that has next to nothing
BEAT: Final = 10  # ms
_LATE: Final = 0.04  # s from which on the watchdog looks
_SWITCH: Final = 0.0002  # as desktop.bootstrap sets it
_LEAST: Final = 5_000  # ms that are watched in any case
_MOST_LINES: Final = 12


@benchmark("stall.p999", unit="ms", better="lower", reference="the same window with nothing to sync")
def most_beats() -> Measured:
    """How late 99.9 % of the beats are at most."""
    return Measured(_run(ENTRIES)["p999"], _run(_EMPTY)["p999"])


@benchmark("stall.longest", unit="ms", better="lower", reference="the same window with nothing to sync")
def longest() -> Measured:
    return Measured(_run(ENTRIES)["longest"], _run(_EMPTY)["longest"])


@benchmark("stall.memory", unit="MB", better="lower", reference="the same window with nothing to sync")
def memory() -> Measured:
    """The most that the process of the window has held."""
    return Measured(_run(ENTRIES)["peak"], _run(_EMPTY)["peak"])


@cache
def _run(count: int) -> dict[str, Any]:
    with TemporaryDirectory() as folder, Portal(filled(Path(folder), count)) as portal:
        got = child("benchmarks.stall", f"{folder}/home", portal.url)
    print(f"  stall, {count} entries in {got['seconds']:.0f} s, the longest in:\n{got['stack']}", file=sys.stderr)
    return got


class Heart(QObject):
    """Beats in the GUI thread; another thread looks on."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.late: list[float] = []
        self.stack = ""
        self._longest = 0.0
        self._last = time.perf_counter()
        self._gui = threading.get_ident()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        self._last = time.perf_counter()
        self._timer.start(BEAT)
        threading.Thread(target=self._watch, daemon=True).start()

    def stop(self) -> None:
        self._timer.stop()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.late.append(max(0.0, (now - self._last) * 1000 - BEAT))
        self._last = now

    def _watch(self) -> None:
        while True:
            time.sleep(BEAT / 1000)
            late = time.perf_counter() - self._last
            frames = sys._current_frames() if late > max(_LATE, self._longest) else {}  # noqa: SLF001  there is no other way
            if (frame := frames.get(self._gui)) is not None:
                self._longest = late
                self.stack = "".join(traceback.format_stack(frame)[-_MOST_LINES:])


def _window(home: Path, url: str) -> None:
    """Sign in as a person does, sync to the end, print what the heart has to say."""
    register_scheme()
    sys.setswitchinterval(_SWITCH)
    app = QApplication(["toasoan-desktop"])
    options = Options(home, portal=url)
    office = Office(app, options)
    if not office.open(options) or office.window is None:
        raise SystemExit(1)
    heart = Heart(app)
    begin = time.perf_counter()

    def ended(_ok: object) -> None:
        rest = max(0, _LEAST - round((time.perf_counter() - begin) * 1000))
        QTimer.singleShot(rest, app.quit)

    def signed_in() -> None:
        window = office.window
        driver = window.findChild(SyncDriver) if window is not None else None
        if driver is None:
            QTimer.singleShot(BEAT, signed_in)
            return
        driver.ended.connect(ended)
        heart.start()

    form = office.window.findChild(SignInForm)
    if form is None:
        raise SystemExit(1)
    form.submitted.emit(url, CHIEF, PASSWORD)
    QTimer.singleShot(BEAT, signed_in)
    app.exec()
    heart.stop()
    late = sorted(heart.late)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    said = {"p999": max(late[int(len(late) * 0.999)], 0.01), "longest": max(late[-1], 0.01), "beats": len(late), "peak": peak,
            "seconds": time.perf_counter() - begin, "stack": heart.stack}  # fmt: skip
    print(json.dumps(said), flush=True)
    os._exit(0)  # the lanes of a window that is not closed go on for ever


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.stall")
    parser.add_argument("home", type=Path)
    parser.add_argument("url")
    chosen = parser.parse_args(arguments)
    os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")
    _window(chosen.home, chosen.url)


if __name__ == "__main__":
    main()
