"""The portal profile, interpreted by the portal: may this member give this command now, and what comes of it.

Rules are tried in the order of docs/wire.md, "States and commands"; the first that fails is the answer.
resources/contract/vectors/workflow.json judges this interpreter and the client's.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from server_stub.core.entry import Entry
from server_stub.core.outcome import Outcome, Rule, refused
from server_stub.core.people import Mandate, Person, covers, sections_of
from server_stub.core.profile import CommandRule, Profile, Step
from server_stub.core.scope import given_sections

Missing = Callable[[str], Sequence[str]]
"""Names the pointers of what is not yet filled in at a gate: submit, approve or publish."""

FROM: Final[Mapping[str, tuple[str, ...]]] = {
    "submit": ("draft",),
    "recall": ("waiting",),
    "approve": ("waiting",),
    "return": ("waiting",),
    "revise": ("published", "unpublished"),
    "unpublish": ("draft", "waiting", "published", "unpublished", "discarded"),  # while something is public
    "restore": ("discarded", "unpublished"),
    "discard": ("draft",),
}


@dataclass(frozen=True)
class Order:
    """A command as given; what is None is not carried and not checked."""

    name: str
    on_state_ver: int | None = None
    on_rid: str | None = None
    step: str | None = None
    reason: str = ""
    delegation: str | None = None


@dataclass(frozen=True)
class Actor:
    """Who gives the command, with every delegation ever received."""

    person: Person
    mandates: tuple[Mandate, ...] = ()


@dataclass(frozen=True)
class Allowed:
    """The entry afterwards; `mandate` is the delegation the decision rests on, if any."""

    after: Entry
    mandate: Mandate | None = None


@dataclass(frozen=True)
class Holding:
    """The answer to "may they": a refusal, or None and the delegation it rests on."""

    refusal: Outcome | None
    mandate: Mandate | None = None


_FREE: Final = Holding(None)


def decide(
    profile: Profile, entry: Entry, order: Order, *, actor: Actor, now: str, missing: Missing
) -> Allowed | Outcome:
    """The verdict on a command upon a visible entry; `now` is the portal's time as a stamp."""
    rule = profile.commands.get(order.name)
    if rule is None or order.name not in FROM:
        return refused("unsupported", "unsupported")
    refusal = _check_state(entry, order, rule) or _check_revision(entry, order)
    if refusal is not None:
        return refusal
    holding = _check_right(profile, entry, order, actor=actor, now=now)
    refusal = holding.refusal or _check_reason(order, rule) or _check_complete(profile, entry, order, missing)
    return refusal or Allowed(outcome_of(profile, entry, order, actor=actor.person.id), holding.mandate)


def outcome_of(profile: Profile, entry: Entry, order: Order, *, actor: str) -> Entry:
    """What the command makes of the entry, rights aside; `state_ver` rises by one."""
    first, last = profile.first.id, profile.last.id
    after = replace(entry, state_ver=entry.state_ver + 1)
    match order.name:
        case "submit":
            return replace(
                after, step=profile.steps[1].id, phase="waiting", submitter=actor, ever_submitted=True,
                entered_rid=entry.head_rid, authors_submitted=entry.authors, returned=None,
            )  # fmt: skip
        case "recall" | "revise":
            return replace(after, step=first, phase="draft")
        case "approve":
            return _approved(profile, after)
        case "return":
            phase = "draft" if profile.return_to == first else "waiting"
            return replace(after, step=profile.return_to, phase=phase, entered_rid=entry.head_rid)
        case "unpublish":
            after = replace(after, published_rid=None)
            return replace(after, phase="unpublished", step=last) if entry.phase == "published" else after
        case "discard":
            return replace(after, step=first, phase="discarded")
        case "restore" if entry.phase == "unpublished":
            return replace(after, step=last, phase="published", published_rid=entry.last_published)
        case _:
            return replace(after, step=first, phase="draft")


def may_write(profile: Profile, entry: Entry | None, actor: Actor, *, section: str | None, now: str) -> Outcome | None:
    """None if the actor may put a revision that names `section`; `entry` is None for one not yet born."""
    if entry is None:
        return hold(profile, profile.first, actor, section=section, now=now).refusal
    refusal: Outcome | None = None
    match entry.phase:
        case "draft":
            if not _owns(entry, actor) and not is_section_editor(profile, entry, actor, now=now):
                refusal = refused("forbidden", "not-yours", clause=profile.first.clause)
        case "waiting":
            step = profile.step(entry.step)
            if step is None:
                return refused("invalid_state", "step", step=entry.step)
            refusal = hold(profile, step, actor, section=entry.section, now=now).refusal
        case _:
            return refused("invalid_state", "phase", phase=entry.phase)
    if refusal is None and section != entry.section:
        refusal = hold(profile, profile.first, actor, section=section, now=now).refusal
    return refusal


def is_section_editor(profile: Profile, entry: Entry, actor: Actor, *, now: str) -> bool:
    """Whether the actor holds any step after entering in the entry's section."""
    return any(hold(profile, step, actor, section=entry.section, now=now).refusal is None for step in profile.steps[1:])


def hold(profile: Profile, step: Step, actor: Actor, *, section: str | None, now: str) -> Holding:
    """Whether the actor holds `step` in `section`, by role or by a delegation in force."""
    refusal = _by_role(step.roles, actor.person, section=section, clause=step.clause)
    if refusal is None:
        return _FREE
    if not actor.person.active:
        return Holding(refusal)
    lapsed = False
    for mandate in actor.mandates:
        if covers(given_sections(mandate, step_id=step.id, profile=profile, now=now), section):
            return Holding(None, mandate)
        named = mandate.step == step.id and step.delegable and covers(mandate.sections, section)
        lapsed = lapsed or (named and not mandate.in_force(now))
    return Holding(refused("forbidden", "delegation-expired", clause=step.clause) if lapsed else refusal)


def _approved(profile: Profile, after: Entry) -> Entry:
    index = next(step.index for step in profile.steps if step.id == after.step)
    is_corrected = after.entered_rid not in (None, after.head_rid)
    if profile.recheck_after_correction and is_corrected:  # the step before has not seen what is approved here
        phase = "draft" if index == 1 else "waiting"
        return replace(after, step=profile.steps[index - 1].id, phase=phase, entered_rid=after.head_rid, returned=None)
    if index + 1 < len(profile.steps):
        return replace(after, step=profile.steps[index + 1].id, entered_rid=after.head_rid, returned=None)
    return replace(
        after, step=profile.last.id, phase="published", published_rid=after.head_rid, last_published=after.head_rid,
        returned=None,
    )  # fmt: skip


def _check_state(entry: Entry, order: Order, rule: CommandRule) -> Outcome | None:
    if order.on_state_ver is not None and order.on_state_ver != entry.state_ver:
        return refused("invalid_state", "state-moved", phase=entry.phase)
    possible = entry.phase in FROM[order.name]
    if order.name == "unpublish":
        possible = entry.published_rid is not None
    if not possible:
        return refused("invalid_state", "phase", clause=rule.clause, phase=entry.phase)
    if order.step is not None and order.step != entry.step:
        return refused("invalid_state", "step", clause=rule.clause, step=entry.step)
    return None


def _check_revision(entry: Entry, order: Order) -> Outcome | None:
    current = entry.published_rid if order.name == "unpublish" else entry.head_rid
    if order.on_rid is None or order.on_rid == current:
        return None
    return refused("stale_revision", "other-revision", rid=current or "")


def _check_right(profile: Profile, entry: Entry, order: Order, *, actor: Actor, now: str) -> Holding:
    rule, me = profile.commands[order.name], actor.person.id
    match order.name:
        case "approve" | "return":
            return _check_gate(profile, entry, order, actor=actor, now=now)
        case "submit":
            if _owns(entry, actor):
                return hold(profile, profile.first, actor, section=entry.section, now=now)
            allowed, code = is_section_editor(profile, entry, actor, now=now), "not-yours"
        case "recall":
            allowed, code = entry.submitter == me, "not-submitter"
        case "discard" if entry.owner == me:
            allowed, code = not entry.ever_submitted, "never-submitted"
        case "discard":
            allowed, code = False, "not-yours"
        case "restore" if entry.phase == "discarded":
            allowed, code = entry.owner == me, "not-yours"
        case _:
            return Holding(_by_role(rule.roles or (), actor.person, section=entry.section, clause=rule.clause))
    return _FREE if allowed else Holding(refused("forbidden", code, clause=rule.clause))


def _check_gate(profile: Profile, entry: Entry, order: Order, *, actor: Actor, now: str) -> Holding:
    step = profile.step(entry.step)
    if step is None:
        return Holding(refused("invalid_state", "step", step=entry.step))
    if order.delegation is not None:
        named = tuple(mandate for mandate in actor.mandates if mandate.id == order.delegation)
        given = (given_sections(mandate, step_id=step.id, profile=profile, now=now) for mandate in named)
        if not any(covers(sections, entry.section) for sections in given):
            return Holding(refused("forbidden", "delegation-expired", clause=step.clause))
        holding = Holding(None, named[0])
    else:
        holding = hold(profile, step, actor, section=entry.section, now=now)
    kept_apart = profile.separation and order.name == "approve" and actor.person.id in entry.authors_submitted
    if holding.refusal is None and kept_apart:
        return Holding(refused("forbidden", "separation", clause=profile.separation_clause or step.clause))
    return holding


def _check_reason(order: Order, rule: CommandRule) -> Outcome | None:
    if rule.reason and not order.reason.strip():
        return refused("invalid", "reason-required", clause=rule.clause)
    return None


def _check_complete(profile: Profile, entry: Entry, order: Order, missing: Missing) -> Outcome | None:
    if order.name not in ("submit", "approve"):
        return None
    gate = "submit"
    if order.name == "approve":
        gate = "publish" if entry.step == profile.last.id else "approve"
    pointers = tuple(missing(gate))
    if not pointers:
        return None
    rule = Rule("incomplete", profile.commands[order.name].clause)
    return Outcome("invalid", rule, tuple((pointer, "required") for pointer in pointers))


def _owns(entry: Entry, actor: Actor) -> bool:
    return actor.person.id in (entry.owner, entry.assignee)


def _by_role(roles: Sequence[str], person: Person, *, section: str | None, clause: str) -> Outcome | None:
    if not person.has_role(roles):
        return refused("forbidden", "role", clause=clause)
    if not covers(sections_of(roles, person), section):
        return refused("forbidden", "section", clause=clause, section=section or "")
    return None
