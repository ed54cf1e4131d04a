"""Marks inside a text under construction: what the text says is read back after everything that was done to it.

A mark is a pair of private characters around each piece of an occurrence; a value of which no occurrence is left is no longer said.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

_OPEN: Final = 0xF0000
_CLOSE: Final = 0x100000
MARKS: Final = re.compile("[\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
_RESIDUE: Final = re.compile(r"<[^<>\n]{1,40}>|&nbsp;|[\s*#_`|\\\u00a0\u200b\u00ad]+")


@dataclass(frozen=True)
class Said:
    """What became of one occurrence: its pieces as they read now."""

    key: str
    before: str
    now: str

    @property
    def intact(self) -> bool:
        return plain(self.before) == plain(self.now)


@dataclass
class Tags:
    """All occurrences of one document, by number."""

    made: list[tuple[str, str]] = field(default_factory=list)

    def mark(self, key: str, text: str) -> str:
        return self.pieces(key, [text])[0]

    def pieces(self, key: str, texts: Sequence[str]) -> list[str]:
        """One occurrence that is printed in several pieces, whatever comes between them."""
        number = len(self.made)
        self.made.append((key, " ".join(texts)))
        return [f"{chr(_OPEN + number)}{text}{chr(_CLOSE + number)}" for text in texts]

    def said(self, text: str) -> list[Said]:
        """Every occurrence that is still there, in the order of the text."""
        found: dict[int, list[str]] = {}
        for match in re.finditer("([\U000f0000-\U000ffffd])", text):
            number = ord(match[1]) - _OPEN
            end = text.find(chr(_CLOSE + number), match.end())
            if end >= 0:
                found.setdefault(number, []).append(bare(text[match.end() : end]))
        return [Said(self.made[number][0], self.made[number][1], " ".join(now)) for number, now in found.items()]


def bare(text: str) -> str:
    """Without marks."""
    return MARKS.sub("", text)


def plain(text: str) -> str:
    """Without what a page or a Markdown writer leaves between the letters: two texts that differ only in that say the same."""
    return _RESIDUE.sub("", text)
