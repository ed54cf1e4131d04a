"""What stands in sanitised HTML: its text, one block per line, and the headings that make up its contents."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser

INLINE = frozenset(
    "a abbr b cite code del em i img ins q s small span strong sub sup u".split()  # everything else ends a line
)
_BLANKS = re.compile(" {2,}")
_VOID = frozenset(("br", "col", "hr", "img"))
_HEADINGS = {"h2": 2, "h3": 3, "h4": 4}


@dataclass(frozen=True)
class Heading:
    """One entry of the contents; `level` 2 to 4, `text` on one line."""

    id: str
    level: int
    text: str


def contents(html: str) -> tuple[Heading, ...]:
    """The h2 to h4 with an id, in order; `html` as `MarkdownRenderer` makes it."""
    return shape(html).headings


@dataclass(frozen=True)
class Shape:
    """`elements`: how many there are at the top level; `loose`: text stands between them."""

    headings: tuple[Heading, ...]
    elements: int
    loose: bool


def shape(html: str) -> Shape:
    """What sanitised HTML is made of."""
    reader = _Contents()
    reader.feed(html)
    reader.close()
    return Shape(tuple(reader.found), reader.elements, reader.loose)


def plain_text(html: str) -> str:
    """The text of `html`, each block (and each part before a <br>) on a line of its own, blank lines left out.

    A row of a table is one line that begins with "|": what stands in a cell is no label of law.
    """
    reader = _Text()
    reader.feed(html)
    reader.close()
    lines = (_BLANKS.sub(" ", line).strip() for line in "".join(reader.parts).split("\n"))
    return "\n".join(line for line in lines if line)


class _Contents(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Heading] = []
        self._open: tuple[str, str] | None = None
        self._text: list[str] = []
        self.elements = 0
        self.loose = False
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements += not self._depth
        self._depth += tag not in _VOID
        ident = dict(attrs).get("id")
        if tag in _HEADINGS and ident:
            self._open, self._text = (tag, ident), []
        elif tag == "br":
            self._text.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self._depth -= 1
        if self._open is not None and self._open[0] == tag:
            text = " ".join("".join(self._text).split())
            self.found.append(Heading(self._open[1], _HEADINGS[tag], text))
            self._open = None

    def handle_data(self, data: str) -> None:
        self.loose = self.loose or (not self._depth and not data.isspace())
        self._text.append(data)


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._rows = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self._rows += tag == "table"
        if tag == "tr" or (tag not in INLINE and not self._rows):
            self.parts.append("\n")
        elif tag in {"td", "th"}:
            self.parts.append("| ")
        elif tag not in INLINE:
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self._rows -= tag == "table"
        if tag not in INLINE:
            self.parts.append(" " if self._rows else "\n")

    def handle_data(self, data: str) -> None:
        # A line feed inside a block is a blank, as a browser shows it.
        self.parts.append(data.replace("\n", " "))
