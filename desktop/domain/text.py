"""Text as it is stored: NFC, line feeds only, nothing invisible that would make two equal texts differ.

Source: TCVN 6909:2001, as required by QĐ 17/2011/QĐ-UBND Điều 9.6 and QĐ 2567/2007/QĐ-UBND Điều 8.2.
"""

import re
import unicodedata

from desktop.domain.digest import Json

_LINE_ENDS = re.compile("\r\n?|\u2028|\u2029|\x0b|\x0c|\x85")
_ODD = re.compile("[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")  # either of these two
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufeff\ufffe\uffff\ud800-\udfff]")


def tidy_text(text: str) -> str:
    """`text` in its stored form; what is removed has no glyph (control characters, lone surrogates, byte order marks)."""
    if text.isascii() and text.isprintable():
        return text
    if _ODD.search(text) is None:
        return unicodedata.normalize("NFC", text)
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", _LINE_ENDS.sub("\n", text)))


def tidy(value: Json) -> Json:
    """`value` with every string in its stored form."""
    if isinstance(value, str):
        return tidy_text(value)
    if isinstance(value, list):
        return [tidy(item) for item in value]
    if isinstance(value, dict):
        return {key: tidy(item) for key, item in value.items()}
    return value
