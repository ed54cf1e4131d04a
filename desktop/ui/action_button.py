"""A button that is an action of the table: its words, its key, whether it may be pressed, and why not."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from desktop.ui.parts import KeyButton
from desktop.ui.theme.roles import Role


class ActionButton(KeyButton):
    """Object name: `button.<action>`."""

    def __init__(self, action: QAction, parent: QWidget, *, role: Role | None = None, show_key: bool = False) -> None:
        key = action.shortcut().toString(QKeySequence.SequenceFormat.PortableText) if show_key else ""
        super().__init__(key=key, role=role or Role.PRIMARY, parent=parent)
        if role is None:
            self.setProperty("role", "")  # the plain look of a button
        self._action = action
        self.setObjectName(action.objectName().replace("action.", "button."))
        self.clicked.connect(lambda _checked=False: action.trigger())
        action.changed.connect(self._follow)
        self._follow()

    @Slot()
    def _follow(self) -> None:
        words = self._action.text()
        self.setText(words)
        self.setAccessibleName(words.replace("&&", "&"))
        self.setAccessibleDescription(self._action.statusTip())
        self.setToolTip(self._action.toolTip())
        self.setStatusTip(self._action.statusTip())
        self.setEnabled(self._action.isEnabled())
        self.updateGeometry()
