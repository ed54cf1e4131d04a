"""A cold start: from the start of the process to a window that can be used, with 100,000 entries in its home; and its list scrolled.

The reference of `start.cold` is another process: a bare window whose QWebEngineView shows one paragraph; budget: 1.5 times that. No
frame of `start.scroll` may take more than 33 ms. BENCH_ENTRIES: how many entries.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from time import perf_counter
from typing import Final

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QApplication, QMainWindow, QStyledItemDelegate

from benchmarks.harness import Measured, benchmark, interleaved
from benchmarks.office import BUILD, content
from benchmarks.store import WallClock, settle_in
from desktop.application.ports import Work
from desktop.application.records import Draft
from desktop.application.shown import refresh
from desktop.bootstrap import Office, Options
from desktop.domain.ids import EntryId
from desktop.editor.widgets.preview_scheme import register_scheme
from desktop.store import open_store
from desktop.ui.window.main_window import MainWindow

ENTRIES: Final = int(os.environ.get("BENCH_ENTRIES", "100000"))
_STEP: Final = 500
_FRAMES: Final = 600
ROUNDS: Final = 7
READY: Final = "READY"


@benchmark(
    "start.cold", unit="ms", better="lower", reference="a bare window with a QWebEngineView that shows one paragraph"
)
def cold() -> Measured:
    """Each round starts a process and waits for its word; imports, fonts and stylesheet are all in it."""
    home = str(_home())
    return interleaved(lambda: _started("--window", home), lambda: _started("--bare"), rounds=ROUNDS)


@benchmark("start.scroll", unit="ms", better="lower", reference="the same list with a plain delegate")
def scroll() -> Measured:
    """The slowest frame of a drag from the top of the list to its end, with the real window."""
    home = str(_home())
    return Measured(float(_said("--scroll", home)), float(_said("--scroll", home, "--plain")))


def _home() -> Path:
    """A home whose member has that many drafts; made once."""
    home = BUILD / f"start-{ENTRIES}"
    if not (home / "made").exists():
        home.mkdir(parents=True, exist_ok=True)
        with closing(open_store(home, clock=WallClock())) as store:
            settle_in(store)
            for start in range(0, ENTRIES, _STEP):
                with store.write() as work:
                    _put(work, range(start, min(start + _STEP, ENTRIES)))
        (home / "made").touch()
    return home


def _put(work: Work, numbers: range) -> None:
    made = []
    for number in numbers:
        fields = content(number)["fields"]
        made.append(EntryId(f"01930000-0000-7000-8000-{number:012x}"))
        work.drafts.put(Draft(made[-1], "article", "vi", fields, updated=f"2026-11-22T09:{number % 60:02}:00Z"))
    work.look_up(made)
    refresh(work, made)


def _said(*arguments: str) -> str:
    """The line after READY."""
    command = [sys.executable, "-m", "benchmarks.start", *arguments]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True)  # noqa: S603
    return done.stdout.splitlines()[-1]


def _started(*arguments: str) -> None:
    command = [sys.executable, "-m", "benchmarks.start", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:  # noqa: S603  ourselves
        line = process.stdout.readline() if process.stdout is not None else ""
        process.kill()
    if line.strip() != READY:
        raise RuntimeError(f"{' '.join(arguments)} did not come up")


class FirstPaint(QObject):
    """Says READY once its widget has been painted."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            print(READY, flush=True)
        return False


def _window(home: Path) -> None:
    register_scheme()
    app = QApplication(["toasoan-desktop"])
    options = Options(home)
    office = Office(app, options)
    if not office.open(options) or not isinstance(office.window, MainWindow):
        raise SystemExit(1)
    rows, first = office.window.list, FirstPaint(app)
    # The next paint after the first page of the list stands is the one a person can work with.
    rows.model.loaded.connect(lambda count: rows.view.viewport().installEventFilter(first) if count else None)
    app.exec()


def _scroll(home: Path, *, plain: bool) -> None:
    """Prints the milliseconds of the slowest frame."""
    register_scheme()
    app = QApplication(["toasoan-desktop"])
    options = Options(home)
    office = Office(app, options)
    if not office.open(options) or not isinstance(office.window, MainWindow):
        raise SystemExit(1)
    view, model = office.window.list.view, office.window.list.model
    if plain:
        view.setItemDelegate(QStyledItemDelegate(view))

    def drag(count: int) -> None:
        if not count:
            return
        model.loaded.disconnect(drag)
        bar, taken = view.verticalScrollBar(), []
        for frame in range(_FRAMES):
            begin = perf_counter()
            bar.setValue(bar.maximum() * frame // _FRAMES)
            view.viewport().repaint()
            app.processEvents()
            taken.append((perf_counter() - begin) * 1000)
        print(max(taken[_FRAMES // 20 :]), flush=True)
        os._exit(0)

    model.loaded.connect(drag)
    app.exec()


def _bare() -> None:
    app = QApplication(["bare"])
    window, view = QMainWindow(), QWebEngineView()
    window.setCentralWidget(view)
    window.resize(1440, 900)
    view.loadFinished.connect(lambda _ok: print(READY, flush=True))
    view.setHtml("<p>Một đoạn.</p>")
    window.show()
    app.exec()


def main(arguments: Sequence[str] | None = None) -> None:
    """The processes that are measured."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.start")
    parser.add_argument("--window", type=Path, metavar="HOME")
    parser.add_argument("--scroll", type=Path, metavar="HOME")
    parser.add_argument("--plain", action="store_true", help="a delegate that is not ours")
    parser.add_argument("--bare", action="store_true")
    chosen = parser.parse_args(arguments)
    os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")
    if chosen.bare:
        _bare()
    elif chosen.scroll is not None:
        _scroll(chosen.scroll, plain=chosen.plain)
    elif chosen.window is not None:
        _window(chosen.window)


if __name__ == "__main__":
    main()
