"""When the signs of Markdown show: in the block of the caret, while the field is written in."""

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop.editor.widgets.block_field import BlockField
from desktop.editor.widgets.colours import EditorColours

# The field is left only for a moment: its signs stay as they are.
_COMES_BACK = frozenset(
    {Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason, Qt.FocusReason.MenuBarFocusReason}
)


class RevealingField(BlockField):
    """A click shows the signs of its block only when it can no longer become a double click: nothing moves under the mouse."""

    def __init__(self, colours: EditorColours, parent: QWidget | None = None) -> None:
        super().__init__(colours, parent)
        self._pressed = False
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.timeout.connect(self._reveal)
        self.cursorPositionChanged.connect(self._on_caret_moved)

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

    @Slot()
    def _reveal(self) -> None:
        """The signs around the caret are seen from now on."""
        self._settled.stop()
        if self.hasFocus() and not self.isReadOnly():
            self.markup.reveal(self.textCursor())

    @Slot()
    def _on_caret_moved(self) -> None:
        if not self._pressed and not self._settled.isActive():
            self._reveal()
