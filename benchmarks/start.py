"""A cold start: from the start of the process to a window that can be used, with 1,000 entries in its home.

The reference is another process: a bare window whose QWebEngineView shows one paragraph. Budget of `start.cold`: 1.5 times that.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QApplication, QMainWindow

from benchmarks.harness import Measured, benchmark, interleaved
from benchmarks.store import WallClock, settle_in
from desktop.application.records import Draft
from desktop.application.shown import refresh
from desktop.bootstrap import Office, Options
from desktop.domain.ids import EntryId
from desktop.editor.widgets.preview_scheme import register_scheme
from desktop.store import open_store
from desktop.ui.window.main_window import MainWindow

ENTRIES: Final = 1_000
ROUNDS: Final = 7
READY: Final = "READY"


@benchmark(
    "start.cold", unit="ms", better="lower", reference="a bare window with a QWebEngineView that shows one paragraph"
)
def cold() -> Measured:
    """Each round starts a process and waits for its word; imports, fonts and stylesheet are all in it."""
    with TemporaryDirectory() as name:
        home = Path(name)
        fill(home)
        return interleaved(lambda: _started("--window", str(home)), lambda: _started("--bare"), rounds=ROUNDS)


def fill(home: Path) -> None:
    """A home whose member has 1,000 drafts."""
    with closing(open_store(home, clock=WallClock())) as store:
        settle_in(store)
        with store.write() as work:
            made = [EntryId(f"01930000-0000-7000-8000-{number:012x}") for number in range(ENTRIES)]
            for number, entry_id in enumerate(made):
                fields = {
                    "title": f"Tin số {number} về cải cách hành chính ở cơ sở",
                    "body": "Nội dung của tin.\n\n" * 20,
                }
                work.drafts.put(
                    Draft(entry_id, "article", "vi", {**fields}, updated=f"2026-11-22T09:{number % 60:02}:00Z")
                )
            refresh(work, made)


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
    parser.add_argument("--bare", action="store_true")
    chosen = parser.parse_args(arguments)
    os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")
    if chosen.bare:
        _bare()
    elif chosen.window is not None:
        _window(chosen.window)


if __name__ == "__main__":
    main()
