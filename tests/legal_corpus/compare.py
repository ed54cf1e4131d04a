"""When two values are the same, and whether a text contains one.

Case, spaces, quotation marks, where a tone sits (hoà, hòa) and the usual short forms (UBND) make no difference; letters do.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

_TONES: Final = "\u0300\u0301\u0303\u0309\u0323"
_SHORT: Final = {
    "ubnd": "ủy ban nhân dân",
    "hđnd": "hội đồng nhân dân",
    "tp": "thành phố",
    "tt": "thị trấn",
    "t m": "tm",
    "k t": "kt",
}


@lru_cache(maxsize=20_000)
def canonical(text: str) -> str:
    """Words in small letters, each with its tones at its end."""
    words = re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text).lower())
    return " ".join(_tone_last(part) for word in words for part in _SHORT.get(word, word).split())


@lru_cache(maxsize=20_000)
def folded(text: str) -> str:
    """Letters and digits without any mark."""
    bare = unicodedata.normalize("NFD", text.lower()).replace("đ", "d")
    return "".join(letter for letter in bare if letter.isalnum())


def same(given: object, wanted: object) -> bool:
    if not isinstance(given, str) or not isinstance(wanted, str):
        return given == wanted
    left, right = canonical(given), canonical(wanted)
    return left == right or left.replace(" ", "") == right.replace(" ", "")


class Text:
    """What a document says, prepared for many questions."""

    def __init__(self, text: str) -> None:
        self._whole = folded(unicodedata.normalize("NFC", text))
        words = re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text))
        self._words = {folded(word) for word in words} | {
            folded(part) for long in _SHORT.values() for part in long.split()
        }

    def contains(self, value: str) -> bool:
        """In one piece; a date in any of its written forms."""
        if match := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", value):
            year, month, day = match.groups()
            days, months = {day, str(int(day))}, {month, str(int(month))}
            joints = (("", ""), ("thang", "nam"))
            return any(f"{d}{a}{m}{b}{year}" in self._whole for d in days for m in months for a, b in joints)
        return folded(value) in self._whole

    def has_words(self, value: str) -> bool:
        """Every word somewhere: enough for a value that is put together from two columns."""
        words = [folded(word) for word in re.findall(r"[^\W_]+", unicodedata.normalize("NFC", value))]
        return all(word in self._words for word in words) or folded(value) in self._whole


def _tone_last(word: str) -> str:
    letters = unicodedata.normalize("NFD", word)
    tones = "".join(letter for letter in letters if letter in _TONES)
    return "".join(letter for letter in letters if letter not in _TONES) + tones
