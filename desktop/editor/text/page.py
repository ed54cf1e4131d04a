"""The `<main>` of an entry's page: its context from approved facts, and the theme's template around it.

The rules are those of `resources/contract/page-context.json`; the portal follows them with its own code and both get
the same bytes.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import TypeAlias

from jinja2 import Environment, FileSystemLoader, StrictUndefined

import resources
from desktop.domain.digest import Json
from desktop.editor.text.html_text import Heading, contents

ContentJson: TypeAlias = Mapping[str, Json]
SchemaJson: TypeAlias = Mapping[str, Json]
ProfileJson: TypeAlias = Mapping[str, Json]

_APART = {"summary", "source", "event_date"}
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_MOMENT = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}:[0-9]{2})")
_DECIMAL = re.compile(r"(-?[0-9]{1,15})(?:\.([0-9]{1,6}))?")
_COMMAS = str.maketrans(",.", ".,")
_CSS_VALUE = re.compile(r"[\w#%., \"'()-]*")
_NAME = re.compile(r"[a-z0-9-]+")


def page_context(
    content: ContentJson,
    kind_schema: SchemaJson,
    profile: ProfileJson,
    *,
    headings: Callable[[str], Iterable[Heading]] = contents,
) -> dict[str, Json]:
    """The object of `page-context.json` for one revision's content; `content`, kind and profile as on the wire.

    `headings`: those of a field's HTML, for who knows them already.
    """
    lang = _text(content.get("lang"))
    fields = _object(content.get("fields"))
    schemas = {name: _object(schema) for name, schema in _object(kind_schema.get("properties")).items()}
    title = next((name for name, schema in schemas.items() if schema.get("x-search") == "title"), "title")
    html = _object(content.get("html"))
    body = {name: _text(html.get(name)) for name, schema in schemas.items() if "x-markdown" in schema}
    body = {name: text for name, text in body.items() if text.strip()}
    facts = _Facts(lang, profile)
    return {
        "kind": _text(content.get("kind")),
        "lang": lang,
        "title": line(_text(fields.get(title))),
        "summary": line(_text(fields.get("summary"))),
        "meta": facts.rows({name: schema for name, schema in schemas.items() if name != title}, fields),
        "tables": facts.tables(schemas, fields),
        "contents": [
            {"id": heading.id, "level": heading.level, "text": heading.text}
            for text in body.values()
            for heading in headings(text)
        ],
        "body": [
            {
                "field": name,
                "label": label(schemas[name].get("x-label"), lang),
                "dialect": _text(schemas[name].get("x-markdown")),
                "html": text,
            }
            for name, text in body.items()
        ],
        "attribution": _attribution(profile, _authors(fields, schemas), lang),
        "source": _source(_object(fields.get("source")), schemas.get("source", {}), lang),
        "event_date": _event_date(_text(fields.get("event_date")), schemas.get("event_date", {}), lang),
        "attachments": _attachments(content, "\n".join(body.values())),
    }


def render_main(context: Mapping[str, Json], theme: str) -> str:
    """`<main>…</main>` by the template of the context's kind in the theme `theme`, or by its generic one."""
    names = [f"main-{context['kind']}.html", "main-generic.html"]
    return _environment(theme).select_template(names).render(**context)


def theme_css(theme: Mapping[str, Json]) -> str:
    """The theme parameters of a bundle as CSS variables (`--colour-accent`, `--font-body`); odd values are left out."""
    pairs = [
        f"--{prefix}-{name}: {value};"
        for prefix, group in (("colour", "colours"), ("font", "fonts"))
        for name, value in _object(theme.get(group)).items()
        if isinstance(value, str) and _NAME.fullmatch(name) and _CSS_VALUE.fullmatch(value)
    ]
    return f":root {{ {' '.join(pairs)} }}\n"


def line(text: str) -> str:
    return " ".join(text.split())


def label(value: Json, lang: str) -> str:
    """A {vi, en} label in `lang`, else in Vietnamese, else ""."""
    labels = _object(value)
    return _text(labels.get(lang)) or _text(labels.get("vi"))


class _Facts:
    """Values of fields as the page words them, in the language of the entry."""

    def __init__(self, lang: str, profile: Mapping[str, Json]) -> None:
        sections = profile.get("sections")
        known = [_object(section) for section in sections] if isinstance(sections, list) else []
        self._lang = lang
        self._sections = {_text(section.get("id")): label(section.get("label"), lang) for section in known}

    def value(self, name: str, schema: Mapping[str, Json], value: Json) -> str:
        """`value` as text, "" for what a page does not show."""
        if isinstance(value, bool):
            return ("Có" if self._lang == "vi" else "Yes") if value else ""
        if isinstance(value, int):
            return str(value)
        widget = schema.get("x-widget")
        if widget in {"money", "object"} and isinstance(value, dict):
            return self._members(schema, value, " " if widget == "money" else " – ")
        if isinstance(value, list) and widget != "rows":
            people = _object(schema.get("items")) if widget == "people" else {}
            words = [self._members(people, item, " – ") for item in value if isinstance(item, dict)]
            words += [self._word(name, schema, item) for item in value if isinstance(item, str)]
            return "; ".join(word for word in words if word)
        return self._word(name, schema, value) if isinstance(value, str) else ""

    def rows(self, schemas: Mapping[str, Mapping[str, Json]], fields: Mapping[str, Json]) -> list[Json]:
        """Every fact that has a word, in the order of the schema."""
        worded = {
            name: self.value(name, schema, fields.get(name))
            for name, schema in schemas.items()
            if _is_fact(name, schema)
        }
        return [
            {"key": name, "label": label(schemas[name].get("x-label"), self._lang), "value": value}
            for name, value in worded.items()
            if value
        ]

    def tables(self, schemas: Mapping[str, Mapping[str, Json]], fields: Mapping[str, Json]) -> list[Json]:
        """Every list of rows that has something to show."""
        made = {
            name: self._table(schema, fields.get(name))
            for name, schema in schemas.items()
            if schema.get("x-widget") == "rows" and _is_fact(name, schema)
        }
        return [
            {"field": name, "label": label(schemas[name].get("x-label"), self._lang), **table}
            for name, table in made.items()
            if table
        ]

    def _table(self, schema: Mapping[str, Json], value: Json) -> dict[str, Json]:
        """Of rows: the columns that some row fills, and the rows as the page words them; {} where none does."""
        parts = {
            name: _object(part)
            for name, part in _object(_object(schema.get("items")).get("properties")).items()
            if _is_fact("", _object(part))
        }
        given = [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
        words = [{name: self.value("", part, row.get(name)) for name, part in parts.items()} for row in given]
        used = [name for name in parts if any(row[name] for row in words)]
        rows: list[Json] = [[row[name] for name in used] for row in words if any(row.values())]
        columns: list[Json] = [
            {"label": label(parts[name].get("x-label"), self._lang), "number": _is_number(parts[name])} for name in used
        ]
        return {"columns": columns, "rows": rows} if rows else {}

    def _members(self, schema: Mapping[str, Json], value: Mapping[str, Json], joint: str) -> str:
        """Of an object: the members that the page shows, in the order of the schema."""
        parts = _object(schema.get("properties")).items()
        words = [self.value("", _object(part), value.get(name)) for name, part in parts if _is_fact("", _object(part))]
        return joint.join(word for word in words if word)

    def _word(self, name: str, schema: Mapping[str, Json], value: str) -> str:
        if name == "section":
            return line(self._sections.get(value, "") or value)
        worded = label(_object(schema.get("x-enum-label")).get(value), self._lang)
        if worded:
            return worded
        if schema.get("x-widget") in {"datetime", "decimal"}:
            made = _moment(value) if schema["x-widget"] == "datetime" else _grouped(value, self._lang)
            return made or line(value)
        return _date(value) or line(value) if schema.get("format") == "date" else line(value)


def _is_fact(name: str, schema: Mapping[str, Json]) -> bool:
    return not (
        name in _APART
        or name.startswith("_")
        or "x-label" not in schema
        or "x-markdown" in schema
        or schema.get("x-personal") is True
        or schema.get("x-public") is False
        or schema.get("x-widget") in {"hidden", "attachments"}
    )


def _is_number(schema: Mapping[str, Json]) -> bool:
    """Whether its values stand on the right of their column."""
    return schema.get("x-widget") in {"number", "decimal"}


def _authors(fields: Mapping[str, Json], schemas: Mapping[str, Mapping[str, Json]]) -> str:
    """The names of the people in the first field of people, ", " between them."""
    field = next((name for name, schema in schemas.items() if schema.get("x-widget") == "people"), "")
    people = fields.get(field)
    names = [line(_text(_object(person).get("name"))) for person in people] if isinstance(people, list) else []
    return ", ".join(name for name in names if name)


def _attribution(profile: Mapping[str, Json], authors: str, lang: str) -> str | None:
    """Whom one quotes. Source: Dự thảo Quy chế Bình Phước Điều 8.3."""
    told = _object(profile.get("attribution"))
    signed = label(told.get("with_authors"), lang) if authors else ""
    return signed.replace("{authors}", authors) or label(told.get("line"), lang) or None


def _source(source: Mapping[str, Json], schema: Mapping[str, Json], lang: str) -> Json:
    name, url = line(_text(source.get("name"))), line(_text(source.get("url")))
    if not name:
        return None
    url = url if url.startswith(("http://", "https://")) else ""
    author, day = line(_text(source.get("author"))), _date(_text(source.get("date")))
    return {"label": label(schema.get("x-label"), lang), "name": name, "url": url, "author": author, "date": day}


def _event_date(value: str, schema: Mapping[str, Json], lang: str) -> Json:
    text = _date(value)
    return {"label": label(schema.get("x-label"), lang), "iso": value, "text": text} if text else None


def _date(value: str) -> str:
    """`2026-11-22` as `22/11/2026`; "" for anything else."""
    found = _DATE.fullmatch(value)
    return f"{found[3]}/{found[2]}/{found[1]}" if found else ""


def _grouped(value: str, lang: str) -> str:
    """`1500000.5` as `1.500.000,5`, in English `1,500,000.5`; "" for anything else."""
    found = _DECIMAL.fullmatch(value)
    if found is None:
        return ""
    whole = re.sub(r"(?<=[0-9])(?=(?:[0-9]{3})+$)", ",", found[1])
    made = f"{whole}.{found[2]}" if found[2] else whole
    return made.translate(_COMMAS) if lang == "vi" else made


def _moment(value: str) -> str:
    """`2026-11-22T14:30` as `22/11/2026 14:30`; "" for anything else."""
    found = _MOMENT.fullmatch(value)
    return f"{found[3]}/{found[2]}/{found[1]} {found[4]}" if found else ""


def _attachments(content: Mapping[str, Json], html: str) -> list[Json]:
    listed = content.get("attachments")
    shown: list[Json] = []
    for item in listed if isinstance(listed, list) else []:
        file = _object(item)
        sha256, size = _text(file.get("sha256")), file.get("size")
        if f"/_blob/{sha256}" not in html:
            name = line(_text(file.get("name"))) or sha256
            size = size if isinstance(size, int) else 0
            shown.append({"sha256": sha256, "name": name, "size": size, "role": _text(file.get("role"))})
    return shown


@lru_cache
def _environment(theme: str) -> Environment:
    return Environment(
        loader=FileSystemLoader(resources.path("themes", theme)),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )


def _text(value: Json) -> str:
    return value if isinstance(value, str) else ""


def _object(value: Json) -> Mapping[str, Json]:
    return value if isinstance(value, dict) else {}
