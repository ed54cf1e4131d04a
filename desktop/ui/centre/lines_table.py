"""Operations in a table: entry, what, since when, where it is, why. The keyboard chooses a line."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from desktop.ui.plain_label import plain_tip
from desktop.ui.presenters.waiting import Line
from desktop.ui.theme.appearance import tokens_of
from desktop.ui.theme.tokens import tone_colours

_WIDTHS = (0, 158, 92, 176, 0)
_ROW = 32


class LinesTable(QTableWidget):
    """Signals: `chosen(Line | None)`."""

    chosen = Signal(object)

    def __init__(self, name: str, parent: QWidget, *, columns: int = 5) -> None:
        super().__init__(0, columns, parent)
        self._lines: tuple[Line, ...] = ()
        self.setObjectName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column in range(columns):
            width = _WIDTHS[column]
            header.setSectionResizeMode(
                column, QHeaderView.ResizeMode.Interactive if width else QHeaderView.ResizeMode.Stretch
            )
            if width:
                self.setColumnWidth(column, width)
        self.itemSelectionChanged.connect(lambda: self.chosen.emit(self.line))

    def name_it(self, words: str, heads: Sequence[str]) -> None:
        """The words of the language in use."""
        self.setHorizontalHeaderLabels(list(heads))
        for widget in (self, self.horizontalHeader(), self.verticalHeader()):
            widget.setAccessibleName(words)

    @property
    def line(self) -> Line | None:
        """The chosen one."""
        row = self.currentRow()
        return self._lines[row] if self.selectedItems() and 0 <= row < len(self._lines) else None

    def show_lines(self, lines: Sequence[Line]) -> None:
        """The chosen operation stays chosen where it is still here."""
        before = self.line
        tokens = tokens_of(QApplication.instance())
        self._lines = tuple(lines)
        self.setRowCount(len(lines))
        for row, line in enumerate(lines):
            for column, text in enumerate(
                (line.title, line.what, line.when, line.fate, line.why)[: self.columnCount()]
            ):
                cell = QTableWidgetItem(text)
                cell.setToolTip(plain_tip(text))
                cell.setData(Qt.ItemDataRole.AccessibleTextRole, line.spoken if column == 0 else text)
                if column == _FATE:
                    cell.setForeground(QColor(tone_colours(line.tone, tokens)[0]))
                self.setItem(row, column, cell)
        again = next((row for row, line in enumerate(lines) if before and line.item.op_id == before.item.op_id), None)
        if again is not None:
            self.selectRow(again)
        elif before is not None:
            self.clearSelection()


_FATE = 3
