"""The portal profile, interpreted: which command is allowed to whom now, and if not, which rule says no.

The portal has an interpreter of its own; `resources/contract/vectors/workflow.json` judges both.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from desktop.domain.board import Actor, Member
from desktop.domain.entry import Facts, Phase, State
from desktop.domain.errors import Rule
from desktop.domain.profile import Profile, Step

Missing = Callable[[str], Sequence[str]]

COMMANDS = ("submit", "recall", "approve", "return", "revise", "unpublish", "restore", "discard")
_PHASES = {
    "submit": {Phase.DRAFT},
    "recall": {Phase.WAITING},
    "approve": {Phase.WAITING},
    "return": {Phase.WAITING},
    "revise": {Phase.PUBLISHED, Phase.UNPUBLISHED},
    "restore": {Phase.DISCARDED, Phase.UNPUBLISHED},
    "discard": {Phase.DRAFT},
}


@dataclass(frozen=True)
class Command:
    """A person's decision about an entry; what is None is not carried and not checked."""

    name: str
    on_state_ver: int | None = None
    on_rid: str | None = None
    step: str | None = None
    reason: str = ""


@dataclass(frozen=True)
class Allowed:
    """`after` is what the entry will be, so that a chain made offline can predict it."""

    after: Facts


@dataclass(frozen=True)
class Refused:
    """`outcome` as on the wire; `pointers` name the fields of an incomplete entry."""

    outcome: str
    rule: Rule
    pointers: tuple[str, ...] = ()


Verdict = Allowed | Refused


def decide(
    profile: Profile, facts: Facts, actor: Actor, command: Command, *, now: str, missing: Missing = lambda _gate: ()
) -> Verdict:
    """The verdict on `command`; `now` is the portal's time (ISO 8601 UTC), `missing(gate)` names unfilled fields.

    The first rule that fails is the answer, in the order of `docs/wire.md`.
    """
    refusal = (
        _check_state(profile, facts, command)
        or _check_revision(facts, command)
        or _check_right(profile, facts, actor, command, now=now)
        or _check_reason(profile, command)
        or _check_complete(profile, facts, command, missing)
    )
    return refusal or Allowed(transition(profile, facts, command, actor=actor))


def transition(profile: Profile, facts: Facts, command: Command, *, actor: Actor) -> Facts:
    """What `command` makes of the entry, rights aside; `state_ver` rises by one."""
    first, last = profile.steps[0].id, profile.steps[-1].id
    after = replace(facts, state_ver=facts.state_ver + 1)
    match command.name:
        case "submit":
            state = State(profile.steps[1].id, Phase.WAITING)
            return replace(
                after, state=state, submitter=actor.member.id, ever_submitted=True, entered_rid=facts.head_rid
            )
        case "recall" | "revise":
            return replace(after, state=State(first, Phase.DRAFT))
        case "approve":
            return _approved(profile, after)
        case "return":
            target = profile.return_to if profile.index(profile.return_to) > 0 else first
            state = State(target, Phase.DRAFT if target == first else Phase.WAITING)
            return replace(after, state=state, entered_rid=facts.head_rid)
        case "unpublish":
            state = State(last, Phase.UNPUBLISHED) if facts.state.phase is Phase.PUBLISHED else facts.state
            return replace(after, state=state, published_rid=None, last_published_rid=facts.published_rid)
        case "discard":
            return replace(after, state=State(first, Phase.DISCARDED))
        case "restore" if facts.state.phase is Phase.UNPUBLISHED:
            return replace(after, state=State(last, Phase.PUBLISHED), published_rid=facts.last_published_rid)
        case "restore":
            return replace(after, state=State(first, Phase.DRAFT))
        case _:
            return facts


def may_write(profile: Profile, facts: Facts | None, actor: Actor, *, section: str | None, now: str) -> Refused | None:
    """None if `actor` may put a revision whose content names `section`; `facts` None for an entry not yet born."""
    first = profile.steps[0]
    if facts is None:
        return _holds(first, actor, section, now=now)
    match facts.state.phase:
        case Phase.DRAFT:
            if not _is_owner(facts, actor) and _holds_later(profile, facts, actor, now=now):
                return Refused("forbidden", Rule("not-yours", first.clause))
        case Phase.WAITING:
            step = profile.step(facts.state.step)
            if step is None:
                return Refused("invalid_state", Rule("step"))
            refused = _holds(step, actor, facts.section, now=now)
            if refused:
                return refused
        case _:
            return Refused("invalid_state", Rule("phase", params={"phase": facts.state.phase.value}))
    return _holds(first, actor, section, now=now) if section != facts.section else None


def may_assign(profile: Profile, facts: Facts, actor: Actor, to: Member | None, *, now: str) -> Rule | None:
    """None if `actor` may give the entry to `to` (None: to nobody), who must be able to enter in its section."""
    first = profile.steps[0]
    if not _is_owner(facts, actor) and _holds_later(profile, facts, actor, now=now):
        return Rule("not-yours", first.clause)
    refused = _has_role(first.roles, Actor(to), facts.section, clause=first.clause) if to is not None else None
    return refused.rule if refused else None


def sees(profile: Profile, facts: Facts, actor: Actor, *, now: str) -> bool:
    """Whether the portal tells `actor` of an entry that stands so (`docs/wire.md`, "Who sees an entry")."""
    has_part = _is_owner(facts, actor) or actor.member.id in facts.authors
    return has_part or facts.published_rid is not None or _holds_later(profile, facts, actor, now=now) is None


def may_claim(profile: Profile, facts: Facts, actor: Actor, *, now: str) -> Rule | None:
    """None if `actor` could decide on the entry as it waits."""
    step = profile.step(facts.state.step)
    if facts.state.phase is not Phase.WAITING or step is None:
        return Rule("phase", params={"phase": facts.state.phase.value})
    refused = _holds(step, actor, facts.section, now=now)
    return refused.rule if refused else None


def _approved(profile: Profile, after: Facts) -> Facts:
    number = profile.index(after.state.step)
    entered, after = after.entered_rid, replace(after, entered_rid=after.head_rid)
    if profile.recheck_after_correction and entered not in {None, after.head_rid}:
        # The step before has not seen what is approved here.
        return replace(after, state=State(profile.steps[number - 1].id, Phase.DRAFT if number == 1 else Phase.WAITING))
    if number + 1 < len(profile.steps):
        return replace(after, state=State(profile.steps[number + 1].id, Phase.WAITING))
    state = State(profile.steps[-1].id, Phase.PUBLISHED)
    return replace(after, state=state, published_rid=after.head_rid, last_published_rid=after.head_rid)


def _check_state(profile: Profile, facts: Facts, command: Command) -> Refused | None:
    if command.on_state_ver is not None and command.on_state_ver != facts.state_ver:
        return Refused("invalid_state", Rule("state-moved", params={"phase": facts.state.phase.value}))
    clause = profile.commands[command.name].clause if command.name in profile.commands else ""
    public = facts.published_rid is not None
    phases = _PHASES.get(command.name, set())
    if not (public if command.name == "unpublish" else facts.state.phase in phases):
        return Refused("invalid_state", Rule("phase", clause, {"phase": facts.state.phase.value}))
    if command.step is not None and command.step != facts.state.step:
        return Refused("invalid_state", Rule("step", clause, {"step": facts.state.step}))
    return None


def _check_revision(facts: Facts, command: Command) -> Refused | None:
    current = facts.published_rid if command.name == "unpublish" else facts.head_rid
    if command.on_rid is None or command.on_rid == current:
        return None
    return Refused("stale_revision", Rule("other-revision", params={"rid": current or ""}))


def _check_right(profile: Profile, facts: Facts, actor: Actor, command: Command, *, now: str) -> Refused | None:
    rule = profile.commands.get(command.name)
    clause = rule.clause if rule else ""
    match command.name:
        case "approve" | "return":
            return _check_gate(profile, facts, actor, command, now=now)
        case "recall":
            return None if facts.submitter == actor.member.id else Refused("forbidden", Rule("not-submitter", clause))
        case "discard":
            if facts.owner != actor.member.id:
                return Refused("forbidden", Rule("not-yours", clause))
            return Refused("forbidden", Rule("never-submitted", clause)) if facts.ever_submitted else None
        case "submit":
            if _is_owner(facts, actor):
                return _holds(profile.steps[0], actor, facts.section, now=now)
            return (
                Refused("forbidden", Rule("not-yours", clause))
                if _holds_later(profile, facts, actor, now=now)
                else None
            )
        case "restore" if facts.state.phase is Phase.DISCARDED:
            return None if facts.owner == actor.member.id else Refused("forbidden", Rule("not-yours", clause))
    return _has_role(rule.roles or () if rule else (), actor, facts.section, clause=clause)


def _check_gate(profile: Profile, facts: Facts, actor: Actor, command: Command, *, now: str) -> Refused | None:
    step = profile.step(facts.state.step)
    if step is None:
        return Refused("invalid_state", Rule("step", params={"step": facts.state.step}))
    refused = _holds(step, actor, facts.section, now=now)
    if refused is None and command.name == "approve" and profile.separation and actor.member.id in facts.authors:
        return Refused("forbidden", Rule("separation", step.clause))
    return refused


def _check_reason(profile: Profile, command: Command) -> Refused | None:
    rule = profile.commands.get(command.name)
    if rule and rule.reason and not command.reason.strip():
        return Refused("invalid", Rule("reason-required", rule.clause))
    return None


def _check_complete(profile: Profile, facts: Facts, command: Command, missing: Missing) -> Refused | None:
    if command.name not in {"submit", "approve"}:
        return None
    gate = "submit" if command.name == "submit" else "publish" if _is_last(profile, facts.state.step) else "approve"
    pointers = tuple(missing(gate))
    return Refused("invalid", Rule("incomplete", profile.commands[command.name].clause), pointers) if pointers else None


def _is_last(profile: Profile, step: str) -> bool:
    return step == profile.steps[-1].id


def _is_owner(facts: Facts, actor: Actor) -> bool:
    return actor.member.id in {facts.owner, facts.assignee}


def _holds_later(profile: Profile, facts: Facts, actor: Actor, *, now: str) -> Refused | None:
    """None for a section editor: one who holds any step after entering in the entry's section."""
    refusals = [_holds(step, actor, facts.section, now=now) for step in profile.steps[1:]]
    return None if None in refusals else refusals[0]


def _holds(step: Step, actor: Actor, section: str | None, *, now: str) -> Refused | None:
    """None if `actor` holds `step` for `section` by role or by a delegation in force."""
    refused = _has_role(step.roles, actor, section, clause=step.clause)
    if refused is None:
        return None
    given = [d for d in actor.delegations if d.step == step.id and d.covers(section) and step.delegable]
    if any(not d.revoked and d.start <= now < d.end for d in given):
        return None
    return Refused("forbidden", Rule("delegation-expired", step.clause)) if given else refused


def _has_role(roles: Sequence[str], actor: Actor, section: str | None, *, clause: str) -> Refused | None:
    held = [grant for grant in actor.member.grants if grant.role in roles]
    if not actor.member.active or not held:
        return Refused("forbidden", Rule("role", clause))
    if section is not None and not any(grant.covers(section) for grant in held):
        return Refused("forbidden", Rule("section", clause, {"section": section}))
    return None
