"""Word by word, what one text has otherwise than another: plain text in, runs of words out, each kept, added or removed."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import TypeAlias

_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")
_TOO_MUCH = 4_000_000  # pairs of words: above this a text is shown as replaced whole


class Mark(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Run:
    text: str
    mark: Mark = Mark.SAME


Runs: TypeAlias = tuple[Run, ...]


def plain(text: str) -> Runs:
    return (Run(text),) if text else ()


def marked(before: str, after: str) -> Runs:
    """`after`, with what it took out of `before` in its place."""
    if before == after:
        return plain(after)
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    if len(old) * len(new) > _TOO_MUCH:
        return _runs([(Mark.REMOVED, before), (Mark.ADDED, after)])
    parts: list[tuple[Mark, str]] = []
    for tag, low, high, start, end in _opcodes(old, new):
        if tag == "equal":
            parts.append((Mark.SAME, "".join(new[start:end])))
        else:
            parts += [(Mark.REMOVED, "".join(old[low:high])), (Mark.ADDED, "".join(new[start:end]))]
    return _runs(parts)


def added_only(before: str, after: str) -> Runs:
    """`after` with its own words marked, nothing of `before` in it: for two texts of which neither came from the other."""
    return tuple(run for run in marked(before, after) if run.mark is not Mark.REMOVED)


def spoken(runs: Sequence[Run], *, removed: str, added: str) -> str:
    """The runs as a screen reader says them; `removed` and `added` are sentences with a gap `{text}`."""
    words = {Mark.REMOVED: removed, Mark.ADDED: added, Mark.SAME: "{text}"}
    said = [words[run.mark].format(text=run.text.strip()) for run in runs if run.text.strip()]
    return " ".join(said)


def _opcodes(old: Sequence[str], new: Sequence[str]) -> list[tuple[str, int, int, int, int]]:
    """As difflib has them, but a blank alone between two changes belongs to both: whole phrases are easier to read."""
    joined: list[tuple[str, int, int, int, int]] = []
    for code in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        blank = code[0] == "equal" and all(word.isspace() for word in new[code[3] : code[4]])
        if joined and joined[-1][0] != "equal" and (code[0] != "equal" or blank):
            joined[-1] = ("replace", joined[-1][1], code[2], joined[-1][3], code[4])
        else:
            joined.append(code)
    return joined


def _runs(parts: Iterable[tuple[Mark, str]]) -> Runs:
    runs: list[Run] = []
    for mark, text in parts:
        if not text:
            continue
        if runs and runs[-1].mark is mark:
            runs[-1] = Run(runs[-1].text + text, mark)
        else:
            runs.append(Run(text, mark))
    return tuple(runs)
