"""The real main window with a long text open, keys pressed in it, and its preview asked for them: the process that is measured.

`python -m benchmarks.preview_window HOME ENTRY ROUNDS` prints one JSON object of milliseconds, as `retext_probe` does.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QAbstractEventDispatcher, QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineScript
from PySide6.QtWidgets import QApplication, QWidget

from desktop.bootstrap import Office, Options
from desktop.domain.ids import EntryId
from desktop.editor.widgets.preview_scheme import register_scheme
from desktop.editor.widgets.preview_view import PreviewView
from desktop.editor.widgets.source_editor import SourceEditor
from desktop.ui.window.main_window import MainWindow

LINE: Final = 200
FIRST_SIGN: Final = 0x4E00  # a sign of its own for every key: none of them stands in the text
GAPS: Final = (40, 120, 350, 700)  # so that keys also meet the autosave and the checks of the key before
FIRST_KEYS: Final = 40  # right after opening, while everything else begins as well
_FIRST_GAP: Final = 90
_WARM: Final = 5  # keys before the first that counts: what proofreads a text that was just opened is done by then
_LONGEST: Final = 20.0
_LONG: Final = 100_000  # signs: fewer are not the whole text yet
_SWITCH: Final = 0.0002  # as desktop.bootstrap sets it
_WORLD: Final = QWebEngineScript.ScriptWorldId.ApplicationWorld.value


class Painted(QObject):
    """Notes when its widget has been painted for the first time."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.at = 0.0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and not self.at:
            watched.removeEventFilter(self)
            watched.event(event)
            self.at = time.perf_counter()
            return True
        return False


class Turns(QObject):
    """How much of the processor each turn of the event loop takes in this thread, in milliseconds."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.taken: list[float] = []
        self._last = time.thread_time()
        dispatcher = QAbstractEventDispatcher.instance()
        dispatcher.awake.connect(self._mark)
        dispatcher.aboutToBlock.connect(self._mark)

    def _mark(self) -> None:
        now = time.thread_time()
        self.taken.append((now - self._last) * 1000)
        self._last = now


def spin(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def wait(ready: Callable[[], bool], what: str = "get there") -> None:
    end = time.perf_counter() + _LONGEST
    while not ready():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)
        if time.perf_counter() > end:
            raise SystemExit(f"the window does not {what}")


def ask(page: QWebEnginePage, script: str) -> object:
    """The value of `script` in the page, outside of its own world."""
    answers: list[object] = []
    loop = QEventLoop()

    def take(value: object) -> None:
        answers.append(value)
        loop.quit()

    page.runJavaScript(script, _WORLD, take)
    loop.exec()
    return answers[0]


def _measure(office: Office, entry: EntryId, rounds: int) -> dict[str, object]:
    window = office.window
    if not isinstance(window, MainWindow):
        raise SystemExit("no window")
    window.resize(1440, 900)
    wait(lambda: window.list.model.rowCount() > 0, "list the text")
    spin(1_000)
    editor = window.work.editor.editor
    opened = _opened(window, editor, entry)
    turns, first = _first_keys(editor)
    preview = next(view for view in window.findChildren(PreviewView) if view.isVisible())
    wait(lambda: preview.page is not None, "make its page")
    page = preview.page
    if page is None:
        raise SystemExit("no page")
    wait(
        lambda: ask(page, f"document.body ? document.body.textContent.length > {_LONG} : false") is True,
        "fill the page",
    )
    cursor = QTextCursor(editor.document().findBlockByNumber(LINE))
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
    editor.setTextCursor(cursor)
    editor.setFocus()
    spin(2_000)
    ask(page, "window.mark = 1")
    for number in range(_WARM):
        _key(editor, preview, rounds + number)
    told = ask(page, "scrollY")
    figures = [_key(editor, preview, number) for number in range(rounds)]
    if editor.document().characterCount() < _LONG:
        raise SystemExit("another text has come in between")
    if ask(page, "window.mark") != 1:
        raise SystemExit("the page was loaded again")
    return {
        "open": opened,
        "turns": turns,
        "first": first,
        "glyph": [glyph for glyph, _, _ in figures],
        "dom": [dom for _, dom, _ in figures],
        "cpu": [cpu for _, _, cpu in figures],
        "moved": abs(float(str(ask(page, "scrollY"))) - float(str(told))),
    }


def _opened(window: MainWindow, editor: SourceEditor, entry: EntryId) -> float:
    """Until the text is painted and takes keys."""
    begin = time.perf_counter()
    shown: list[float] = []
    window.work.document_shown.connect(lambda _document: shown.append(time.perf_counter()))
    window.list.choose(entry)  # or the list would go back to its own row with the first autosave
    window.work.open(entry)
    wait(lambda: bool(shown) and editor.document().characterCount() > _LONG, "show the text")
    painted = Painted(editor.viewport())
    editor.viewport().update()
    wait(lambda: painted.at > 0)
    return (painted.at - begin) * 1000


def _first_keys(editor: SourceEditor) -> tuple[list[float], list[float]]:
    """Right after the text is there: the processor's time of each turn, and milliseconds until each key is painted."""
    editor.setFocus()
    turns, keys = Turns(editor), list[float]()
    for _ in range(FIRST_KEYS):
        painted, start = Painted(editor.viewport()), time.perf_counter()
        QApplication.postEvent(editor, QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, "a"))
        wait(lambda painted=painted: painted.at > 0)  # type: ignore[misc]
        keys.append((painted.at - start) * 1000)
        spin(_FIRST_GAP)
    return turns.taken, keys


def _key(editor: SourceEditor, preview: PreviewView, number: int) -> tuple[float, float, float]:
    """Milliseconds until the key is painted, until the page has taken it in (then it is read there), and of the processor."""
    sign = chr(FIRST_SIGN + number)
    script = f"document.body.textContent.includes('{sign}')"
    painted, shown, page = Painted(editor.viewport()), list[float](), preview.page
    if page is None:
        raise SystemExit("no page")
    told = preview.main_shown.connect(lambda: shown.append(time.perf_counter()))
    worked, start = time.process_time(), time.perf_counter()
    QApplication.postEvent(editor, QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, sign))
    QApplication.processEvents()
    seen, looked = 0.0, 0
    while not seen:
        wait(lambda: len(shown) > looked, "bring the key to the preview")  # noqa: B023  called before it changes
        done, at, looked = time.process_time(), shown[looked], looked + 1
        seen = at if ask(page, script) is True else 0.0
    preview.main_shown.disconnect(told)
    wait(lambda: painted.at > 0)
    spin(GAPS[number % len(GAPS)])
    return (painted.at - start) * 1000, (seen - start) * 1000, (done - worked) * 1000


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.preview_window")
    parser.add_argument("home", type=Path)
    parser.add_argument("entry")
    parser.add_argument("rounds", type=int)
    chosen = parser.parse_args(arguments)
    os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")
    register_scheme()
    sys.setswitchinterval(_SWITCH)
    app = QApplication(["toasoan-desktop"])
    options = Options(chosen.home)
    office = Office(app, options)
    if not office.open(options):
        raise SystemExit("the home does not open")

    def run(entry: EntryId, rounds: int) -> None:
        print(json.dumps(_measure(office, entry, rounds)), flush=True)
        os._exit(0)  # the lanes of a window that is not closed go on for ever

    QTimer.singleShot(0, partial(run, EntryId(chosen.entry), chosen.rounds))
    app.exec()


if __name__ == "__main__":
    main()
