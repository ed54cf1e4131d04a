"""Text as it is searched: lower case, without tone marks, đ as d, so that "duong" finds "đường".

SQLite's own folding does not know đ, therefore index and query are both folded here.
"""

import re
import unicodedata

_QUERY_WORDS = 32
_TOKENS = re.compile(r"[^\W_]+")


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


def match_query(text: str) -> str:
    """What a person typed as an FTS5 query over folded text; "" when nothing in it can be searched.

    Each word becomes a quoted phrase (`17/2011/QĐ-UBND` → `"17 2011 qd ubnd"`), all must occur, the last one as a
    prefix. FTS5 operators in `text` are words like any other. Words past the 32nd are left out.
    """
    phrases = [" ".join(_TOKENS.findall(word)) for word in fold(text).split()]
    phrases = [phrase for phrase in phrases if phrase][:_QUERY_WORDS]
    return " ".join(f'"{phrase}"' for phrase in phrases) + "*" if phrases else ""
