"""What a list may be narrowed by: the fields of its kind that say so, each with its values. Anything else asked for is let go."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from server_stub.core.kinds import Kind
from server_stub.site.context import label
from server_stub.site.view import HOME_LANGUAGE


@dataclass(frozen=True)
class Choice:
    """One field: what it is called, (value, words) of each option, and the value that is asked for, "" for all."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    value: str


def choices(kind: Kind | None, asked_for: Mapping[str, str]) -> tuple[Choice, ...]:
    """The choices of `kind` as a query asks for them."""
    return tuple(_choice(kind, name, asked_for.get(name, "")) for name in kind.filters) if kind is not None else ()


def chosen(offered: Sequence[Choice]) -> dict[str, str]:
    """The values that are asked for, by field."""
    return {choice.name: choice.value for choice in offered if choice.value}


def _choice(kind: Kind, name: str, value: str) -> Choice:
    part = kind.schema["properties"][name]
    worded, values = part.get("x-enum-label", {}), part.get("enum", ())
    options = tuple((each, label(worded.get(each), HOME_LANGUAGE) or each) for each in values)
    return Choice(name, label(part["x-label"], HOME_LANGUAGE), options, value if value in values else "")
