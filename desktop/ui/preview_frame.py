"""A preview under the switch of its width: as it fits, a desktop, a phone, a sheet of paper."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from desktop.editor.widgets.preview_view import WIDTHS, PreviewView
from desktop.ui.actions import ActionTable
from desktop.ui.grounds import set_ground
from desktop.ui.layouts import stacked
from desktop.ui.theme.roles import Role


class PreviewFrame(QWidget):
    """Every frame of a window shows the width whose action is checked. The switch gives way where it has no room."""

    def __init__(self, table: ActionTable, preview: PreviewView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("preview.frame")
        set_ground(self, Role.WORK)
        self._bar = QWidget()
        set_ground(self._bar, Role.WIDTHS)
        row = QHBoxLayout(self._bar)
        row.setContentsMargins(4, 2, 2, 2)
        row.setSpacing(0)
        for width in WIDTHS:
            action = table[f"width-{width}"]
            button = QToolButton(self._bar)
            button.setObjectName(f"preview.width.{width}")
            button.setDefaultAction(action)
            row.addWidget(button)
            action.toggled.connect(lambda on, width=width: preview.set_width(width) if on else None)
        row.addStretch(1)
        layout = stacked(self)
        layout.addWidget(self._bar)
        layout.addWidget(preview, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._bar.setVisible(self._bar.sizeHint().width() <= self.width())
