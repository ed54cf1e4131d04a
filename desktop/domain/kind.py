"""A content type read from its JSON Schema: its fields, what must be filled at which gate, and what a value may be.

The subset of JSON Schema 2020-12 that kinds use (`docs/architecture.md`); the portal validates with its own code.
"""

import re
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

from desktop.domain.demands import is_empty
from desktop.domain.digest import Json
from desktop.domain.profile import Label, Profile

_DECIMAL = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,6})?", re.ASCII)
GATES = ("submit", "approve", "publish")
_TYPES: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "boolean": (bool,),
    "object": (dict,),
    "array": (list,),
    "null": (type(None),),
}


@dataclass(frozen=True)
class Field:
    """One property of a kind; `schema` is its JSON Schema with the annotations of `docs/architecture.md`."""

    name: str
    schema: Mapping[str, Json]

    @property
    def label(self) -> Label:
        value = self.schema.get("x-label")
        return {key: str(text) for key, text in value.items()} if isinstance(value, dict) else {}

    @property
    def widget(self) -> str:
        return str(self.schema.get("x-widget", "line"))

    @property
    def group(self) -> str:
        return str(self.schema.get("x-group", "facts"))

    @property
    def dialect(self) -> str | None:
        """The Markdown dialect: prose or legal for a Markdown field, None for any other."""
        value = self.schema.get("x-markdown")
        return value if isinstance(value, str) else None

    @property
    def required_from(self) -> str | None:
        value = self.schema.get("x-required-from")
        return value if isinstance(value, str) else None

    @property
    def search(self) -> str | None:
        """title, key or text: how the field is found; None: not at all."""
        value = self.schema.get("x-search")
        return value if isinstance(value, str) else None

    @property
    def clause(self) -> str:
        return str(self.schema.get("x-source", ""))

    @property
    def columns(self) -> tuple["Field", ...]:
        """The members of a row, of a list of objects."""
        row = self.schema.get("items")
        return Field(self.name, row).members if isinstance(row, dict) else ()

    @property
    def members(self) -> tuple["Field", ...]:
        """The members of an object."""
        members = self.schema.get("properties")
        named = members.items() if isinstance(members, dict) else ()
        return tuple(Field(name, schema) for name, schema in named if isinstance(schema, dict))

    @property
    def total(self) -> tuple[str, Decimal] | None:
        """(member, sum): what a member of all rows together must come to; None where nothing is said."""
        told = self.schema.get("x-total")
        return (str(told["member"]), Decimal(str(told["is"]))) if isinstance(told, dict) else None

    @property
    def follows(self) -> str:
        """The field of the day that this one may not precede; "" for none."""
        return str(self.schema.get("x-not-before", ""))

    @property
    def worded(self) -> Mapping[str, Label]:
        """How a choice's values are called, where they are not words themselves."""
        told = self.schema.get("x-enum-label")
        named = told.items() if isinstance(told, dict) else ()
        return {
            value: {key: str(text) for key, text in label.items()} for value, label in named if isinstance(label, dict)
        }

    @property
    def choices(self) -> tuple[str, ...]:
        value = self.schema.get("enum")
        return tuple(str(item) for item in value) if isinstance(value, list) else ()


@dataclass(frozen=True)
class Kind:
    """A content type; `schema` is its whole JSON Schema."""

    id: str
    schema: Mapping[str, Json]

    @property
    def label(self) -> Label:
        return Field(self.id, self.schema).label

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        return Field(self.id, self.schema).members

    def field(self, name: str) -> Field | None:
        return next((field for field in self.fields if field.name == name), None)

    @cached_property
    def title_field(self) -> str:
        """The field people call the entry by."""
        return next(iter(self._searched("title")), "title")

    @cached_property
    def key_field(self) -> str | None:
        """The field that holds its number or the like."""
        return next(iter(self._searched("key")), None)

    def search_words(self, fields: Mapping[str, Json]) -> list[str]:
        """The words of all other fields in which it is searched, the key among them, one text a field."""
        texts = (" ".join(_words(dict(field.schema), fields.get(field.name))) for field in self.fields)
        titles = self._searched("title")
        return [text for text, field in zip(texts, self.fields, strict=True) if text and field.name not in titles]

    def _searched(self, *ways: str) -> tuple[str, ...]:
        return tuple(field.name for field in self.fields if field.search in ways)


@dataclass(frozen=True)
class Fault:
    """What is wrong with a value: where (JSON pointer), which rule of the schema, and the clause behind the field."""

    pointer: str
    code: str
    clause: str = ""


def missing(kind: Kind, profile: Profile, fields: Mapping[str, Json], gate: str) -> tuple[str, ...]:
    """JSON pointers of the fields that must be filled before `gate` (submit, approve, publish) and are not.

    Source: QĐ 2567/2007/QĐ-UBND Điều 19.a for the source of an item, the profile's demands, the kind for everything else.
    """
    due = GATES[: GATES.index(gate) + 1]
    empty = [pointer for field in kind.fields for pointer in _unfilled(field, fields.get(field.name), due)]
    if profile.require_source.get(kind.id) and kind.field("source") is not None:
        source = fields.get("source")
        if is_empty(source.get("name") if isinstance(source, dict) else None):
            empty.append("/source/name")
    empty += early(kind, fields)
    empty += [demand.any_of[0] for demand in profile.demands if demand.is_unmet(kind.id, fields, due)]
    return tuple(dict.fromkeys(empty))


def early(kind: Kind, fields: Mapping[str, Json]) -> tuple[str, ...]:
    """Pointers of the days that lie before the day they must not precede (`x-not-before`)."""
    named = ((field.name, fields.get(field.name), fields.get(field.follows)) for field in kind.fields if field.follows)
    return tuple(
        f"/{name}" for name, day, first in named if isinstance(day, str) and isinstance(first, str) and "" < day < first
    )


def _unfilled(field: Field, value: Json, due: Sequence[str]) -> Iterator[str]:
    """Of a field: itself, the members of its rows that each row must have, and the member whose sum is not what it must be."""
    if is_empty(value):
        if field.required_from in due:
            yield f"/{field.name}"
        return
    for number, row in enumerate(value if isinstance(value, list) else ()):
        filled = row if isinstance(row, dict) else {}
        for part in field.columns if filled else ():
            if part.required_from in due and is_empty(filled.get(part.name)):
                yield f"/{field.name}/{number}/{part.name}"
    if field.total is not None and sum_of(value, field.total[0]) != field.total[1]:
        yield f"/{field.name}/{field.total[0]}"


def _words(schema: Json, value: Json, *, inside: bool = False) -> Iterator[str]:
    """What is searched of a value: where its members say nothing of themselves, all of them as the whole does."""
    told = schema if isinstance(schema, dict) else {}
    own = inside or told.get("x-search") in ("text", "key")
    if isinstance(value, str) and own:
        yield value
    elif isinstance(value, list):
        row = told.get("items")
        for item in value:
            yield from _words(row, item, inside=own and not _says_which(row))
    elif isinstance(value, dict):
        members = told.get("properties")
        inner = members if isinstance(members, dict) else {}
        below = own and not _says_which(told)
        for name, item in value.items():
            yield from _words(inner.get(name), item, inside=below)


def _says_which(schema: Json) -> bool:
    members = schema.get("properties") if isinstance(schema, dict) else None
    return isinstance(members, dict) and any(isinstance(part, dict) and "x-search" in part for part in members.values())


def sum_of(rows: Json, member: str) -> Decimal:
    """What a member of all rows comes to; what is no decimal number counts as nothing."""
    given = [row.get(member) for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    return sum((Decimal(text) for text in given if isinstance(text, str) and _DECIMAL.fullmatch(text)), Decimal(0))


def faults(kind: Kind, fields: Mapping[str, Json]) -> list[Fault]:
    """Everything in `fields` that the kind does not allow; empty ones are not judged here, unknown ones are kept."""
    found: list[Fault] = []
    for field in kind.fields:
        value = fields.get(field.name)
        if value not in (None, "", [], {}):  # a blank is no value, and no date or code either
            found += [
                Fault(at, code, field.clause) for at, code in _judge(kind.schema, field.schema, value, f"/{field.name}")
            ]
    return found


def _judge(root: Mapping[str, Json], schema: Mapping[str, Json], value: Json, at: str) -> Iterator[tuple[str, str]]:
    schema = _resolve(root, schema)
    if not _type_fits(schema.get("type"), value):
        yield at, "type"
        return
    choices = schema.get("enum")
    if isinstance(choices, list) and value not in choices:
        yield at, "enum"
    if "const" in schema and value != schema["const"]:
        yield at, "const"
    if isinstance(value, str):
        yield from _judge_text(schema, value, at)
    elif isinstance(value, int) and not isinstance(value, bool):
        yield from _judge_bounds(schema, value, at, "minimum", "maximum")
    elif isinstance(value, list):
        yield from _judge_list(root, schema, value, at)
    elif isinstance(value, dict):
        yield from _judge_object(root, schema, value, at)


def _judge_text(schema: Mapping[str, Json], value: str, at: str) -> Iterator[tuple[str, str]]:
    yield from _judge_bounds(schema, len(value), at, "minLength", "maxLength")
    pattern, shape = schema.get("pattern"), schema.get("format")
    if isinstance(pattern, str) and not re.search(pattern, value):
        yield at, "pattern"
    if isinstance(shape, str) and not _format_fits(shape, value):
        yield at, f"format-{shape}"


def _judge_list(
    root: Mapping[str, Json], schema: Mapping[str, Json], value: list[Json], at: str
) -> Iterator[tuple[str, str]]:
    if schema.get("uniqueItems") is True and any(item in value[:number] for number, item in enumerate(value)):
        yield at, "uniqueItems"
    items = schema.get("items")
    if isinstance(items, dict):
        for number, item in enumerate(value):
            yield from _judge(root, items, item, f"{at}/{number}")


def _judge_object(
    root: Mapping[str, Json], schema: Mapping[str, Json], value: Mapping[str, Json], at: str
) -> Iterator[tuple[str, str]]:
    needed, properties = schema.get("required"), schema.get("properties")
    for name in needed if isinstance(needed, list) else []:
        if name not in value:
            yield f"{at}/{name}", "required"
    for name, item in properties.items() if isinstance(properties, dict) else ():
        if name in value and isinstance(item, dict):
            yield from _judge(root, item, value[name], f"{at}/{name}")


def _judge_bounds(schema: Mapping[str, Json], size: int, at: str, low: str, high: str) -> Iterator[tuple[str, str]]:
    least, most = schema.get(low), schema.get(high)
    if isinstance(least, int) and size < least:
        yield at, low
    if isinstance(most, int) and size > most:
        yield at, high


def _type_fits(wanted: Json, value: Json) -> bool:
    names = [wanted] if isinstance(wanted, str) else wanted if isinstance(wanted, list) else []
    fits = [
        isinstance(value, _TYPES[str(name)]) and not (name == "integer" and isinstance(value, bool)) for name in names
    ]
    return not names or any(fits)


def _format_fits(shape: str, value: str) -> bool:
    readers: Mapping[str, Callable[[str], object]] = {
        "date": date.fromisoformat,
        "date-time": datetime.fromisoformat,
        "uuid": uuid.UUID,
    }
    try:
        readers[shape](value)
    except ValueError:
        return False
    except KeyError:
        return True
    return shape != "date" or len(value) == len("2026-01-31")


def _resolve(root: Mapping[str, Json], schema: Mapping[str, Json]) -> Mapping[str, Json]:
    reference = schema.get("$ref")
    if not isinstance(reference, str):
        return schema
    target: Json = dict(root)
    for part in reference.removeprefix("#/").split("/"):
        target = target.get(part) if isinstance(target, dict) else None
    return target if isinstance(target, dict) else {}
