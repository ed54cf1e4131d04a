"""Finding by a regular expression: tone marks and đ optional, case never matters; groups for the replacement.

Qt's engine gives up on a pattern that would run for ever; Python's would hang the window.
"""

import re
import unicodedata
from dataclasses import dataclass

from PySide6.QtCore import QRegularExpression

from desktop.editor.widgets.offsets import Offsets

_MOST = 20_000
_GROUP = re.compile(r"\\(?P<sign>[\\nt])|[\\$](?P<number>\d)")
_SIGNS = {"n": "\n", "t": "\t", "\\": "\\"}


@dataclass(frozen=True)
class Match:
    """Characters `start` to `end`, and the text of its groups, the whole of it first."""

    start: int
    end: int
    groups: tuple[str, ...]


class _Bare(dict[int, str]):
    """Letters without their marks, one for one, so that positions stay."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        parts = [part for part in unicodedata.normalize("NFD", letter) if not unicodedata.combining(part)]
        bare = {"đ": "d", "Đ": "D"}.get(letter, parts[0] if len(parts) == 1 else letter)
        self[code] = bare
        return bare


_BARE = _Bare()


def find_pattern(text: str, pattern: str, *, exact_marks: bool = False) -> list[Match] | None:
    """What matches, left to right, empty matches left out; None where `pattern` is none."""
    options = QRegularExpression.PatternOption
    expression = QRegularExpression(
        pattern if exact_marks else pattern.translate(_BARE),
        options.CaseInsensitiveOption | options.MultilineOption | options.UseUnicodePropertiesOption,
    )
    if not expression.isValid():
        return None
    offsets = Offsets(text)
    found: list[Match] = []
    matches = expression.globalMatch(text if exact_marks else text.translate(_BARE))
    while matches.hasNext() and len(found) < _MOST:
        match = matches.next()
        if match.capturedLength() == 0:
            continue
        spans = [
            (offsets.from_qt(match.capturedStart(number)), offsets.from_qt(match.capturedEnd(number)))
            if match.capturedStart(number) >= 0
            else (0, 0)
            for number in range(match.lastCapturedIndex() + 1)
        ]
        found.append(Match(*spans[0], tuple(text[start:end] for start, end in spans)))
    return found


def expanded(replacement: str, match: Match) -> str:
    r"""`replacement` with the groups of `match`: `$1` or `\1` to 9, `$0` for all of it, `\n` for a line end."""

    def part(found: re.Match[str]) -> str:
        if found["sign"]:
            return _SIGNS[found["sign"]]
        number = int(found["number"])
        return match.groups[number] if number < len(match.groups) else ""

    return _GROUP.sub(part, replacement)
