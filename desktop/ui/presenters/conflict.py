"""A conflict as people read it: place by place the three texts, who changed what, what must be decided, and what came of it.

Source: QĐ 2567/2007/QĐ-UBND Điều 19 (a decision names the text that it was made about).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from desktop.application.merging import ConflictView
from desktop.domain.conflict import Decisions, Difference, Side
from desktop.domain.diff3 import Change, Hunk
from desktop.domain.digest import Json
from desktop.ui.presenters.marks import Runs, added_only, marked, plain, spoken
from desktop.ui.presenters.values import FieldWords

_BY_HAND = frozenset({"line", "title", "text", "markdown", "date", "section", "choice", "hidden"})


@dataclass(frozen=True)
class File:
    """An attachment that a place speaks of."""

    sha256: str
    name: str


@dataclass(frozen=True)
class Place:
    """One place that somebody changed. `pointer` is what a decision names; `asked`: a person must decide.

    `edit` is what editing by hand starts from, None where only one side or the other can be taken; `whole` is the pointer
    of the field; `spoken` is all of it for a screen reader.
    """

    pointer: str
    name: str
    change: Change
    asked: bool
    base: Runs
    mine: Runs
    theirs: Runs
    edit: str | None
    long: bool
    spoken: str
    files: tuple[File, ...] = ()

    @property
    def whole(self) -> str:
        return self.pointer.split("#")[0]


@dataclass(frozen=True)
class Alike:
    """Paragraphs between two places that nobody touched."""

    paragraphs: tuple[str, ...]


Row: TypeAlias = Place | Alike


@dataclass(frozen=True)
class Sheet:
    """All rows in the order of the fields."""

    rows: tuple[Row, ...]

    @property
    def places(self) -> tuple[Place, ...]:
        return tuple(row for row in self.rows if isinstance(row, Place))

    def left(self, choices: Decisions) -> tuple[Place, ...]:
        """What must still be decided."""
        return tuple(place for place in self.places if place.asked and place.pointer not in choices)


def questions(view: ConflictView) -> frozenset[str]:
    """The pointers that must be answered, of a view made without answers."""
    asked: set[str] = set()
    for question in view.merged.conflicts:
        hunks = [question.hunk_pointer(number) for number in question.open_hunks]
        asked.update(hunks or [question.pointer])
    return frozenset(asked)


def sheet(view: ConflictView, words: FieldWords, *, whose: str) -> Sheet:
    """The rows of a view made without answers; `whose` is what the other person is called."""
    asked, known = questions(view), view.base is not None
    maker = _Maker(words, whose, asked=asked, base_known=known)
    order = sorted(view.differences, key=lambda found: _place_of(found.pointer, words))
    return Sheet(tuple(row for found in order for row in maker.rows(found)))


def _place_of(pointer: str, words: FieldWords) -> tuple[bool, int]:
    """Short fields first, in the kind's order, what it does not know after them; then the long texts."""
    name = pointer.strip("/").split("/", maxsplit=1)[0]
    fields = words.kind.fields if words.kind else ()
    number = next((number for number, field in enumerate(fields) if field.name == name), len(fields))
    return any(field.name == name and field.dialect for field in fields), number


class _Maker:
    def __init__(self, words: FieldWords, whose: str, *, asked: frozenset[str], base_known: bool) -> None:
        self._words = words
        self._whose = whose
        self._asked = asked
        self._known = base_known

    def rows(self, found: Difference) -> Iterator[Row]:
        changed = [number for number, hunk in enumerate(found.hunks) if hunk.change is not Change.NONE]
        if not changed or found.pointer in self._asked:
            yield self._field(found)
            return
        for number, hunk in enumerate(found.hunks):
            if hunk.change is Change.NONE:
                yield Alike(tuple(part for part in hunk.base.split("\n") if part.strip()))
            else:
                place = (changed.index(number) + 1, len(changed))
                yield self._hunk(found, hunk, number, place)

    def _field(self, found: Difference) -> Place:
        pointer, words = found.pointer, self._words
        field = words.field(pointer)
        texts = [words.value(pointer, value) for value in (found.base, found.mine, found.theirs)]
        values = (found.base, found.mine, found.theirs)
        by_hand = all(value is None or isinstance(value, str) for value in values) and not pointer.startswith("@")
        editable = by_hand and field is not None and field.widget in _BY_HAND
        edit = str(found.mine or "") if editable else None
        long = field is not None and field.widget in {"text", "markdown"}
        return self._place(pointer, found, texts, edit=edit, long=long, files=_files(values), change=found.change)

    def _hunk(self, found: Difference, hunk: Hunk, number: int, place: tuple[int, int]) -> Place:
        texts = [text.strip("\n") for text in (hunk.base, hunk.mine, hunk.theirs)]
        field = self._words.field(found.pointer)
        long = field is None or field.dialect is not None or field.widget == "text" or "\n" in "".join(texts)
        return self._place(
            f"{found.pointer}#{number}", found, texts, edit=hunk.mine.strip("\n"), long=long, change=hunk.change, place=place
        )  # fmt: skip

    def _place(
        self,
        pointer: str,
        found: Difference,
        texts: list[str],
        *,
        edit: str | None,
        long: bool,
        change: Change,
        files: tuple[File, ...] = (),
        place: tuple[int, int] = (1, 1),
    ) -> Place:
        base, mine, theirs = texts
        if self._known:
            columns = plain(base), marked(base, mine), marked(base, theirs)
        else:
            columns = (), added_only(theirs, mine), added_only(mine, theirs)
        asked, name = pointer in self._asked, self._words.name(found.pointer)
        made = Place(pointer, name, change, asked, *columns, edit=edit, long=long, spoken="", files=files)
        return replace(made, spoken=self._spoken(made, place))

    def _spoken(self, place: Place, count: tuple[int, int]) -> str:
        translate = self._words.translate
        nothing = translate("Conflict", "nothing")
        removed, added = translate("Conflict", "removed: {text};"), translate("Conflict", "added: {text};")
        where = f"{place.name}, {count[0]}/{count[1]}" if count[1] > 1 else place.name
        said = [where, told(place, None, self._words, whose=self._whose)]
        names = (translate("Conflict", "Original"), translate("Conflict", "Mine"), self._whose)
        for name, runs in zip(names, (place.base, place.mine, place.theirs), strict=True):
            said.append(f"{name}: {spoken(runs, removed=removed, added=added) or nothing}")
        return ". ".join(said)


def told(place: Place, side: Side | None, words: FieldWords, *, whose: str) -> str:
    """Where the place stands, in a few words: to be decided, decided by whom, or put together without a question."""
    translate = words.translate
    match side:
        case Side.MINE:
            return translate("Conflict", "✓ mine is kept")
        case Side.THEIRS:
            return translate("Conflict", "✓ taken from {who}").format(who=whose)
        case Side.EDITED:
            return translate("Conflict", "✓ written by hand")
    if place.asked:
        return translate("Conflict", "● yours to decide")
    match place.change:
        case Change.MINE:
            return translate("Conflict", "✓ merged: mine")
        case Change.THEIRS:
            return translate("Conflict", "✓ merged: from {who}").format(who=whose)
    return translate("Conflict", "✓ merged: both alike")


def left_text(left: tuple[Place, ...], words: FieldWords) -> str:
    """The sentence at the foot."""
    translate = words.translate
    fields = len({place.whole for place in left if "#" not in place.pointer or not place.long})
    paragraphs = sum("#" in place.pointer and place.long for place in left)
    kept = translate("Conflict", "Both originals stay in the history.")
    if not left:
        return translate("Conflict", "All is decided: Enter saves the merged text.") + " " + kept
    parts = []
    if fields:
        parts.append(translate("Conflict", "fields: %n", None, fields))
    if paragraphs:
        parts.append(translate("Conflict", "paragraphs: %n", None, paragraphs))
    said = translate("Conflict", "Still to decide — {what}.").format(what=", ".join(parts))
    return f"{said} {kept}"


def kept_choices(before: Sheet | None, now: Sheet, choices: Decisions) -> Decisions:
    """The answers that still speak of what they were given about, after either text has changed."""
    known = {place.pointer: (place.base, place.mine, place.theirs) for place in before.places} if before else {}
    return {
        place.pointer: choices[place.pointer]
        for place in now.places
        if place.pointer in choices and known.get(place.pointer) == (place.base, place.mine, place.theirs)
    }


def _files(values: tuple[Json, ...]) -> tuple[File, ...]:
    """Every attachment among the values, once, in the order of the columns."""
    found: dict[str, File] = {}
    for value in values:
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, Mapping) and isinstance(item.get("sha256"), str):
                sha256 = str(item["sha256"])
                found[sha256] = File(sha256, str(item.get("name", "")))
    return tuple(found.values())
