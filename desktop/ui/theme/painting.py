"""Pills and badges drawn with a painter, the same for widgets and for list delegates."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter

from desktop.ui.theme.tokens import Tokens, Tone, tone_colours

_PILL_PAD = 6
_PILL_RADIUS = 4
_BADGE_PAD = 7


def pill_font(base: QFont) -> QFont:
    """The small, strong face of pills and badges."""
    font = QFont(base)
    font.setPixelSize(11)
    font.setWeight(QFont.Weight.DemiBold)
    return font


def pill_size(text: str, font: QFont) -> QSize:
    """Device-independent pixels that `paint_pill` needs; `font` from `pill_font`."""
    metrics = QFontMetrics(font)
    return QSize(metrics.horizontalAdvance(text) + 2 * _PILL_PAD, metrics.height() + 2)


def paint_pill(painter: QPainter, rect: QRect, text: str, *, tone: Tone, tokens: Tokens) -> None:
    """A stage pill filling `rect`; the painter's font is the pill font and stays so."""
    ink, ground = tone_colours(tone, tokens)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ground))
    painter.drawRoundedRect(rect, _PILL_RADIUS, _PILL_RADIUS)
    painter.setPen(QColor(ink))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()


def badge_size(text: str, font: QFont) -> QSize:
    metrics = QFontMetrics(font)
    height = metrics.height() + 4
    return QSize(max(height, metrics.horizontalAdvance(text) + 2 * _BADGE_PAD), height)


def paint_badge(painter: QPainter, rect: QRect, text: str, *, hot: bool, tokens: Tokens) -> None:
    """A count beside a navigation item: pale, or white on red where something is late or came back."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if hot:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.accent))
        painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
    painter.setPen(QColor(tokens.accent_ink if hot else tokens.nav_muted))
    painter.drawText(
        rect, Qt.AlignmentFlag.AlignCenter if hot else Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text
    )
    painter.restore()


def paint_focus(painter: QPainter, rect: QRect, colour: str, radius: int = 5) -> None:
    """The focus ring of a widget that paints itself: two pixels, inside `rect`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = painter.pen()
    pen.setColor(QColor(colour))
    pen.setWidth(2)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius)
    painter.restore()
