"""What a wrong word was meant to be: a letter lost, a mark misplaced, two words run together; ranked by what stands beside it.

Only proposals; ranked by the pairs of syllables in real regulations (`resources/language/pairs.json`).
"""

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache, lru_cache
from itertools import pairwise

import resources
from desktop.domain.fold import fold
from desktop.editor.text.syllables import restyled, syllables
from desktop.editor.text.vocabulary import Vocabulary

_LETTERS = "abcdđeghiklmnopqrstuvxy"
_VOWELS = "aeiouy"
_MOST = 6
_LONGEST = 16
_NEAR = 3  # letters of a term that must be there before one is proposed
# What a slip costs, against the logarithm of how often words stand together.
_MARK, _LOST_VOWEL, _LOST_LETTER, _OTHER_LETTER, _SPLIT, _SPLIT_LOST = 0.5, 1.0, 2.5, 3.0, 1.0, 2.0
_BESIDE = 2.0


def suggest(word: str, *, before: str = "", after: str = "", known: Vocabulary | None = None) -> tuple[str, ...]:
    """At most six proposals for `word` between its neighbours (lower case), the best first, in the case of `word`."""
    lower = word.lower()
    if len(lower) > _LONGEST:
        return ()
    scores: dict[str, float] = {}
    for made, cost in (*_single(lower), *_split(lower)):
        score = _score(made, before=before, after=after) - cost
        scores[made] = max(scores.get(made, score), score)
    scores.pop(lower, None)
    best = sorted(scores, key=lambda made: (-scores[made], made))[:_MOST]
    terms = _terms(word, known) if known is not None else []
    return tuple(dict.fromkeys([*terms, *(_cased(made, word) for made in best)]))[:_MOST]


def prepare() -> None:
    """Reads what proposals are ranked by, so that the first menu need not wait for it."""
    _pairs()
    _by_skeleton()


def _single(lower: str) -> Iterator[tuple[str, float]]:
    """One syllable: other marks, then one letter more, less or other, or two that changed places."""
    fitting = restyled(lower)
    if fitting != lower:
        yield fitting, -1.0
    skeleton = fold(lower)
    yield from _like(lower, skeleton, _MARK)
    for at in range(len(skeleton) + 1):
        for letter in _LETTERS:
            cost = _LOST_VOWEL if letter in _VOWELS else _LOST_LETTER
            yield from _like(lower, skeleton[:at] + letter + skeleton[at:], cost)
    for at in range(len(skeleton)):
        yield from _like(lower, skeleton[:at] + skeleton[at + 1 :], _OTHER_LETTER)
        swapped = skeleton[:at] + skeleton[at : at + 2][::-1] + skeleton[at + 2 :]
        yield from _like(lower, swapped, _LOST_LETTER)
        for letter in _LETTERS:
            yield from _like(lower, skeleton[:at] + letter + skeleton[at + 1 :], _OTHER_LETTER)


def _like(lower: str, skeleton: str, cost: float) -> Iterator[tuple[str, float]]:
    """The syllables of a skeleton that keep every marked letter of `lower`: a scan loses marks, it does not make them."""
    for made in _by_skeleton().get(skeleton, ()):
        foreign = sum(char not in made for char in lower if not char.isascii())
        yield made, cost + foreign


def _split(lower: str) -> Iterator[tuple[str, float]]:
    """Two syllables run together, the first of which may have lost its end ("tchức": tổ chức)."""
    right = syllables()
    for at in range(1, len(lower)):
        first, second = lower[:at], lower[at:]
        if second not in right or second not in _pairs():
            continue
        if first in _pairs():
            yield f"{first} {second}", _SPLIT
        for made in _lost_end(first):
            yield f"{made} {second}", _SPLIT_LOST


@lru_cache(maxsize=512)
def _lost_end(first: str) -> tuple[str, ...]:
    skeleton = fold(first)
    return tuple(
        made
        for letter in _VOWELS
        for made in _by_skeleton().get(skeleton + letter, ())
        if made in _pairs() and all(char in made for char in first if not char.isascii())
    )


def _score(made: str, *, before: str, after: str) -> float:
    """How well `made` stands there, as a logarithm: by itself, and much more by its neighbours."""
    parts = made.split(" ")
    score = sum(math.log1p(_count(part)) for part in parts) / len(parts) / 2
    for first, second in ((before, parts[0]), (parts[-1], after), *pairwise(parts)):
        if first and second:
            score += _BESIDE * math.log1p(_count(first, second))
    return score


def _count(first: str, second: str = "") -> int:
    return _pairs().get(first, {}).get(second, 0)


def _terms(word: str, known: Vocabulary) -> list[str]:
    """A name or loan that was nearly written ("Inertnet")."""
    if len(word) <= _NEAR:
        return []
    near = get_close_matches(word.lower(), _longer(known.terms | known.own), n=2, cutoff=0.8)
    return [_cased(term, word) for term in near]


@lru_cache(maxsize=4)
def _longer(terms: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(term.lower() for term in terms if len(term) > _NEAR))


def _cased(made: str, word: str) -> str:
    if word.isupper() and len(word) > 1:
        return made.upper()
    return made[:1].upper() + made[1:] if word[:1].isupper() else made


@cache
def _pairs() -> Mapping[str, Mapping[str, int]]:
    value: Mapping[str, Mapping[str, int]] = json.loads(resources.path("language", "pairs.json").read_text("utf-8"))
    return value


@cache
def _by_skeleton() -> Mapping[str, tuple[str, ...]]:
    """Folded syllable → the syllables, both styles of the tone mark counted once (the older one)."""
    found: dict[str, list[str]] = {}
    for item in sorted(syllables()):
        if restyled(item) == item:
            found.setdefault(fold(item), []).append(item)
    return {skeleton: tuple(items) for skeleton, items in found.items()}
