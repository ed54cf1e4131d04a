"""One row of an old portal's catalogue as the fields of a kind: which column is which field, and what a cell means.

What cannot be meant by a cell stays as it is, for the kind to refuse; nothing is guessed.
"""

import re
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from desktop.domain.digest import Json
from desktop.domain.fold import fold
from desktop.domain.ids import EntryId
from desktop.domain.kind import Field, Kind

FILES: Final = "files"
_NAMESPACE: Final = uuid.UUID("6f1c52a0-7f53-5d0e-9d0c-3f1a5f0f7a11")
_DAY_FIRST: Final = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})(?:[ T].*)?")
_YEAR_FIRST: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T].*)?")
_SINGLE_WORDS: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Names:
    """`columns`: other names of a field; `files`: names of the column of files; `nothing`: cells that say nothing."""

    columns: Mapping[str, Sequence[str]]
    files: Sequence[str]
    nothing: Sequence[str]


def columns_of(header: Sequence[str], kind: Kind, names: Names) -> tuple[str | None, ...]:
    """For each column its field, FILES, or None where it is none; a field is filled by the first column of its name."""
    known = {_plain(name): FILES for name in names.files}
    for field in kind.fields:
        known |= {_plain(name): field.name for name in names.columns.get(field.name, ())}
    for field in kind.fields:
        known |= {_plain(name): field.name for name in (field.name, *field.label.values())}
    found: list[str | None] = []
    for name in header:
        field_name = known.get(_plain(name))
        found.append(None if field_name in found and field_name != FILES else field_name)
    return tuple(found)


def fields_of(cells: Iterable[tuple[str, str]], kind: Kind, names: Names) -> dict[str, Json]:
    """The fields that (name, cell) pairs fill, in the kind's own words; what a kind calls by its title has one."""
    nothing = {_plain(word) for word in names.nothing} | {""}
    fields: dict[str, Json] = {}
    for name, cell in cells:
        field = kind.field(name)
        if field is not None and _plain(cell) not in nothing:
            fields[name] = _value(field, cell.strip())
    title = fields.get(kind.title_field) or fields.get("summary")
    if title:
        fields[kind.title_field] = title
    return fields


def identity(kind: Kind, fields: Mapping[str, Json], place: str) -> EntryId:
    """The same for the same document, on every machine and at every attempt: what was brought in once is known again.

    A document is known by its number, its date and who issued it; without a number, by its place in the archive.
    """
    number = fields.get(kind.key_field) if kind.key_field else None
    parts = [number, fields.get("ngay_ban_hanh"), fields.get("co_quan_ban_hanh")] if number else [place]
    named = "\n".join(_plain(str(part or "")) for part in parts)
    return EntryId(str(uuid.uuid5(_NAMESPACE, f"{kind.id}\n{named}")))


def is_same(one: Mapping[str, Json], other: Mapping[str, Json], *, kind: Kind) -> bool:
    """Whether two texts are of the same document, written with or without marks."""
    keys = [kind.key_field or "", "ngay_ban_hanh"]
    return all(one.get(key) and _plain(str(one[key])) == _plain(str(other.get(key))) for key in keys)


def _value(field: Field, cell: str) -> Json:
    if field.widget == "date":
        return _date(cell)
    for choice in field.choices:
        if _plain(choice) == _plain(cell):
            return choice
    if field.widget == "source":
        return {"name": cell}
    return cell


def _date(cell: str) -> str:
    """ISO 8601 for the day-first dates of this country and for ISO's own; anything else as it stands."""
    if match := _DAY_FIRST.fullmatch(cell):
        day, month, year = map(int, match.groups())
    elif match := _YEAR_FIRST.fullmatch(cell):
        year, month, day = map(int, match.groups())
    else:
        return cell
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return cell


def _plain(text: str) -> str:
    return " ".join(_SINGLE_WORDS.findall(fold(text)))
