"""Which parts of a Markdown line look like what; the widget turns roles into formats. One line at a time, with a state."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from desktop.editor.text.labels import LabelReader

Role = Literal["heading", "bold", "italic", "link", "code", "quote", "list", "table", "label", "html", "mark"]

# States between lines: nothing open, inside an HTML table.
PLAIN = 0
IN_TABLE = 1

_HEADING = re.compile(r"(#{1,6})\s+\S.*")
_QUOTE = re.compile(r"\s*(>+)")
_ITEM = re.compile(r"\s*([-*+]|\d{1,3}\.)\s+")
_CODE = re.compile(r"(`+)(?!`)(.+?)(?<!`)\1(?!`)")
_LINK = re.compile(r"!?\[([^\]]*)\]\(([^()\s]*(?:\s+\"[^\"]*\")?)\)|<(?:https?://|mailto:)?[^<>\s]+[.@][^<>\s]+>")
_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]")
_TAG = re.compile(r"</?[a-z][a-z0-9]*(?:\s+[a-z][\w-]*(?:=(?:\"[^\"]*\"|'[^']*'|[^\s\"'=<>]+))?)*\s*/?>", re.IGNORECASE)
_EMPHASIS = re.compile(r"(?<![\w*\\])(\*{1,3})(?=[^\s*])(.+?)(?<=[^\s*\\])\1(?![\w*])")
_ROLES: dict[int, tuple[Role, ...]] = {1: ("italic",), 2: ("bold",), 3: ("bold", "italic")}


@dataclass(frozen=True)
class Span:
    """`start` and `length` in characters of the line; spans may overlap, later ones add to earlier ones.

    `mark`: signs of Markdown themselves, to be dimmed.
    """

    start: int
    length: int
    role: Role


def spans(line: str, state: int) -> tuple[list[Span], int]:
    """What to colour in `line`, and the state for the next line; `state` of the first line is PLAIN."""
    found = list(_block(line, state))
    taken: list[tuple[int, int]] = []
    for match in _CODE.finditer(line):
        found.append(_span(match, 0, "code"))
        taken.append(match.span())
    found += _links(line, taken)
    found += _emphasis(line, taken)
    tables = state + len(re.findall(r"<table[\s>]", line)) - line.count("</table>")
    return found, IN_TABLE if tables > 0 else PLAIN


def legal_label(line: str) -> Span | None:
    """The label of law at the start of a line ("Điều 5.", "2.", "a)"), for the legal dialect."""
    label = LabelReader().read(line)
    if label is None:
        return None
    start = line.find(label.text[:1])
    end = line.find(label.text[-1:], start + len(label.text) - 1)
    return Span(start, max(end + 1 - start, len(label.text)), "label")


def _block(line: str, state: int) -> Iterator[Span]:
    heading = _HEADING.fullmatch(line)
    if heading is not None:
        yield Span(0, len(line), "heading")
        yield _span(heading, 1, "mark")
        return
    for pattern, role in ((_QUOTE, "quote"), (_ITEM, "list")):
        match = pattern.match(line)
        if match is not None:
            if role == "quote":
                yield Span(0, len(line), "quote")
                yield _span(match, 1, "mark")
            else:
                yield _span(match, 1, "list")
            return
    if state == IN_TABLE or line.lstrip().startswith("|"):
        yield Span(0, len(line), "table")


def _links(line: str, taken: list[tuple[int, int]]) -> Iterator[Span]:
    for pattern, role in ((_LINK, "link"), (_FOOTNOTE, "link"), (_TAG, "html")):
        for match in pattern.finditer(line):
            if not _inside(match.start(), taken):
                taken.append(match.span())
                yield _span(match, 0, "html" if role == "html" else "link")
                if pattern is _LINK and match[2] is not None:
                    yield Span(match.end(1), match.end() - match.end(1), "mark")


def _emphasis(line: str, taken: list[tuple[int, int]]) -> Iterator[Span]:
    for match in _EMPHASIS.finditer(line):
        if _inside(match.start(), taken):
            continue
        size = len(match[1])
        for role in _ROLES[size]:
            yield Span(match.start(), match.end() - match.start(), role)
        yield Span(match.start(), size, "mark")
        yield Span(match.end() - size, size, "mark")


def _inside(at: int, taken: list[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in taken)


def _span(match: re.Match[str], group: int, role: Role) -> Span:
    return Span(match.start(group), match.end(group) - match.start(group), role)
