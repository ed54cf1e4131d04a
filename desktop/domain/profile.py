"""A portal profile: the regulation as data, read from the bundle the portal serves (`resources/profiles/`)."""

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.domain.demands import Demand, demands_from_json
from desktop.domain.digest import Json

Label = Mapping[str, str]


@dataclass(frozen=True)
class Step:
    """One gate. `roles` may take it, each in the sections of its grant; `clause` says who says so."""

    id: str
    label: Label
    waiting: Label
    roles: tuple[str, ...]
    delegable: bool
    clause: str


@dataclass(frozen=True)
class CommandRule:
    """How the portal names a command, who may give it (None: said by the command itself), whether it needs a reason."""

    name: str
    label: Label
    roles: tuple[str, ...] | None
    reason: bool
    clause: str


@dataclass(frozen=True)
class Section:
    """`parent`: the section above it, "" at the top."""

    id: str
    label: Label
    kinds: tuple[str, ...]
    parent: str = ""


@dataclass(frozen=True)
class Profile:
    """`steps` in order, the first is entering, the last publishes. `limits` by role; `raw` keeps what is not known here."""

    id: str
    portal_name: Label
    steps: tuple[Step, ...]
    commands: Mapping[str, CommandRule]
    sections: tuple[Section, ...]
    roles: Mapping[str, Label]
    kinds: tuple[str, ...]
    separation: bool
    recheck_after_correction: bool
    return_to: str
    require_source: Mapping[str, bool]
    source_clause: str
    demands: tuple[Demand, ...]
    delegators: tuple[str, ...]
    managers: tuple[str, ...]
    limits: Mapping[str, int]
    board_clause: str
    raw: Mapping[str, Json]

    def step(self, step_id: str) -> Step | None:
        return next((step for step in self.steps if step.id == step_id), None)

    def section(self, section_id: str) -> Section | None:
        return next((section for section in self.sections if section.id == section_id), None)

    def index(self, step_id: str) -> int:
        """Position of a step; -1 when the profile no longer has it."""
        return next((number for number, step in enumerate(self.steps) if step.id == step_id), -1)


def profile_from_json(value: Mapping[str, Json]) -> Profile:
    """The profile in `value`; KeyError or TypeError when a member this version needs is missing."""
    workflow = _object(value["workflow"])
    source, board = (_object(value.get(key, {})) for key in ("require_source", "board"))
    limits = _object(board.get("limits", {}))
    return Profile(
        id=str(value["id"]),
        portal_name=_label(_object(value["portal"])["name"]),
        steps=tuple(_step(_object(item)) for item in _list(workflow["steps"])),
        commands={name: _command(name, _object(item)) for name, item in _object(workflow["commands"]).items()},
        sections=tuple(_section(_object(item)) for item in _list(value["sections"])),
        roles={str(_object(item)["id"]): _label(_object(item)["label"]) for item in _list(value["roles"])},
        kinds=tuple(str(item) for item in _list(value["kinds"])),
        separation=workflow.get("separation") is True,
        recheck_after_correction=workflow.get("recheck_after_correction") is True,
        return_to=str(workflow.get("return_to", "")),
        require_source={key: flag for key, flag in source.items() if isinstance(flag, bool)},
        source_clause=str(source.get("clause", "")),
        demands=demands_from_json(value.get("demands", [])),
        delegators=_names(workflow.get("delegators", [])),
        managers=_names(board.get("managers", [])),
        limits={role: most for role, most in limits.items() if isinstance(most, int)},
        board_clause=str(board.get("clause", "")),
        raw=value,
    )


def _step(value: Mapping[str, Json]) -> Step:
    return Step(
        id=str(value["id"]),
        label=_label(value["label"]),
        waiting=_label(value["waiting"]),
        roles=_names(value["roles"]),
        delegable=value.get("delegable") is True,
        clause=str(value.get("clause", "")),
    )


def _command(name: str, value: Mapping[str, Json]) -> CommandRule:
    roles = value.get("roles")
    return CommandRule(
        name=name,
        label=_label(value["label"]),
        roles=_names(roles) if isinstance(roles, list) else None,
        reason=value.get("reason") is True,
        clause=str(value.get("clause", "")),
    )


def _section(value: Mapping[str, Json]) -> Section:
    return Section(
        id=str(value["id"]),
        label=_label(value["label"]),
        kinds=_names(value.get("kinds", [])),
        parent=str(value.get("parent", "")),
    )


def _names(value: Json) -> tuple[str, ...]:
    return tuple(str(item) for item in _list(value))


def _label(value: Json) -> Label:
    return {key: str(text) for key, text in _object(value).items()}


def _object(value: Json) -> Mapping[str, Json]:
    if not isinstance(value, dict):
        raise TypeError("the portal profile needs an object here")
    return value


def _list(value: Json) -> list[Json]:
    if not isinstance(value, list):
        raise TypeError("the portal profile needs a list here")
    return value
