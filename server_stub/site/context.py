"""What the `<main>` of an entry's page is made from, by `resources/contract/page-context.json`.

page_context(content, schema=…, profile=…) -> the object its template gets.  The client builds the same with its own
code; `resources/contract/vectors/page.json` judge both.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from server_stub.site.headings import headings, line

Json = Mapping[str, Any]

_OWN_PLACE: Final = frozenset({"summary", "source", "event_date"})
_DATE: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_MOMENT: Final = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})T([0-9]{2}:[0-9]{2})")
_NUMBER: Final = re.compile(r"(?P<sign>-?)(?P<whole>\d{1,15})(?:\.(?P<part>\d{1,6}))?", re.ASCII)
_YES: Final = {"vi": "Có"}


def page_context(content: Json, *, schema: Json, profile: Json) -> dict[str, Any]:
    """The context of one approved revision; `schema` is its kind's, every argument as the wire has it."""
    lang, fields = content["lang"], content["fields"]
    properties: Mapping[str, Json] = schema.get("properties", {})
    parts = [
        (name, part, content["html"][name])
        for name, part in properties.items()
        if "x-markdown" in part and not is_empty(content["html"].get(name))
    ]
    return {
        "kind": content["kind"],
        "lang": lang,
        "title": line_of(fields.get(_title_field(properties))),
        "summary": line_of(fields.get("summary")),
        "meta": list(_facts(fields, properties, profile=profile, lang=lang)),
        "tables": list(_tables(fields, properties, lang=lang)),
        "contents": [found for _, _, html in parts for found in headings(html)],
        "body": [
            {"field": name, "label": label(part.get("x-label"), lang), "dialect": part["x-markdown"], "html": html}
            for name, part, html in parts
        ],
        "attribution": _attribution(profile.get("attribution", {}), _people(fields, properties), lang=lang) or None,
        "source": _source(fields.get("source"), properties, lang=lang),
        "event_date": _event_date(fields.get("event_date"), properties, lang=lang),
        "attachments": _attachments(content["attachments"], [html for _, _, html in parts]),
    }


def label(labels: Json | None, lang: str) -> str:
    """A {vi, en} object in `lang`, else in Vietnamese, else ""."""
    if not isinstance(labels, Mapping):
        return ""
    return str(labels.get(lang) or labels.get("vi") or "")


def is_empty(value: object) -> bool:
    """Absent, null, blank, or without members."""
    if isinstance(value, str):
        return not value.strip()
    return value is None or value in ([], {})


def day(value: object) -> str:
    """`2026-11-22` as `22/11/2026`, "" for anything else."""
    found = _DATE.fullmatch(value) if isinstance(value, str) else None
    return "/".join(reversed(found.groups())) if found else ""


def line_of(value: object) -> str:
    """A text in one line, "" for anything else."""
    return line(value) if isinstance(value, str) else ""


def _title_field(properties: Mapping[str, Json]) -> str:
    return next((name for name, part in properties.items() if part.get("x-search") == "title"), "title")


def _facts(fields: Json, properties: Mapping[str, Json], *, profile: Json, lang: str) -> Iterator[dict[str, str]]:
    """The rows of `meta`, in the schema's order."""
    title = _title_field(properties)
    for name, part in properties.items():
        given = fields.get(name)
        if name == title or name in _OWN_PLACE or name.startswith("_") or not _is_shown(part) or is_empty(given):
            continue
        sections = profile.get("sections", ()) if name == "section" else ()
        value = _value(given, part, sections=sections, lang=lang)
        if value:
            yield {"key": name, "label": label(part["x-label"], lang), "value": value}


def _is_shown(part: Json) -> bool:
    if part.get("x-personal") is True or part.get("x-public") is False:
        return False
    return "x-label" in part and "x-markdown" not in part and part.get("x-widget") not in ("hidden", "attachments")


def _tables(fields: Json, properties: Mapping[str, Json], *, lang: str) -> Iterator[dict[str, Any]]:
    """Every list of rows that has something to show, without its empty rows and columns."""
    for name, part in properties.items():
        given = fields.get(name)
        if part.get("x-widget") != "rows" or name.startswith("_") or not _is_shown(part) or not isinstance(given, list):
            continue
        shown = [(at, inner) for at, inner in part.get("items", {}).get("properties", {}).items() if _is_shown(inner)]
        cells = [
            [_value(row.get(at), inner, sections=(), lang=lang) for at, inner in shown]
            for row in given
            if isinstance(row, Mapping)
        ]
        cells = [row for row in cells if any(row)]
        filled = [number for number in range(len(shown)) if any(row[number] for row in cells)]
        if cells:
            yield {
                "field": name,
                "label": label(part["x-label"], lang),
                "columns": [
                    {
                        "label": label(shown[number][1]["x-label"], lang),
                        "number": shown[number][1].get("x-widget") in ("number", "decimal"),
                    }
                    for number in filled
                ],
                "rows": [[row[number] for number in filled] for row in cells],
            }


def _people(fields: Json, properties: Mapping[str, Json]) -> str:
    """The names in the first field of people, by commas."""
    for name, part in properties.items():
        if part.get("x-widget") == "people":
            given = fields.get(name)
            rows = given if isinstance(given, list) else []
            names = (line_of(row.get("name")) for row in rows if isinstance(row, Mapping))
            return ", ".join(found for found in names if found)
    return ""


def _attribution(told: Json, authors: str, *, lang: str) -> str:
    """Whom one quotes: with the authors where there are some and the profile says how."""
    signed = label(told.get("with_authors"), lang).replace("{authors}", authors) if authors else ""
    return signed or label(told.get("line"), lang)


def _value(given: object, part: Json, *, sections: Sequence[Json], lang: str) -> str:
    match given:
        case bool():
            return _YES.get(lang, "Yes") if given else ""
        case int():
            return str(given)
        case str():
            return _word(given, part, sections=sections, lang=lang)
        case list() if part.get("x-widget") != "rows":
            row = part.get("items", {}) if part.get("x-widget") == "people" else {}
            words = [_joined(item, row, joint=" – ", lang=lang) for item in given if isinstance(item, Mapping)]
            words += [_word(item, part, sections=sections, lang=lang) for item in given if isinstance(item, str)]
            return "; ".join(word for word in words if word)
        case Mapping() if part.get("x-widget") == "money":
            return _joined(given, part, joint=" ", lang=lang)
        case Mapping() if part.get("x-widget") == "object":
            return _joined(given, part, joint=" – ", lang=lang)
    return ""


def _joined(given: Mapping[str, object], part: Json, *, joint: str, lang: str) -> str:
    """The shown members of a row or an amount, in the schema's order."""
    shown = ((name, inner) for name, inner in part.get("properties", {}).items() if _is_shown(inner))
    words = (_value(given.get(name), inner, sections=(), lang=lang) for name, inner in shown)
    return joint.join(word for word in words if word)


def _word(given: str, part: Json, *, sections: Sequence[Json], lang: str) -> str:
    for section in sections:
        if section["id"] == given:
            return line(label(section["label"], lang))
    worded = part.get("x-enum-label", {})
    if given in worded:
        return label(worded[given], lang)
    if part.get("x-widget") == "datetime" and (found := _MOMENT.fullmatch(given)):
        return f"{day(found[1])} {found[2]}"
    if part.get("x-widget") == "decimal" and (number := _NUMBER.fullmatch(given)):
        return _grouped(number["sign"], number["whole"], part=number["part"], lang=lang)
    return (day(given) if part.get("format") == "date" else "") or line(given)


def _grouped(sign: str, whole: str, *, part: str | None, lang: str) -> str:
    """The digits in threes: with points and a comma in Vietnamese, the other way round elsewhere."""
    between, before = (".", ",") if lang == "vi" else (",", ".")
    first = len(whole) % 3
    groups = [whole[:first], *(whole[at : at + 3] for at in range(first, len(whole), 3))]
    digits = between.join(group for group in groups if group)
    return f"{sign}{digits}{before}{part}" if part else f"{sign}{digits}"


def _source(given: object, properties: Mapping[str, Json], *, lang: str) -> dict[str, str] | None:
    if not isinstance(given, Mapping) or is_empty(given.get("name")):
        return None
    url = line_of(given.get("url"))
    return {
        "label": label(properties.get("source", {}).get("x-label"), lang),
        "name": line_of(given["name"]),
        "url": url if url.startswith(("http://", "https://")) else "",
        "author": line_of(given.get("author")),
        "date": day(given.get("date")),
    }


def _event_date(given: object, properties: Mapping[str, Json], *, lang: str) -> dict[str, str] | None:
    text = day(given)
    if not text:
        return None
    return {"label": label(properties.get("event_date", {}).get("x-label"), lang), "iso": str(given), "text": text}


def _attachments(files: Sequence[Json], bodies: Sequence[str]) -> list[dict[str, object]]:
    return [
        {
            "sha256": file["sha256"],
            "name": line_of(file.get("name")) or file["sha256"],
            "size": file.get("size", 0),
            "role": file.get("role", ""),
        }
        for file in files
        if not any(f"/_blob/{file['sha256']}" in html for html in bodies)
    ]
