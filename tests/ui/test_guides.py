"""Every name that the guides put in quotes is one that the window, its sentences or the portal profile has."""

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest

import resources
from desktop.ui.actions import TABLE

DOCS = Path(__file__).resolve().parents[2] / "docs"


def words(lang: str) -> Iterator[str]:
    for message in ET.parse(resources.path("locale", "toasoan_vi.ts")).iter("message"):  # noqa: S314  our own file
        yield message.findtext("source" if lang == "en" else "translation") or ""
        yield from ((form.text or "") for form in message.iter("numerusform") if lang == "vi")
    yield from (spec.text for spec in TABLE if lang == "en")
    yield from labels(json.loads(resources.path("profiles", "generic.json").read_text("utf-8")), lang)
    yield from titles(json.loads(resources.path("locale", f"messages.{lang}.json").read_text("utf-8")))


def titles(value: object) -> Iterator[str]:
    """Of sentences; a `{param}` in one is quoted as an ellipsis."""
    if isinstance(value, dict):
        title = value.get("title")
        if isinstance(title, str):
            yield re.sub(r"\{[^}]*\}", "…", title)
        for item in value.values():
            yield from titles(item)


def labels(value: object, lang: str) -> Iterator[str]:
    if isinstance(value, dict):
        text = value.get(lang)
        if isinstance(text, str):
            yield text
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from labels(item, lang)


def name(text: str) -> str:
    """What a person would call it: without the mark of its key and its number."""
    return re.sub(r"^[1-9]  ", "", text.replace("&", "").removesuffix(": %n").removesuffix(" (%n)"))


@pytest.mark.parametrize(("page", "lang"), [("guide.md", "en"), ("huong-dan.md", "vi")])
def test_a_quoted_name_is_in_the_window(page: str, lang: str) -> None:
    known = {name(text) for text in words(lang)} | {"quotes", "ngoặc kép"}
    quoted = re.findall(r"“([^”]+)”", (DOCS / page).read_text("utf-8"))
    assert len(quoted) > 30
    assert [word for word in quoted if word not in known] == []
