"""The Markdown source: a native, proportional text field that input methods can trust."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal, Slot
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QPaintEvent, QTextCursor
from PySide6.QtWidgets import QWidget

from desktop.domain.text import tidy_text
from desktop.editor.text.commands import Edited, Selection
from desktop.editor.text.highlight import Dialect
from desktop.editor.text.normalise import normalise
from desktop.editor.widgets.block_field import BlockField
from desktop.editor.widgets.colours import EditorColours
from desktop.editor.widgets.editing_commands import COMMANDS, picture
from desktop.editor.widgets.offsets import from_qt, to_qt
from desktop.editor.widgets.proofing import Proofing
from desktop.editor.widgets.settling import Settling
from desktop.editor.widgets.typing_rules import STEP, is_item, next_start, outdented


class SourceEditor(BlockField):
    """Signals: `text_settled(str)` at most 0.4 s after a key, never while `composing`; `composing_changed(bool)`;
    `files_dropped(tuple[Path, ...])` for files dropped or pasted, to be attached or read by whoever may read files.
    """

    text_settled = Signal(str)
    composing_changed = Signal(bool)
    files_dropped = Signal(object)

    def __init__(self, parent: QWidget | None = None, *, colours: EditorColours | None = None) -> None:
        super().__init__(colours or EditorColours(), parent)
        self.setTabChangesFocus(True)
        document = self.document()
        self.proofing = Proofing(self)
        self._settling = Settling(self)
        self._settling.settled.connect(self._on_settled)
        self._settling.composing_changed.connect(self.composing_changed)
        document.contentsChange.connect(self._on_contents_change)
        document.clearUndoRedoStacks()  # a fresh document offers to undo its own making

    @property
    def composing(self) -> bool:
        """An input method is in the middle of a word."""
        return self._settling.composing

    def text(self) -> str:
        """The text as stored: NFC, line feeds at line ends. Without what is being composed."""
        return tidy_text(self._raw())

    def set_text(self, text: str) -> None:
        """Loads another text: no signal, nothing to undo."""
        self._settling.forget()
        self.document().contentsChange.disconnect(self._on_contents_change)
        self.setPlainText(normalise(text).text)
        self.document().contentsChange.connect(self._on_contents_change)

    def replace_text(self, text: str) -> None:
        """Another text in the same entry, as one step that can be undone; the caret stays about where it was."""
        caret = min(self._selection().start, len(text))
        self._apply(Edited(normalise(text).text, Selection(caret, caret)))

    def insert_text(self, text: str) -> None:
        """At the caret, as if typed, in one step."""
        self.textCursor().insertText(normalise(text).text)

    def insert_picture(self, sha256: str, alt: str) -> None:
        """An attached picture below the caret's line."""
        self._apply(picture(self._raw(), self._selection(), sha256=sha256, alt=alt))

    def run_command(self, name: str) -> None:
        """One of `editing_commands.COMMANDS`, in one step. Raises KeyError for another name."""
        command = COMMANDS[name]
        if not self.isReadOnly() and not self.composing:
            self._apply(command(self._raw(), self._selection()))

    def flush(self) -> None:
        """Emits `text_settled` now when something is pending."""
        self._settling.flush()

    def set_dialect(self, dialect: Dialect) -> None:
        self.markup.set_look(replace(self.markup.look, dialect=dialect))

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001, N802  Qt's own signature
        """Tab and Shift+Tab leave the field, but not from an item of a list, which they move in and out."""
        if not self.isReadOnly() and is_item(self.textCursor().block().text()):
            return False
        return super().focusNextPrevChild(next)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.isReadOnly() and self._typed(event):
            event.accept()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self.proofing.underlines.paint(self.colours)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        composing = bool(event.preeditString())
        if composing:
            self._settling.set_composing(composing)
        super().inputMethodEvent(event)
        if not composing:
            self._settling.set_composing(composing)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasUrls() or source.hasText()

    def insertFromMimeData(self, source: QMimeData) -> None:
        files = tuple(Path(url.toLocalFile()) for url in source.urls() if url.isLocalFile())
        if files:
            self.files_dropped.emit(files)
        elif source.hasText():
            self.insert_text(source.text())

    def _raw(self) -> str:
        """The document as it stands; its positions are the cursor's (some input methods type loose marks)."""
        raw = self.document().toRawText()  # toPlainText() would turn no-break spaces into spaces
        return raw.replace("\u2029", "\n").replace("\u2028", "\n")

    def _selection(self) -> Selection:
        cursor, text = self.textCursor(), self._raw()
        return Selection(from_qt(text, cursor.selectionStart()), from_qt(text, cursor.selectionEnd()))

    def _apply(self, edited: Edited) -> None:
        """Changes only what differs, in one step, so that undo, caret and highlighting keep their place."""
        old, new = self._raw(), edited.text
        start = _common_start(old, new)
        end = _common_end(old[start:], new[start:])
        cursor = self.textCursor()
        cursor.beginEditBlock()
        cursor.setPosition(to_qt(old, start))
        cursor.setPosition(to_qt(old, len(old) - end), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(new[start : len(new) - end])
        cursor.endEditBlock()
        cursor.setPosition(to_qt(new, edited.selection.start))
        cursor.setPosition(to_qt(new, edited.selection.end), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def _typed(self, event: QKeyEvent) -> bool:
        """Whether the key was one that lists and quotes give a meaning to, or ended a word; then it is done."""
        plain = event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}
        key = event.key()
        if plain and key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            return self._continue_list()
        if plain and key == Qt.Key.Key_Tab:
            return self._move_item(deeper=True)
        if key == Qt.Key.Key_Backtab:
            return self._move_item(deeper=False)
        if plain and key == Qt.Key.Key_Space:
            # A step of its own: undo goes back word by word.
            cursor = self.textCursor()
            cursor.beginEditBlock()
            cursor.insertText(" ")
            cursor.endEditBlock()
            self.ensureCursorVisible()
            return True
        return False

    def _continue_list(self) -> bool:
        cursor = self.textCursor()
        start = next_start(cursor.block().text())
        if cursor.hasSelection() or not cursor.atBlockEnd() or start == "":
            return False
        cursor.beginEditBlock()
        if start is None:
            cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock, QTextCursor.MoveMode.KeepAnchor)
            cursor.removeSelectedText()
        else:
            cursor.insertText("\n" + start)
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        return True

    def _move_item(self, *, deeper: bool) -> bool:
        cursor = self.textCursor()
        line = cursor.block().text()
        if cursor.hasSelection() or not is_item(line):
            return True  # nowhere for the focus to go, and a tab is nothing that Markdown wants
        cursor.beginEditBlock()
        cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock)
        if deeper:
            cursor.insertText(STEP)
        else:
            gone = len(line) - len(outdented(line))
            cursor.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor, gone)
            cursor.removeSelectedText()
        cursor.endEditBlock()
        return True

    @Slot(int, int, int)
    def _on_contents_change(self, _at: int, removed: int, added: int) -> None:
        if removed or added:
            self._settling.changed()

    @Slot()
    def _on_settled(self) -> None:
        self.text_settled.emit(self.text())


def _common_start(one: str, other: str) -> int:
    """How many characters both begin with."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _common_end(one: str, other: str) -> int:
    return _common_start(one[::-1], other[::-1])
