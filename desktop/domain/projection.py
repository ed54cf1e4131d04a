"""What the screen shows of an entry: the portal's state with this machine's waiting operations laid over it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop.domain.board import Actor
from desktop.domain.entry import Facts, Phase, State
from desktop.domain.ids import MemberId
from desktop.domain.operation import Operation, command_of
from desktop.domain.profile import Profile
from desktop.domain.workflow import transition


@dataclass(frozen=True)
class Projected:
    """`facts` as they will be when all that waits is applied; `waiting` counts what is not confirmed yet."""

    facts: Facts
    waiting: int


def unborn(profile: Profile, actor: Actor) -> Facts:
    """The facts of an entry that no put has made yet: a draft of `actor` at the first step."""
    return Facts(
        state=State(profile.steps[0].id, Phase.DRAFT),
        state_ver=0,
        head_rid=None,
        published_rid=None,
        section=None,
        owner=actor.member.id,
        authors=frozenset({actor.member.id}),
    )


def project(profile: Profile, facts: Facts, waiting: Sequence[Operation], actor: Actor) -> Projected:
    """Lay `waiting` (in order) over `facts`: a put moves the head, a command the state; rights were judged before."""
    for operation in waiting:
        if operation.type == "put":
            facts = replace(facts, head_rid=operation.rid, section=_section(operation, facts.section))
        elif operation.type == "assign":
            assignee = operation.payload.get("assignee")
            facts = replace(facts, assignee=MemberId(assignee) if isinstance(assignee, str) else None)
        elif operation.type == "command":
            facts = transition(profile, facts, command_of(operation.payload), actor=actor)
    return Projected(facts, len(waiting))


def _section(operation: Operation, otherwise: str | None) -> str | None:
    content = operation.payload.get("content")
    fields = content.get("fields") if isinstance(content, dict) else None
    section = fields.get("section") if isinstance(fields, dict) else None
    return section if isinstance(section, str) else otherwise
