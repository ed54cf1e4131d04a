"""What a widget is, told to the stylesheet: the dynamic properties `role` and `tone`.

Widgets name a role, never a colour; `resources/styles/desk.qss` says how each role looks.
"""

from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.ui.theme.tokens import Tone


class Role(StrEnum):
    # containers
    NAVIGATION = "navigation"
    LIST_PANE = "list-pane"
    WORK = "work"
    TOP = "top"
    TOOLBAR = "toolbar"
    WIDTHS = "widths"
    INSPECTOR = "inspector"
    CARD = "card"
    PROBLEM_BAR = "problem-bar"
    FIND_BAR = "find-bar"
    SEPARATOR = "separator"
    ACTION_BAR = "action-bar"
    STATUS_BAR = "status-bar"
    NOTICE = "notice"
    PLACE = "place"
    ALIKE = "alike"
    COLUMN_HEADS = "column-heads"
    # labels
    BRAND = "brand"
    PORTAL_NAME = "portal-name"
    NAV_GROUP = "nav-group"
    TITLE = "title"
    HEADING = "heading"
    MUTED = "muted"
    FIELD_LABEL = "field-label"
    CARD_TITLE = "card-title"
    STATUS_TEXT = "status-text"
    PLACE_STATE = "place-state"
    # buttons
    PRIMARY = "primary"
    COMPOSE = "compose"
    DANGER = "danger"
    CHIP = "chip"
    SEGMENT_FIRST = "segment-first"
    SEGMENT = "segment"
    SEGMENT_LAST = "segment-last"
    FLAT = "flat"
    PICK = "pick"
    LINK = "link"
    STATUS_BUTTON = "status-button"
    # fields
    SEARCH = "search"
    SOURCE = "source"
    DOCUMENT_TITLE = "document-title"
    ROWS = "rows"


def set_role(widget: QWidget, role: Role) -> None:
    """Gives the widget its role and has the stylesheet look at it again."""
    widget.setProperty("role", role.value)
    _polish(widget)


def set_tone(widget: QWidget, tone: Tone) -> None:
    """Gives a label or a notice its colour by meaning."""
    if widget.property("tone") != tone.value:
        widget.setProperty("tone", tone.value)
        _polish(widget)


def _polish(widget: QWidget) -> None:
    if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        return  # it has not been looked at yet
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
