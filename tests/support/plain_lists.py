"""The lists of `tests/support/plain_store.py`: boxes as conditions on a row, and the search word by word."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from desktop.application.records import ListQuery, Shown
from desktop.domain.entry import Phase
from desktop.domain.errors import Bug, NotFound, Rule
from desktop.domain.fold import fold
from desktop.domain.ids import EntryId, MemberId

_TOKENS = re.compile(r"[^\W_]+")
_MOST_WORDS = 32
_Condition = Callable[[Shown, str], bool]


def _returned(row: Shown, me: str) -> bool:
    return row.phase == Phase.DRAFT and row.returned and me in {row.owner, row.assignee, row.submitter}


_NAMED: Mapping[str, _Condition] = {
    "drafts": lambda row, me: row.phase == Phase.DRAFT and not row.returned and me in {row.owner, row.assignee},
    "returned": _returned,
    "submitted": lambda row, me: row.phase == Phase.WAITING and me in {row.owner, row.submitter},
    "published": lambda row, me: row.public and row.owner == me,
    "public": lambda row, _: row.public,
    "conflicts": lambda row, _: row.conflict,
    "cards": lambda row, _: row.card,
    "all": lambda row, _: row.phase != Phase.DISCARDED,
    "discarded": lambda row, _: row.phase == Phase.DISCARDED,
}


class ListRows:
    """A row is kept with its place in the order of making and its folded words."""

    def __init__(self, tables: Any, *, writing: bool) -> None:  # noqa: ANN401  plain_store.Tables, which imports this
        self._tables = tables
        self._writing = writing

    def show(self, row: Shown, *, text: str) -> None:
        known = self._shown.get(row.entry_id)
        number = known[1] if known else self._tables.next_number("shown")
        self._changed()[row.entry_id] = (row, number, (row.title, row.key, text))

    def hide(self, entry_id: EntryId) -> None:
        self._changed().pop(entry_id, None)

    def row(self, entry_id: EntryId, *, me: MemberId) -> Shown | None:
        return next((row for row, _, _ in self._matching(ListQuery("all"), me) if row.entry_id == entry_id), None)

    def rows(self, query: ListQuery, *, me: MemberId) -> Sequence[Shown]:
        """One page; NotFound for a box that does not exist."""
        return [row for row, _, _ in self._matching(query, me)[query.offset :][: query.limit]]

    def count(self, query: ListQuery, *, me: MemberId) -> int:
        return len(self._matching(query, me))

    def counts(self, boxes: Sequence[str], *, me: MemberId) -> Mapping[str, int]:
        return {box: self.count(ListQuery(box), me=me) for box in boxes}

    def _matching(self, query: ListQuery, me: MemberId) -> list[tuple[Shown, int, Any]]:
        within, phrases = _condition(query.box), _phrases(query.words)
        found = []
        for row, number, words in self._shown.values():
            fits = within(row, me) and query.kind in {None, row.kind} and (row.urgent or not query.urgent)
            if fits and self._seen(row):
                rank = _rank(words, phrases)
                if rank is not None:
                    found.append((-rank, row, number, words))
        found.sort(key=lambda item: (item[1].updated, item[2]), reverse=True)
        if not query.goes_by_date:
            found.sort(key=lambda item: item[0])
        return [(row, number, words) for _, row, number, words in found]

    def _seen(self, row: Shown) -> bool:
        """What left this member's sight stays only while something of their own hangs on it."""
        return row.in_scope or row.waiting > 0 or row.conflict or row.card or row.entry_id in self._tables.drafts

    @property
    def _shown(self) -> dict[str, Any]:
        shown: dict[str, Any] = self._tables.shown
        return shown

    def _changed(self) -> dict[str, Any]:
        if not self._writing:
            raise Bug("a reader writes")
        return self._shown


def _condition(box: str) -> _Condition:
    name, _, value = box.partition(":")
    if value and name == "step":
        return lambda row, _: row.phase == Phase.WAITING and row.step == value
    if value and name == "kind":
        return lambda row, _: row.kind == value and row.phase != Phase.DISCARDED
    if box not in _NAMED:
        raise NotFound(Rule("not-found", params={"box": box}), f"there is no box {box!r}")
    return _NAMED[box]


def _phrases(typed: str) -> list[list[str]]:
    phrases = [_TOKENS.findall(word) for word in fold(typed).split()]
    return [phrase for phrase in phrases if phrase][:_MOST_WORDS]


def _rank(words: tuple[str, str, str], phrases: list[list[str]]) -> int | None:
    """None when a phrase is nowhere; else more for the title than for the key, and for both more than for the text."""
    rank = 0
    columns = [_TOKENS.findall(fold(text)) for text in words] if phrases else []
    for number, phrase in enumerate(phrases):
        last = number == len(phrases) - 1
        weights = [
            weight for weight, tokens in zip((10, 5, 1), columns, strict=True) if _holds(tokens, phrase, open_end=last)
        ]
        if not weights:
            return None
        rank += max(weights)
    return rank


def _holds(tokens: list[str], phrase: list[str], *, open_end: bool) -> bool:
    size = len(phrase)
    for start in range(len(tokens) - size + 1):
        part = tokens[start : start + size]
        if part[:-1] == phrase[:-1] and (part[-1].startswith(phrase[-1]) if open_end else part[-1] == phrase[-1]):
            return True
    return False
