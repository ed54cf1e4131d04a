"""A text taken apart into the pieces that a merge moves whole: paragraphs of prose, lines of law, tables, blocks of HTML.

Two pieces are the same when their words are; the empty lines between them are kept, and not compared.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

GAPS = {"prose": "\n\n", "legal": "\n"}
"""What must stand between two paragraphs of a dialect."""

_TAGS = "blockquote|div|dl|figure|h[1-6]|ol|p|pre|section|table|ul"
_OPENING = rf"(?:<(?P<tag>{_TAGS})(?=[\s>])|(?P<comment><!--)|(?P<fence>```|~~~|\$\$))"
_BLOCK, _LATER_BLOCK = re.compile(_OPENING, re.IGNORECASE), re.compile("\n" + _OPENING, re.IGNORECASE)
_EDGES = re.compile(r"<(/?)([a-z][a-z0-9]*)(?=[\s>/])", re.IGNORECASE)
_BLANKS = " \t\xa0"
_GAP = {"prose": re.compile(f"(\n(?:[{_BLANKS}]*\n)+)"), "legal": re.compile(f"(\n(?:[{_BLANKS}]*\n)*)")}


@dataclass(frozen=True)
class Split:
    """`keys` are the paragraphs as they are compared; piece n of `text` ends, with its empty lines, before `ends[n + 1]`."""

    text: str
    keys: Sequence[str]
    ends: Sequence[int]

    def piece(self, low: int, high: int) -> str:
        """The text of the paragraphs from `low` to before `high`; all pieces in a row are the text."""
        return self.text[self.ends[low] : self.ends[high]]


def split(text: str, dialect: str = "prose") -> Split:
    """The paragraphs of `text`, in order. A block that is never closed reaches to the end: nobody's change is cut in two."""
    bare = text.strip(_BLANKS + "\n")
    if not bare:
        return Split(text, [""], [0, len(text)]) if text else Split("", [], [0])
    low = text.rfind("\n", 0, text.index(bare[0])) + 1
    high = text.find("\n", text.rindex(bare[-1]))
    body = text[low : high if high >= 0 else len(text)]
    parts = _GAP[dialect].split(body)
    if _opens(body) or (dialect == "legal" and "|" in body):
        parts = _glued(parts, tables=dialect == "legal")
    ends = list(accumulate(map(len, parts), initial=low))[::2]
    return Split(text, parts[::2], [0, *ends[1:], len(text)])


def joined(parts: Iterable[str], dialect: str = "prose") -> str:
    """Pieces of text put together as paragraphs of their own; none runs into the next."""
    gap = GAPS[dialect]
    out: list[str] = []
    for part in parts:
        if not part:
            continue
        if out and not out[-1].endswith(gap):
            out.append(gap[1:] if out[-1].endswith("\n") else gap)
        out.append(part)
    return "".join(out)


def _glued(parts: Sequence[str], *, tables: bool) -> list[str]:
    """Pieces of one block put together again; `tables`: also the rows of a table, where each line is a piece."""
    whole: list[str] = []
    held = ""
    is_open = _Open()
    for number in range(0, len(parts), 2):
        key, gap, after = (*parts[number : number + 3], "", "")[:3]
        if is_open or _opens(key):
            for line in key.split("\n"):
                is_open.read(line)
        row = tables and gap == "\n" and "|" in key and "|" in after
        if gap and (is_open or row):
            held += key + gap
        else:
            whole += [held + key, gap]
            held = ""
    return whole[:-1]


def _opens(text: str) -> bool:
    return bool(_BLOCK.match(text) or _LATER_BLOCK.search(text))


class _Open:
    """What has been opened at the start of a line and not been closed: true inside of it."""

    def __init__(self) -> None:
        self._tag = ""
        self._until = ""
        self._depth = 0

    def __bool__(self) -> bool:
        return bool(self._tag or self._until)

    def read(self, line: str) -> None:
        if self._until:
            if self._until in line:
                self._until = ""
        elif self._tag:
            self._count(line)
        elif found := _BLOCK.match(line):
            self._enter(found, line)

    def _enter(self, found: re.Match[str], line: str) -> None:
        if found["tag"]:
            self._tag, self._depth = found["tag"].lower(), 0
            self._count(line)
            return
        until = "-->" if found["comment"] else found["fence"]
        if until not in line[found.end() :]:
            self._until = until

    def _count(self, line: str) -> None:
        self._depth += sum(-1 if closing else 1 for closing, tag in _EDGES.findall(line) if tag.lower() == self._tag)
        if self._depth <= 0:
            self._tag = ""
