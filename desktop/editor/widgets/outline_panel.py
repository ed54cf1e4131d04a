"""The outline beside the source: to a heading by Enter or a click, a section folded away with its branch."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QTreeWidget, QTreeWidgetItem, QWidget

from desktop.editor.text.outline import OutlineItem
from desktop.editor.widgets.folding import Folding

_WIDTH = 220
_HEIGHT = 160
_NO_LIMIT = 2**24 - 1
_LINE = Qt.ItemDataRole.UserRole


class OutlinePanel(QTreeWidget):
    """What is shown comes from outside: reading a long text is no work for the GUI thread.

    Signals: `line_chosen(int)`; `left()` by Escape.
    """

    line_chosen = Signal(int)
    left = Signal()

    def __init__(self, folding: Folding, parent: QWidget) -> None:
        super().__init__(parent)
        self._folding = folding
        self._items: tuple[OutlineItem, ...] = ()
        self.setObjectName("editor.outline")
        self.setProperty("role", "rows")
        self.setHeaderHidden(True)
        self.setColumnCount(1)
        self.take_side(beside=True)
        self.setIndentation(14)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setExpandsOnDoubleClick(False)
        self.itemActivated.connect(self._on_chosen)
        self.itemClicked.connect(self._on_chosen)
        self.itemCollapsed.connect(self._on_collapsed)
        self.itemExpanded.connect(self._on_expanded)
        folding.changed.connect(self._on_folding_changed)
        self._retranslate()
        self.hide()

    @property
    def items(self) -> tuple[OutlineItem, ...]:
        return self._items

    def show_items(self, items: Sequence[OutlineItem]) -> None:
        """The headings of the text as it is now; what is chosen stays so."""
        if tuple(items) == self._items:
            return
        self._items = tuple(items)
        chosen = self.currentItem()
        line = chosen.data(0, _LINE) if chosen is not None else None
        with QSignalBlocker(self):
            self.clear()
            above: list[tuple[int, QTreeWidgetItem]] = []
            for item in self._items:
                while above and above[-1][0] >= item.depth:
                    above.pop()
                made = QTreeWidgetItem(above[-1][1] if above else self.invisibleRootItem(), [item.text])
                made.setData(0, _LINE, item.line)
                made.setToolTip(0, item.text)
                made.setExpanded(not self._folding.folded(item.line))
                above.append((item.depth, made))
                if item.line == line:
                    self.setCurrentItem(made)

    def take_side(self, *, beside: bool) -> None:
        """Beside the text, or above it where there is little room."""
        self.setMinimumWidth(_WIDTH if beside else 0)
        self.setMaximumWidth(_WIDTH if beside else _NO_LIMIT)
        self.setMaximumHeight(_NO_LIMIT if beside else _HEIGHT)

    def toggle_fold(self, line: int) -> None:
        """The section that `line` stands in is folded, or unfolded where it is."""
        heads = [item for item in self._items if item.line <= line]
        if not heads:
            return
        head = heads[-1]
        if self._folding.folded(head.line):
            self._folding.unfold(head.line)
        else:
            self._folding.fold(head.line, self._last(head))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _last(self, head: OutlineItem) -> int:
        """The last line of the section under `head`."""
        after = [item.line for item in self._items if item.line > head.line and item.depth <= head.depth]
        return after[0] - 1 if after else 2**31 - 1

    @Slot(QTreeWidgetItem, int)
    def _on_chosen(self, item: QTreeWidgetItem) -> None:
        self.line_chosen.emit(item.data(0, _LINE))

    @Slot(QTreeWidgetItem)
    def _on_collapsed(self, item: QTreeWidgetItem) -> None:
        line = item.data(0, _LINE)
        head = next((one for one in self._items if one.line == line), None)
        if head is not None:
            self._folding.fold(line, self._last(head))

    @Slot(QTreeWidgetItem)
    def _on_expanded(self, item: QTreeWidgetItem) -> None:
        self._folding.unfold(item.data(0, _LINE))

    @Slot()
    def _on_folding_changed(self) -> None:
        with QSignalBlocker(self):
            for item in self.findItems("", Qt.MatchFlag.MatchContains | Qt.MatchFlag.MatchRecursive):
                item.setExpanded(not self._folding.folded(item.data(0, _LINE)))

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Outline"))
