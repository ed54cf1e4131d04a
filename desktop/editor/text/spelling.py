"""Words of a line that cannot be Vietnamese and that nobody has named: half-read scans, slips of the hand.

A word is right when it is a syllable by rule, or known to the vocabulary, or plainly an abbreviation or a label.
"""

import re
from collections.abc import Iterator

from desktop.domain.errors import Rule
from desktop.domain.finding import Finding
from desktop.editor.text.syllables import syllables
from desktop.editor.text.vocabulary import Vocabulary
from desktop.editor.text.words import Word, blanked, words

# Names and loans in which every part begins with a capital: KeyPay, YouTube.
_CAMEL = re.compile(r"(?:[A-Z][a-z]*){2,}")
_ROMAN = re.compile(r"[IVXLC]+")
_LABEL_BEFORE = {"điểm", "mục", "khối", "nhóm", "loại", "hạng", "vitamin", "và", "hoặc", "đến"}
_UNITS = {"m", "g", "l", "h", "t", "s", "v", "w", "k"}
_MOSTLY = 0.7


def misspelt(line: str, known: Vocabulary, prose: str | None = None) -> Iterator[Finding]:
    """The words of `line` that are wrong. `prose`: `blanked(line)` where it is at hand."""
    prose = blanked(line) if prose is None else prose
    right = syllables()
    capitals = _in_capitals(prose)
    for word in words(line, prose):
        if word.text.lower() in right or known.knows(word.text) or _excused(word, prose, capitals=capitals):
            continue
        yield Finding(Rule("spelling", params={"word": word.text}), word.start, word.end)


def _excused(word: Word, prose: str, *, capitals: bool) -> bool:
    text = word.text
    if len(text) == 1:
        return text.isupper() or _is_label(word, prose)
    if text.isupper():
        return not capitals or _ROMAN.fullmatch(text) is not None
    return _CAMEL.fullmatch(text) is not None


def _is_label(word: Word, prose: str) -> bool:
    """A letter that stands for itself: "b)", "các điểm a, b và c", "5 m", alone in a cell."""
    near_before, near_after = prose[: word.start].rstrip(), prose[word.end :].lstrip()
    if near_after[:1] == ")" or word.before in _LABEL_BEFORE:
        return True
    if near_before[-1:] in {"", "|"} and near_after[:1] in {".", ":", "|"}:
        return True
    listed = re.search(r"(?<!\w)\w\s*[,;]$", near_before) or re.match(r"[,;]\s*\w(?!\w)", near_after)
    return listed is not None or (word.text in _UNITS and prose[: word.start][-1:] == " " and not word.before)


def _in_capitals(prose: str) -> bool:
    """A heading all in capitals: there they make no abbreviation."""
    letters = [char for char in prose if char.isalpha()]
    return len(letters) > 1 and sum(char.isupper() for char in letters) >= _MOSTLY * len(letters)
