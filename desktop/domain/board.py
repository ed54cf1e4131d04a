"""The editorial board: members, the roles they hold in which sections, and what was delegated to whom."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from desktop.domain.digest import Json
from desktop.domain.ids import MemberId


@dataclass(frozen=True)
class Grant:
    """A role held in `sections`; None means every section."""

    role: str
    sections: frozenset[str] | None = None

    def covers(self, section: str | None) -> bool:
        return self.sections is None or (section is not None and section in self.sections)


@dataclass(frozen=True)
class Delegation:
    """The right of one step, given by a member to another for a time. Times are the portal's, ISO 8601 UTC.

    Source: QĐ 2567/2007/QĐ-UBND Điều 17.2, 19.b, 19.c.
    """

    id: str
    giver: MemberId
    holder: MemberId
    step: str
    sections: frozenset[str] | None
    start: str
    end: str
    revoked: bool = False

    def covers(self, section: str | None) -> bool:
        return self.sections is None or (section is not None and section in self.sections)


@dataclass(frozen=True)
class Member:
    """A member of the board; `label` is what the board calls them (accounts are roles here), by language."""

    id: MemberId
    username: str
    label: Mapping[str, str]
    grants: tuple[Grant, ...] = ()
    active: bool = True

    def has_role(self, roles: Collection[str]) -> bool:
        return self.active and any(grant.role in roles for grant in self.grants)

    def roles_in(self, section: str | None) -> frozenset[str]:
        """The roles held for an entry of `section`; an entry without a section counts for every grant."""
        return frozenset(g.role for g in self.grants if section is None or g.covers(section))


def in_the_gift(given: Delegation, giver: Member | None, delegators: Collection[str]) -> Delegation | None:
    """What is left of a delegation by what its giver may give now; None where that is nothing."""
    held = [grant.sections for grant in giver.grants if grant.role in delegators] if giver and giver.active else []
    if not held:
        return None
    if None in held:
        return given
    own = frozenset(section for sections in held for section in sections or ())
    return replace(given, sections=own if given.sections is None else given.sections & own)


@dataclass(frozen=True)
class Actor:
    """Who decides: a member and the delegations they hold at this moment."""

    member: Member
    delegations: tuple[Delegation, ...] = ()


def member_from_json(value: Mapping[str, Json]) -> Member:
    """A member as the wire spells it (`docs/wire.md`, change type board)."""
    roles, label = value.get("roles"), value.get("label")
    grants = [_grant(item) for item in roles if isinstance(item, dict)] if isinstance(roles, list) else []
    return Member(
        id=MemberId(str(value["id"])),
        username=str(value["username"]),
        label={k: str(v) for k, v in label.items()} if isinstance(label, dict) else {},
        grants=tuple(grants),
        active=value.get("active") is not False,
    )


def delegation_from_json(value: Mapping[str, Json]) -> Delegation:
    """A delegation as the wire spells it (`docs/wire.md`, change type delegation)."""
    return Delegation(
        id=str(value["id"]),
        giver=MemberId(str(value["from"])),
        holder=MemberId(str(value["to"])),
        step=str(value["step"]),
        sections=_sections(value.get("sections")),
        start=str(value["start"]),
        end=str(value["end"]),
        revoked=value.get("revoked") is True,
    )


def _grant(value: Mapping[str, Json]) -> Grant:
    return Grant(role=str(value["role"]), sections=_sections(value.get("sections")))


def _sections(value: Json) -> frozenset[str] | None:
    return frozenset(str(item) for item in value) if isinstance(value, list) else None
