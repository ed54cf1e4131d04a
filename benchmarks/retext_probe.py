"""ReText's own window with its live preview, run by an interpreter that has it: `PYTHON retext_probe.py FILE ROUNDS`.

Prints one JSON object of milliseconds: `open`, and for each key `glyph` (painted in the source) and `dom` (in the text of the
preview's page). Stands alone: nothing of this project is imported.
"""

import importlib
import json
import os
import sys
import time
from typing import Any

LINE = 200
FIRST_SIGN = 0x4E00  # a sign of its own for every key: none of them stands in the text
GAPS = (40, 120, 350, 700)
LONGEST = 20.0


class Probe:
    """One window with one file, its source and its page."""

    def __init__(self, application: Any, window: Any) -> None:  # noqa: ANN401  PyQt's own
        self.core, self.gui = importlib.import_module("PyQt6.QtCore"), importlib.import_module("PyQt6.QtGui")
        self.application = application
        self.window = window
        self.painted_at = 0.0

    def spin(self, milliseconds: int) -> None:
        loop = self.core.QEventLoop()
        self.core.QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    def watch(self, widget: Any) -> Any:  # noqa: ANN401  PyQt's own
        """Notes when `widget` has been painted for the first time from now on; what is returned has to be kept."""
        paint = self.core.QEvent.Type.Paint
        self.painted_at = 0.0

        def seen(watcher: Any, watched: Any, event: Any) -> bool:  # noqa: ANN401  PyQt's own
            if event.type() != paint or self.painted_at:
                return False
            watched.removeEventFilter(watcher)
            self.application.sendEvent(watched, event)  # `event` of a widget is not open to others in PyQt
            self.painted_at = time.perf_counter()
            return True

        made = type("Painted", (self.core.QObject,), {"eventFilter": seen})(widget)
        widget.installEventFilter(made)
        return made

    def open(self, file: str) -> float:
        begin = time.perf_counter()
        self.window.openFileWrapper(file)
        watcher = self.watch(self.window.currentTab.editBox.viewport())
        while not self.painted_at:
            self.application.processEvents()
        del watcher
        return (self.painted_at - begin) * 1000

    def preview(self) -> None:
        tab = self.window.currentTab
        tab.previewState = importlib.import_module("ReText.tab").PreviewLive
        tab.updateBoxesVisibility()
        tab.triggerPreviewUpdate()

    def place(self) -> None:
        cursor = self.window.currentTab.editBox.textCursor()
        move = self.gui.QTextCursor.MoveOperation
        cursor.movePosition(move.Start)
        cursor.movePosition(move.NextBlock, self.gui.QTextCursor.MoveMode.MoveAnchor, LINE)
        cursor.movePosition(move.EndOfBlock)
        self.window.currentTab.editBox.setTextCursor(cursor)
        self.window.currentTab.editBox.setFocus()

    def key(self, number: int) -> tuple[float, float]:
        """Milliseconds until the key is painted, and until it is in the page."""
        editor = self.window.currentTab.editBox
        sign = chr(FIRST_SIGN + number)
        watcher = self.watch(editor.viewport())
        start = time.perf_counter()
        none = self.core.Qt.KeyboardModifier.NoModifier
        self.application.postEvent(editor, self.gui.QKeyEvent(self.core.QEvent.Type.KeyPress, 0, none, sign))
        self.application.processEvents()
        seen = 0.0
        while not seen and time.perf_counter() - start < LONGEST:
            if self._ask(f"!!document.body && document.body.textContent.includes('{sign}')"):
                seen = time.perf_counter()
        del watcher
        return (self.painted_at - start) * 1000, (seen - start) * 1000 if seen else LONGEST * 1000

    def _ask(self, script: str) -> bool:
        loop = self.core.QEventLoop()
        answers: list[object] = []

        def take(found: object) -> None:
            answers.append(found)
            loop.quit()

        self.window.currentTab.previewBox.page().runJavaScript(script, take)
        self.core.QTimer.singleShot(3000, loop.quit)
        loop.exec()
        return bool(answers and answers[0])


def main() -> None:
    importlib.import_module("PyQt6.QtWebEngineWidgets")  # before the application is made
    core, widgets = importlib.import_module("PyQt6.QtCore"), importlib.import_module("PyQt6.QtWidgets")
    core.QCoreApplication.setAttribute(core.Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    application = widgets.QApplication(sys.argv)
    application.setApplicationName("retext-probe")
    importlib.import_module("ReText").globalSettings.useWebEngine = True
    window = importlib.import_module("ReText.window").ReTextWindow()
    window.resize(1440, 900)
    window.show()
    probe = Probe(application, window)
    probe.spin(500)
    opened = probe.open(sys.argv[1])
    probe.spin(3000)
    probe.preview()
    probe.spin(6000)
    probe.place()
    probe.spin(500)
    probe.key(int(sys.argv[2]))  # its first key counts no more than ours
    probe.spin(800)
    figures = []
    for number in range(int(sys.argv[2])):
        figures.append(probe.key(number))
        probe.spin(GAPS[number % len(GAPS)] + 800)  # its conversion comes to rest first
    glyphs, doms = [glyph for glyph, _ in figures], [dom for _, dom in figures]
    print(json.dumps({"open": opened, "glyph": glyphs, "dom": doms}), flush=True)
    os._exit(0)


if __name__ == "__main__":  # ReText converts in a child process that imports this file again
    main()
