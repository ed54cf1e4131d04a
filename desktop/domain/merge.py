"""Two people's texts on one base, field by field as the kind's `x-merge` says; nothing two people touched is merged unasked.

scalar, list, unknown fields: one side's change, else a question. text: paragraph by paragraph. set: item by item.
protected: when both sides touched the group, all of it is asked. HTML is derived and never merged.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from desktop.domain.conflict import (
    ATTACHMENTS,
    LANG,
    ORIGINAL,
    PROTECTED,
    Decisions,
    Difference,
    FieldConflict,
    Merged,
    Side,
    is_open,
)
from desktop.domain.diff3 import Change, compare
from desktop.domain.digest import Json
from desktop.domain.keyed import by_key, in_order, listed
from desktop.domain.kind import Kind
from desktop.domain.paragraphs import joined
from desktop.domain.revision import Content, Fields

_PERSONAL = "_personal"  # proofs of personal records, which no kind declares
_SET, _TEXT, _SCALAR = "set", "text", "scalar"
Three: TypeAlias = tuple[Json, Json, Json]
Sides: TypeAlias = tuple[Content, Content, Content]


def merge(kind: Kind, base: Content, *, mine: Content, theirs: Content, decisions: Decisions | None = None) -> Merged:
    """What `mine` and `theirs` come to; a conflict without an answer in `decisions` is in the result and stands as mine."""
    sides = (base, mine, theirs)
    b, m, t = (_all_but_html(side) for side in sides)
    if same(m, b) and not decisions:
        return Merged(theirs.lang, dict(theirs.fields), theirs.attachments, ())
    if same(t, m) or (same(t, b) and not decisions):
        return Merged(mine.lang, dict(mine.fields), mine.attachments, ())
    leaves = list(_leaves(kind.schema, [side.fields for side in sides]))
    original, others = (_files(sides, original=True), _files(sides, original=False))
    work = _Work(
        decisions or {}, contested=_contested([original, *(leaf for leaf in leaves if leaf.rule == PROTECTED)])
    )
    fields: Fields = {name: None for name in base.fields if all(_is_null(side.fields, name) for side in sides)}
    for leaf in leaves:
        _put(fields, leaf.path, work.settled(leaf))
    lang = work.settled(_lang(sides))
    files = [*listed(work.settled(original)), *listed(work.settled(others))]
    attachments = tuple(item for item in in_order(files, [_files_of(side) for side in sides]) if isinstance(item, dict))
    return Merged(str(lang), fields, attachments, tuple(work.conflicts))


def differences(kind: Kind, base: Content, *, mine: Content, theirs: Content) -> tuple[Difference, ...]:
    """All that either side changed, in the order of the fields; what `merge` asks about is among it, by pointer."""
    sides = (base, mine, theirs)
    leaves = [*_leaves(kind.schema, [side.fields for side in sides]), _files(sides, original=True)]
    leaves += [_files(sides, original=False), _lang(sides)]
    items = [item for leaf in leaves for item in (_items(leaf) if leaf.rule == _SET else None) or [leaf]]
    return tuple(_difference(leaf) for leaf in items if any(leaf.touched))


def same(one: Json, other: Json) -> bool:
    """Equal as JSON: true is not 1."""
    return one == other and (
        isinstance(one, str) or json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
    )


@dataclass(frozen=True)
class Leaf:
    """One value that is merged by one rule; None where a side has none."""

    path: tuple[str, ...]
    rule: str
    values: Three
    dialect: str = "prose"

    @property
    def pointer(self) -> str:
        name = "/".join(self.path)
        return name if name.startswith("@") else f"/{name}"

    @property
    def touched(self) -> tuple[bool, bool]:
        """Whether mine and whether theirs differs from the base."""
        base, mine, theirs = (_full(value) for value in self.values)
        return not same(mine, base), not same(theirs, base)


class _Work:
    """One merge: the answers that are there, and the questions that are left."""

    def __init__(self, decisions: Decisions, *, contested: bool) -> None:
        self.conflicts: list[FieldConflict] = []
        self._contested = contested
        self._decisions = decisions

    def settled(self, leaf: Leaf) -> Json:
        """The value that stands; a conflict without an answer is noted and stays mine."""
        side, answered = _one_sided(leaf.values), self._answered(leaf)
        if leaf.rule == PROTECTED and (self._contested or answered) and not same(leaf.values[1], leaf.values[2]):
            return self._text(leaf)
        if side is not None and not answered:
            return leaf.values[side]
        match leaf.rule:
            case "set":
                return self._set(leaf)
            case "text":
                return self._text(leaf)
        return self._asked(leaf)

    def _answered(self, leaf: Leaf) -> bool:
        """Whether a person has said what stands in `leaf`, or in a part of it."""
        part = "/" if leaf.rule == _SET else "#"
        return any(name == leaf.pointer or name.startswith(leaf.pointer + part) for name in self._decisions)

    def _set(self, leaf: Leaf) -> Json:
        items = _items(leaf)
        if items is None or leaf.pointer in self._decisions:
            return self._asked(leaf)
        found: list[Json] = []
        for item in items:
            side = _one_sided(item.values)
            asked = side is None or item.pointer in self._decisions
            found.append(self._asked(item) if asked else item.values[side or 0])
        return in_order([item for item in found if item is not None], [listed(value) for value in leaf.values])

    def _text(self, leaf: Leaf) -> Json:
        texts = ["" if value is None else value for value in leaf.values]
        base, mine, theirs = (text if isinstance(text, str) else "" for text in texts)
        if not all(isinstance(text, str) for text in texts):
            return self._asked(leaf)
        hunks = compare(base, mine, theirs=theirs, dialect=leaf.dialect)
        question = FieldConflict(leaf.pointer, leaf.rule, *leaf.values, hunks)
        parts: list[str] = []
        rule = (
            leaf.rule if self._contested else _TEXT
        )  # protected fields that one side touched are asked about by nobody
        for number, hunk in enumerate(hunks):
            answer = self._decisions.get(question.hunk_pointer(number))
            if leaf.pointer in self._decisions or (answer is None and is_open(hunk, rule)):
                return self._asked(leaf, question)
            if answer is None:
                parts.append(hunk.merged)
            else:
                edited = answer.value if isinstance(answer.value, str) else ""
                parts.append({Side.MINE: hunk.mine, Side.THEIRS: hunk.theirs}.get(answer.side, edited))
        return joined(parts, leaf.dialect)

    def _asked(self, leaf: Leaf, question: FieldConflict | None = None) -> Json:
        _, mine, theirs = leaf.values
        answer = self._decisions.get(leaf.pointer)
        if answer is None:
            self.conflicts.append(question or FieldConflict(leaf.pointer, leaf.rule, *leaf.values))
            return mine
        return {Side.MINE: mine, Side.THEIRS: theirs}.get(answer.side, answer.value)


def _leaves(
    schema: Mapping[str, Json], sides: Sequence[Mapping[str, Json]], path: tuple[str, ...] = ()
) -> Iterator[Leaf]:
    """Every value of the three objects: those of objects that are not in a list member by member."""
    properties = schema.get("properties")
    known = properties if isinstance(properties, dict) else {}
    for name in {name: None for side in sides for name in side}:
        told = known.get(name)
        member = told if isinstance(told, dict) else {}
        values = (sides[0].get(name), sides[1].get(name), sides[2].get(name))
        rule = str(member.get("x-merge", PROTECTED if name == _PERSONAL else _SCALAR))
        objects = [value if isinstance(value, dict) else {} for value in values]
        whole = rule == PROTECTED or not member or not any(objects)
        if whole or any(not isinstance(value, dict | None) for value in values):
            dialect = "legal" if member.get("x-markdown") == "legal" else "prose"
            yield Leaf((*path, name), rule, values, dialect)
        else:
            yield from _leaves(member, objects, (*path, name))


def _items(leaf: Leaf) -> list[Leaf] | None:
    """A set item by item; None when they cannot be told apart."""
    keyed = [by_key(value) for value in leaf.values]
    if None in keyed:
        return None
    base, mine, theirs = (items or {} for items in keyed)
    names = {**base, **mine, **theirs}
    return [Leaf((*leaf.path, name), leaf.rule, (base.get(name), mine.get(name), theirs.get(name))) for name in names]


def _difference(leaf: Leaf) -> Difference:
    base, mine, theirs = leaf.values
    by_me, by_them = leaf.touched
    change = Change.MINE if by_me else Change.THEIRS
    if by_me and by_them:
        change = Change.BOTH if same(mine, theirs) else Change.CONFLICT
    texts = [value or "" for value in leaf.values if value is None or isinstance(value, str)]
    told = len(texts) == len(leaf.values) and leaf.rule in {_TEXT, PROTECTED}
    hunks = compare(texts[0], texts[1], theirs=texts[2], dialect=leaf.dialect) if told else ()
    return Difference(leaf.pointer, leaf.rule, change, base, mine, theirs, hunks)


def _one_sided(values: Three) -> int | None:
    """Which of the three stands when one side changed it at most, or both alike; None for a conflict.

    An empty value is as good as none, unless it is the only difference.
    """
    full: Three = (_full(values[0]), _full(values[1]), _full(values[2]))
    for base, mine, theirs in (values, full):
        if same(theirs, base) or same(mine, theirs):
            return 1
        if same(mine, base):
            return 2
    return None


def _full(value: Json) -> Json:
    return None if value in ("", [], {}) else value


def _lang(sides: Sides) -> Leaf:
    return Leaf((LANG,), _SCALAR, (sides[0].lang, sides[1].lang, sides[2].lang))


def _contested(group: Sequence[Leaf]) -> bool:
    """Whether both sides changed anything in the protected group."""
    touched = [leaf.touched for leaf in group]
    return any(mine for mine, _ in touched) and any(theirs for _, theirs in touched)


def _put(fields: Fields, path: tuple[str, ...], value: Json) -> None:
    if value is None:
        return
    inner = fields
    for name in path[:-1]:
        below = inner.setdefault(name, {})
        inner = below if isinstance(below, dict) else {}
    inner[path[-1]] = value


def _is_null(fields: Mapping[str, Json], name: str) -> bool:
    return name in fields and fields[name] is None


def _all_but_html(content: Content) -> Json:
    return {"lang": content.lang, "fields": dict(content.fields), "attachments": _files_of(content)}


def _files_of(content: Content) -> list[Json]:
    return [dict(item) for item in content.attachments]


def _files(sides: Sides, *, original: bool) -> Leaf:
    """The attachments; the stamped original belongs to what is protected."""
    base, mine, theirs = (
        [item for item in _files_of(side) if original == (isinstance(item, dict) and item.get("role") == "original")]
        for side in sides
    )
    return Leaf((ORIGINAL,) if original else (ATTACHMENTS,), PROTECTED if original else _SET, (base, mine, theirs))
