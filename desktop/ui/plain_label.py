"""A label whose words are never markup: titles, names and reasons are what other people wrote, and a picture in them would be loaded."""

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget


class PlainLabel(QLabel):
    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)


def plain_tip(text: str) -> str:
    """A tool tip that shows `text` as it is, where Qt would take it for markup."""
    return f"<p>{escape(text, quote=False)}</p>" if "<" in text else text
