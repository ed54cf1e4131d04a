"""Be Vietnam Pro, drawn for Vietnamese, loaded from its package; the system's own face where it is missing."""

import logging

from fontpkg_be_vietnam_pro import FAMILY, ROOT
from PySide6.QtGui import QFont, QFontDatabase

from desktop.ui.theme.tokens import FONT_PIXELS

log = logging.getLogger(__name__)

# Each face costs start-up time; the window uses these and no others.
_FACES = ("Regular", "Italic", "Medium", "SemiBold", "Bold", "BoldItalic")


def load_fonts() -> str:
    """The family of the interface and the editor, ready in QFontDatabase. Needs a QGuiApplication."""
    folder = ROOT / "files"
    for face in _FACES:
        file = folder / f"{FAMILY.replace(' ', '')}-{face}.ttf"
        if QFontDatabase.addApplicationFont(str(file)) < 0:
            fallback = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
            log.info("font %s cannot be loaded from %s; using %s", FAMILY, file, fallback)
            return fallback
    return str(FAMILY)


def interface_font(family: str) -> QFont:
    """The font of everything that names no other: 14 device-independent pixels."""
    font = QFont(family)
    font.setPixelSize(FONT_PIXELS)
    return font
