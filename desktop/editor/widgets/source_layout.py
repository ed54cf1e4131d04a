"""Line spacing for the source: QPlainTextEdit knows none of its own, and Vietnamese needs air between the lines."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QTextBlock, QTextDocument
from PySide6.QtWidgets import QPlainTextDocumentLayout

STRETCH = 1.34


class SpacedLayout(QPlainTextDocumentLayout):
    """Spreads the lines that the base class has laid out: each gets STRETCH times its own height, half of the air above it.

    The base class lays a block out anew whenever its text changes and forgets the air; every caller asks for the bounding
    rectangle first (painting, cursor, mouse, scrolling), so that is where the air is put back.
    """

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)

    def blockBoundingRect(self, block: QTextBlock) -> QRectF:
        rect = super().blockBoundingRect(block)
        layout = block.layout() if block.isValid() else None
        if layout is None or not block.isVisible() or not layout.lineCount():
            return rect
        top = 0.0
        for number in range(layout.lineCount()):
            line = layout.lineAt(number)
            air = round(line.height() * (STRETCH - 1))
            wanted = top + air // 2
            if line.y() != wanted:
                line.setPosition(QPointF(line.x(), wanted))
            top += line.height() + air
        rect.setHeight(top if block.next().isValid() else top + self.document().documentMargin())
        return rect
