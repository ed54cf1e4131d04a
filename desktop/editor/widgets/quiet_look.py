"""Roles as formats: how a line of the source looks where it is read, and where the caret stands in it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from PySide6.QtGui import QColor, QFont, QFontMetricsF, QTextCharFormat, QTextLayout

from desktop.editor.text.highlight import Dialect, Span
from desktop.editor.widgets.colours import EditorColours
from desktop.editor.widgets.offsets import to_qt

_HEADING = {1: 1.4, 2: 1.27, 3: 1.13}
_BOLD = frozenset({"heading", "bold", "label"})
_NOTHING = QColor(0, 0, 0, 0)


@dataclass(frozen=True)
class Look:
    """How all lines look now. `pixels`: the height of the text; `quiet`: signs take no room away from the caret."""

    colours: EditorColours
    family: str
    pixels: int
    dialect: Dialect = "prose"
    quiet: bool = True

    @property
    def unit(self) -> float:
        """What one blank before an item is worth in width."""
        return self.pixels * 0.6

    def source(self) -> "Look":
        return replace(self, quiet=False)


@dataclass(frozen=True)
class Piece:
    """Characters of a line in Qt's units, and their format."""

    start: int
    length: int
    format: QTextCharFormat


def pieces(text: str, spans: Iterable[Span], level: int, look: Look) -> list[Piece]:
    """`spans` of `text` as pieces that do not overlap. A quiet `look` gives the marks no room."""
    return [
        Piece(to_qt(text, start), to_qt(text, end) - to_qt(text, start), _format(roles, level, look))
        for start, end, roles in _segments(spans)
    ]


@lru_cache(maxsize=4)
def font(look: Look) -> QFont:
    made = QFont(look.family)
    made.setPixelSize(look.pixels)
    return made


@lru_cache(maxsize=4096)
def width(text: str, look: Look) -> float:
    """Of plain text."""
    return QFontMetricsF(font(look)).horizontalAdvance(text)


def laid_width(text: str, given: Iterable[Piece], look: Look) -> float:
    """Of `text` on one line with its formats, in pixels."""
    layout = QTextLayout(text, font(look))
    layout.setFormats(ranges(given))
    layout.beginLayout()
    line = layout.createLine()
    if not line.isValid():
        return 0.0
    line.setLineWidth(1e6)
    layout.endLayout()
    return line.naturalTextWidth()


def ranges(given: Iterable[Piece]) -> list[QTextLayout.FormatRange]:
    made = []
    for piece in given:
        found = QTextLayout.FormatRange()
        found.start, found.length, found.format = piece.start, piece.length, piece.format
        made.append(found)
    return made


@lru_cache(maxsize=1024)
def hidden(room: float = 0.0) -> QTextCharFormat:
    """No ink and no width, or exactly `room` pixels after each character."""
    made = QTextCharFormat()
    made.setForeground(_NOTHING)
    made.setProperty(QTextCharFormat.Property.FontPixelSize, 1)
    if room:
        made.setFontLetterSpacingType(QFont.SpacingType.AbsoluteSpacing)
        made.setFontLetterSpacing(room)
    else:
        made.setFontLetterSpacingType(QFont.SpacingType.PercentageSpacing)
        made.setFontLetterSpacing(0.5)
    return made


@lru_cache(maxsize=1024)
def dimmed(look: Look, room: float = 0.0) -> QTextCharFormat:
    """A sign that shows, with `room` pixels after it."""
    made = QTextCharFormat()
    made.setForeground(QColor(look.colours.mark))
    if room:
        made.setFontLetterSpacingType(QFont.SpacingType.AbsoluteSpacing)
        made.setFontLetterSpacing(room)
    return made


def _segments(found: Iterable[Span]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Overlapping spans as pieces that do not overlap, each with all its roles, the later ones last."""
    listed = [span for span in found if span.length]
    cuts = sorted({cut for span in listed for cut in (span.start, span.start + span.length)})
    for start, end in pairwise(cuts):
        roles = tuple(span.role for span in listed if span.start <= start and end <= span.start + span.length)
        if roles:
            yield start, end, roles


@lru_cache(maxsize=512)
def _format(roles: tuple[str, ...], level: int, look: Look) -> QTextCharFormat:
    if "mark" in roles:
        return (
            hidden()
            if look.quiet
            else dimmed(look, 0.0)
            if "heading" not in roles
            else _sized(dimmed(look), level, look)
        )
    made = QTextCharFormat()
    colours = look.colours
    ink = {
        "heading": colours.strong, "bold": colours.strong, "link": colours.link, "quote": colours.quote,
        "code": colours.quote, "sign": colours.strong, "label": colours.label, "table": colours.quote, "html": colours.mark,
    }  # fmt: skip
    for role in roles:
        if role in ink:
            made.setForeground(QColor(ink[role]))
        if role in _BOLD:
            made.setFontWeight(QFont.Weight.Bold if role == "bold" else QFont.Weight.DemiBold)
        elif role == "italic":
            made.setFontItalic(True)
        elif role == "strike":
            made.setFontStrikeOut(True)
        elif role in {"link", "under"}:
            made.setFontUnderline("above" not in roles)
        elif role in {"above", "below"}:
            raised = QTextCharFormat.VerticalAlignment
            made.setVerticalAlignment(raised.AlignSuperScript if role == "above" else raised.AlignSubScript)
    return _sized(made, level, look) if "heading" in roles else made


def _sized(made: QTextCharFormat, level: int, look: Look) -> QTextCharFormat:
    sized = QTextCharFormat(made)
    sized.setProperty(QTextCharFormat.Property.FontPixelSize, round(look.pixels * _HEADING.get(level, 1.0)))
    return sized
