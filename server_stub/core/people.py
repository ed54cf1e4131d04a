"""Members, their roles, and what one member has delegated to another."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, select

from server_stub.core.profile import Step
from server_stub.store import tables as t

_BY_ID: Final = select(t.member).where(t.member.c.id == bindparam("member_id"))
_MANDATES: Final = (
    select(
        t.delegation.c.id.label("delegation_id"), t.delegation.c.to_member, t.delegation.c.step,
        t.delegation.c.sections, t.delegation.c.start, t.delegation.c.end, t.delegation.c.revoked, t.member,
    )
    .join(t.member, t.member.c.id == t.delegation.c.from_member)
    .where(t.delegation.c.to_member == bindparam("receiver"))
    .order_by(t.delegation.c.start, t.delegation.c.id)
)  # fmt: skip


@dataclass(frozen=True)
class Grant:
    """A role, in some sections or (None) in all."""

    role: str
    sections: frozenset[str] | None


@dataclass(frozen=True)
class Person:
    id: str
    username: str
    label: Mapping[str, str]
    grants: tuple[Grant, ...]
    active: bool

    def has_role(self, roles: Sequence[str]) -> bool:
        return self.active and any(grant.role in roles for grant in self.grants)


@dataclass(frozen=True)
class Mandate:
    """A delegation as received: the giver's right at one step, for a time. Times are stamps."""

    id: str
    giver: Person
    to: str
    step: str
    sections: frozenset[str] | None
    start: str
    end: str
    revoked: bool

    def in_force(self, now: str) -> bool:
        return not self.revoked and self.start <= now < self.end


def sections_at(step: Step, person: Person) -> frozenset[str] | None:
    """The sections in which `person` holds `step` by role: None is all of them, empty is none."""
    return sections_of(step.roles, person)


def sections_of(roles: Sequence[str], person: Person) -> frozenset[str] | None:
    """The sections in which `person` has one of `roles`: None is all of them, empty is none."""
    found: set[str] = set()
    for grant in person.grants if person.active else ():
        if grant.role in roles:
            if grant.sections is None:
                return None
            found |= grant.sections
    return frozenset(found)


def covers(sections: frozenset[str] | None, section: str | None) -> bool:
    """Whether a right in `sections` reaches an entry in `section`; one without a section is in everybody's."""
    if sections is None:
        return True
    return section in sections if section is not None else bool(sections)


def person_of(row: Row[Any]) -> Person:
    """A member row as a value."""
    return Person(
        id=row.id,
        username=row.username,
        label=json.loads(row.label),
        grants=tuple(
            Grant(grant["role"], None if grant["sections"] is None else frozenset(grant["sections"]))
            for grant in json.loads(row.roles)
        ),
        active=bool(row.active),
    )


def load_person(db: Connection, member_id: str) -> Person | None:
    row = db.execute(_BY_ID, {"member_id": member_id}).one_or_none()
    return None if row is None else person_of(row)


def mandates_of(db: Connection, member_id: str) -> tuple[Mandate, ...]:
    """Every delegation ever received by the member, oldest first."""
    rows = db.execute(_MANDATES, {"receiver": member_id}).all()
    return tuple(
        Mandate(
            id=row.delegation_id,
            giver=person_of(row),
            to=row.to_member,
            step=row.step,
            sections=None if row.sections is None else frozenset(json.loads(row.sections)),
            start=row.start,
            end=row.end,
            revoked=bool(row.revoked),
        )
        for row in rows
    )
