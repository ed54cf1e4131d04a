"""Keys that lists, tables and typography give a meaning to."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QWidget

from desktop.editor.text.lists import enter, is_item, moved
from desktop.editor.text.tables import next_cell, reads_as_table
from desktop.editor.text.typography import typed
from desktop.editor.widgets.colours import EditorColours
from desktop.editor.widgets.regions import apply, list_around, paragraph
from desktop.editor.widgets.revealing_field import RevealingField

_UNMODIFIED = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)


class TypingField(RevealingField):
    """Enter goes on with a list, Tab moves in lists and tables, quotation marks and dashes are typeset."""

    def __init__(self, colours: EditorColours, parent: QWidget | None = None) -> None:
        super().__init__(colours, parent)
        self._curling = True

    def set_curling(self, on: bool) -> None:  # noqa: FBT001  the state is the one argument
        """Quotation marks and dashes as they are printed, while one types."""
        self._curling = on

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001, N802  Qt's own signature
        """Tab and Shift+Tab leave the field, but not from an item of a list, which they move, nor from a table."""
        if not self.isReadOnly() and self._tab_has_meaning():
            return False
        return super().focusNextPrevChild(next)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.isReadOnly() and self._typed(event):
            event.accept()
            return
        super().keyPressEvent(event)

    def _tab_has_meaning(self) -> bool:
        line = self.textCursor().block().text()
        return is_item(line) or ("|" in line and reads_as_table(paragraph(self).text))

    def _typed(self, event: QKeyEvent) -> bool:
        """Whether the key was one that lists, tables and typography give a meaning to, or ended a word; then it is done."""
        plain = event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}
        key = event.key()
        if plain and key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            return self._enter()
        if (plain and key == Qt.Key.Key_Tab) or key == Qt.Key.Key_Backtab:
            return self._tab(back=key == Qt.Key.Key_Backtab)
        if event.text() in {" ", '"'} and event.modifiers() in _UNMODIFIED:
            return self._sign(event.text())
        return False

    def _sign(self, sign: str) -> bool:
        """A blank is a step of its own: undo goes back word by word. What it becomes is another: undo gives the plain sign."""
        cursor = self.textCursor()
        before = cursor.block().text()[: cursor.positionInBlock()]
        if sign != " " and (not self._curling or cursor.hasSelection()):
            return False
        becomes = typed(before, sign) if self._curling and not cursor.hasSelection() and self._is_text() else None
        cursor.beginEditBlock()
        cursor.insertText(sign)
        cursor.endEditBlock()
        if becomes is not None:
            hyphens = len(before) - len(before.rstrip("-")) if sign == " " else 0
            cursor.beginEditBlock()
            cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, hyphens + 1)
            cursor.insertText(becomes)
            cursor.endEditBlock()
        self.ensureCursorVisible()
        return True

    def _is_text(self) -> bool:
        return self.markup.laid(self.textCursor().block()).line.kind != "html"

    def _enter(self) -> bool:
        region = list_around(self)
        if region.selection.start != region.selection.end:
            return False
        edited = enter(region.text, region.selection.start)
        if edited is not None:
            apply(self, region, edited)
        return edited is not None

    def _tab(self, *, back: bool) -> bool:
        """From cell to cell, or an item in and out; elsewhere a tab is nothing that Markdown wants."""
        line = self.textCursor().block().text()
        if "|" in line and reads_as_table((region := paragraph(self)).text):
            apply(self, region, next_cell(region.text, region.selection.end, back=back))
        elif is_item(line):
            region = list_around(self)
            apply(self, region, moved(region.text, region.selection, deeper=not back))
        return True
