"""Fields and values by the names that people know: a pointer of a merge becomes words, a date dd/MM/yyyy, a section its label."""

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.domain.conflict import ATTACHMENTS, LANG, ORIGINAL
from desktop.domain.digest import Json
from desktop.domain.kind import Field, Kind
from desktop.domain.profile import Profile
from desktop.ui.presenters.times import day
from desktop.ui.presenters.words import Translate, label

_MEGABYTE, _KILOBYTE = 1_000_000, 1_000
_NAMES = ("title", "name", "label", "text")  # what an item of a list may be called by, the first that is there


@dataclass(frozen=True)
class FieldWords:
    """What names and values are read with."""

    kind: Kind | None
    profile: Profile | None
    lang: str
    translate: Translate

    def name(self, pointer: str) -> str:
        """`/source/url` as "Nguồn tin – Địa chỉ"; an unknown field by its own name."""
        translate, plain = self.translate, pointer.split("#", maxsplit=1)[0]
        if plain.startswith(ATTACHMENTS):
            return translate("Values", "Attached file")
        if plain == ORIGINAL:
            return translate("Values", "Stamped original")
        if plain == LANG:
            return translate("Values", "Language of the text")
        names = []
        for field, name in self._way(plain):
            names.append((label(field.label, self.lang) if field else "") or name)
        return " – ".join(names)

    def field(self, pointer: str) -> Field | None:
        """The field, or member of one, that `pointer` names; None for an item of a set and for what the kind does not know."""
        found: Field | None = None
        for field, _ in self._way(pointer.split("#", maxsplit=1)[0], whole=True):
            found = field
            if field is None:
                return None
        return found

    def value(self, pointer: str, value: Json) -> str:
        """The value as one reads it; "" for none."""
        if value in (None, "", [], {}):
            return ""
        if isinstance(value, bool):
            return self.translate("Values", "yes") if value else self.translate("Values", "no")
        if isinstance(value, list):
            return "; ".join(part for part in (self.value(pointer, item) for item in value) if part)
        if isinstance(value, dict):
            whole = next((field for field, _ in self._way(pointer)), None)
            people = whole is not None and whole.widget == "people"
            return _person(whole, value) if whole is not None and people else self._object(value)
        if pointer == LANG:
            return {"vi": "Tiếng Việt", "en": "English"}.get(str(value), str(value))
        field = self.field(pointer)
        if field is not None and field.widget == "section":
            section = self.profile.section(str(value)) if self.profile else None
            return label(section.label, self.lang) if section else str(value)
        if field is not None and str(value) in field.worded:
            return label(field.worded[str(value)], self.lang)
        return day(str(value)) if field is not None and field.widget == "date" else str(value)

    def _way(self, pointer: str, *, whole: bool = False) -> list[tuple[Field | None, str]]:
        """The fields that lie on the way to what `pointer` names; without the item of a set, unless `whole`."""
        properties = self.kind.schema.get("properties") if self.kind else None
        way: list[tuple[Field | None, str]] = []
        for name in pointer.strip("/").split("/"):
            told = properties.get(name) if isinstance(properties, dict) else None
            if way and not isinstance(told, dict) and not whole:
                break
            way.append((Field(name, told) if isinstance(told, dict) else None, name))
            properties = told.get("properties") if isinstance(told, dict) else None
        return way

    def _object(self, value: Mapping[str, Json]) -> str:
        if "sha256" in value:
            return f"{value.get('name', '')} · {file_size(value.get('size'))}"
        called = next((str(value[name]) for name in _NAMES if value.get(name)), "")
        return called or " · ".join(str(item) for item in value.values() if isinstance(item, str | int))


def _person(field: Field, value: Mapping[str, Json]) -> str:
    """Name · part · 50 %: two who differ in their share alone are told apart."""
    words = [
        f"{str(value[part.name]).replace('.', ',')} %" if part.widget == "percent" else str(value[part.name])
        for part in field.columns
        if part.widget != "hidden" and value.get(part.name)
    ]
    return " · ".join(words)


def file_size(size: Json) -> str:
    """12,4 MB or 380 KB, as the portal's staff write it."""
    count = size if isinstance(size, int) else 0
    megabytes = f"{count / _MEGABYTE:.1f} MB".replace(".", ",")
    return megabytes if count >= _MEGABYTE else f"{max(1, count // _KILOBYTE)} KB"
