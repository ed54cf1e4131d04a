"""Three texts compared paragraph by paragraph: what nobody touched, what one side did, what both did, what is for a person.

Conservative: the changes of two people stand apart only with an untouched paragraph between them, else they are one conflict.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import pairwise
from typing import TypeAlias

from desktop.domain.paragraphs import Split, joined, split

# Pairs of equal paragraphs above which a stretch of repetitions is not searched: it counts as changed whole.
_MOST_PAIRS = 50_000
Stretch: TypeAlias = tuple[int, int, int, int, int, int]  # from and to in the base, in mine, in theirs

Texts: TypeAlias = Sequence[int]
"""Paragraphs by number, the same number for the same words: comparing numbers is what makes long texts quick."""
Cut: TypeAlias = "Sequence[tuple[Change, Stretch]]"


class Change(StrEnum):
    """Who changed a stretch of text; BOTH did the same, CONFLICT is different things at one place."""

    NONE = "none"
    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"
    CONFLICT = "conflict"


@dataclass(frozen=True)
class Hunk:
    """One stretch of the three texts; the hunks of a comparison put together are each text, character for character.

    `merged` is what stands there when nobody has to decide; in a conflict it is mine.
    """

    change: Change
    base: str
    mine: str
    theirs: str
    merged: str


def compare(base: str, mine: str, *, theirs: str, dialect: str = "prose") -> tuple[Hunk, ...]:
    """The hunks of three texts, untouched and changed ones as they come; in the legal dialect a line is a paragraph."""
    b, m, t = (split(text, dialect) for text in (base, mine, theirs))
    numbered = _numbered(b.keys, m.keys, t.keys)
    found = stretches(numbered[0], numbered[1], theirs=numbered[2])
    return tuple(_hunk(change, stretch, (b, m, t), dialect) for change, stretch in found)


def _numbered(*texts: Sequence[str]) -> list[list[int]]:
    numbers: dict[str, int] = {}
    return [[numbers.setdefault(words, len(numbers)) for words in text] for text in texts]


def stretches(base: Texts, mine: Texts, *, theirs: Texts) -> Cut:
    """The three sequences cut where base and both sides agree; all of each is covered, in order.

    Changes of different people become one conflict, with all that lies between them, when nothing that stands just once
    in each text keeps them apart (which repetition a change was next to is a guess), when one of them moved a paragraph
    past the other or the other's own, and when both did the same to a paragraph that is repeated.
    """
    cut: Cut = list(_cut(base, mine, theirs=theirs))
    sure = set.intersection(*({item for item, n in Counter(text).items() if n == 1} for text in (base, mine, theirs)))
    while spans := _overlapping([*_unseparated(cut, base, sure), *_moved(cut, (base, mine, theirs))]):
        whole: list[tuple[Change, Stretch]] = []
        at = 0
        for first, last in spans:
            low, high = cut[first][1], cut[last][1]
            stretch = (low[0], high[1], low[2], high[3], low[4], high[5])
            whole += [*cut[at:first], _judged(base, mine, theirs=theirs, stretch=stretch)]
            at = last + 1
        cut = [*whole, *cut[at:]]
    return cut


def _unseparated(cut: Cut, base: Texts, sure: set[int]) -> Iterator[tuple[int, int]]:
    """First and last of the changes of different people with nothing sure between them."""
    before: list[int] = []
    for number, (change, stretch) in enumerate(cut):
        if change is not Change.NONE:
            before.append(number)
        elif not sure.isdisjoint(base[stretch[0] : stretch[1]]):
            yield from _by_several(cut, before)
            before = []
    yield from _by_several(cut, before)


def _moved(cut: Cut, texts: Sequence[Texts]) -> Iterator[tuple[int, int]]:
    """First and last of the changes of different people from where a paragraph was to where it went."""
    touching: dict[int, list[int]] = {}
    for number, (change, stretch) in enumerate(cut):
        if change is Change.NONE:
            continue
        items = {item for side, text in enumerate(texts) for item in text[stretch[2 * side] : stretch[2 * side + 1]]}
        for item in items:
            touching.setdefault(item, []).append(number)
        if change is Change.BOTH and any(text.count(item) > 1 for item in items for text in texts):
            yield from _by_several(cut, range(len(cut)))
    for numbers in touching.values():
        yield from _by_several(cut, range(numbers[0], numbers[-1] + 1))


def _by_several(cut: Cut, numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    changed = [number for number in numbers if cut[number][0] is not Change.NONE]
    if len({cut[number][0] for number in changed}) > 1:
        yield changed[0], changed[-1]


def _overlapping(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """`spans` in order, those that overlap made one."""
    found: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        if found and first <= found[-1][1]:
            found[-1] = found[-1][0], max(last, found[-1][1])
        else:
            found.append((first, last))
    return found


def _cut(base: Texts, mine: Texts, *, theirs: Texts) -> Iterator[tuple[Change, Stretch]]:
    at, since = (0, 0, 0), (0, 0, 0)  # NONE runs from `since` to `at`
    for here in zip(range(len(base)), matches(base, mine), matches(base, theirs), strict=True):
        if here[1] < 0 or here[2] < 0:
            continue
        if here != at:
            yield from _untouched(since, at)
            yield _judged(base, mine, theirs=theirs, stretch=_between(at, here))
            since = here
        at = (here[0] + 1, here[1] + 1, here[2] + 1)
    yield from _untouched(since, at)
    end = (len(base), len(mine), len(theirs))
    if at != end:
        yield _judged(base, mine, theirs=theirs, stretch=_between(at, end))


def matches(base: Texts, other: Texts) -> list[int]:
    """For each place in `base` the place in `other` that holds the same, or -1; rising. Always the same ones."""
    low, high = _ends(base, other)
    found = [*range(low), *[-1] * (len(base) - low - high), *range(len(other) - high, len(other))]
    inner, outer = base[low : len(base) - high], other[low : len(other) - high]
    for (i, j), (k, m) in pairwise([(-1, -1), *_anchors(inner, outer), (len(inner), len(outer))]):
        if i >= 0:
            found[i + low] = j + low
        if k > i + 1 and m > j + 1:
            for a, b in _searched(inner[i + 1 : k], outer[j + 1 : m]):
                found[a + i + 1 + low] = b + j + 1 + low
    return found


def _ends(base: Texts, other: Texts) -> tuple[int, int]:
    """How many the two have in common at their start and, after that, at their end."""
    most = min(len(base), len(other))
    low = next((place for place in range(most) if base[place] != other[place]), most)
    rest = most - low
    return low, next((place for place in range(rest) if base[-1 - place] != other[-1 - place]), rest)


def _anchors(base: Texts, other: Texts) -> list[tuple[int, int]]:
    """The longest rising chain of what stands once in each ("patience"); it keeps difflib's search short."""
    once = {item for item, n in Counter(base).items() if n == 1} & {
        item for item, n in Counter(other).items() if n == 1
    }
    places = {item: place for place, item in enumerate(other) if item in once}
    pairs = [(place, places[item]) for place, item in enumerate(base) if item in once]
    order = [place for _, place in pairs]
    if order == sorted(order):
        return pairs  # as in nearly every text: nothing was moved
    tails: list[int] = []  # the lowest end of a chain of each length
    ends: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        length = len(tails) if not tails or place > tails[-1] else bisect_left(tails, place)
        before.append(ends[length - 1] if length else -1)
        tails[length : length + 1] = [place]
        ends[length : length + 1] = [number]
    chain: list[tuple[int, int]] = []
    number = ends[-1] if ends else -1
    while number >= 0:
        chain.append(pairs[number])
        number = before[number]
    return chain[::-1]


def _searched(base: Texts, other: Texts) -> Iterator[tuple[int, int]]:
    low, high = _ends(base, other)
    yield from ((place, place) for place in range(low))
    inner, outer = base[low : len(base) - high], other[low : len(other) - high]
    counts = Counter(outer)
    if inner and outer and sum(counts[item] for item in inner) <= _MOST_PAIRS:
        for block in SequenceMatcher(None, inner, outer, autojunk=False).get_matching_blocks():
            yield from ((block.a + low + step, block.b + low + step) for step in range(block.size))
    yield from ((len(base) - high + place, len(other) - high + place) for place in range(high))


def _untouched(since: tuple[int, int, int], at: tuple[int, int, int]) -> Iterator[tuple[Change, Stretch]]:
    if at != since:
        yield Change.NONE, _between(since, at)


def _between(low: tuple[int, int, int], high: tuple[int, int, int]) -> Stretch:
    return low[0], high[0], low[1], high[1], low[2], high[2]


def _judged(base: Texts, mine: Texts, *, theirs: Texts, stretch: Stretch) -> tuple[Change, Stretch]:
    b, m, t = base[stretch[0] : stretch[1]], mine[stretch[2] : stretch[3]], theirs[stretch[4] : stretch[5]]
    if m == t:
        return (Change.NONE if m == b else Change.BOTH), stretch
    return (Change.MINE if t == b else Change.THEIRS if m == b else Change.CONFLICT), stretch


def _hunk(change: Change, stretch: Stretch, texts: tuple[Split, Split, Split], dialect: str) -> Hunk:
    sides = [(text, stretch[2 * side], stretch[2 * side + 1]) for side, text in enumerate(texts)]
    base, mine, theirs = (text.piece(low, high) for text, low, high in sides)
    if mine == theirs:
        merged = mine
    elif change in {Change.NONE, Change.BOTH}:
        anchor = sides[0] if change is Change.NONE else sides[1]
        pieces = ([text.piece(at, at + 1) for at in range(low, high)] for text, low, high in (anchor, *sides[1:]))
        merged = joined((_gapped(*piece) for piece in zip(*pieces, strict=True)), dialect)
    else:
        merged = theirs if change is Change.THEIRS else mine
    return Hunk(change, base, mine, theirs, merged)


def _gapped(base: str, mine: str, theirs: str) -> str:
    """One paragraph that differs in its empty lines at most: as the side has it that changed them."""
    if mine == base:
        return theirs
    return mine if theirs == base else max(mine, theirs, key=lambda text: (len(text), text))
