"""The layout of the source: air between the lines, which Vietnamese needs, hanging indents, and room for what is painted.

QPlainTextEdit knows none of these, and block formats would be edits of the text that undo takes back.
"""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QTimer, Slot
from PySide6.QtGui import QTextBlock, QTextDocument
from PySide6.QtWidgets import QPlainTextDocumentLayout, QWidget

from desktop.editor.widgets.quiet_lines import Shape

STRETCH = 1.34
_NARROWEST = 60.0


class SpacedLayout(QPlainTextDocumentLayout):
    """Each line gets STRETCH times its own height, half of the air above it; `shape` gives a block its indents.

    The base class lays a block out anew whenever its text changes and knows nothing of all this; every caller asks for the
    bounding rectangle first (painting, cursor, mouse, scrolling), so that is where a block gets its own layout.
    """

    def __init__(self, document: QTextDocument, viewport: QWidget) -> None:
        super().__init__(document)
        self._viewport = viewport
        self._blocks = document.blockCount()
        self.shape: Callable[[QTextBlock], Shape] = lambda _block: Shape()
        self._growing = QTimer(
            self
        )  # told once for all the blocks of a jump: each telling looks at all that is in view
        self._growing.setSingleShot(True)
        self._growing.setInterval(0)
        self._growing.timeout.connect(self._tell_size)
        self.formatting = False  # formats come and go: no text changes, and who gives them lays out anew

    def documentChanged(self, at: int, removed: int, added: int) -> None:  # noqa: N802  Qt's own name
        if self.formatting:
            return
        document = self.document()
        block, before = document.findBlock(at), self._blocks
        self._blocks = document.blockCount()
        if before != self._blocks or not block.isVisible() or block != document.findBlock(max(0, at + added - 1)):
            super().documentChanged(at, removed, added)
            return
        height = self._rect(block, self.shape(block)).height() if block.layout().lineCount() else 0.0
        block.clearLayout()
        now = self.blockBoundingRect(block).height()
        if self._growing.isActive():
            self._tell_size()  # the caret must be seen in the line that has just begun
        if now == height:
            self.updateBlock.emit(block)
        else:
            self._viewport.update()  # emitting `update` of the layout crashes the binding

    def blockBoundingRect(self, block: QTextBlock) -> QRectF:
        layout = block.layout() if block.isValid() else None
        if layout is None or not block.isVisible():
            return super().blockBoundingRect(block)
        shape = self.shape(block)
        if not layout.lineCount() or layout.lineAt(0).y() < 1:  # ours never begins at the very top
            self._lay_out(block, shape)
        return self._rect(block, shape)

    def _rect(self, block: QTextBlock, shape: Shape) -> QRectF:
        layout = block.layout()
        last = layout.lineAt(layout.lineCount() - 1)
        air = round(last.height() * (STRETCH - 1))
        height = min(max(last.y() + last.height() + air - air // 2, shape.least), shape.most)
        margin = self.document().documentMargin()
        below = 0 if block.next().isValid() else margin
        return QRectF(0, 0, layout.boundingRect().right() + margin, height + below)

    @Slot()
    def _tell_size(self) -> None:
        self._growing.stop()
        self.documentSizeChanged.emit(self.documentSize())

    def _lay_out(self, block: QTextBlock, shape: Shape) -> None:
        layout, margin, document = block.layout(), self.document().documentMargin(), self.document()
        layout.setTextOption(document.defaultTextOption())
        layout.beginLayout()
        x, top = margin + shape.indent, shape.above
        while (line := layout.createLine()).isValid():
            line.setLeadingIncluded(True)
            line.setLineWidth(max(_NARROWEST, self._viewport.width() - margin - x))
            air = round(line.height() * (STRETCH - 1))
            line.setPosition(QPointF(x, max(1.0, top + air // 2)))
            top += line.height() + air
            x = margin + shape.indent + shape.hang
        layout.endLayout()
        if block.lineCount() != layout.lineCount():
            block.setLineCount(layout.lineCount())
            self._growing.start()
