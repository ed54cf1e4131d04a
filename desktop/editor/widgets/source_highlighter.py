"""Colours the Markdown source line by line, as `editor.text.highlight` reads it. Never touches what is being composed."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from PySide6.QtGui import QColor, QFont, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from desktop.editor.text.highlight import PLAIN, Span, legal_label, spans
from desktop.editor.widgets.colours import EditorColours
from desktop.editor.widgets.offsets import to_qt

Dialect = Literal["prose", "legal"]
_HEADING_PIXELS = {1: 21, 2: 19, 3: 17}


class SourceHighlighter(QSyntaxHighlighter):
    """Formats depend on the committed text alone: while an input method composes they come out the same and nothing moves."""

    def __init__(self, document: QTextDocument, colours: EditorColours) -> None:
        super().__init__(document)
        self._colours = colours
        self._dialect: Dialect = "prose"

    def set_colours(self, colours: EditorColours) -> None:
        if colours != self._colours:
            self._colours = colours
            self.rehighlight()

    def set_dialect(self, dialect: Dialect) -> None:
        """`legal` also marks the labels of law (Điều, Khoản, Điểm)."""
        if dialect != self._dialect:
            self._dialect = dialect
            self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        found, state = spans(text, max(PLAIN, self.previousBlockState()))
        if self._dialect == "legal" and (label := legal_label(text)) is not None:
            found.append(label)
        self.setCurrentBlockState(state)
        level = len(text) - len(text.lstrip("#"))
        for start, end, roles in _segments(found):
            first, last = to_qt(text, start), to_qt(text, end)
            self.setFormat(first, last - first, _format(roles, level if "heading" in roles else 0, self._colours))


def _segments(found: Iterable[Span]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Overlapping spans as pieces that do not overlap, each with all its roles, the later ones last."""
    listed = list(found)
    cuts = sorted({cut for span in listed for cut in (span.start, span.start + span.length)})
    for start, end in pairwise(cuts):
        roles = tuple(span.role for span in listed if span.start <= start and end <= span.start + span.length)
        if roles:
            yield start, end, roles


@lru_cache(maxsize=256)
def _format(roles: tuple[str, ...], level: int, colours: EditorColours) -> QTextCharFormat:
    made = QTextCharFormat()
    ink = {
        "heading": colours.strong,
        "bold": colours.strong,
        "link": colours.link,
        "quote": colours.quote,
        "code": colours.quote,
        "list": colours.label,
        "label": colours.label,
        "table": colours.quote,
        "html": colours.mark,
        "mark": colours.mark,
    }
    for role in roles:
        if role in ink:
            made.setForeground(QColor(ink[role]))
        if role in {"heading", "bold", "label"}:
            made.setFontWeight(QFont.Weight.DemiBold)
        elif role == "italic":
            made.setFontItalic(True)
        elif role == "mark":
            made.setFontWeight(QFont.Weight.Normal)
            made.setFontUnderline(False)
        elif role == "link":
            made.setFontUnderline(True)
    if level:
        made.setProperty(QTextCharFormat.Property.FontPixelSize, _HEADING_PIXELS.get(level, 15))
    return made
