"""Text as it is searched: lower case, without tone marks, đ as d, so that "duong" finds "đường".

SQLite's own folding does not know đ, therefore index and query are both folded here.
"""

import re
import unicodedata

_QUERY_WORDS = 32
_TOKENS = re.compile(r"[^\W_]+")


_MOST_WORDS = 50_000
_LONGEST_KEPT = 32


class _Table(dict[int, str]):
    """Code point to folded text, one `str.translate` table; characters not met before are worked out once and kept."""

    def __missing__(self, code: int) -> str:
        parts = unicodedata.normalize("NFD", chr(code))
        folded = "".join(part for part in parts if not unicodedata.combining(part)).replace("đ", "d")
        self[code] = folded
        return folded


_TABLE = _Table()


def fold(text: str) -> str:
    """`text` in lower case, marks and đ removed; the same for NFC and NFD input."""
    return text.lower().translate(_TABLE)


class _Words(dict[str, str]):
    """Word to folded word: a language has few syllables, so that nearly all of a text has been folded before."""

    def __missing__(self, word: str) -> str:
        folded = fold(word)
        if len(word) <= _LONGEST_KEPT:
            if len(self) >= _MOST_WORDS:
                self.clear()
            self[word] = folded
        return folded


_FOLDED = _Words()


def fold_words(text: str) -> str:
    """The same words as in `fold(text)`, one space between each; several times as fast over many texts."""
    return " ".join(map(_FOLDED.__getitem__, text.split()))


def match_query(text: str) -> str:
    """What a person typed as an FTS5 query over folded text; "" when nothing in it can be searched.

    Each word becomes a quoted phrase (`17/2011/QĐ-UBND` → `"17 2011 qd ubnd"`), all must occur, the last one as a
    prefix. FTS5 operators in `text` are words like any other. Words past the 32nd are left out.
    """
    phrases = [" ".join(_TOKENS.findall(word)) for word in fold(text).split()]
    phrases = [phrase for phrase in phrases if phrase][:_QUERY_WORDS]
    return " ".join(f'"{phrase}"' for phrase in phrases) + "*" if phrases else ""
