"""The old character sets: what their letters look like when somebody took the bytes for Latin-1 or Windows-1252.

The tables of TCVN3, VISCII and VPS are viparse's; VNI's is completed here (ẳ, ỵ and a capital with a small mark).
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import TypeAlias

from desktop.editor.text.syllables import is_syllable

_Pairs: TypeAlias = tuple[tuple[str, str], ...]

_MOST_INITIALS = 8
_WITH_MARK = 2
# Letters that Latin-1 has too, in their own places; a table lists only what differs.
_SHARED = {char: char for char in "àáâãèéêìíòóôõùúýÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝ"}
_NO_BREAK = "\xa0"
_PIECES = re.compile(r"[^\W\d_]+")


class Charset:
    """`letters`: what is seen → the letter. `maybe`: what is seen that may as well be itself (a quotation mark, a dash);
    it is a letter where a syllable comes of it.
    """

    def __init__(self, name: str, letters: Mapping[str, str], maybe: Mapping[str, str] | None = None) -> None:
        self.name = name
        self._sure = _Table(letters)
        self._bold = _Table({**letters, **(maybe or {})})
        self._maybe = frozenset(maybe or ())

    def convert(self, chunk: str) -> str:
        """Letters and what stands among them, without blanks; in NFC."""
        if not self._maybe.isdisjoint(chunk):
            bold = self._bold.convert(chunk)
            if reads(bold):
                return bold
        return self._sure.convert(chunk)

    def explains(self, chunk: str) -> bool:
        """Whether nothing of `chunk` but plain letters and signs is left unread, and what comes of it is Vietnamese."""
        made = self.convert(chunk)
        return reads(made) and not any(char.isalpha() for char in self._bold.left_of(chunk) if char > "\x7f")


class _Table:
    def __init__(self, letters: Mapping[str, str]) -> None:
        self._letters = letters
        self._pattern = re.compile("|".join(map(re.escape, sorted(letters, key=len, reverse=True))))

    def convert(self, chunk: str) -> str:
        return unicodedata.normalize("NFC", self._pattern.sub(lambda seen: self._letters[seen[0]], chunk))

    def left_of(self, chunk: str) -> str:
        """What the table has no letter for."""
        return self._pattern.sub("", chunk)


def reads(text: str) -> bool:
    """Whether `text`, letters with punctuation around, is made of syllables only."""
    pieces = _PIECES.findall(text)
    if any(map(_is_sign, text)):
        return False
    return bool(pieces) and all((is_syllable(piece) and _is_even(piece)) or _is_initials(piece) for piece in pieces)


def _is_even(piece: str) -> bool:
    """Small letters, capitals or one capital in front; or capitals with the small toned letters of TCVN3."""
    plain = [char for char in piece if char.isascii()]
    return piece[1:].islower() or piece.isupper() or len(piece) == 1 or (bool(plain) and "".join(plain).isupper())


def _is_initials(piece: str) -> bool:
    """Capitals without tones: HĐND, TTĐT."""
    return (
        piece.isupper()
        and 1 < len(piece) <= _MOST_INITIALS
        and all(char.isascii() or char in "ĂÂĐÊÔƠƯ" for char in piece)
    )


def _is_sign(char: str) -> bool:
    """A symbol or control character: no text has one in a word, unless it is a letter of another character set."""
    return char > "\x7f" and unicodedata.category(char) in {"Sc", "Sk", "Sm", "So", "No", "Cf", "Cc", "Mn"}


def _vni(pairs: _Pairs) -> dict[str, str]:
    letters = dict(pairs) | {"aú": "ẳ", "î": "ỵ", "Î": "Ỵ"} | {char: char for char in "ìíÌÍ"}
    letters.pop("yï", None)
    letters.pop("YÏ", None)
    small = {seen: letter for seen, letter in letters.items() if seen.islower() and len(seen) == _WITH_MARK}
    for seen, letter in small.items():
        letters[seen.upper()] = letter.upper()
        letters[seen[0].upper() + seen[1]] = letter.upper()  # "Aù": a capital typed with a small mark
    return letters


def _cp1258() -> dict[str, str]:
    """Only what differs from Windows-1252: five marks that stand after their letter, ă đ ơ ư and their capitals."""
    letters = {char: char for char in "àáâèéêíóôùúÀÁÂÈÉÊÍÓÔÙÚ"}
    for byte in range(0x80, 0x100):
        one = bytes([byte])
        seen, letter = one.decode("cp1252", "ignore"), one.decode("cp1258", "ignore")
        if seen and letter and seen != letter:
            letters[seen] = letter
    return letters


def _eight_bit(name: str, pairs: _Pairs) -> Charset:
    """With 80–9F as Windows-1252 shows them too: its letters can only be ours, its punctuation may be itself."""
    letters, maybe = dict(_SHARED) | dict(pairs), {}
    if _NO_BREAK in letters:
        maybe[_NO_BREAK] = letters.pop(_NO_BREAK)
    for byte in range(0x80, 0xA0):
        seen, letter = bytes([byte]).decode("cp1252", "ignore"), letters.get(chr(byte))
        if seen and letter:
            (letters if seen.isalpha() else maybe)[seen] = letter
    return Charset(name, letters, maybe)


@cache
def charsets() -> Mapping[str, Charset]:
    """Every character set by its name."""
    # A tenth of a second at the start of a program that may never meet old text.
    from viparse.normalize import tcvn3, viscii, vni, vps  # noqa: PLC0415  as the comment says

    return {
        charset.name: charset
        for charset in (
            # A PDF gives its soft hyphen and its middle dot as mathematical signs.
            Charset("tcvn3", dict(tcvn3.TCVN3.pairs), {"\u2212": "ư", "\u2219": "ã", "\u2022": "ã"}),
            Charset("vni-windows", _vni(vni.VNI.pairs)),
            _eight_bit("viscii", viscii.VISCII.pairs),
            _eight_bit("vps", vps.VPS.pairs),
            Charset("windows-1258", _cp1258()),
        )
    }
