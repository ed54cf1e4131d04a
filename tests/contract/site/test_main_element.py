"""The portal's `<main>` of an entry against the shared vectors, and as it stands on the site."""

import json
from pathlib import Path
from typing import Any

import pytest

from server_stub.resources import THEMES, read_json
from server_stub.site.context import page_context
from server_stub.site.theme import theme_named
from tests.contract.site.conftest import Shown, Site, law

VECTORS: dict[str, Any] = json.loads(Path("resources/contract/vectors/page.json").read_bytes())


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: case["name"])
def test_context_and_main_are_those_of_the_vectors(case: dict[str, Any]) -> None:
    context = page_context(case["content"], schema=case["kind_schema"], profile=case["profile"])
    assert context == case["context"]
    assert theme_named(case["theme"], THEMES).main(context) == case["main"]


def test_the_page_holds_the_main_of_the_published_revision_byte_for_byte(site: Site) -> None:
    content = law()
    entry_id, _ = site.house.published(content)
    schema = read_json("contract", "kinds", "legal-document.json")
    context = page_context(content, schema=schema, profile=read_json("profiles", "generic.json"))
    assert site.get(f"/van-ban/{entry_id}").main == theme_named("chuan", THEMES).main(context)


def test_facts_of_the_publication_stand_outside_of_it(shown: Shown) -> None:
    page = shown.site.get(f"/bai-viet/{shown.story}")
    for fact in ("22/11/2026 lúc", "Bản tiếng Anh", "Tin số 29"):
        assert fact in page.text
        assert fact not in page.main
