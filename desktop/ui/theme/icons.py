"""The few icons of the window: own SVGs, drawn in the colour that the theme gives."""

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

import resources

NAMES = ("attach", "check", "close", "down", "more", "person", "search", "settings", "sync", "up", "warning")
_SIZES = (16, 24, 32, 48)


def icon(name: str, colour: str) -> QIcon:
    """The icon `name` (one of NAMES) in `colour` (`#rrggbb`), sharp up to 300 %. Raises FileNotFoundError."""
    source = resources.path("styles", "icons", f"{name}.svg").read_text(encoding="utf-8")
    renderer = QSvgRenderer(QByteArray(source.replace("currentColor", colour).encode()))
    made = QIcon()
    for size in _SIZES:
        pixmap = QPixmap(QSize(size, size))
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        renderer.render(painter, QRectF(0, 0, size, size))
        painter.end()
        made.addPixmap(pixmap)
    return made
