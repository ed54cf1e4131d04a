"""What a line looks like and what room it takes: its formats and its shape, read quietly or with its signs."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from desktop.editor.text.highlight import Line, Span, inline_spans, read_line
from desktop.editor.text.rows import Alignment, Cell, alignments, cells
from desktop.editor.widgets.offsets import to_qt
from desktop.editor.widgets.quiet_look import Look, Piece, dimmed, hidden, laid_width, pieces, width

Place = Literal["head", "divider", "body", "source"]

THUMB = (4.2, 2.8)  # of a picture beside its words, and the room around it, in heights of the text
PAD = 0.6
_CLOSE = 0.3  # between the cells of a table that would else not fit
_ITEM = 1.25
_BLANK = 0.95
_QUOTE = 1.0


@dataclass(frozen=True)
class Shape:
    """Pixels: `indent` before the first line, `hang` more before the others; air above it, and how high at least or most."""

    indent: float = 0.0
    hang: float = 0.0
    above: float = 0.0
    least: float = 0.0
    most: float = math.inf


@dataclass(frozen=True)
class Columns:
    """Of a table that fits: the width of the widest cell of each, its alignment; `pad` on both sides of a cell."""

    widths: tuple[float, ...]
    aligned: tuple[Alignment, ...]
    pad: float

    def edges(self) -> Iterator[float]:
        """The left edge of each column, and the right one of the last."""
        at = 0.0
        yield at
        for one in self.widths:
            at += one + 2 * self.pad
            yield at


@dataclass(frozen=True)
class Row:
    """A line's place in its table; of a table that does not fit, or that is too long to be measured: `source`."""

    place: Place
    columns: Columns | None = None
    last: bool = False


@dataclass(frozen=True)
class Laid:
    """All that layout and painting need to know of a line. `quiet`: its signs take no room."""

    text: str
    line: Line
    shape: Shape
    pieces: tuple[Piece, ...]
    quiet: bool
    row: Row | None = None


@lru_cache(maxsize=4096)
def lay(text: str, state: int, look: Look, *, shown: bool, row: Row | None = None) -> Laid:
    """`shown`: the caret stands here, the signs are seen; nothing moves that need not."""
    line = read_line(text, state, look.dialect)
    if not look.quiet or line.kind == "html":
        return Laid(text, line, Shape(), tuple(pieces(text, line.spans, line.level, look.source())), quiet=False)
    if row is not None and line.kind == "row":
        return _lay_row(text, line, row, look, shown=shown)
    if line.kind == "picture" and not shown:
        return Laid(text, line, _card(look), tuple(_picture(text)), quiet=True)
    seen = look.source() if shown else look
    shape = _shape(text, line, look, shown=shown)
    return Laid(text, line, shape, tuple(pieces(text, line.spans, line.level, seen)), quiet=not shown)


def measure(lines: Sequence[str], look: Look, room: float) -> Columns | None:
    """The columns of a table; None where one of its rows would not fit one line."""
    aligned = alignments(lines[1])
    widest = [0.0] * len(aligned)
    for number, text in enumerate(lines):
        found = cells(text)
        if number == 1:
            continue
        if len(found) > len(aligned):
            return None
        for column, cell in enumerate(found):
            widest[column] = max(widest[column], _cell_width(text[cell.first : cell.last], look, head=number == 0))
    widths = tuple(float(round(one + 1)) for one in widest)
    for pad in (round(look.pixels * PAD), round(look.pixels * _CLOSE)):
        if sum(widths) + 2 * pad * len(widths) <= room:
            return Columns(widths, aligned, pad)
    return None


def _shape(text: str, line: Line, look: Look, *, shown: bool) -> Shape:
    """The text stands where it stands, with its signs before it or without."""
    size = look.pixels
    if line.kind == "blank":
        return Shape(most=round(size * _BLANK))
    if line.kind == "rule":
        return Shape() if shown else Shape(least=1.6 * size)
    start = line.quotes * size * _QUOTE
    signs = text[: line.body]
    if line.kind == "heading":
        return Shape(indent=start, above=round(size * (0.5 if line.level <= 2 else 0.3)))  # noqa: PLR2004
    number = signs.lstrip("> ") if line.kind == "item" and line.numbered else ""
    if line.kind == "item":
        start += line.indent * look.unit + (width(number, look) if number else size * _ITEM)
    elif line.kind == "note":
        start += size * _ITEM
    elif line.kind in {"text", "row"}:
        start += min(line.indent, 16) * look.unit if line.indent > 1 else 0
    before = width(signs, look) if shown else width(number, look)
    if line.kind == "note" and not shown:
        before = width(signs.strip("[^]: ") + " ", look)
    indent = max(0.0, start - before)
    return Shape(indent=indent, hang=start - indent)


def _card(look: Look) -> Shape:
    size = look.pixels
    return Shape(indent=size * (THUMB[0] + 2 * PAD), above=size * PAD, least=size * (THUMB[1] + 2 * PAD))


def _picture(text: str) -> Iterator[Piece]:
    start, end = text.index("[") + 1, text.rindex("](")
    yield Piece(0, to_qt(text, start), hidden())
    yield Piece(to_qt(text, end), to_qt(text, len(text)) - to_qt(text, end), hidden())


def _lay_row(text: str, line: Line, row: Row, look: Look, *, shown: bool) -> Laid:
    columns, found = row.columns, cells(text)
    if row.place == "source" or columns is None or len(found) > len(columns.widths):
        bars = [Span(cell.end, 1, "mark") for cell in found if cell.end < len(text)]
        spans = [Span(0, len(text), "table"), *line.spans, *bars]
        return Laid(text, line, Shape(), tuple(pieces(text, spans, 0, look.source())), quiet=False, row=row)
    if row.place == "divider":
        made = Piece(0, len(text), dimmed(look) if shown else hidden())
        return Laid(text, line, Shape(), (made,), quiet=not shown, row=row)
    head = row.place == "head"
    seen = look.source() if shown else look
    spans = [Span(cell.first, cell.last - cell.first, "bold") for cell in found if head] + list(line.spans)
    if not shown:
        spans += _blanks(text, found)
    given = pieces(text, spans, 0, seen)
    rooms = _rooms(text, found, columns, seen, head=head)
    indent = rooms.pop(-1, 0.0)
    bars_made = [
        Piece(to_qt(text, at), 1, dimmed(look, room) if shown else hidden(room)) for at, room in sorted(rooms.items())
    ]
    taken = {bar.start for bar in bars_made}
    kept = [piece for piece in given if piece.start not in taken]
    return Laid(text, line, Shape(indent=indent), (*kept, *bars_made), quiet=not shown, row=row)


def _blanks(text: str, found: Sequence[Cell]) -> Iterator[Span]:
    """What stands around the words of the cells, bars left out."""
    yield Span(0, max(found[0].start - 1, 0), "mark")
    for cell in found:
        yield Span(cell.start, cell.first - cell.start, "mark")
        yield Span(cell.last, cell.end - cell.last, "mark")
    yield Span(found[-1].end + 1, max(len(text) - found[-1].end - 1, 0), "mark")


def _rooms(text: str, found: Sequence[Cell], columns: Columns, look: Look, *, head: bool) -> dict[int, float]:
    """The room after each bar that puts the next cell in its place; at -1 the room before a row without a first bar."""
    edges, rooms, at = list(columns.edges()), {}, 0.0
    for column, cell in enumerate(found):
        written = text[cell.first : cell.last]
        size = _cell_width(written, look, head=head)
        free = max(0.0, columns.widths[column] - size)
        lead = {"right": free, "center": free / 2}.get(columns.aligned[column], 0.0)
        bar = 0.0 if cell.start == 0 or look.quiet else width("|", look)
        before = 0.0 if look.quiet else width(text[cell.start : cell.first], look)
        wanted = edges[column] + columns.pad + lead - at - bar - before
        room = max(0.0, round(4 * wanted) / 4)
        rooms[cell.start - 1] = room
        after = 0.0 if look.quiet else width(text[cell.last : cell.end], look)
        at += bar + room + before + size + after
    if found[-1].end < len(text):
        rooms[found[-1].end] = 0.0
    return rooms


@lru_cache(maxsize=8192)
def _cell_width(text: str, look: Look, *, head: bool) -> float:
    if not text:
        return 0.0
    spans = [Span(0, len(text), "bold")] if head else []
    return laid_width(text, pieces(text, [*spans, *inline_spans(text)], 0, look), look)
