"""Two moves that every panel makes with its layout: empty it, and stack parts without a gap."""

from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget


def clear(layout: QLayout) -> None:
    """Everything in it goes: hidden now, destroyed when the event loop comes round."""
    while (old := layout.takeAt(0)) is not None:
        widget = old.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()


def stacked(parent: QWidget) -> QVBoxLayout:
    """A column of `parent` in which parts touch one another and the edges."""
    layout = QVBoxLayout(parent)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    return layout
