"""Bytes of a text file → Unicode: what they say themselves (byte order mark, valid UTF-8) first, then their content."""

import codecs

from desktop.editor.text.legacy.convert import Converted, to_unicode
from desktop.editor.text.legacy.twice import is_utf8

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MANY_ZEROS = 0.3


def text_of(data: bytes) -> Converted:
    """The text of `data` in its stored form. Never fails: a byte that nothing explains is read as Windows-1252."""
    return to_unicode(_decoded(data))


def _decoded(data: bytes) -> str:
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return data.decode(codec, "replace")
    half = len(data) // 2
    if data[1::2].count(0) > _MANY_ZEROS * half > 0:
        return data.decode("utf-16-le", "replace")
    if data[::2].count(0) > _MANY_ZEROS * half > 0:
        return data.decode("utf-16-be", "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        # A file put together from several has lines in UTF-8 and lines that are not.
        return "\n".join(map(_line, data.replace(b"\r\n", b"\n").split(b"\n")))


def _line(line: bytes) -> str:
    if is_utf8(line.decode("latin-1")):
        return line.decode("utf-8")
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in line)
