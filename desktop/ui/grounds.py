"""A plain widget that paints the ground of its role (Qt leaves that to frames otherwise)."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.ui.theme.roles import Role, set_role


def set_ground(widget: QWidget, role: Role) -> None:
    """`set_role` for a container."""
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    set_role(widget, role)
