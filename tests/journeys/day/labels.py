"""Reads the labels of law from a source text and from a public page, by rules of its own.

It shares nothing with the client's renderer: if that one renumbers or loses a label, the two sequences differ here.
"""

import re
import unicodedata
from dataclasses import dataclass
from html.parser import HTMLParser

# Which lines count is the same for both sides; what matters is that both give the same sequence.
_LABEL = re.compile(
    r"""(?:Phần|PHẦN|Chương|CHƯƠNG|Mục|MỤC|Điều|ĐIỀU|điều)\s+(?:[IVXLC]+\b|[0-9]+[a-zđ]?|[Tt]hứ\s+\w+)\s*[.:,]?
      | [0-9]{1,3}(?:\.[0-9]{1,3})*\s*[.)](?=\s|[^\W\d]|$)
      | [a-zđ]{1,2}\s*\)
    """,
    re.VERBOSE,
)
_BLOCKS = frozenset(
    "p h1 h2 h3 h4 h5 h6 li tr td th table thead tbody div section blockquote pre ul ol figure figcaption".split()
)
_VOID = frozenset("br hr img input meta link wbr".split())
_BODY = "than-body"


@dataclass(frozen=True)
class Body:
    """The text of a public page's body, one line per block; `lists` counts `<ol>` and `<li>`, which law must not have."""

    lines: tuple[str, ...]
    lists: int

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


def printed(source: str) -> str:
    """A source as it is meant to be printed: marks of emphasis and the brackets around an address are Markdown, not text."""
    plain_addresses = re.sub(r"<(https?://[^<>\s]+)>", r"\1", source)
    return re.sub(r"(\*{1,3})(?=\S)([^*\n]+?)(?<=\S)\1", r"\2", plain_addresses)


def labels(lines: tuple[str, ...] | list[str]) -> list[str]:
    """The label at the start of each line that has one, blanks collapsed: ["Chương I", "Điều 1.", "1.", "a)", …]."""
    found = (_LABEL.match(plain(line)) for line in lines)
    return [" ".join(match[0].split()) for match in found if match]


def letters(text: str) -> str:
    """All that is printed: NFC, without blanks and without characters that nothing can print."""
    return "".join(char for char in unicodedata.normalize("NFC", text) if not _unprinted(char))


def combining(text: str) -> int:
    """Marks that stand apart from their letter."""
    return sum(1 for char in text if unicodedata.combining(char))


def plain(line: str) -> str:
    """A line as it is printed: NFC, trimmed, without control characters."""
    kept = (char for char in unicodedata.normalize("NFC", line) if char.isspace() or not _unprinted(char))
    return "".join(kept).strip()


def body_of(page: str) -> Body:
    """The long text of the entry on `page`; AssertionError when the page has none."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    assert reader.found, "the page has no body"
    return Body(tuple(line for line in map(plain, reader.lines) if line), reader.lists)


def _unprinted(char: str) -> bool:
    return char.isspace() or unicodedata.category(char) in {"Cc", "Cf", "Cs", "Cn"}


class _Reader(HTMLParser):
    """Collects the text inside `<div class="… than-body">`, a new line at every block and `<br>`."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = [""]
        self.lists = 0
        self.found = False
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self._depth:
            if tag == "div" and _BODY in (dict(attrs).get("class") or "").split():
                self._depth, self.found = 1, True
            return
        if tag not in _VOID:
            self._depth += 1
        self.lists += tag in {"ol", "ul", "li"}
        if tag in _BLOCKS or tag == "br":
            self.lines.append("")

    def handle_endtag(self, tag: str) -> None:
        if self._depth and tag not in _VOID:
            self._depth -= 1
            if tag in _BLOCKS:
                self.lines.append("")

    def handle_data(self, data: str) -> None:
        if self._depth:
            # A line end inside a block is a blank, as in a browser.
            self.lines[-1] += data.replace("\n", " ")
