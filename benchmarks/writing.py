"""The source field with quiet markup on a text of 400 KB, beside a bare QPlainTextEdit: opened, a key, a page further.

Each until it is painted, in time of this process, so that a busy machine does not count; in the dialect of law, which reads its labels too.
"""

from collections.abc import Callable
from functools import cache
from time import process_time

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit

import resources
from benchmarks.harness import Measured, benchmark, interleaved
from desktop.editor.widgets.quiet_markup import SLICE
from desktop.editor.widgets.source_editor import SourceEditor
from desktop.ui.theme.appearance import Appearance

ROUNDS = 40
LINE = 200  # where keys are pressed


@benchmark("writing.open", unit="ms", better="lower", reference="a bare QPlainTextEdit, same text")
def opened() -> Measured:
    text, (ours, bare) = _text(), _fields()

    def open_ours() -> None:
        ours.set_text(text)
        ours.viewport().repaint()

    def open_bare() -> None:
        bare.setPlainText(text)
        bare.viewport().repaint()

    return interleaved(open_ours, open_bare, rounds=9, clock=process_time)


@benchmark("writing.key", unit="ms", better="lower", reference="a bare QPlainTextEdit, same text")
def key() -> Measured:
    ours, bare = _ready()
    return interleaved(_pressed(ours), _pressed(bare), rounds=ROUNDS, clock=process_time)


@benchmark("writing.page", unit="ms", better="lower", reference="a bare QPlainTextEdit, same text")
def page() -> Measured:
    """A page further, to lines that were never seen."""
    ours, bare = _ready()
    return interleaved(_turned(ours), _turned(bare), rounds=ROUNDS, clock=process_time)


@benchmark("writing.slice", unit="ms", better="lower", reference="what a slice may take")
def longest_slice() -> Measured:
    """The longest go of reading on through the text after it was opened."""
    ours, _ = _fields()
    ours.set_text("\n".join(reversed(_text().split("\n"))))
    taken = []
    while ours.markup._idle.isActive():  # noqa: SLF001  its slices are called one by one
        start = process_time()
        ours.markup._go_on()  # noqa: SLF001
        taken.append(process_time() - start)
    return Measured(max(taken) * 1000, SLICE * 1000)


@cache
def _text() -> str:
    one = "\n\n".join(path.read_text(encoding="utf-8") for path in sorted(resources.path("texts").glob("*.txt")))
    return f"{one}\n\n{one}\n\n{one}\n"


@cache
def _fields() -> tuple[SourceEditor, QPlainTextEdit]:
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    Appearance(app, "light")
    ours, bare = SourceEditor(), QPlainTextEdit()
    ours.set_dialect("legal")
    for field in (ours, bare):
        field.resize(420, 800)
        field.show()
    return ours, bare


def _ready() -> tuple[SourceEditor, QPlainTextEdit]:
    ours, bare = _fields()
    ours.set_text(_text())
    bare.setPlainText(_text())
    for field in (ours, bare):
        field.activateWindow()
        field.setFocus()
        cursor = field.textCursor()
        cursor.setPosition(field.document().findBlockByNumber(LINE).position())
        field.setTextCursor(cursor)
        field.centerCursor()
        field.viewport().repaint()
    return ours, bare


def _pressed(field: QPlainTextEdit) -> Callable[[], None]:
    def press() -> None:
        QTest.keyClick(field, Qt.Key.Key_A)
        field.viewport().repaint()

    return press


def _turned(field: QPlainTextEdit) -> Callable[[], None]:
    def turn() -> None:
        bar = field.verticalScrollBar()
        bar.setValue(bar.value() + bar.pageStep())
        field.viewport().repaint()

    return turn
