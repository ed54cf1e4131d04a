"""Fields that lists are narrowed by (`x-filter`): each chosen value is one word of the search index that nobody types."""

import re
from collections.abc import Iterator, Mapping

from desktop.domain.digest import Json
from desktop.domain.fold import fold
from desktop.domain.kind import Field, Kind

_NOT_WORD = re.compile(r"[^a-z0-9]+")


def filters_of(kind: Kind) -> tuple[Field, ...]:
    """The fields of a kind that its lists are narrowed by, each with choices."""
    return tuple(field for field in kind.fields if field.schema.get("x-filter") is True and field.choices)


def filter_word(name: str, value: str) -> str:
    """The word of a value: no word of a text is like it, and none begins with another, since the last word may be a beginning."""
    return f"loc{_NOT_WORD.sub('', fold(name))}x{_NOT_WORD.sub('', fold(value))}zz"


def filter_words(kind: Kind, fields: Mapping[str, Json]) -> Iterator[str]:
    """The words of everything in `fields` that lists are narrowed by."""
    for field in filters_of(kind):
        value = fields.get(field.name)
        if isinstance(value, str) and value:
            yield filter_word(field.name, value)
