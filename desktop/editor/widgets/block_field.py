"""A plain text field with air between its lines and a pale ground under the block where the caret stands."""

from PySide6.QtCore import QRectF, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QTextDocument
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desktop.editor.widgets.colours import EditorColours
from desktop.editor.widgets.source_layout import SpacedLayout

_MARGIN = 18
_PIXELS = 15
_EDGE = 3


class BlockField(QPlainTextEdit):
    """Proportional, in the application's font. `colours` may be changed at any time, then `viewport().update()`."""

    def __init__(self, colours: EditorColours, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.colours = colours
        self._line = 0
        document = QTextDocument(self)
        # Kept here: the binding would otherwise take the layout down with its Python half.
        self._layout = SpacedLayout(document)
        document.setDocumentLayout(self._layout)
        document.setDocumentMargin(_MARGIN)
        self.setDocument(document)
        self.setProperty("role", "source")
        font = self.font()
        font.setPixelSize(_PIXELS)
        self.setFont(font)
        self.setCursorWidth(2)
        self.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.cursorPositionChanged.connect(self._on_cursor_moved)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.isReadOnly():
            block = self.textCursor().block()
            place = self.blockBoundingGeometry(block).translated(self.contentOffset())
            below = 0.0 if block.next().isValid() else self.document().documentMargin()
            ground = QRectF(0, place.top() - _EDGE, self.viewport().width(), place.height() - below + 2 * _EDGE)
            painter = QPainter(self.viewport())
            painter.fillRect(ground, QColor(self.colours.current_block))
            painter.end()
        super().paintEvent(event)

    @Slot()
    def _on_cursor_moved(self) -> None:
        line = self.textCursor().blockNumber()
        if line != self._line:
            self._line = line
            self.viewport().update()
