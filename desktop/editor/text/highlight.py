"""How a line of Markdown reads: what it is (heading, item, row…), where its text begins, which of its signs are mere signs.

One line at a time, with a state for HTML over several lines; the widgets turn roles into formats and kinds into room.
"""

import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from desktop.domain.legal.labels import LabelReader
from desktop.editor.text.markup import without_tags

Role = Literal[
    "heading", "bold", "italic", "under", "strike", "above", "below", "link", "code", "quote", "sign", "table", "label",
    "html", "mark",
]  # fmt: skip
Kind = Literal["blank", "text", "heading", "item", "note", "picture", "rule", "row", "html"]
Dialect = Literal["prose", "legal"]
# Yields spans, returns where it ended; 0: nothing of its kind begins here.
Reading = Generator["Span", None, int]

# States between lines: nothing open, inside an HTML table.
PLAIN = 0
IN_TABLE = 1

_HEADING = re.compile(r"(#{1,6})\s+(?=\S)")
_CLOSING = re.compile(r"\s+#+\s*$")
_QUOTE = re.compile(r"\s{0,3}(?:>[ ]?)+")
_ITEM = re.compile(r"(?P<indent>\s*)(?P<sign>[-*+]|\d{1,3}\.)(?P<gap>\s+)")
_RULE = re.compile(r"\s{0,3}(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,})$")
_NOTE = re.compile(r"\[\^([^\]\s]+)\]:\s*")
_PICTURE = re.compile(r"\s*!\[(?P<alt>(?:\\.|[^\]\\])*)\]\((?P<address>[^()\s]*)(?:\s+\"(?P<title>[^\"]*)\")?\)\s*")
_TAGS_OPENED = re.compile(r"<table[\s>]")
# One after the other at each place where a sign may begin.
_BEGINS = re.compile(r"[\\`!\[<*_]")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()>#+\-.!|])")
_CODE = re.compile(r"(`+)(?!`)(.+?)(?<!`)\1(?!`)")
_LINK = re.compile(r"!?\[(?P<label>(?:\\.|[^\]\\])*)\]\((?P<address>[^()\s]*)(?:\s+\"[^\"]*\")?\)")
_AUTOLINK = re.compile(r"<(?:https?://|mailto:)?[^<>\s]+[.@][^<>\s]+>")
_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]")
_PAIR = re.compile(r"<(b|strong|i|em|u|s|sup|sub)>(.*?)</\1>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][a-z0-9]*(?:\s+[a-z][\w-]*(?:=(?:\"[^\"]*\"|'[^']*'|[^\s\"'=<>]+))?)*\s*/?>", re.IGNORECASE)
_EMPHASIS = re.compile(
    r"(?<![\w*\\])(?P<sign>\*{1,3}|(?<!_)_{1,3})(?=[^\s*_])(?P<inner>.+?)(?<=[^\s\\])(?P=sign)(?![\w*])"
)
_STRENGTH: dict[int, tuple[Role, ...]] = {1: ("italic",), 2: ("bold",), 3: ("bold", "italic")}
_TAG_ROLES: dict[str, Role] = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "under", "s": "strike", "sup": "above", "sub": "below",
}  # fmt: skip


@dataclass(frozen=True)
class Span:
    """`start` and `length` in characters of the line; spans may overlap, later ones add to earlier ones.

    `mark`: signs of Markdown themselves, without room of their own where the text is read; `sign`: a list's own number.
    """

    start: int
    length: int
    role: Role


@dataclass(frozen=True)
class Line:
    """`body`: where the text begins, behind quotation and list signs; `indent`: blanks before it within its quotation."""

    kind: Kind
    spans: tuple[Span, ...] = ()
    level: int = 0  # of a heading
    quotes: int = 0
    indent: int = 0
    body: int = 0
    numbered: bool = False


@dataclass(frozen=True)
class Picture:
    """A picture alone on its line."""

    alt: str
    address: str
    title: str


@lru_cache(maxsize=4096)
def read_line(line: str, state: int, dialect: Dialect = "prose") -> Line:
    """How `line` reads after lines that left `state`. Law knows no lists and no rules: its labels are text."""
    if state == IN_TABLE or _TAGS_OPENED.match(line):
        return Line("html", tuple(_Inline(line).tags()))
    if not line.strip():
        return Line("blank")
    quote = _QUOTE.match(line)
    at = quote.end() if quote is not None else 0
    quotes = quote[0].count(">") if quote is not None else 0
    spans = [Span(0, len(line), "quote"), Span(0, at, "mark")] if at else []
    kind, level, indent, numbered, body = _begin(line, at, dialect)
    if dialect == "legal" and (label := legal_label(line)) is not None:
        spans.append(label)
    if kind == "item":
        sign = body - len(line[at:body].lstrip())
        spans += [Span(at, sign - at, "mark"), Span(sign, body - sign, "sign" if numbered else "mark")]
    elif kind == "heading":
        spans += [Span(at, len(line) - at, "heading"), Span(at, body - at, "mark")]
        if closing := _CLOSING.search(line, body):
            spans.append(Span(closing.start(), len(line) - closing.start(), "mark"))
    elif kind == "note":
        end = line.index("]", at)
        spans += [Span(at, 2, "mark"), Span(at + 2, end - at - 2, "link"), Span(end, 2, "mark")]
    elif kind == "rule":
        return Line(kind, (*spans, Span(at, len(line) - at, "mark")), quotes=quotes)
    elif body > at:
        spans.append(Span(at, body - at, "mark"))  # blanks before a text that goes on with its item
    spans += _Inline(line).read(body, len(line))
    return Line(kind, tuple(spans), level=level, quotes=quotes, indent=indent, body=body, numbered=numbered)


def state_after(line: str, state: int) -> int:
    """The state for the line after `line`."""
    if "table" not in line or (state == PLAIN and not _TAGS_OPENED.match(line)):
        return state
    return IN_TABLE if state + len(_TAGS_OPENED.findall(line)) - line.count("</table>") > 0 else PLAIN


def picture_of(line: str) -> Picture | None:
    """The picture that is all there is in `line`."""
    found = _PICTURE.fullmatch(line)
    return Picture(found["alt"], found["address"], found["title"] or "") if found else None


def legal_label(line: str) -> Span | None:
    """The label of law at the start of a line ("Điều 5.", "2.", "a)"), for the legal dialect."""
    label = LabelReader().read(without_tags(line))
    if label is None:
        return None
    start = line.find(label.text[:1])
    end = line.find(label.text[-1:], start + len(label.text) - 1)
    return Span(start, max(end + 1 - start, len(label.text)), "label")


def inline_spans(text: str) -> list[Span]:
    """The spans of a text that is no line of its own (a cell)."""
    return list(_Inline(text).read(0, len(text)))


def _begin(line: str, at: int, dialect: Dialect) -> tuple[Kind, int, int, bool, int]:
    """Kind, level, indent, whether it is numbered, and where the text begins."""
    if heading := _HEADING.match(line, at):
        return "heading", len(heading[1]), 0, False, heading.end()
    if dialect == "prose":
        if _RULE.match(line, at):
            return "rule", 0, 0, False, at
        if item := _ITEM.match(line, at):
            return "item", 0, len(item["indent"]), item["sign"][0].isdigit(), item.end()
    if note := _NOTE.match(line, at):
        return "note", 0, 0, False, note.end()
    if _PICTURE.fullmatch(line, at):
        return "picture", 0, 0, False, at
    body = at + len(line[at:]) - len(line[at:].lstrip())
    return "row" if "|" in line else "text", 0, body - at, False, body


class _Inline:
    """The signs within a line, inner ones after outer ones."""

    def __init__(self, line: str) -> None:
        self._line = line

    def read(self, start: int, end: int) -> Iterator[Span]:
        """What stands in `line[start:end]`."""
        at = start
        while found := _BEGINS.search(self._line, at, end):
            at = found.start()
            for read in (self._escaped, self._code, self._footnote, self._link, self._tag, self._emphasis):
                after = yield from read(at, end)
                if after:
                    at = after
                    break
            else:
                at += 1

    def tags(self) -> Iterator[Span]:
        """The tags alone: in a block of HTML nothing else has a meaning."""
        for tag in _TAG.finditer(self._line):
            yield Span(tag.start(), tag.end() - tag.start(), "html")

    def _escaped(self, at: int, end: int) -> Reading:
        if found := _ESCAPED.match(self._line, at, end):
            yield Span(at, 1, "mark")
            return found.end()
        return 0

    def _code(self, at: int, end: int) -> Reading:
        if found := _CODE.match(self._line, at, end):
            size = len(found[1])
            yield from self._between(found, size, size, "code")
            return found.end()
        return 0

    def _footnote(self, at: int, end: int) -> Reading:
        if found := _FOOTNOTE.match(self._line, at, end):
            yield Span(at, found.end() - at, "link")
            yield from self._between(found, 2, 1, "above")
            return found.end()
        return 0

    def _link(self, at: int, end: int) -> Reading:
        if found := _LINK.match(self._line, at, end):
            first, last = found.span("label")
            yield from self._between(found, first - at, found.end() - last, "link")
            yield from self.read(first, last)
            return found.end()
        return 0

    def _tag(self, at: int, end: int) -> Reading:
        if found := _AUTOLINK.match(self._line, at, end):
            yield from self._between(found, 1, 1, "link")
            return found.end()
        if found := _PAIR.match(self._line, at, end):
            first, last = found.span(2)
            yield from self._between(found, first - at, found.end() - last, _TAG_ROLES[found[1].lower()])
            yield from self.read(first, last)
            return found.end()
        if found := _TAG.match(self._line, at, end):
            yield Span(at, found.end() - at, "html")
            return found.end()
        return 0

    def _emphasis(self, at: int, end: int) -> Reading:
        if found := _EMPHASIS.match(self._line, at, end):
            size = len(found["sign"])
            for role in _STRENGTH[size]:
                yield Span(at, found.end() - at, role)
            yield Span(at, size, "mark")
            yield Span(found.end() - size, size, "mark")
            yield from self.read(*found.span("inner"))
            return found.end()
        return 0

    @staticmethod
    def _between(found: re.Match[str], before: int, after: int, role: Role) -> Iterator[Span]:
        """All of it has the role; the first and last characters are marks."""
        start, end = found.span()
        yield Span(start, end - start, role)
        yield Span(start, before, "mark")
        yield Span(end - after, after, "mark")
