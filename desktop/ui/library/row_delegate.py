"""Paints a row of the list: up to two lines of title, then pills, section and, at the right, what happens now."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.ui.library.rows_model import RowRole
from desktop.ui.presenters.row import Row
from desktop.ui.theme.appearance import tokens_of
from desktop.ui.theme.painting import paint_pill, pill_font, pill_size
from desktop.ui.theme.tokens import Tokens

Index = QModelIndex | QPersistentModelIndex
_SIDE, _EDGE, _GAP = 14, 3, 8
_TITLE_LINES = 2
_PADDING = 10


class RowDelegate(QStyledItemDelegate):
    """All rows are equally high, so that a list of 100,000 is never measured."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del index
        font = option.font
        title = QFontMetrics(_title_font(font)).lineSpacing() * _TITLE_LINES
        return QSize(200, title + QFontMetrics(_small(font)).height() + 4 + 2 * _PADDING)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens = tokens_of(QApplication.instance())
        rect = QRect(option.rect)
        state = option.state
        font = QFont(option.font)
        painter.save()
        self._paint_ground(painter, rect, state, tokens)
        row = index.data(RowRole.ROW)
        if isinstance(row, Row):
            inner = rect.adjusted(_SIDE, _PADDING, -_SIDE, -_PADDING)
            self._paint_row(painter, inner, row, font=font, tokens=tokens)
        else:
            painter.fillRect(rect.adjusted(_SIDE, _PADDING + 4, -90, -rect.height() + 24), QColor(tokens.grey_wash))
        painter.restore()

    def _paint_ground(self, painter: QPainter, rect: QRect, state: QStyle.StateFlag, tokens: Tokens) -> None:
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(rect, QColor(tokens.select))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(tokens.hover))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), QColor(tokens.line))
        if selected:
            painter.fillRect(QRect(rect.left(), rect.top(), _EDGE, rect.height()), QColor(tokens.accent))

    def _paint_row(self, painter: QPainter, rect: QRect, row: Row, *, font: QFont, tokens: Tokens) -> None:
        lines = _lines(row.title, _title_font(font), rect.width())
        metrics = QFontMetrics(_title_font(font))
        meta_height = QFontMetrics(_small(font)).height() + 4
        top = rect.top() + (rect.height() - len(lines) * metrics.lineSpacing() - meta_height) // 2
        painter.setFont(_title_font(font))
        painter.setPen(QColor(tokens.ink))
        for line in lines:
            painter.drawText(QPoint(rect.left(), top + metrics.ascent()), line)
            top += metrics.lineSpacing()
        self._paint_meta(painter, QRect(rect.left(), top + 3, rect.width(), meta_height), row, font=font, tokens=tokens)

    def _paint_meta(self, painter: QPainter, rect: QRect, row: Row, *, font: QFont, tokens: Tokens) -> None:
        left = rect.left()
        painter.setFont(pill_font(font))
        for pill in row.pills:
            size = pill_size(pill.text, pill_font(font))
            place = QRect(left, rect.top() + (rect.height() - size.height()) // 2, size.width(), size.height())
            paint_pill(painter, place, pill.text, tone=pill.tone, tokens=tokens)
            left = place.right() + _GAP
        small = _small(font, strong=row.late)
        metrics = QFontMetrics(small)
        painter.setFont(small)
        painter.setPen(QColor(tokens.red if row.late else tokens.muted))
        width = metrics.horizontalAdvance(row.right)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(rect, int(middle | Qt.AlignmentFlag.AlignRight), row.right)
        painter.setFont(_small(font))
        painter.setPen(QColor(tokens.muted))
        room = QRect(left, rect.top(), rect.right() - width - _GAP - left, rect.height())
        detail = QFontMetrics(_small(font)).elidedText(row.detail, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(middle | Qt.AlignmentFlag.AlignLeft), detail)


def _title_font(base: QFont) -> QFont:
    font = QFont(base)
    font.setPixelSize(14)
    font.setWeight(QFont.Weight.DemiBold)
    return font


def _small(base: QFont, *, strong: bool = False) -> QFont:
    font = QFont(base)
    font.setPixelSize(12)
    font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    return font


def _lines(text: str, font: QFont, width: int) -> list[str]:
    """`text` broken at words into at most two lines, the last one elided."""
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WordWrap)
    layout.setTextOption(option)
    layout.beginLayout()
    lines: list[str] = []
    while len(lines) < _TITLE_LINES:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        start = line.textStart()
        if len(lines) == _TITLE_LINES - 1:
            rest = text[start:]
            lines.append(QFontMetrics(font).elidedText(rest, Qt.TextElideMode.ElideRight, width))
        else:
            lines.append(text[start : start + line.textLength()].rstrip())
    layout.endLayout()
    return lines
