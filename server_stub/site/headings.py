"""The headings of approved HTML and its bare text, for contents lists and for the search."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

_LEVELS: Final = {"h2": 2, "h3": 3, "h4": 4}
_BREAKS: Final = frozenset(
    "blockquote br caption dd div dl dt figcaption figure h2 h3 h4 hr li ol p pre table td th tr ul".split()
)


@dataclass
class _Heading:
    tag: str
    id: str | None
    words: list[str] = field(default_factory=list)


class _Headings(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[_Heading] = []
        self._open: list[_Heading] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _LEVELS:
            heading = _Heading(tag, dict(attrs).get("id"))
            self.found.append(heading)
            self._open.append(heading)
        elif tag == "br":
            self.handle_data(" ")

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1].tag == tag:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        for heading in self._open:
            heading.words.append(data)


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag in _BREAKS:
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _BREAKS:
            self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def headings(html: str) -> list[dict[str, object]]:
    """`{id, level, text}` of every h2, h3 and h4 with an id, in document order."""
    parser = _Headings()
    parser.feed(html)
    parser.close()
    return [
        {"id": heading.id, "level": _LEVELS[heading.tag], "text": line("".join(heading.words))}
        for heading in parser.found
        if heading.id
    ]


def plain(html: str) -> str:
    """The text of `html` in one line; blocks are kept apart by a blank."""
    parser = _Text()
    parser.feed(html)
    parser.close()
    return line("".join(parser.parts))


def line(text: str) -> str:
    """`text` with every run of white space as one blank, none at the ends."""
    return " ".join(text.split())
