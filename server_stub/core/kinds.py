"""A kind (JSON Schema 2020-12 with annotations), prepared for checking and for the lists."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

from server_stub.core.profile import GATES


@dataclass(frozen=True)
class Kind:
    """`required` holds (pointer path, gate) of every field that some gate needs.

    `relations`: the field that relates the entry to others, which are of `related_kinds`; `filters`: the fields that lists are
    narrowed by.
    """

    id: str
    label: Mapping[str, str]
    schema: Mapping[str, Any]
    validator: Draft202012Validator
    required: tuple[tuple[tuple[str, ...], str], ...]
    markdown: frozenset[str]
    searched: tuple[tuple[str, ...], ...]
    key: str | None
    relations: str | None
    related_kinds: frozenset[str]
    filters: tuple[str, ...]


def parse_kind(schema: Mapping[str, Any]) -> Kind:
    """Read a kind's schema; KeyError when it has no id or no properties."""
    properties = schema["properties"]
    walked = list(_walk(schema, ()))
    relations = next((name for name, part in properties.items() if "x-relation" in part), None)
    return Kind(
        id=schema["$id"],
        label=schema["x-label"],
        schema=schema,
        validator=Draft202012Validator(schema, format_checker=FormatChecker(("date", "uuid"))),
        required=tuple((path, part["x-required-from"]) for path, part in walked if "x-required-from" in part),
        markdown=frozenset(name for name, part in properties.items() if "x-markdown" in part),
        searched=tuple(
            path for path, part in walked if part.get("x-search") in ("title", "key", "text") and not _personal(part)
        ),
        key=next((name for name, part in properties.items() if part.get("x-search") == "key"), None),
        relations=relations,
        related_kinds=frozenset(properties[relations]["x-relation"]["kinds"] if relations else ()),
        filters=tuple(name for name, part in properties.items() if part.get("x-filter") is True),
    )


def faults(kind: Kind, fields: object) -> tuple[tuple[str, str], ...]:
    """(pointer, code) of everything in `fields` that the schema refuses; the code is the schema's keyword."""
    found = []
    for error in kind.validator.iter_errors(fields):
        pointer = "".join(f"/{part}" for part in error.absolute_path)
        if error.validator == "required":
            pointer += f"/{error.message.split(chr(39))[1]}"
        found.append((f"/fields{pointer}", str(error.validator)))
    return tuple(sorted(found))


def missing(kind: Kind, fields: Mapping[str, Any], gate: str) -> tuple[str, ...]:
    """Pointers of the fields that `gate` (submit, approve, publish) needs and that are empty."""
    reached = GATES[: GATES.index(gate) + 1]
    return tuple(
        "/fields/" + "/".join(path)
        for path, from_gate in kind.required
        if from_gate in reached and is_empty(value_at(fields, path))
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


def _walk(schema: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Mapping[str, Any]]]:
    for name, part in schema.get("properties", {}).items():
        yield (*path, name), part
        yield from _walk(part, (*path, name))


def _personal(part: Mapping[str, Any]) -> bool:
    return bool(part.get("x-personal", False))
