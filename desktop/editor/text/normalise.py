"""What becomes of a pasted or imported text when it is stored, told to the person who pasted it.

Source: QĐ 2567/2007/QĐ-UBND Điều 8.2, QĐ 818/QĐ-UBND Điều 5.5 (Unicode, TCVN 6909:2001).
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from desktop.domain.text import tidy_text


@dataclass(frozen=True)
class Normalised:
    """`text` in its stored form.

    `removed`: how often each unwanted character stood in the text, by name (`U+FFFE`); `composed`: combining marks that
    became part of a letter; `combining`: marks left over, which belong to no precomposed letter.
    """

    text: str
    removed: Mapping[str, int]
    composed: int
    combining: int


def normalise(text: str) -> Normalised:
    """The stored form of `text`, and what changed on the way. Never fails; stored text comes back unchanged."""
    stored = tidy_text(text)
    if stored == text:
        return Normalised(text, {}, 0, count_marks(text))
    gone = sorted(char for char in set(text) if not tidy_text(char))
    left = count_marks(stored)
    return Normalised(stored, {f"U+{ord(char):04X}": text.count(char) for char in gone}, count_marks(text) - left, left)


def count_marks(text: str) -> int:
    """Combining marks in `text`; 0 for Vietnamese text in NFC."""
    if text.isascii():
        return 0
    return sum(text.count(char) for char in set(text) if unicodedata.combining(char))  # few kinds, counted in C
