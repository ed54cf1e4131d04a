"""The rest of an entry's commands, behind three dots: everything stays within reach, one thing stands out."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QWidget


class MoreButton(QPushButton):
    """Object name `<name>.more`; its menu `<name>.more.menu`."""

    def __init__(self, name: str, actions: Sequence[QAction], parent: QWidget) -> None:
        super().__init__("⋯", parent)
        self.setObjectName(f"{name}.more")
        self.setStyleSheet("QPushButton::menu-indicator { image: none; width: 0; }")
        self.setFixedWidth(44)
        menu = QMenu(self)
        menu.setObjectName(f"{name}.more.menu")
        menu.setToolTipsVisible(True)
        menu.addActions(actions)
        self.setMenu(menu)
        self.retranslate()

    def retranslate(self) -> None:
        words = QCoreApplication.translate("Actions", "More")
        self.setAccessibleName(words)
        self.setToolTip(words)
