"""What each box of the navigation holds, as conditions over the `shown` table."""

from collections.abc import Callable, Mapping
from typing import Final

from sqlalchemy import ColumnElement, and_, exists, or_, select, text

from desktop.domain.entry import Phase
from desktop.domain.errors import NotFound, Rule
from desktop.domain.ids import MemberId
from desktop.store.tables import draft, shown

Condition = ColumnElement[bool]


def box_condition(box: str, me: MemberId) -> Condition:
    """The rows of `box` (`desktop.application.records.ListQuery`); NotFound for a box that does not exist."""
    name, _, value = box.partition(":")
    if value and name in _WITH_VALUE:
        condition = _WITH_VALUE[name](value)
    elif box in _NAMED:
        condition = _NAMED[box](me)
    else:
        raise NotFound(Rule("not-found", params={"box": box}), f"there is no box {box!r}")
    return and_(condition, _seen())


def _phase(phase: Phase) -> Condition:
    return shown.c.phase == phase.value


def _alive() -> Condition:
    return shown.c.phase != Phase.DISCARDED.value


def _seen() -> Condition:
    """What left this member's sight stays only while something of their own hangs on it."""
    has_draft = exists(
        select(text("1")).select_from(draft).where(draft.c.entry_id == shown.c.entry_id).correlate(shown)
    )
    return or_(shown.c.in_scope, shown.c.waiting > 0, shown.c.conflict, shown.c.card, has_draft)


def _drafts(me: MemberId) -> Condition:
    return and_(_phase(Phase.DRAFT), ~shown.c.returned, or_(shown.c.owner == me, shown.c.assignee == me))


def _returned(me: MemberId) -> Condition:
    mine = or_(shown.c.owner == me, shown.c.assignee == me, shown.c.submitter == me)
    return and_(_phase(Phase.DRAFT), shown.c.returned, mine)


def _submitted(me: MemberId) -> Condition:
    return and_(_phase(Phase.WAITING), or_(shown.c.owner == me, shown.c.submitter == me))


_NAMED: Final[Mapping[str, Callable[[MemberId], Condition]]] = {
    "drafts": _drafts,
    "returned": _returned,
    "submitted": _submitted,
    "published": lambda me: and_(shown.c.public, shown.c.owner == me),
    "public": lambda _me: shown.c.public,
    "conflicts": lambda _me: shown.c.conflict,
    "cards": lambda _me: shown.c.card,
    "all": lambda _me: _alive(),
    "discarded": lambda _me: _phase(Phase.DISCARDED),
}
_WITH_VALUE: Final[Mapping[str, Callable[[str], Condition]]] = {
    "step": lambda step: and_(_phase(Phase.WAITING), shown.c.step == step),
    "kind": lambda kind: and_(shown.c.kind == kind, _alive()),
}
