"""Sections of a source put away under their headings: hidden, never removed."""

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QTextBlock, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit


class Folding(QObject):
    """A line is folded when the lines right below it are hidden. The caret is never among these: it unfolds what it enters.

    Signals: `changed()`.
    """

    changed = Signal()

    def __init__(self, editor: QPlainTextEdit) -> None:
        super().__init__(editor)
        self._editor = editor
        editor.cursorPositionChanged.connect(self._on_cursor_moved)

    def folded(self, line: int) -> bool:
        return hidden_below(self._editor.document().findBlockByNumber(line)) > 0

    def fold(self, line: int, last: int) -> None:
        """Hides the lines below `line` up to `last`; the caret goes to `line` when it would be hidden."""
        document = self._editor.document()
        head, end = document.findBlockByNumber(line), document.findBlockByNumber(min(last, document.blockCount() - 1))
        if not head.isValid() or end.blockNumber() <= line:
            return
        if head.blockNumber() < self._editor.textCursor().blockNumber() <= end.blockNumber():
            cursor = QTextCursor(head)
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
            self._editor.setTextCursor(cursor)
        self._show(head.next(), end, shown=False)

    def unfold(self, line: int) -> None:
        """Shows what is hidden below `line`."""
        head = self._editor.document().findBlockByNumber(line)
        count = hidden_below(head)
        if count:
            self._show(head.next(), head.document().findBlockByNumber(line + count), shown=True)

    def unfold_all(self) -> None:
        document = self._editor.document()
        self._show(document.firstBlock(), document.lastBlock(), shown=True)

    def _show(self, first: QTextBlock, last: QTextBlock, *, shown: bool) -> None:
        block = first
        while block.isValid() and block.blockNumber() <= last.blockNumber():
            block.setVisible(shown)
            block = block.next()
        first.document().markContentsDirty(first.position(), last.position() + last.length() - first.position())
        self._editor.viewport().update()
        self.changed.emit()

    @Slot()
    def _on_cursor_moved(self) -> None:
        block = self._editor.textCursor().block()
        if block.isVisible():
            return
        while block.isValid() and not block.isVisible():
            block = block.previous()
        if block.isValid():
            self.unfold(block.blockNumber())
        else:
            self.unfold_all()


def hidden_below(block: QTextBlock) -> int:
    """How many lines right below `block` are hidden; 0 for a line that is hidden itself."""
    count = 0
    if block.isValid() and block.isVisible():
        while (block := block.next()).isValid() and not block.isVisible():
            count += 1
    return count
