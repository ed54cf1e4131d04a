"""The title as the head of the page: written where it is read, growing to three lines, never holding a line break."""

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent, QTextOption
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from desktop.ui.theme.roles import Role, set_role

_MOST_LINES = 3


class TitleEdit(QPlainTextEdit):
    """Signals: `edited()`; `left()` when the focus leaves; `finished()` for Enter or Down past the last line."""

    edited = Signal()
    left = Signal()
    finished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("field.title")
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WordWrap)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(0)
        set_role(self, Role.DOCUMENT_TITLE)
        self._loading = False
        self.textChanged.connect(self._on_changed)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self.updateGeometry())

    def load(self, text: str) -> None:
        """Show without `edited`."""
        if text == self.toPlainText():
            return
        self._loading = True
        self.setPlainText(text)
        self._loading = False

    def text(self) -> str:
        return " ".join(self.toPlainText().split("\n"))

    def sizeHint(self) -> QSize:
        lines = max(1, min(_MOST_LINES, self._lines()))
        return QSize(300, lines * self.fontMetrics().lineSpacing() + 8)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self.finished.emit()
        else:
            super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """A pasted title keeps its words, not its lines."""
        self.insertPlainText(" ".join(source.text().split()))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.verticalScrollBar().setValue(0)  # a longer title shows how it begins
        self.left.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()
        if self._lines() <= _MOST_LINES:
            self.verticalScrollBar().setValue(0)

    def _lines(self) -> int:
        block, lines = self.document().firstBlock(), 0
        while block.isValid():
            self.document().documentLayout().blockBoundingRect(block)  # Qt lays a block out when it is asked for
            lines += max(1, block.layout().lineCount())
            block = block.next()
        return lines

    def _on_changed(self) -> None:
        self.updateGeometry()
        if not self._loading:
            self.edited.emit()
