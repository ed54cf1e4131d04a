"""The board in the model: who holds which role where, and what was delegated, written from `docs/wire.md` a third time."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.checker.cast import CULTURE, DELEGATION, MEMBERS, NEWS

STEPS = ("nhap_moi", "xac_thuc", "dang_tai")
HOLDERS = (("ctv", "btv", "phoban", "truongban"), ("btv", "phoban"), ("truongban",))
DELEGABLE = frozenset(STEPS[1:])
CHIEFS = ("truongban",)
MANAGERS = ("truongban", "cntt")
LIMITS = {"truongban": 1, "phoban": 2}
APPLIED = "applied"


@dataclass
class Person:
    roles: tuple[Mapping[str, Any], ...]
    active: bool = True


@dataclass
class Given:
    """A delegation; `sections` None for all that its giver has."""

    giver: str
    holder: str
    step: str
    sections: list[str] | None
    start: str
    end: str
    revoked: bool = False


def _cast() -> dict[str, Person]:
    return {f"u-{name}": Person(roles) for name, roles in MEMBERS.items()}


def _given() -> dict[str, Given]:
    it = DELEGATION
    first = Given(it["from_member"], it["to_member"], it["step"], it["sections"], it["start"], it["end"])
    return {it["id"]: first}


@dataclass(frozen=True)
class Turn:
    """A change of rights: when, by which device and operation, and of which entry (None: of everybody's)."""

    at: str
    device: str
    op_id: str
    about: str | None = None


@dataclass
class Board:
    """`turns` are the changes of rights."""

    people: dict[str, Person] = field(default_factory=_cast)
    given: dict[str, Given] = field(default_factory=_given)
    turns: list[Turn] = field(default_factory=list)

    def has_role(self, roles: tuple[str, ...], member: str, section: str | None) -> bool:
        """Whether the member has one of `roles` in `section`; an entry without a section belongs to all of them."""
        person = self.people[member]
        held = [grant for grant in person.roles if grant["role"] in roles] if person.active else []
        return any(grant["sections"] is None or section is None or section in grant["sections"] for grant in held)

    def holds(self, step: int, member: str, section: str | None, now: str) -> bool:
        """Whether the member has the step in the section, by role or by a delegation while it lasts."""
        if self.has_role(HOLDERS[step], member, section):
            return True
        return self.people[member].active and any(
            self.reaches(given, STEPS[step], section, now) for given in self.given.values() if given.holder == member
        )

    def reaches(self, given: Given, step: str, section: str | None, now: str) -> bool:
        covered = section is None or given.sections is None or section in given.sections
        lasts = not given.revoked and given.start <= now < given.end and given.step == step
        return lasts and covered and self.has_role(CHIEFS, given.giver, section)

    def oversees(self, member: str, now: str) -> tuple[bool, ...]:
        """Of which section the member sees everything; what scope hangs on."""
        places = (None, NEWS, CULTURE)
        return tuple(any(self.holds(step, member, place, now) for step in (1, 2)) for place in places)

    def judge_delegation(self, op: Mapping[str, Any], member: str, now: str) -> str:
        known = self.given.get(op["delegation_id"])
        if known is not None and known.giver != member:
            return "forbidden"
        if op["revoke"]:
            return "gone" if known is None else APPLIED
        if known is not None:
            return "invalid_state"
        if op["step"] not in DELEGABLE or not self.has_role(CHIEFS, member, None):
            return "forbidden"
        to = self.people.get(op["to"])
        if to is None or not to.active or op["to"] == member or op["end"] <= op["start"]:
            return "invalid"
        return "expired" if op["end"] <= now else APPLIED

    def judge_board(self, op: Mapping[str, Any], member: str) -> str:
        if not self.has_role(MANAGERS, member, None):
            return "forbidden"
        if op["member_id"] not in self.people:
            return "gone"
        others = [name for name in self.people if name != op["member_id"]]
        for role in {grant["role"] for grant in op["roles"]} if op["active"] else ():
            if sum(self.has_role((role,), name, None) for name in others) >= LIMITS.get(role, len(self.people)):
                return "invalid"
        return APPLIED

    def apply(self, op: Mapping[str, Any], member: str) -> None:
        if op["type"] == "board":
            self.people[op["member_id"]] = Person(tuple(op["roles"]), op["active"])
        elif op["revoke"]:
            self.given[op["delegation_id"]].revoked = True
        else:
            self.given[op["delegation_id"]] = Given(
                member, op["to"], op["step"], op["sections"], op["start"], op["end"]
            )
