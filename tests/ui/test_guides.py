"""Every name that the guides put in quotes is a name that the window or the portal profile has."""

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
    yield from (spec.text for spec in TABLE if lang == "en")
    yield from labels(json.loads(resources.path("profiles", "generic.json").read_text("utf-8")), lang)


def labels(value: object, lang: str) -> Iterator[str]:
    if isinstance(value, dict):
        text = value.get(lang)
        if isinstance(text, str):
            yield text
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from labels(item, lang)


@pytest.mark.parametrize(("page", "lang"), [("guide.md", "en"), ("huong-dan.md", "vi")])
def test_a_quoted_name_is_in_the_window(page: str, lang: str) -> None:
    known = {text.replace("&", "").removesuffix(": %n") for text in words(lang)} | {"quotes", "ngoặc kép"}
    quoted = re.findall(r"“([^”]+)”", (DOCS / page).read_text("utf-8"))
    assert len(quoted) > 30
    assert [name for name in quoted if name not in known] == []
