"""The find bar under the toolbar: find as you type, next and previous, replace one or all."""

from bisect import bisect_left, bisect_right

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Slot
from PySide6.QtGui import QColor, QKeyEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QToolButton,
    QWidget,
)

from desktop.editor.widgets.colours import EditorColours
from desktop.editor.widgets.finding import find_all
from desktop.editor.widgets.offsets import Offsets
from desktop.editor.widgets.patterns import Match, expanded, find_pattern

_SIGNS = {"previous": "↑", "next": "↓", "close": "✕"}


class FindBar(QWidget):
    """Hidden until `open_bar`. Enter finds the next, Shift+Enter the previous, Escape closes."""

    def __init__(self, editor: QPlainTextEdit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "find-bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._editor = editor
        self._colours = EditorColours()
        self._found: list[tuple[int, int]] = []
        self._matches: list[Match] = []  # by a pattern, one for each find
        self._faulty = False
        self.field, self.replacement = QLineEdit(self), QLineEdit(self)
        self.exact, self.pattern = QCheckBox(self), QCheckBox(self)
        self.count = QLabel(self)
        self.count.setMinimumWidth(64)
        names = ("previous", "next", "replace", "replace_all", "close")
        self._buttons = {name: QToolButton(self) for name in names}
        for name, button in self._buttons.items():
            button.setObjectName(f"find.{name}")
        self._lay_out()
        self._connect()
        self._retranslate()
        self.hide()

    def open_bar(self, *, replace: bool = False) -> None:
        """Shows the bar with what is selected in the editor, and puts the keyboard there."""
        selected = self._editor.textCursor().selectedText()
        if selected and "\u2029" not in selected:
            with QSignalBlocker(self.field):
                self.field.setText(selected)
        for widget in (self.replacement, self._buttons["replace"], self._buttons["replace_all"]):
            widget.setVisible(replace)
        self.show()
        self.field.setFocus()
        self.field.selectAll()
        self._search()

    @Slot()
    def close_bar(self) -> None:
        self.hide()
        self._editor.setExtraSelections([])
        self._editor.setFocus()

    @Slot()
    def find_next(self) -> None:
        self._step(1)

    @Slot()
    def find_previous(self) -> None:
        self._step(-1)

    @Slot()
    def replace_one(self) -> None:
        """Replaces what is found at the caret, then goes to the next."""
        if not self._editor.isReadOnly() and self._current() is not None:
            self._editor.textCursor().insertText(self._replacement(self._current() or 0))
            self._search()
        self.find_next()

    @Slot()
    def replace_all(self) -> None:
        """Every find, in one step that can be undone."""
        if self._editor.isReadOnly():
            return
        offsets, cursor = Offsets(self._text()), self._editor.textCursor()
        cursor.beginEditBlock()
        for number, (start, end) in reversed(list(enumerate(self._found))):
            cursor.setPosition(offsets.to_qt(start))
            cursor.setPosition(offsets.to_qt(end), QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(self._replacement(number))
        cursor.endEditBlock()

    def set_colours(self, colours: EditorColours) -> None:
        self._colours = colours
        self._mark()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self._step(-1 if back else 1)
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _lay_out(self) -> None:
        layout = QGridLayout(self)
        layout.setContentsMargins(16, 6, 12, 6)
        layout.setHorizontalSpacing(6)
        layout.setVerticalSpacing(6)
        buttons = self._buttons
        for field in (self.field, self.replacement):
            field.setMinimumWidth(120)
        first = (
            self.field, self.count, buttons["previous"], buttons["next"], self.exact, self.pattern, buttons["close"],
        )  # fmt: skip
        for column, widget in enumerate(first):
            layout.addWidget(widget, 0, column)
        second = QHBoxLayout()
        for button in (buttons["replace"], buttons["replace_all"]):
            second.addWidget(button)
        second.addStretch(1)
        layout.addWidget(self.replacement, 1, 0)
        layout.addLayout(second, 1, 1, 1, 6)
        layout.setColumnStretch(0, 1)

    def _connect(self) -> None:
        self.field.textChanged.connect(self._search)
        self.exact.toggled.connect(self._search)
        self.pattern.toggled.connect(self._search)
        self._editor.textChanged.connect(self._on_text_changed)
        self._editor.verticalScrollBar().valueChanged.connect(self._mark)
        slots = (self.find_previous, self.find_next, self.replace_one, self.replace_all, self.close_bar)
        for button, slot in zip(self._buttons.values(), slots, strict=True):
            button.clicked.connect(slot)

    @Slot()
    def _on_text_changed(self) -> None:
        if self.isVisible():
            self._search()

    @Slot()
    def _search(self) -> None:
        text, wanted, exact = self._text(), self.field.text(), self.exact.isChecked()
        found = find_pattern(text, wanted, exact_marks=exact) if self.pattern.isChecked() and wanted else []
        self._faulty, self._matches = found is None, found or []
        if self.pattern.isChecked():
            self._found = [(match.start, match.end) for match in self._matches]
        else:
            self._found = find_all(text, wanted, exact_marks=exact)
        self._mark()

    def _replacement(self, number: int) -> str:
        """What the find `number` becomes."""
        wanted = self.replacement.text()
        return expanded(wanted, self._matches[number]) if self.pattern.isChecked() else wanted

    def _step(self, direction: int) -> None:
        """To the next find after the caret, or before it; round at the ends."""
        if not self._found:
            return
        offsets, cursor = Offsets(self._text()), self._editor.textCursor()
        start, end = offsets.from_qt(cursor.selectionStart()), offsets.from_qt(cursor.selectionEnd())
        if direction > 0:
            here = next((n for n, (a, _) in enumerate(self._found) if a >= end), 0)
        else:
            here = next((n for n in reversed(range(len(self._found))) if self._found[n][1] <= start), -1)
        first, last = self._found[here]
        cursor.setPosition(offsets.to_qt(first))
        cursor.setPosition(offsets.to_qt(last), QTextCursor.MoveMode.KeepAnchor)
        self._editor.setTextCursor(cursor)
        self._count()

    def _current(self) -> int | None:
        """Which find is selected in the editor, from 0."""
        offsets, cursor = Offsets(self._text()), self._editor.textCursor()
        chosen = (offsets.from_qt(cursor.selectionStart()), offsets.from_qt(cursor.selectionEnd()))
        return self._found.index(chosen) if chosen in self._found else None

    @Slot()
    def _mark(self) -> None:
        """Marks the finds that are in view; marking hundreds out of sight would cost more than finding them."""
        if not self.isVisible():
            return
        look = QTextCharFormat()
        look.setBackground(QColor(self._colours.found))
        offsets, marks = Offsets(self._text()), []
        for start, end in self._found[slice(*self._in_view(offsets))]:
            mark = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self._editor.document())
            cursor.setPosition(offsets.to_qt(start))
            cursor.setPosition(offsets.to_qt(end), QTextCursor.MoveMode.KeepAnchor)
            mark.cursor, mark.format = cursor, look
            marks.append(mark)
        self._editor.setExtraSelections(marks)
        self._count()

    def _in_view(self, offsets: Offsets) -> tuple[int, int]:
        """The first of the finds in view, and the first behind them."""
        area = self._editor.viewport().rect()
        top, bottom = (
            self._editor.cursorForPosition(corner).position() for corner in (area.topLeft(), area.bottomRight())
        )
        first = bisect_left(self._found, offsets.from_qt(top), key=lambda found: found[1])
        return first, bisect_right(self._found, offsets.from_qt(bottom), key=lambda found: found[0])

    def _count(self) -> None:
        here = self._current()
        if self._faulty:
            self.count.setText(self.tr("not a pattern"))
            return
        place = "–" if here is None else str(here + 1)
        self.count.setText(f"{place} / {len(self._found)}" if self.field.text() else "")

    def _text(self) -> str:
        return self._editor.document().toRawText().replace("\u2029", "\n")

    def _retranslate(self) -> None:
        self.field.setPlaceholderText(self.tr("Find in the text"))
        self.field.setAccessibleName(self.tr("Find in the text"))
        self.replacement.setPlaceholderText(self.tr("Replace with"))
        self.replacement.setAccessibleName(self.tr("Replace with"))
        self.exact.setText(self.tr("Match tone marks"))
        self.pattern.setText(self.tr("Pattern"))
        self.pattern.setToolTip(self.tr("A regular expression; $1 to $9 in the replacement are its groups"))
        self.count.setAccessibleName(self.tr("Number of finds"))
        words = (self.tr("Previous"), self.tr("Next"), self.tr("Replace"), self.tr("Replace all"), self.tr("Close"))
        for (name, button), word in zip(self._buttons.items(), words, strict=True):
            button.setText(_SIGNS.get(name, word))
            button.setToolTip(word)
            button.setAccessibleName(word)
