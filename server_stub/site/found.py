"""Searching: the asked words, and where a text shows them. Marks and đ may be left out on both sides."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, Final

from server_stub.core.fold import fold
from server_stub.site.headings import plain

MAX_QUERY: Final = 200
_MAX_WORDS: Final = 12
_BEFORE, _AFTER = 60, 190  # characters around the first hit

Pieces = tuple[tuple[str, bool], ...]


def _bare_letters() -> dict[int, str]:
    """Every Latin letter with marks, and the one letter it is without them."""
    marked_letters = (chr(code) for block in ((0xC0, 0x250), (0x1E00, 0x1F00)) for code in range(*block))
    bare = {ord(char): unicodedata.normalize("NFKD", char)[0].lower() for char in marked_letters}
    return {code: char for code, char in bare.items() if char.isascii()} | {ord("đ"): "d", ord("Đ"): "d"}


_BARE: Final = _bare_letters()


def asked(query: str) -> str:
    """A query as typed, as a page may repeat it: one line, no control characters, not longer than MAX_QUERY."""
    typed = (char if not unicodedata.category(char).startswith("C") else " " for char in query[: 4 * MAX_QUERY])
    return unicodedata.normalize("NFC", " ".join("".join(typed).split()))[:MAX_QUERY].strip()


def words_of(query: str) -> tuple[str, ...]:
    """The folded words of a query, each once, in their order."""
    return tuple(dict.fromkeys(fold(query).split()))[:_MAX_WORDS]


def bare(text: str) -> str:
    """`text` without marks in lower case, letter for letter: positions stay."""
    lower = text.translate(_BARE).lower()
    return lower if len(lower) == len(text) else text.translate(_BARE)


def marked(text: str, words: Sequence[str]) -> Pieces:
    """`text` cut into (piece, is a hit); a hit is one of the asked words."""
    pieces, done = [], 0
    for hit in _pattern(words).finditer(bare(text)):
        pieces += [(text[done : hit.start()], False), (text[hit.start() : hit.end()], True)]
        done = hit.end()
    return tuple(piece for piece in (*pieces, (text[done:], False)) if piece[0])


def snippet(content: Mapping[str, Any], words: Sequence[str]) -> Pieces:
    """The body around its first hit, else its beginning; () without a body."""
    body = " ".join(plain(html) for html in content["html"].values())
    text_of_body = bare(body)
    hit = _pattern([r"[^a-z0-9]+".join(words)] if words else ()).search(text_of_body)
    hit = hit or _pattern(words).search(text_of_body)
    middle = 0 if hit is None else hit.start()
    start = body.find(" ", middle - _BEFORE) + 1 if middle > _BEFORE else 0
    end = body.rfind(" ", start, middle + _AFTER) if len(body) > middle + _AFTER else len(body)
    text = ("… " if start else "") + body[start:end] + (" …" if end < len(body) else "")
    return marked(text, words)


def _pattern(words: Sequence[str]) -> re.Pattern[str]:
    if not words:
        return re.compile(r"(?!)")
    return re.compile(rf"(?<![a-z0-9])(?:{'|'.join(words)})(?![a-z0-9])")
