"""The form of a line: blanks around signs, double blanks, quotation marks, capitals of agencies, phrases that are always wrong.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục I and II (presentation, capitals).
"""

import re
from collections.abc import Iterator

from desktop.domain.errors import Rule
from desktop.domain.finding import Finding
from desktop.editor.text.syllables import bare, is_syllable
from desktop.editor.text.vocabulary import Vocabulary
from desktop.editor.text.words import blanked

_CAPITALS = "NĐ 30/2020/NĐ-CP Phụ lục II"
_BEFORE_SIGN = re.compile(r"(?<=[^\W_])[ \t\xa0]+(?=[,;:?!.)\]”](?![\[(.]))")
_AFTER_OPENING = re.compile(r"(?<=[(“])[ \t\xa0]+(?=\w)")
_AFTER_SIGN = re.compile(r"(?<=[^\W\d_])(?P<sign>[,;:.?!])(?=(?P<next>[^\W\d_]))")
_DOUBLE = re.compile(r"(?<=\S)[ \xa0]{2,}(?=\S)")
_GLUED = re.compile(r"(?<![\w./-])(?P<number>\d{1,4})(?P<word>[^\W\d_]{2,})(?![\w/-])")
_STRAIGHT = re.compile(r'(?<![\w=])"(?P<inside>[^"]+)"(?!\w)')
_UNITS = {"ha", "m", "am", "pm", "in"}


def malformed(line: str, known: Vocabulary, prose: str | None = None) -> Iterator[Finding]:
    """What is wrong with the form of `line`. `prose`: `blanked(line)` where it is at hand."""
    prose = blanked(line) if prose is None else prose
    if not line.lstrip().startswith("|"):  # the columns of a table may be lined up
        yield from _blanks(line, prose)
    yield from _glued(line)
    yield from _quotes(prose)
    yield from _wrong_phrases(prose, known)
    yield from _agencies(prose, known)


def _blanks(line: str, prose: str) -> Iterator[Finding]:
    for found in _BEFORE_SIGN.finditer(prose):
        yield _finding("form-space-before", found.start() - 1, found.end() + 1, line, "")
    for found in _AFTER_OPENING.finditer(prose):
        yield _finding("form-space-inside", found.start() - 1, found.end() + 1, line, "")
    for found in _AFTER_SIGN.finditer(prose):
        # "TP.HCM" and "v.v" are no ends of sentences.
        if found["sign"] in ".?!" and not (prose[found.start() - 1].islower() and found["next"].isupper()):
            continue
        yield _finding("form-space-after", found.start() - 1, found.end() + 1, line, f"{found['sign']} ")
    for found in _DOUBLE.finditer(prose):
        yield _finding("form-double-space", found.start() - 1, found.end() + 1, line, " ")


def _finding(code: str, start: int, end: int, line: str, middle: str) -> Finding:
    """One character on both sides is shown too: a blank alone is not seen."""
    fixed = line[start] + middle + line[end - 1]
    return Finding(Rule(code, params={"found": line[start:end]}), start, end, (fixed,))


def _glued(line: str) -> Iterator[Finding]:
    for found in _GLUED.finditer(line):
        if is_syllable(found["word"]) and found["word"].lower() not in _UNITS and not found["word"].isupper():
            fixed = f"{found['number']} {found['word']}"
            yield Finding(Rule("form-space-after", params={"found": found[0]}), *found.span(), (fixed,))


def _quotes(prose: str) -> Iterator[Finding]:
    for found in _STRAIGHT.finditer(prose):
        rule = Rule("form-straight-quotes", params={"found": found[0]})
        yield Finding(rule, *found.span(), (f"“{found['inside']}”",))
    opened = [found.start() for found in re.finditer("“", prose)]
    closed = [found.start() for found in re.finditer("”", prose)]
    if len(opened) != len(closed) and (opened or closed):
        at = opened[-1] if len(opened) > len(closed) else closed[0]
        yield Finding(Rule("form-unpaired-quote", params={"found": prose[at : at + 12]}), at, at + 1)


def _wrong_phrases(prose: str, known: Vocabulary) -> Iterator[Finding]:
    for found in known.wrong.finditer(prose) if known.wrong else ():
        right = known.replacements[" ".join(found[0].split())]
        yield Finding(Rule("term", params={"found": found[0], "right": right}), *found.span(), (right,))


def _agencies(prose: str, known: Vocabulary) -> Iterator[Finding]:
    for found in known.named.finditer(prose) if known.named else ():
        if found[0].isupper():
            continue
        right = _capitals_of(found[0], known)
        if right != found[0]:
            rule = Rule("form-agency", _CAPITALS, {"found": found[0], "right": right})
            yield Finding(rule, *found.span(), (right,))


def _capitals_of(found: str, known: Vocabulary) -> str:
    """`found` with the capitals of the name that it is, and its own style of tone marks and blanks."""
    parts = re.split(r"(\s+)", found)
    count = (len(parts) + 1) // 2
    name = next((n for n in known.agencies if len(n.split()) == count and _same(n, found)), found)
    for number, right in enumerate(name.split()):
        word = parts[2 * number]
        lower = word.lower()
        parts[2 * number] = lower[:1].upper() + lower[1:] if right[:1].isupper() else lower
    return "".join(parts)


def _same(name: str, found: str) -> bool:
    """Equal but for capitals and the style of the tone marks."""
    words = zip(name.lower().split(), found.lower().split(), strict=True)
    return all(bare(one) == bare(other) for one, other in words)
