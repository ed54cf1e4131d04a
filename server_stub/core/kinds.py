"""A kind (JSON Schema 2020-12 with annotations), prepared for checking and for the lists."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from jsonschema import Draft202012Validator, FormatChecker

from server_stub.core.demands import GATES, is_empty, value_at

_NUMBER: Final = re.compile(r"\d{1,9}(\.\d{1,6})?", re.ASCII)


@dataclass(frozen=True)
class Kind:
    """`required` holds (pointer path, gate) of every field that some gate needs, `columns` (list, member, gate) of what it needs
    of each row, `totals` (list, member, sum) what a member of all rows must come to, `follows` (day, first day) of days in order.

    `relations`: the field that relates the entry to others, which are of `related_kinds`; `filters`: the fields that lists are
    narrowed by.
    """

    id: str
    label: Mapping[str, str]
    schema: Mapping[str, Any]
    validator: Draft202012Validator
    required: tuple[tuple[tuple[str, ...], str], ...]
    markdown: frozenset[str]
    totals: tuple[tuple[str, str, Decimal], ...]
    columns: tuple[tuple[str, str, str], ...]
    follows: tuple[tuple[str, str], ...]
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
        totals=tuple(
            (name, part["x-total"]["member"], Decimal(part["x-total"]["is"]))
            for name, part in properties.items()
            if "x-total" in part
        ),
        columns=tuple(
            (name, column, inner["x-required-from"])
            for name, part in properties.items()
            for column, inner in part.get("items", {}).get("properties", {}).items()
            if "x-required-from" in inner
        ),
        follows=tuple((name, part["x-not-before"]) for name, part in properties.items() if "x-not-before" in part),
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
    """Pointers of the fields that `gate` (submit, approve, publish) needs and that are empty, and of sums that do not come out."""
    reached = GATES[: GATES.index(gate) + 1]
    found = [
        "/fields/" + "/".join(path)
        for path, from_gate in kind.required
        if from_gate in reached and is_empty(value_at(fields, path))
    ]
    for name, column, from_gate in kind.columns:
        given = _rows(fields.get(name)) if from_gate in reached else []
        found += [f"/fields/{name}/{at}/{column}" for at, row in enumerate(given) if is_empty(row.get(column))]
    for name, column, wanted in kind.totals:
        rows = _rows(fields.get(name))
        if rows and sum((_decimal(row.get(column)) for row in rows), Decimal(0)) != wanted:
            found.append(f"/fields/{name}/{column}")
    for name, first in kind.follows:
        day, least = fields.get(name), fields.get(first)
        if isinstance(day, str) and isinstance(least, str) and not is_empty(day) and day < least:
            found.append(f"/fields/{name}")
    return tuple(found)


def searched(kind: Kind, fields: Mapping[str, Any]) -> Iterator[str]:
    """The texts of an entry that the site's search finds it by."""
    return _searched(kind.schema, fields)


def _walk(schema: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Mapping[str, Any]]]:
    for name, part in schema.get("properties", {}).items():
        yield (*path, name), part
        yield from _walk(part, (*path, name))


def _searched(part: Mapping[str, Any], value: object) -> Iterator[str]:
    """The texts of those members that are searched; those of a row by what the row's schema says of them."""
    if _personal(part):
        return
    match value:
        case str() if part.get("x-search") in ("title", "key", "text"):
            yield value
        case Mapping():
            for name, inner in part.get("properties", {}).items():
                yield from _searched(inner, value.get(name))
        case list():
            row = part.get("items", {})
            words = {"x-search": part.get("x-search"), **row}
            for item in value:
                yield from _searched(words, item)


def _rows(value: object) -> list[Mapping[str, Any]]:
    return [row for row in value if isinstance(row, Mapping)] if isinstance(value, list) else []


def _decimal(value: object) -> Decimal:
    """A share or an amount; what is none counts as nothing."""
    return Decimal(value) if isinstance(value, str) and _NUMBER.fullmatch(value) else Decimal(0)


def _personal(part: Mapping[str, Any]) -> bool:
    return bool(part.get("x-personal", False))
