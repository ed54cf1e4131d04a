"""A text field whose Markdown reads as the text that will come of it; only the caret's block shows its signs."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, QTimer, Slot
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextDocument,
)
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from desktop.editor.widgets.colours import EditorColours
from desktop.editor.widgets.quiet_look import Look
from desktop.editor.widgets.quiet_markup import QuietMarkup
from desktop.editor.widgets.quiet_painting import QuietPainter
from desktop.editor.widgets.source_layout import SpacedLayout
from desktop.editor.widgets.thumbnails import Thumbnails

_MARGIN = 18
PIXELS = 15
_EDGE = 3
# The field is left only for a moment: its signs stay as they are.
_COMES_BACK = frozenset(
    {Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason, Qt.FocusReason.MenuBarFocusReason}
)


class BlockField(QPlainTextEdit):
    """Proportional, in the application's font, with a pale ground under the block where the caret stands.

    A click shows the signs of its block only when it can no longer become a double click: nothing moves under the mouse.
    """

    def __init__(self, colours: EditorColours, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = 0
        self._pressed = False
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
        self.thumbnails = Thumbnails(self)
        self.thumbnails.arrived.connect(self.viewport().update)
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.timeout.connect(self._reveal)
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
        with self._caret_kept():
            self.markup.set_look(replace(self.markup.look, pixels=round(PIXELS * percent / 100)))
            self._use_font()

    def paintEvent(self, event: QPaintEvent) -> None:
        self.markup.format_visible()
        painter = QPainter(self.viewport())
        if not self.isReadOnly():
            place = self._place()
            below = 0.0 if self.textCursor().block().next().isValid() else self.document().documentMargin()
            ground = QRectF(0, place.top() - _EDGE, self.viewport().width(), place.height() - below + 2 * _EDGE)
            painter.fillRect(ground, QColor(self.colours.current_block))
        if self.quiet:
            self._paint_quiet(painter)
        painter.end()
        super().paintEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._use_font()

    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.size().width() != event.oldSize().width():
            self.markup.forget()
        super().resizeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._reveal()
        super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._reveal()
        super().inputMethodEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = True
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self._pressed = False
        self._settled.start(QApplication.doubleClickInterval())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self._pressed:
            self._settled.start(
                QApplication.doubleClickInterval() if event.reason() == Qt.FocusReason.MouseFocusReason else 0
            )

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in _COMES_BACK:
            self._settled.stop()
            self.markup.reveal(None)

    def _place(self) -> QRectF:
        """Where the caret's block is in the viewport."""
        return self.blockBoundingGeometry(self.textCursor().block()).translated(self.contentOffset())

    def _paint_quiet(self, painter: QPainter) -> None:
        look, margin = self.markup.look, self.document().documentMargin()
        right = self.viewport().width() - margin
        offset = self.contentOffset()
        brush = QuietPainter(painter, look, self.thumbnails, margin=margin + offset.x(), right=right)
        for block in self.markup.visible():
            place = self.blockBoundingGeometry(block).translated(offset)
            line = block.layout().lineAt(0)
            first = line.naturalTextRect() if line.isValid() else QRectF()
            brush.paint(self.markup.laid(block), place, first.translated(QPointF(place.topLeft())))

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
    def _reveal(self) -> None:
        """The signs around the caret are seen from now on."""
        self._settled.stop()
        if self.hasFocus() and not self.isReadOnly():
            self.markup.reveal(self.textCursor())

    @Slot()
    def _on_cursor_moved(self) -> None:
        if not self._pressed and not self._settled.isActive():
            self._reveal()
        line = self.textCursor().blockNumber()
        if line != self._line:
            self._line = line
            self.viewport().update()
