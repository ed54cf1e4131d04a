"""A text field whose Markdown reads as the text that will come of it; only the caret's block shows its signs."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from PySide6.QtCore import QEvent, QRectF, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QFont,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlock,
    QTextDocument,
    QWheelEvent,
)
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desktop.editor.widgets.colours import EditorColours
from desktop.editor.widgets.folding import Folding, hidden_below
from desktop.editor.widgets.quiet_look import Look
from desktop.editor.widgets.quiet_markup import QuietMarkup
from desktop.editor.widgets.quiet_painting import QuietPainter
from desktop.editor.widgets.source_layout import SpacedLayout
from desktop.editor.widgets.thumbnails import Thumbnails

_MARGIN = 18
PIXELS = 15
_EDGE = 3
_VEIL = 165


class BlockField(QPlainTextEdit):
    """Proportional, in the application's font, with a pale ground under the block where the caret stands.

    Signals: `zoom_requested(int)`, 1 or -1, by Ctrl and the wheel.
    """

    zoom_requested = Signal(int)

    def __init__(self, colours: EditorColours, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = 0
        self._focused = False
        self.zoom = 100
        document = QTextDocument(self)
        # Kept here: the binding would otherwise take the layout down with its Python half.
        self._layout = SpacedLayout(document, self.viewport())
        document.setDocumentLayout(self._layout)
        document.setDocumentMargin(_MARGIN)
        self.setDocument(document)
        self.setProperty("role", "source")
        self.setCursorWidth(2)
        self.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.markup = QuietMarkup(self, self._layout, Look(colours, self.font().family(), PIXELS))
        self._use_font()
        self.folding = Folding(self)
        self.thumbnails = Thumbnails(self)
        self.thumbnails.arrived.connect(self.viewport().update)
        self.cursorPositionChanged.connect(self._on_cursor_moved)

    @property
    def colours(self) -> EditorColours:
        return self.markup.look.colours

    @property
    def quiet(self) -> bool:
        """Whether the signs of Markdown take no room away from the caret."""
        return self.markup.look.quiet

    def set_colours(self, colours: EditorColours) -> None:
        self.markup.set_look(replace(self.markup.look, colours=colours))

    def set_quiet(self, quiet: bool) -> None:  # noqa: FBT001  the state is the one argument
        """Quiet, or the full source."""
        with self._caret_kept():
            self.markup.set_look(replace(self.markup.look, quiet=quiet))

    def set_zoom(self, percent: int) -> None:
        """The size of the text; 100 is the window's own."""
        self.zoom = percent
        with self._caret_kept():
            self.markup.set_look(replace(self.markup.look, pixels=round(PIXELS * percent / 100)))
            self._use_font()

    def set_focused(self, focused: bool) -> None:  # noqa: FBT001  the state is the one argument
        """Whether everything but the block that is written in is pale."""
        self._focused = focused
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        self.markup.format_visible()
        seen = list(self.markup.visible())
        painter = QPainter(self.viewport())
        here = self._place(seen)
        if here is not None and not self.isReadOnly():
            ground = here.adjusted(0, -_EDGE, 0, _EDGE)
            painter.fillRect(ground, QColor(self.colours.current_block))
        if self.quiet:
            self._paint_quiet(painter, seen)
        painter.end()
        super().paintEvent(event)
        painter.begin(self.viewport())
        self._paint_over(painter, seen)
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._use_font()

    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.size().width() != event.oldSize().width():
            self.markup.forget()
        super().resizeEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() == Qt.KeyboardModifier.ControlModifier and event.angleDelta().y():
            self.zoom_requested.emit(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def _place(self, seen: Sequence[tuple[QTextBlock, QRectF]]) -> QRectF | None:
        """Where the caret's block is in the viewport; None when it is not in view."""
        here = self.textCursor().block()
        place = next((place for block, place in seen if block == here), None)
        if place is None or here.next().isValid():
            return place
        return place.adjusted(0, 0, 0, -self.document().documentMargin())

    def _paint_quiet(self, painter: QPainter, seen: Sequence[tuple[QTextBlock, QRectF]]) -> None:
        margin = self.document().documentMargin()
        left, right = margin + self.contentOffset().x(), self.viewport().width() - margin
        brush = QuietPainter(painter, self.markup.look, self.thumbnails, margin=left, right=right)
        for block, place in seen:
            line = block.layout().lineAt(0)
            first = line.naturalTextRect() if line.isValid() else QRectF()
            brush.paint(self.markup.laid(block), place, first.translated(place.topLeft()))

    def _paint_over(self, painter: QPainter, seen: Sequence[tuple[QTextBlock, QRectF]]) -> None:
        """How much is folded away, and in focus mode a veil over all but one block."""
        painter.setPen(QColor(self.colours.mark))
        painter.setFont(self.document().defaultFont())
        for block, place in seen:
            if count := hidden_below(block):
                line = block.layout().lineAt(block.layout().lineCount() - 1)
                left = place.left() + line.naturalTextRect().right() + 8
                room = QRectF(left, place.top() + line.y(), self.viewport().width() - left, line.height())
                words = self.tr("⋯ %n line(s)", "", count)
                painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), words)
        if self._focused and (here := self._place(seen)) is not None:
            veil, area = QColor(self.colours.ground), QRectF(self.viewport().rect())
            veil.setAlpha(_VEIL)
            painter.fillRect(QRectF(0, 0, area.width(), max(0.0, here.top())), veil)
            painter.fillRect(QRectF(0, here.bottom(), area.width(), area.height()), veil)

    def _use_font(self) -> None:
        """The window's face in our own size: a style sheet would overrule the widget's font, not the document's."""
        face = QFont(self.font())
        face.setPixelSize(self.markup.look.pixels)
        self.markup.set_look(replace(self.markup.look, family=face.family()))
        if face != self.document().defaultFont():
            self.document().setDefaultFont(face)

    @contextmanager
    def _caret_kept(self) -> Iterator[None]:
        """What happens inside moves the lines; the caret's stays where the eye is."""
        seen, top = self.viewport().rect().contains(self.cursorRect().center()), self.cursorRect().top()
        yield
        self.markup.format_visible()
        way = 1 if self.cursorRect().top() > top else -1
        while seen and (self.cursorRect().top() - top) * way > 0 and self._scroll(way):
            pass

    def _scroll(self, lines: int) -> bool:
        bar = self.verticalScrollBar()
        before = bar.value()
        bar.setValue(before + lines)
        return bar.value() != before

    @Slot()
    def _on_cursor_moved(self) -> None:
        line = self.textCursor().blockNumber()
        if line != self._line:
            self._line = line
            self.viewport().update()
