"""The portal profile, read once into frozen values: the regulation as data.

Profile ── roles, sections, steps, commands, board rules, accounts rules
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from server_stub.core.demands import Demand, parse_demand

Label = Mapping[str, str]


class BadProfileError(ValueError):
    """A profile that contradicts itself; the text says where."""


@dataclass(frozen=True)
class Role:
    id: str
    label: Label
    clause: str


@dataclass(frozen=True)
class Section:
    id: str
    label: Label
    kinds: tuple[str, ...]
    parent: str = ""


@dataclass(frozen=True)
class Step:
    """One step of the workflow; the first is entering, the last publishes."""

    id: str
    index: int
    label: Label
    roles: tuple[str, ...]
    in_sections: tuple[str, ...]
    delegable: bool
    clause: str


@dataclass(frozen=True)
class CommandRule:
    """What the profile says of one command; `roles` is None where the step decides."""

    name: str
    label: Label
    clause: str
    reason: bool
    roles: tuple[str, ...] | None


@dataclass(frozen=True)
class BoardRule:
    limits: Mapping[str, int]
    managers: tuple[str, ...]
    clause: str


@dataclass(frozen=True)
class Profile:
    id: str
    rev: int
    portal_name: Label
    portal_short: Label
    roles: Mapping[str, Role]
    sections: Mapping[str, Section]
    kinds: tuple[str, ...]
    steps: tuple[Step, ...]
    commands: Mapping[str, CommandRule]
    separation: bool
    separation_clause: str
    recheck_after_correction: bool
    return_to: str
    delegators: tuple[str, ...]
    board: BoardRule
    require_source: Mapping[str, bool]
    require_source_clause: str
    demands: tuple[Demand, ...]
    attribution: Label
    password_min: int
    theme_id: str

    @property
    def first(self) -> Step:
        return self.steps[0]

    @property
    def last(self) -> Step:
        return self.steps[-1]

    def step(self, step_id: str) -> Step | None:
        """The step with that id, or None."""
        return next((step for step in self.steps if step.id == step_id), None)

    def gate_of(self, step: Step) -> str:
        """Which completeness gate the approval of `step` is: the last one publishes."""
        return "publish" if step is self.last else "approve"


def parse_profile(data: Mapping[str, Any]) -> Profile:
    """Read a profile document.

    Raises:
        BadProfileError: a member is missing or names a role, section or step that does not exist.
    """
    try:
        profile = _read(data)
    except (KeyError, TypeError, AttributeError) as error:
        raise BadProfileError(f"missing or wrong: {error}") from error
    _check(profile)
    return profile


def _read(data: Mapping[str, Any]) -> Profile:
    flow, board, source = data["workflow"], data["board"], data.get("require_source", {})
    return Profile(
        id=data["id"],
        rev=data["rev"],
        portal_name=data["portal"]["name"],
        portal_short=data["portal"].get("short", data["portal"]["name"]),
        roles={role["id"]: Role(role["id"], role["label"], role.get("clause", "")) for role in data["roles"]},
        sections={
            part["id"]: Section(
                part["id"], part["label"], tuple(part.get("kinds", data["kinds"])), part.get("parent", "")
            )
            for part in data["sections"]
        },
        kinds=tuple(data["kinds"]),
        steps=tuple(_step(index, step) for index, step in enumerate(flow["steps"])),
        commands={name: _command(name, rule) for name, rule in flow["commands"].items()},
        separation=bool(flow.get("separation", False)),
        separation_clause=flow.get("separation_clause", ""),
        recheck_after_correction=bool(flow.get("recheck_after_correction", False)),
        return_to=flow.get("return_to", flow["steps"][0]["id"]),
        delegators=tuple(flow.get("delegators", ())),
        board=BoardRule(dict(board.get("limits", {})), tuple(board["managers"]), board.get("clause", "")),
        require_source={kind: bool(wanted) for kind, wanted in source.items() if kind != "clause"},
        require_source_clause=source.get("clause", ""),
        demands=tuple(parse_demand(demand) for demand in data.get("demands", ())),
        attribution=data["attribution"]["line"],
        password_min=int(data.get("accounts", {}).get("password_min", 10)),
        theme_id=data.get("theme", {}).get("id", "chuan"),
    )


def _step(index: int, step: Mapping[str, Any]) -> Step:
    return Step(
        id=step["id"],
        index=index,
        label=step["label"],
        roles=tuple(step["roles"]),
        in_sections=tuple(step.get("in_sections", ())),
        delegable=bool(step.get("delegable", False)),
        clause=step.get("clause", ""),
    )


def _command(name: str, rule: Mapping[str, Any]) -> CommandRule:
    return CommandRule(
        name=name,
        label=rule["label"],
        clause=rule.get("clause", ""),
        reason=bool(rule.get("reason", False)),
        roles=tuple(rule["roles"]) if "roles" in rule else None,
    )


def _check(profile: Profile) -> None:
    if len(profile.steps) < 2:  # noqa: PLR2004 - entering and publishing
        raise BadProfileError("a workflow has at least two steps")
    if len({step.id for step in profile.steps}) != len(profile.steps):
        raise BadProfileError("a step id appears twice")
    if profile.step(profile.return_to) is None:
        raise BadProfileError(f"return_to names no step: {profile.return_to}")
    named = {role for step in profile.steps for role in (*step.roles, *step.in_sections)}
    named |= {role for rule in profile.commands.values() for role in rule.roles or ()}
    named |= {*profile.delegators, *profile.board.managers, *profile.board.limits}
    unknown = named - set(profile.roles)
    if unknown:
        raise BadProfileError(f"unknown role: {', '.join(sorted(unknown))}")
    for section in profile.sections.values():
        above = profile.sections.get(section.parent)
        if section.parent and (above is None or above.parent):
            raise BadProfileError(f"section {section.id} lies below no section of the top: {section.parent}")
        strangers = set(section.kinds) - set(profile.kinds)
        if strangers:
            raise BadProfileError(f"section {section.id} names unknown kinds: {', '.join(sorted(strangers))}")
