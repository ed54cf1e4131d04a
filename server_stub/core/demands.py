"""What a profile demands beyond its kinds: one of some members, where another is filled in or has a certain value."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

GATES: Final = ("submit", "approve", "publish")


@dataclass(frozen=True)
class Demand:
    """`one_of`, `given` and the keys of `when` are JSON pointers into the fields; `given` "": whatever is filled in."""

    kinds: tuple[str, ...]
    one_of: tuple[str, ...]
    gate: str
    given: str
    when: Mapping[str, Sequence[Any]]


def parse_demand(data: Mapping[str, Any]) -> Demand:
    """Read one demand; KeyError or TypeError for what is none."""
    if not data["any"]:
        raise KeyError("any")
    return Demand(
        kinds=tuple(data["kinds"]),
        one_of=tuple(data["any"]),
        gate=data.get("from", "submit"),
        given=data.get("with", ""),
        when=dict(data.get("when", {})),
    )


def unmet(demands: Sequence[Demand], kind_id: str, *, fields: Mapping[str, Any], gate: str) -> tuple[str, ...]:
    """Of every demand that is not met at `gate`: the first of the pointers that would meet it."""
    reached = GATES[: GATES.index(gate) + 1]
    return tuple(
        f"/fields{demand.one_of[0]}"
        for demand in demands
        if kind_id in demand.kinds and demand.gate in reached and _is_asked(demand, fields)
        if all(is_empty(_at(fields, pointer)) for pointer in demand.one_of)
    )


def value_at(fields: Mapping[str, Any], path: tuple[str, ...]) -> Any:  # noqa: ANN401 - JSON
    """The member at `path`, or None."""
    value: Any = fields
    for name in path:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def is_empty(value: object) -> bool:
    """Nothing, blank text, or a list or object without members."""
    if isinstance(value, str):
        return not value.strip()
    return value is None or value in ([], {})


def _is_asked(demand: Demand, fields: Mapping[str, Any]) -> bool:
    if demand.given and is_empty(_at(fields, demand.given)):
        return False
    return all(_at(fields, pointer) in values for pointer, values in demand.when.items())


def _at(fields: Mapping[str, Any], pointer: str) -> object:
    return value_at(fields, tuple(pointer.removeprefix("/").split("/")))
