"""What stands for the signs that are not seen: bullets, the bar of a quotation, rules, the lines of a table, cards of pictures."""

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap

from desktop.editor.text.highlight import picture_of
from desktop.editor.widgets.quiet_lines import PAD, THUMB, Laid
from desktop.editor.widgets.quiet_look import Look, font
from desktop.editor.widgets.thumbnails import Thumbnails

_RADIUS = 4
_HOLLOW = 2  # from this depth on bullets are rings


class QuietPainter:
    """Paints behind the text. `margin`: where the text of a plain line begins; `right`: where it ends."""

    def __init__(self, painter: QPainter, look: Look, thumbnails: Thumbnails, *, margin: float, right: float) -> None:
        self._painter = painter
        self._look = look
        self._thumbnails = thumbnails
        self._margin = margin
        self._right = right

    def paint(self, laid: Laid, place: QRectF, first: QRectF) -> None:
        """One line of the source in its `place`; `first` is the first line of its text there."""
        line = laid.line
        if line.quotes:
            self._bars(line.quotes, place)
        if laid.row is not None and laid.row.columns is not None:
            self._grid(laid, place)
        if not laid.quiet:
            return
        if line.kind == "item" and not line.numbered:
            self._bullet(line.indent, first)
        elif line.kind == "rule":
            self._across(place.center().y())
        elif line.kind == "picture":
            self._card(laid, place, first)

    def _bars(self, count: int, place: QRectF) -> None:
        size = self._look.pixels
        for number in range(count):
            bar = QRectF(self._margin + number * size, place.top(), 3, place.height())
            self._painter.fillRect(bar, QColor(self._look.colours.line))

    def _bullet(self, indent: int, first: QRectF) -> None:
        size = self._look.pixels
        middle = QPointF(first.left() - 0.72 * size, first.center().y() + 0.06 * size)
        ink = QColor(self._look.colours.strong)
        self._painter.save()
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._painter.setPen(QPen(ink, 1.1) if indent >= _HOLLOW else Qt.PenStyle.NoPen)
        self._painter.setBrush(Qt.BrushStyle.NoBrush if indent >= _HOLLOW else ink)
        self._painter.drawEllipse(middle, 0.16 * size, 0.16 * size)
        self._painter.restore()

    def _across(self, y: float) -> None:
        self._painter.fillRect(QRectF(self._margin, round(y), self._right - self._margin, 1), self._line())

    def _grid(self, laid: Laid, place: QRectF) -> None:
        """Each row draws its sides and what is above it; the last one also what is below."""
        row = laid.row
        if row is None or row.columns is None:
            return
        edges = [round(self._margin + edge) for edge in row.columns.edges()]
        top, bottom = round(place.top()), round(place.bottom())
        if row.place in {"head", "divider"}:
            ground = QColor(self._look.colours.current_block)
            self._painter.fillRect(QRectF(edges[0], top, edges[-1] - edges[0], bottom - top), ground)
        for edge in edges if laid.quiet else ():
            self._painter.fillRect(QRectF(edge, top, 1, bottom - top), self._line())
        wide = edges[-1] - edges[0] + 1
        if row.place != "divider":
            self._painter.fillRect(QRectF(edges[0], top, wide, 1), self._line())
        if row.last:
            self._painter.fillRect(QRectF(edges[0], bottom - 1, wide, 1), self._line())

    def _card(self, laid: Laid, place: QRectF, first: QRectF) -> None:
        picture = picture_of(laid.text[len(laid.text) - len(laid.text.lstrip("> ")) :])
        if picture is None:
            return
        size, colours = self._look.pixels, self._look.colours
        left = first.left() - size * (THUMB[0] + 2 * PAD)
        frame = QRectF(left, place.top() + 2, self._right - left, size * (THUMB[1] + 2 * PAD) - 4)
        thumb = QRectF(left + size * PAD, frame.top() + size * PAD - 2, size * THUMB[0], size * THUMB[1])
        self._painter.save()
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._painter.setPen(QPen(self._line(), 1))
        self._painter.drawRoundedRect(frame.adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
        found = self._thumbnails.of(picture.address, QSize(round(2 * thumb.width()), round(2 * thumb.height())))
        self._thumb(thumb, found)
        small = QFont(font(self._look))
        small.setPixelSize(round(size * 0.87))
        self._painter.setFont(small)
        words, ink = picture.title, colours.mark
        if not picture.alt.strip():
            words, ink = QCoreApplication.translate("QuietPainter", "no description of the picture"), colours.problem
        elif found is None:
            words = words or QCoreApplication.translate("QuietPainter", "picture")
        self._painter.setPen(QColor(ink))
        under = thumb.center().y() if picture.alt.strip() else thumb.center().y() - 0.7 * size
        words = QFontMetricsF(small).elidedText(words, Qt.TextElideMode.ElideRight, frame.right() - first.left() - size)
        room = QRectF(first.left(), under, frame.right() - first.left() - size * PAD, size * 1.4)
        self._painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), words)
        self._painter.restore()

    def _thumb(self, place: QRectF, picture: QPixmap | None) -> None:
        path = QPainterPath()
        path.addRoundedRect(place, 2, 2)
        if picture is None:
            self._painter.fillPath(path, self._line())
            return
        self._painter.setClipPath(path)
        scale = max(place.width() / picture.width(), place.height() / picture.height())
        wide, high = place.width() / scale, place.height() / scale
        part = QRectF((picture.width() - wide) / 2, (picture.height() - high) / 2, wide, high)
        self._painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self._painter.drawPixmap(place, picture, part)
        self._painter.setClipping(False)

    def _line(self) -> QColor:
        return QColor(self._look.colours.line)
