"""Old text → Unicode, paragraph by paragraph and by its content alone; what is doubtful is told, never guessed.

A reading is taken when nearly everything it would change becomes Vietnamese syllables that were none before, more than under
any other. English, code and text that is Unicode already hold too few such words.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from desktop.domain.text import tidy_text
from desktop.editor.text.legacy.capitals import raised
from desktop.editor.text.legacy.charsets import Charset, charsets, reads
from desktop.editor.text.legacy.twice import undone
from desktop.editor.text.normalise import count_marks

# VISCII and VPS have letters among the control characters; only these three are blanks to them.
_CHUNK = re.compile(r"(?:[A-Za-z]|[^\x00-\x7f]|[\x01-\x08\x0b\x0c\x0e-\x1f])+")
_OLD = re.compile(r"[^\x00-\x7f]|[\x01-\x08\x0b\x0c\x0e-\x1f]")
# Letters that Unicode has and Windows-1252 has not: whoever typed them typed Unicode.
UNICODE = re.compile(
    "[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u0300-\u036f\u1ea0-\u1ef9]"
)
_ENOUGH, _LONG = 2, 3
_MOSTLY, _HALF = 0.7, 0.5


@dataclass(frozen=True)
class Stretch:
    """Characters `start` to `end` of the result that came out of `charset`; `was`: what stood there, where `doubtful`.

    A doubtful stretch in a paragraph that was converted holds a word that is no syllable; one that was left as it is may be old
    text, but too little of it to tell. `by`: "font", "content" or "marks" (letters and marks put together, NFD).
    """

    charset: str
    start: int
    end: int
    by: str = "content"
    doubtful: bool = False
    was: str = ""


@dataclass(frozen=True)
class Converted:
    text: str
    detected: tuple[Stretch, ...] = ()


@dataclass(frozen=True)
class Reading:
    """One way to read the chunks of a piece of text: `good` of `changed` chunks are Vietnamese then."""

    charset: Charset | None
    good: int
    changed: int


def to_unicode(text: str) -> Converted:
    """`text` in its stored form. Never fails; text without old letters comes back as `tidy_text` makes it."""
    lines = [_once(line) for line in re.split("\r\n?|\n", text)]
    verdicts = [[_verdict(piece) for piece in line.pieces] for line in lines]
    before = _nearest(lines, verdicts)
    after = list(reversed(_nearest(lines[::-1], verdicts[::-1])))
    found: list[str] = []
    detected: list[Stretch] = []
    at = 0
    for line, own, around in zip(lines, verdicts, zip(before, after, strict=True), strict=True):
        made = _line(line, [_in_context(one, piece, around) for one, piece in zip(own, line.pieces, strict=True)])
        detected += [replace(one, start=one.start + at, end=one.end + at) for one in made.detected]
        found.append(made.text)
        at += len(made.text) + 1
    return Converted("\n".join(found), tuple(detected))


def readings(text: str) -> tuple[Reading, ...]:
    """The text as it is (charset None) and in every character set, best first."""
    chunks = _old_chunks(text)
    plain = Reading(None, sum(map(reads, chunks)), len(chunks))
    others = [Reading(charset, sum(map(charset.explains, chunks)), len(chunks)) for charset in charsets().values()]
    return (plain, *sorted(others, key=lambda reading: -reading.good))


def _old_chunks(text: str) -> list[str]:
    """The words that hold something else than plain letters; one sign alone (©, ±, µ) tells nothing."""
    return [chunk for chunk in _CHUNK.findall(text) if len(chunk) > 1 and _OLD.search(chunk)]


@dataclass(frozen=True)
class _Line:
    """A paragraph with its bytes decoded once; `pieces` stand between its Unicode words."""

    pieces: tuple[str, ...]
    between: tuple[str, ...]
    detected: tuple[str, ...]
    was: str


@dataclass(frozen=True)
class _Verdict:
    charset: Charset | None
    sure: bool


_Around: TypeAlias = Charset | Literal[""] | None


def _once(line: str) -> _Line:
    text, doubtful = undone(line)
    pieces, between, at = [], [], 0
    for chunk in _CHUNK.finditer(text):
        if UNICODE.search(chunk[0]):
            pieces.append(text[at : chunk.start()])
            between.append(chunk[0])
            at = chunk.end()
    pieces.append(text[at:])
    detected = () if text == line else ("utf-8-twice?" if doubtful else "utf-8-twice",)
    return _Line(tuple(pieces), tuple(between), detected, line)


def _verdict(piece: str) -> _Verdict:
    """What the piece says of itself."""
    if not _OLD.search(piece):
        return _Verdict(None, sure=True)
    plain, best, second, *_ = readings(piece)
    more = best.good - plain.good
    if best.charset is None or more <= 0 or not _is_vietnamese(piece, best):
        return _Verdict(None, sure=True)
    if best.changed == 1:
        (lone,) = _old_chunks(piece)
        return _Verdict(best.charset if len(lone) >= _LONG else None, sure=False)
    if best.good < max(_ENOUGH, _HALF * best.changed) or more * 3 < best.changed:
        return _Verdict(None, sure=True)
    alone = best.good > second.good or _same(piece, best, second)
    return _Verdict(best.charset, sure=alone and best.good >= _MOSTLY * best.changed)


def _nearest(lines: Sequence["_Line"], verdicts: Sequence[Sequence["_Verdict"]]) -> list["_Around"]:
    """For each line the character set of the nearest line before it that says so itself; "" for Unicode."""
    found: list[_Around] = []
    last: _Around = None
    for line, own in zip(lines, verdicts, strict=True):
        found.append(last)
        sure = [verdict.charset for verdict in own if verdict.charset is not None and verdict.sure]
        if sure:
            last = sure[0]
        elif line.between:
            last = ""
    return found


def _in_context(verdict: _Verdict, piece: str, around: tuple["_Around", "_Around"]) -> _Verdict:
    """What is too short to tell is read as the lines around it, where that makes syllables of it."""
    if (verdict.sure and verdict.charset is not None) or not _OLD.search(piece):
        return verdict
    plain, *others = readings(piece)
    for charset in around:
        there = next((reading for reading in others if reading.charset is charset), None)
        if there is None:
            continue
        alike = there.good == plain.good and set(around) <= {charset, None}
        if (there.good > plain.good or alike) and there.good >= _HALF * there.changed:
            return _Verdict(there.charset, sure=True)
    return verdict


def _is_vietnamese(piece: str, best: Reading) -> bool:
    """Whether the words without old letters could stand in a Vietnamese text."""
    others = [
        chunk for chunk in _CHUNK.findall(piece) if not _OLD.search(chunk) and len(chunk) > 1 and not chunk.isupper()
    ]
    good = best.good + sum(map(reads, others))
    return good >= _HALF * (best.changed + len(others))


def _same(piece: str, one: Reading, other: Reading) -> bool:
    return (
        one.charset is not None
        and other.charset is not None
        and _apply(piece, one.charset) == _apply(piece, other.charset)
    )


def _apply(piece: str, charset: Charset) -> str:
    return _CHUNK.sub(lambda chunk: charset.convert(chunk[0]), piece)


def _line(line: _Line, verdicts: Sequence[_Verdict]) -> Converted:
    text, detected = "", []
    for at, (piece, verdict) in enumerate(zip(line.pieces, verdicts, strict=True)):
        made = _piece(piece, verdict)
        detected += [replace(one, start=one.start + len(text), end=one.end + len(text)) for one in made.detected]
        text += made.text
        if at < len(line.between):
            text += line.between[at]
    stored = tidy_text(text)
    if len(stored) != len(text):  # loose marks, control characters: places move, the paragraph is named as a whole
        detected = [replace(one, start=0, end=len(stored)) for one in detected]
    for name in line.detected:
        doubt = name.endswith("?")
        detected.append(Stretch(name.rstrip("?"), 0, len(stored), doubtful=doubt, was=line.was if doubt else ""))
    if count_marks(line.was) > count_marks(stored):
        detected.append(Stretch("nfd", 0, len(stored), by="marks"))
    return Converted(stored, tuple(detected))


def _piece(piece: str, verdict: _Verdict) -> Converted:
    charset = verdict.charset
    if charset is None:
        return Converted(piece)
    if not verdict.sure:
        whole = piece.strip()
        start = piece.index(whole)
        return Converted(piece, (Stretch(charset.name, start, start + len(whole), doubtful=True, was=whole),))
    return converted(piece, charset, by="content")


def converted(piece: str, charset: Charset, *, by: str, capitals: bool = False) -> Converted:
    """`piece` out of `charset`, with the words in it that are no syllables then. `capitals`: set in a font of capitals."""
    words = list(_words(piece, charset))
    text = "".join(made for made, _ in words)
    if capitals:
        text = text.upper()
    elif charset.name == "tcvn3":
        text = raised(piece, [made for made, _ in words])
    detected = [Stretch(charset.name, 0, len(text), by=by)]
    at = 0
    for made, was in words:
        if was and not reads(made):
            detected.append(Stretch(charset.name, at, at + len(made), by=by, doubtful=True, was=was))
        at += len(made)
    return Converted(text, tuple(detected))


def _words(piece: str, charset: Charset) -> Iterator[tuple[str, str]]:
    """The piece in order: what is made of each part, and the part itself where it held old letters."""
    at = 0
    for chunk in _CHUNK.finditer(piece):
        yield piece[at : chunk.start()], ""
        yield charset.convert(chunk[0]), chunk[0] if _OLD.search(chunk[0]) else ""
        at = chunk.end()
    yield piece[at:], ""
