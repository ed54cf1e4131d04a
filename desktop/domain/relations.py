"""What a document does to others: rows of its own text, each with a name that stays readable where the other is not here.

How the other one calls it is the inverse, told by the kind. Source: QĐ 2567/2007/QĐ-UBND Điều 7.2.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from desktop.domain.digest import Json
from desktop.domain.ids import EntryId
from desktop.domain.keyed import listed
from desktop.domain.kind import Field, Kind
from desktop.domain.profile import Label

WIDGET = "relations"
_BLANKS = re.compile(r"[\s._,;:]+")


@dataclass(frozen=True)
class Relation:
    """`act` as the kind names it; `entry` is None for a document that is not on the portal."""

    act: str
    name: str
    entry: EntryId | None = None

    @property
    def key(self) -> str:
        """The same relation, told by two people, is one. A name goes in as its digest: a key is a part of a pointer."""
        return f"{self.act}:{self.entry or hashlib.sha256(number_key(self.name).encode()).hexdigest()[:16]}"

    def as_json(self) -> dict[str, Json]:
        row: dict[str, Json] = {"id": self.key, "act": self.act, "name": self.name}
        return row | ({"entry": self.entry} if self.entry else {})


def relation_field(kind: Kind) -> Field | None:
    """The field that holds the relations of this kind, if it has one."""
    return next((field for field in kind.fields if field.widget == WIDGET), None)


def relations_in(kind: Kind, fields: Mapping[str, Json]) -> tuple[Relation, ...]:
    """The relations that a text states, in its order; what is no relation is passed over."""
    field = relation_field(kind)
    return tuple(_relations(fields.get(field.name))) if field is not None else ()


def act_labels(field: Field) -> Mapping[str, Label]:
    """Each act and what it is called, in the kind's order."""
    act = _object(_object(_object(field.schema.get("items")).get("properties")).get("act"))
    worded = _object(act.get("x-enum-label"))
    return {str(name): _label(worded.get(str(name))) for name in listed(act.get("enum"))}


def inverse_labels(field: Field) -> Mapping[str, Label]:
    """Each act and what the other document calls it."""
    return {name: _label(words) for name, words in _object(_relation(field).get("inverse")).items()}


def related_kinds(field: Field) -> tuple[str, ...]:
    """The kinds that the other entry may be of."""
    return tuple(str(name) for name in listed(_relation(field).get("kinds")))


def number_key(number: str) -> str:
    """The number of a document as it is compared: without blanks and points, one dash, no leading nought, in one case."""
    plain = _BLANKS.sub("", number.replace("–", "-").replace("—", "-")).casefold()
    return plain.removeprefix("số").lstrip("0")


def _relations(rows: Json) -> Iterator[Relation]:
    for row in listed(rows):
        act, name, entry = (row.get(key) for key in ("act", "name", "entry")) if isinstance(row, dict) else ("", "", "")
        if isinstance(act, str) and act and isinstance(name, str) and name:
            yield Relation(act, name, EntryId(entry) if isinstance(entry, str) and entry else None)


def _relation(field: Field) -> Mapping[str, Json]:
    return _object(field.schema.get("x-relation"))


def _object(value: Json) -> Mapping[str, Json]:
    return value if isinstance(value, dict) else {}


def _label(value: Json) -> Label:
    return {key: str(text) for key, text in _object(value).items()}
