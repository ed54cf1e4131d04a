"""An empty place that teaches: what belongs here, and the one button that starts it."""

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop.ui.actions import TABLE
from desktop.ui.plain_label import PlainLabel
from desktop.ui.presenters.empty import Empty
from desktop.ui.theme.roles import Role, set_role


class EmptyState(QWidget):
    """Signals: `action_requested(str)` with the action's name."""

    action_requested = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._action = ""
        self._title = PlainLabel(parent=self)
        set_role(self._title, Role.HEADING)
        self._text = PlainLabel(parent=self)
        set_role(self._text, Role.MUTED)
        self._button = QPushButton(self)
        self._button.setObjectName(f"{name}.action")
        self._button.setEnabled(False)  # until it starts something
        self._button.clicked.connect(lambda _checked=False: self.action_requested.emit(self._action))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(28, 28, 28, 28)
        layout.setSpacing(8)
        layout.addStretch(1)
        for label in (self._title, self._text):
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            layout.addWidget(label)
        layout.addSpacing(8)
        layout.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(2)

    def show_empty(self, empty: Empty) -> None:
        self._action = empty.action
        self._title.setText(empty.title)
        self._text.setText(empty.text)
        words = next((spec.text for spec in TABLE if spec.name == empty.action), "")
        said = QCoreApplication.translate("Actions", words) if words else ""
        self._button.setText(said)
        self._button.setAccessibleName(said or empty.title)
        self._button.setEnabled(bool(empty.action))
        self._button.setVisible(bool(empty.action))
