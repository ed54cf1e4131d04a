"""Who sees which entry, and the compact form of a scope that a cursor carries.

Author, owner and assignee see an entry; whoever holds a later step in its section, by role or by a delegation
in force; every member sees a published one.  Source: docs/wire.md, "Who sees an entry".
"""

from dataclasses import dataclass

from server_stub.core.entry import Entry
from server_stub.core.people import Mandate, Person, sections_at, sections_of
from server_stub.core.profile import Profile

Reach = tuple[str, ...] | None  # section ids in order, None for all


@dataclass(frozen=True)
class Scope:
    """The sections a member oversees, whatever the step."""

    member: str
    reach: Reach

    def oversees(self, section: str | None) -> bool:
        if self.reach is None:
            return True
        return section in self.reach if section is not None else bool(self.reach)

    def sees(self, entry: Entry) -> bool:
        return self.has_part_in(entry) or entry.published_rid is not None or self.oversees(entry.section)

    def has_part_in(self, entry: Entry) -> bool:
        return self.member in (entry.owner, entry.assignee) or self.member in entry.authors

    def may_have_seen(self, entry: Entry) -> bool:
        """Whether the member could ever have been told of `entry` while holding this scope."""
        return (
            self.has_part_in(entry)
            or entry.last_published is not None
            or self.member in entry.assignees_ever
            or any(self.oversees(section) for section in entry.sections_ever)
        )


def scope_of(profile: Profile, person: Person, mandates: tuple[Mandate, ...], now: str) -> Scope:
    """The scope of `person` at `now` (a stamp)."""
    found: set[str] = set()
    for step in profile.steps[1:]:
        held = sections_at(step, person)
        if held is None:
            return Scope(person.id, None)
        found |= held
        for mandate in mandates:
            given = given_sections(mandate, step_id=step.id, profile=profile, now=now)
            if given is None:
                return Scope(person.id, None)
            found |= given
    return Scope(person.id, tuple(sorted(found)))


def given_sections(mandate: Mandate, *, step_id: str, profile: Profile, now: str) -> frozenset[str] | None:
    """The sections in which a delegation gives that step, as long as its giver may delegate there."""
    step = profile.step(step_id)
    if step is None or mandate.step != step_id or not step.delegable or not mandate.in_force(now):
        return frozenset()
    held = sections_of(profile.delegators, mandate.giver)
    if mandate.sections is None:
        return held
    return mandate.sections if held is None else mandate.sections & held
