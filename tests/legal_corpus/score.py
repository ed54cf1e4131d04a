"""Scores an answer against the truth of its document, field by field.

An invention is a value where the text says nothing, or one that the text does not contain; a wrong value that stands in the text is wrong.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from tests.legal_corpus.compare import Text, same
from tests.legal_corpus.truth import BASIS, COUNTS, SCALARS, Document, Expected, Item

# Put together from what stands apart; the rest has to stand in the text in one piece.
_LOOSE: Final = {
    "co_quan_ban_hanh",
    "trich_yeu",
    "chuc_vu_nguoi_ky",
    "quyen_han_ky",
    "nguoi_ky",
    "ten",
    "tieu_de",
    "loai_van_ban",
    "loai",
}
_ENOUGH: Final = 2


class Outcome(StrEnum):
    EXACT = "exact"
    MISSING = "missing"
    WRONG = "wrong"
    INVENTED = "invented"
    EMPTY = "empty"  # nothing said, nothing answered
    LEFT_OUT = "left out"  # too damaged to demand


@dataclass(frozen=True)
class Mark:
    field: str
    outcome: Outcome
    wanted: object = None
    given: object = None


def marks(document: Document, answer: Mapping[str, Any]) -> list[Mark]:
    """One mark for each field; `answer` has the keys of `toasoan extract --json`, its values bare or as {"value": …}."""
    text = Text(document.text)
    found = [_mark(key, document.truth.scalars[key], bare(answer.get(key)), text) for key in SCALARS]
    counts = bare(answer.get("structure")) or {}
    found += [_count(name, document.truth.counts[name], bare(counts.get(name))) for name in COUNTS]
    found += _list("can_cu", document.truth.bases, _items(answer, "can_cu"), text)
    found += _list("dieu_headings", document.truth.headings, _items(answer, "dieu_headings"), text)
    return found


def bare(value: object) -> Any:  # noqa: ANN401  what JSON holds
    """The value without the span and the confidence it came with."""
    if isinstance(value, Mapping) and "value" in value:
        value = value["value"]
    return None if value in ("", [], {}) else value


def _items(answer: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    return [{name: bare(value) for name, value in bare(item).items()} for item in bare(answer.get(key)) or []]


def _mark(field: str, expected: Expected, given: object, text: Text) -> Mark:
    outcome = _outcome(field, expected, given, text)
    return Mark(field, outcome, expected.value, given)


def _outcome(field: str, expected: Expected, given: object, text: Text) -> Outcome:
    accepted = any(same(given, wanted) for wanted in (expected.value, *expected.also))
    if accepted:
        if given is None and expected.value is None:
            return Outcome.EMPTY
        return Outcome.EXACT if expected.scored else Outcome.LEFT_OUT
    if given is None:
        return Outcome.MISSING if expected.scored else Outcome.LEFT_OUT
    if expected.value is None and not any(expected.also):
        return Outcome.INVENTED
    name = field.rpartition(".")[2]
    said = text.has_words(str(given)) if name in _LOOSE else text.contains(str(given))
    if not said:
        return Outcome.INVENTED
    return Outcome.WRONG if expected.scored else Outcome.LEFT_OUT


def _count(name: str, expected: Expected, given: object) -> Mark:
    """No count and none counted are the same."""
    field, number, value = f"structure.{name}", given or 0, expected.value or 0
    if number == value or number in {other or 0 for other in expected.also}:
        outcome = Outcome.EMPTY if not number and not value else Outcome.EXACT if expected.scored else Outcome.LEFT_OUT
    elif not expected.scored:
        outcome = Outcome.LEFT_OUT
    elif not number:
        outcome = Outcome.MISSING
    else:
        outcome = Outcome.WRONG if value else Outcome.INVENTED
    return Mark(field, outcome, value, given)


def _list(key: str, wanted: Sequence[Item], given: Sequence[Mapping[str, Any]], text: Text) -> Iterator[Mark]:
    """Each answered item against the wanted one that it agrees with most; what agrees with none is invented."""
    left = list(wanted)
    for answered in given:
        best = max(left, key=lambda item: _agreement(item, answered), default=None)
        if best is None or _agreement(best, answered) < _enough(best):
            yield Mark(key, Outcome.INVENTED, None, dict(answered))
            continue
        left.remove(best)
        for name, expected in best.members.items():
            yield _mark(f"{key}.{name}", expected, answered.get(name), text)
    for item in left:
        for name, expected in item.members.items():
            if expected.value is not None and expected.scored and not item.optional:
                yield Mark(f"{key}.{name}", Outcome.MISSING, expected.value, None)


def _agreement(item: Item, answered: Mapping[str, Any]) -> int:
    total = 0
    for name, expected in item.members.items():
        given = answered.get(name)
        if given is not None and any(same(given, wanted) for wanted in (expected.value, *expected.also)):
            total += _ENOUGH if name in {"so_hieu", "ten", "so"} else 1
    return total


def _enough(item: Item) -> int:
    """A basis by its number, its name, or its type and date; a heading by its number."""
    return (
        1
        if all(item.members[name].value is None for name in BASIS if name in item.members and name != "loai")
        else _ENOUGH
    )
