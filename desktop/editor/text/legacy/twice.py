"""UTF-8 that was taken for Windows-1252 and written as UTF-8 again: "CÃ´ng" for "Công"."""

import re

from desktop.editor.text.legacy.charsets import reads

_SEEN = {bytes([byte]).decode("cp1252", "ignore") or chr(byte): chr(byte) for byte in range(0x80, 0x100)}
_BYTES = str.maketrans({seen: byte for seen, byte in _SEEN.items() if seen != byte})
# As Vietnamese is written in UTF-8: letters, marks, typographic signs.
_SEQUENCE = re.compile(
    "[\xc2-\xc6\xcb\xcc][\x80-\xbf]|\xe1[\xba\xbb][\x80-\xbf]|\xe2[\x80-\x84][\x80-\xbf]|\xef\xbb\xbf"
)
_HIGH = re.compile("(?!\xc3 )[^\x00-\x7f\u2000-\uffff]")
_WORD = re.compile(r"[^ \t\n\x21-\x40]+")
# "à", whose second byte is a no-break space, after something made a blank of it: a letter, and maybe a blank.
_BLANKED = re.compile("\xc3 ( ?)")
_BROKEN = re.compile("[\xc3-\xc6]|\xe1[\xba\xbb]")
_ROUNDS = 3
_NEARLY_ALL = 0.8


def undone(line: str) -> tuple[str, bool]:
    """`line` as it was meant, and whether bytes of it are lost; as it is, where it does not read better then."""
    doubtful = False
    for _ in range(_ROUNDS):
        seen = _keep_signs(line)
        filled = _BLANKED.sub(_with_blank, seen)
        made = _SEQUENCE.sub(_decoded, filled)
        if _SEQUENCE.search(seen) is None or not _is_better(line, made):
            break
        broken = filled != seen or _BROKEN.search(_SEQUENCE.sub("", filled)) is not None
        line, doubtful = made, doubtful or broken
    return line, doubtful


def is_utf8(seen: str) -> bool:
    """Whether every byte of `seen` above 7F is part of a letter or sign that Vietnamese text has; two old letters seldom are."""
    return _SEQUENCE.sub("", seen).isascii()


def _keep_signs(line: str) -> str:
    """Bytes only where a sequence begins: a typographic quotation mark elsewhere stays what it is."""
    seen = line.translate(_BYTES)
    kept = list(line)
    for found in _SEQUENCE.finditer(seen):
        kept[found.start() : found.end()] = seen[found.start() : found.end()]
    return "".join(kept)


def _with_blank(found: re.Match[str]) -> str:
    return "à" + (found[1] or " ")


def _decoded(found: re.Match[str]) -> str:
    try:
        return found[0].encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return found[0]


def _is_better(line: str, made: str) -> bool:
    seen = line.translate(_BYTES)
    among = sum(len(found[0]) for found in _SEQUENCE.finditer(seen))
    old, new = (sum(map(reads, _WORD.findall(text))) for text in (line, made))
    return among >= _NEARLY_ALL * len(_HIGH.findall(_keep_signs(line))) and new >= old
