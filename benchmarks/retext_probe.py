"""ReText's own window with its live preview, run by an interpreter that has it: `PYTHON retext_probe.py FILE ROUNDS`.

Prints one JSON object of milliseconds: `open`, and for each key `glyph` (painted in the source) and `dom` (in the text of the
preview's page). Stands alone: nothing of this project is imported.
"""

import json
import os
import sys
import time

LINE = 200
FIRST_SIGN = 0x4E00  # a sign of its own for every key: none of them stands in the text
GAPS = (40, 120, 350, 700)
LONGEST = 20


def main() -> None:
    from PyQt6 import QtWebEngineWidgets  # noqa: F401  before the application is made
    from PyQt6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, Qt, QTimer
    from PyQt6.QtGui import QKeyEvent, QTextCursor
    from PyQt6.QtWidgets import QApplication

    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    application = QApplication(sys.argv)
    application.setApplicationName("retext-probe")
    from ReText import globalSettings
    from ReText.tab import PreviewLive
    from ReText.window import ReTextWindow

    class Painted(QObject):
        """Notes when its widget has been painted for the first time."""

        def __init__(self, widget):
            super().__init__(widget)
            self.at = 0.0
            self._widget = widget
            widget.installEventFilter(self)

        def eventFilter(self, watched, event):
            if event.type() == QEvent.Type.Paint and not self.at:
                watched.removeEventFilter(self)
                watched.event(event)
                self.at = time.perf_counter()
                return True
            return False

    def spin(milliseconds):
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    globalSettings.useWebEngine = True
    window = ReTextWindow()
    window.resize(1440, 900)
    window.show()
    spin(500)
    begin = time.perf_counter()
    window.openFileWrapper(sys.argv[1])
    tab = window.currentTab
    editor = tab.editBox
    painted = Painted(editor.viewport())
    while not painted.at:
        application.processEvents()
    opened = (painted.at - begin) * 1000
    spin(3000)
    tab.previewState = PreviewLive
    tab.updateBoxesVisibility()
    tab.triggerPreviewUpdate()
    spin(6000)
    cursor = editor.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.Start)
    cursor.movePosition(QTextCursor.MoveOperation.NextBlock, QTextCursor.MoveMode.MoveAnchor, LINE)
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
    editor.setTextCursor(cursor)
    editor.setFocus()
    spin(500)
    glyphs, doms = [], []
    for number in range(int(sys.argv[2])):
        sign = chr(FIRST_SIGN + number)
        painted = Painted(editor.viewport())
        seen = []
        start = time.perf_counter()
        key = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, sign)
        application.postEvent(editor, key)
        application.processEvents()
        while not seen and time.perf_counter() - start < LONGEST:
            loop = QEventLoop()

            def answer(found, loop=loop, seen=seen):
                if found:
                    seen.append(time.perf_counter())
                loop.quit()

            script = f"!!document.body && document.body.textContent.includes('{sign}')"
            tab.previewBox.page().runJavaScript(script, answer)
            QTimer.singleShot(3000, loop.quit)
            loop.exec()
        glyphs.append((painted.at - start) * 1000)
        doms.append((seen[0] - start) * 1000 if seen else LONGEST * 1000)
        spin(GAPS[number % len(GAPS)] + 800)  # its conversion comes to rest first
    print(json.dumps({"open": opened, "glyph": glyphs, "dom": doms}), flush=True)
    os._exit(0)


if __name__ == "__main__":  # ReText converts in a child process that imports this file again
    main()
