"""A pasted text made readable: one form of Unicode, no Markdown, no invisible signs; every place of it leads back to the paste.

`folded` has the same length as `text` (lower case, no marks), so that what is found in one is cut out of the other.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

_HEADED = 200  # more than a heading has: a paragraph is not read to its end to see that it is none
_GAP = re.compile(r"\t+ *| {3,}")
_RULE_OF_TABLE = re.compile(r"^[ \t]*\|?(?:[ \t]*:?-{3,}:?[ \t]*\|)+[ \t:-]*$", re.MULTILINE)
_ROW = re.compile(r"^[ \t]*\|.*$|^.*[^|\n] \| .*$|^.*\S \|[ \t]*$", re.MULTILINE)
PAGE = re.compile(r"(?:trang )?-? ?\d{1,3}(?: ?/ ?\d{1,3})? ?-?")
"""On folded text: the number of a page, alone on its line."""
ENDED = re.compile(r"[.;:!?”\"/)…*]\W*$")
"""What a line ends with where its sentence does."""
_WANTS_NUMBER = re.compile(r"(?:\b(?:ngay|thang|nam|so|dieu|khoan|chuong|muc|phan)|[/-])$")
_LONGEST_PAGE = 16
_NAMED = {
    "&nbsp;": " ",
    "&amp;": "&",
    "&quot;": '"',
    "&lt;": "<",
    "&gt;": ">",
    "&#160;": " ",
    "&ndash;": "–",
}
_MESS = re.compile(
    r"(?P<ends>\r\n?|[\u2028\u2029\x0b\x0c\x85])"
    r"|(?P<breaks><(?:br|/p|/div|/tr|/h[1-6]|/li)\b[^<>]*>)"
    r"|(?P<cells></t[dh]>)"
    r"|(?P<tags></?(?:a|b|i|u|p|em|h[1-6]|br|td|th|tr|li|ul|ol|div|sub|sup|font|span|strong|center|table|tbody)\b[^<>\n]*>)"
    r"|(?P<named>&(?:nbsp|amp|quot|lt|gt|ndash|#160);)"
    r"|(?P<links>\]\((?:https?:|/|#|mailto:|javascript:)[^()\s]*\)|!?\[(?=[^\[\]\n]{1,300}\]\()(?!\d+\]))"
    r"|(?P<heads>(?m:^)[ \t]*(?:#{1,6}[ \t]+|>[ \t]?))"
    r"|(?P<signs>\*+|_{2,}|`+|\\(?=[^\w\s]))"
    r"|(?P<unseen>[\u200b-\u200f\u2060\u2066-\u2069\u00ad\ufeff\ufffe\uffff\x00-\x08\x0e-\x1f\x7f])"
    r"|(?P<blanks>[\u00a0\u2000-\u200a\u202f\u3000])"
    r"|(?P<doubled>(?<=[^\s|])  (?=[^\s|]))"
    r"|(?P<eth>\u00d0)"
    r"|(?P<marked>[^\W\d_][\u0300-\u036f]+)"
)


class _Folding(dict[int, str]):
    """Code point to one folded character."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        base = unicodedata.normalize("NFD", char.lower())[:1] or char
        self[code] = {"đ": "d", "–": "-", "—": "-", "−": "-", "’": "'", "‘": "'"}.get(base, base)
        return self[code]


_FOLDING = _Folding()


def folded(text: str) -> str:
    """Lower case without marks, character for character."""
    return text.translate(_FOLDING)


@dataclass(frozen=True)
class Span:
    """A place in the paste, as it was pasted."""

    start: int
    end: int


@dataclass(frozen=True)
class Line:
    """One line without the blanks around it; `start` in the readable text. `cell`: it was a row of a table."""

    text: str
    low: str
    start: int
    cell: bool = False

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @cached_property
    def columns(self) -> tuple["Line", ...]:
        """What stands beside each other on this line: two columns that became one."""
        found: list[Line] = []
        at = 0
        for gap in [
            *((m.start(), m.end()) for m in _GAP.finditer(self.text)),
            (len(self.text), len(self.text)),
        ]:
            if gap[0] > at:
                found.append(
                    Line(
                        self.text[at : gap[0]].rstrip(),
                        self.low[at : gap[0]].rstrip(),
                        self.start + at,
                    )
                )
            at = gap[1]
        return tuple(found)

    @cached_property
    def upper(self) -> bool:
        """Whether all of its letters are capitals (two at least)."""
        letters = [char for char in self.text[:_HEADED] if char.isalpha()]
        return len(letters) > 1 and sum(char.islower() for char in letters) * 12 <= len(letters)


class Source:
    """The paste, its readable text and the way back."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self._here: list[int] = [0]
        self._there: list[int] = [0]
        self.text = self._readable(raw)
        self.folded = folded(self.text)
        self.lines = self._lines()
        self._hide_pages()

    @cached_property
    def flat(self) -> str:
        """`folded` with a blank for every line feed: what is broken over lines reads on."""
        return self.folded.replace("\n", " ").replace("\t", " ")

    def span(self, start: int, end: int) -> Span:
        """The place in the paste of `text[start:end]`."""
        return Span(
            self._back(start),
            self._back(max(start, end - 1)) + 1 if end > start else self._back(start),
        )

    def _back(self, at: int) -> int:
        step = bisect_right(self._here, at) - 1
        return min(self._there[step] + at - self._here[step], len(self.raw))

    def _readable(self, raw: str) -> str:
        parts: list[str] = []
        length = done = 0
        for match in _MESS.finditer(raw):
            kept, new = raw[done : match.start()], _instead(match)
            parts += (kept, new)
            length += len(kept) + len(new)
            done = match.end()
            if len(new) != match.end() - match.start():
                self._here.append(length)
                self._there.append(done)
        parts.append(raw[done:])
        return "".join(parts)

    def _lines(self) -> tuple[Line, ...]:
        text = self.text
        rows = set()
        if "|" in text:
            # Character for character: the places stay.
            text = _RULE_OF_TABLE.sub(lambda match: " " * len(match[0]), text)
            text = _ROW.sub(lambda match: match[0].replace("|", "\t"), text)
            rows = {match.start() for match in _ROW.finditer(self.text)}
            self.text, self.folded = text, folded(text)
        ends = [-1, *(match.start() for match in re.finditer("\n", text)), len(text)]
        found = []
        for before, end in pairwise(ends):
            whole = text[before + 1 : end]
            bare = whole.strip()
            start = before + 1 + (len(whole) - len(whole.lstrip()) if bare else 0)
            found.append(
                Line(
                    bare,
                    self.folded[start : start + len(bare)],
                    start,
                    before + 1 in rows,
                )
            )
        return tuple(found)

    def _hide_pages(self) -> None:
        """Takes the number of a page out of the sentence that it stands in; the lines keep it, and every place stays."""
        full = [line for line in self.lines if line.text]
        pages = [
            line
            for before, line, after in zip(full, full[1:], full[2:], strict=False)
            if len(line.low) <= _LONGEST_PAGE and PAGE.fullmatch(line.low) and not line.cell
            if _within(before.low, line.low, after.text)
        ]
        if pages:
            self.text, self.folded = _blanked(self.text, pages), _blanked(self.folded, pages)


def _blanked(text: str, lines: Sequence[Line]) -> str:
    ends = [0, *(line.end for line in lines)]
    kept = [text[end : line.start] + " " * len(line.text) for end, line in zip(ends, lines, strict=False)]
    return "".join([*kept, text[ends[-1] :]])


def _within(before: str, page: str, after: str) -> bool:
    """Whether the sentence of line `before` goes on behind `page`; a bare number may be what it waits for."""
    if ENDED.search(before) or not (after[:1].islower() or after[:1].isdigit()):
        return False
    return not (page.isdigit() and after[:1].islower() and _WANTS_NUMBER.search(before))


def _instead(match: re.Match[str]) -> str:
    kind = match.lastgroup
    if kind in {"ends", "breaks"}:
        return "\n"
    if kind == "marked":
        return unicodedata.normalize("NFC", match[0])
    if kind == "named":
        return _NAMED[match[0]]
    return {"blanks": " ", "doubled": " ", "cells": "\t", "eth": "Đ"}.get(kind or "", "")
