"""Text as it is stored: NFC, line feeds as line ends, nothing that cannot be sent or that hides in a line.

Source: QĐ 2567/2007/QĐ-UBND Điều 8.2, QĐ 818/QĐ-UBND Điều 5.5 (Unicode, TCVN 6909:2001).
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
# Control characters but tab and line feed, lone surrogates, the byte-order mark, non-characters.
_UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufdd0-\ufdef"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
    + "]"
)


@dataclass(frozen=True)
class Normalised:
    """`removed`: how often each unwanted character stood in the text, by name (`U+FFFE`); `composed`: combining marks
    that became part of a letter; `combining`: marks left over, which belong to no precomposed letter.
    """

    text: str
    removed: Mapping[str, int]
    composed: int
    combining: int


def normalise(text: str) -> Normalised:
    """The stored form of `text`, and what changed on the way. Never fails; stored text comes back unchanged."""
    lines = _LINE_ENDS.sub("\n", text)
    removed = Counter(f"U+{ord(found):04X}" for found in _UNWANTED.findall(lines))
    bare = _UNWANTED.sub("", lines) if removed else lines
    if unicodedata.is_normalized("NFC", bare):
        return Normalised(bare, dict(removed), 0, count_marks(bare))
    composed = unicodedata.normalize("NFC", bare)
    left = count_marks(composed)
    return Normalised(composed, dict(removed), count_marks(bare) - left, left)


def count_marks(text: str) -> int:
    """Combining marks in `text`; 0 for Vietnamese text in NFC."""
    if text.isascii():
        return 0
    return sum(1 for char in text if unicodedata.combining(char))
