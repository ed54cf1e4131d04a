"""Waves under what a check has found, painted over the text: no format, no edit, nothing an input method could feel."""

from collections.abc import Iterator, Mapping, Sequence

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF, QTextBlock
from PySide6.QtWidgets import QPlainTextEdit

from desktop.domain.finding import Finding
from desktop.editor.widgets.colours import EditorColours
from desktop.editor.widgets.offsets import Offsets

Marks = Mapping[str, Sequence[Finding]]
_STEP, _HEIGHT, _BELOW = 2.0, 1.5, 2.0


class Underlines:
    """Marks go with the words of a line, not with its number: what is typed elsewhere leaves them where they belong."""

    def __init__(self, editor: QPlainTextEdit) -> None:
        self._editor = editor
        self._marks: Marks = {}

    def set_marks(self, marks: Marks) -> None:
        """What was found, by the line it stands in."""
        if marks != self._marks:
            self._marks = marks
            self._editor.viewport().update()

    def of(self, block: QTextBlock) -> Sequence[Finding]:
        return self._marks.get(block.text(), ()) if self._marks else ()

    def paint(self, colours: EditorColours) -> None:
        """Within a paint event of the viewport, after the text."""
        if not self._marks:
            return
        painter = QPainter(self._editor.viewport())
        for block in self._visible():
            found = self.of(block)
            if found and not block.layout().preeditAreaText():
                top = self._editor.blockBoundingGeometry(block).translated(self._editor.contentOffset()).topLeft()
                for item in found:
                    ink = colours.spelling if item.rule.code == "spelling" else colours.problem
                    painter.setPen(QPen(QColor(ink), 1))
                    for wave in _waves(block, item, top):
                        painter.drawPolyline(wave)
        painter.end()

    def _visible(self) -> Iterator[QTextBlock]:
        block = self._editor.firstVisibleBlock()
        bottom = self._editor.viewport().height()
        while block.isValid():
            place = self._editor.blockBoundingGeometry(block).translated(self._editor.contentOffset())
            if place.top() > bottom:
                return
            if block.isVisible():
                yield block
            block = block.next()


def _waves(block: QTextBlock, item: Finding, top: QPointF) -> Iterator[QPolygonF]:
    """One wave for each line of the layout that the finding touches."""
    layout, offsets = block.layout(), Offsets(block.text())
    start, end = offsets.to_qt(item.start), offsets.to_qt(item.end)
    for number in range(layout.lineCount()):
        line = layout.lineAt(number)
        first, last = max(start, line.textStart()), min(end, line.textStart() + line.textLength())
        if first >= last:
            continue
        left, right = _x(line.cursorToX(first)), _x(line.cursorToX(last))
        base = top + layout.position() + QPointF(0, line.y() + line.ascent() + _BELOW)
        count = max(2, int((right - left) / _STEP) + 1)
        yield QPolygonF([base + QPointF(left + step * _STEP, _HEIGHT * (step % 2)) for step in range(count)])


def _x(found: object) -> float:
    """PySide6 answers with the place and the position that it belongs to."""
    return float(found[0] if isinstance(found, tuple) else found)  # type: ignore[arg-type]  # its stub says int
