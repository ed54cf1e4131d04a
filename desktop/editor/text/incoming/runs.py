"""Paragraphs as runs of text, each with its font → the same runs in Unicode; what is doubtful is noted."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from desktop.editor.text.incoming.result import Note
from desktop.editor.text.legacy.charsets import charsets
from desktop.editor.text.legacy.convert import Converted, converted, to_unicode
from desktop.editor.text.legacy.fonts import by_font, charset_of, draws_capitals

_MOST_NOTES = 20

Run: TypeAlias = tuple[str, str]
"""(text, name of the font)"""


@dataclass(frozen=True)
class Read:
    """`paragraphs` has the shape of what was asked."""

    paragraphs: list[list[str]]
    notes: tuple[Note, ...]


def in_unicode(paragraphs: Sequence[Sequence[Run]]) -> Read:
    """Runs in an old font by their font, whole paragraphs without one by their content and that of their neighbours."""
    made: list[list[str]] = [[text for text, _ in runs] for runs in paragraphs]
    found: list[Converted] = []
    plain = []
    for at, runs in enumerate(paragraphs):
        if any(charset_of(font) for _, font in runs):
            made[at] = _by_font(runs, found)
        else:
            plain.append(at)
    lines = ["".join(made[at]).replace("\n", " ").replace("\r", " ") for at in plain]
    whole = to_unicode("\n".join(lines))
    if whole.detected:
        found.append(whole)
        for at, line in zip(plain, whole.text.split("\n"), strict=True):
            made[at] = _spread(made[at], line)
    return Read(made, doubts(*found))


def doubts(*found: Converted) -> tuple[Note, ...]:
    """A note for each doubtful stretch, the first of them."""
    notes = [
        Note("import-doubtful", {"text": made.text[one.start : one.end], "was": one.was, "charset": one.charset})
        for made in found
        for one in made.detected
        if one.doubtful
    ]
    return tuple(notes[:_MOST_NOTES])


def _by_font(runs: Sequence[Run], found: list[Converted]) -> list[str]:
    """Neighbouring runs of one character set are read together: a mark may stand in the run after its letter."""
    made: list[str] = []
    at = 0
    while at < len(runs):
        end = at
        while end < len(runs) and charset_of(runs[end][1]) is charset_of(runs[at][1]):
            end += 1
        made += _group(runs[at:end], found)
        at = end
    return made


def _group(runs: Sequence[Run], found: list[Converted]) -> list[str]:
    texts = [text for text, _ in runs]
    whole = by_font("".join(texts), runs[0][1])
    found.append(whole)
    if not any(one.by == "font" for one in whole.detected):
        return _spread(texts, whole.text)
    made = []
    for text, (_, font) in zip(_marks_moved(texts), runs, strict=True):
        charset = charset_of(font)
        known = charset is not None and text
        made.append(
            converted(text, charset, by="font", capitals=draws_capitals(font)).text if known and charset else text
        )
    return made


def _marks_moved(texts: list[str]) -> list[str]:
    """VNI writes a letter and its mark; a run that begins with the mark gives it to the run before."""
    vni = charsets()["vni-windows"]
    made = list(texts)
    for before, at in pairwise(range(len(made))):
        end, mark = made[before][-1:], made[at][:1]
        if end.isalpha() and mark > "\x7f" and len(vni.convert(end + mark)) == 1:
            made[before], made[at] = made[before] + mark, made[at][1:]
    return made


def _spread(texts: list[str], line: str) -> list[str]:
    """A converted paragraph back into its runs, each as long as what comes of it alone; else all in the first."""
    was = "".join(texts)
    if line == was or not texts:
        return texts
    lengths = list(map(len, texts)) if len(line) == len(was) else [len(to_unicode(text).text) for text in texts]
    if sum(lengths) != len(line):
        return [line, *("" for _ in texts[1:])]
    made, at = [], 0
    for length in lengths:
        made.append(line[at : at + length])
        at += length
    return made
