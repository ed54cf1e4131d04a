"""The page of an entry: shared vectors, every byte."""

import json
from typing import Any

import html5lib
import jsonschema
import pytest

import resources
from desktop.domain.digest import Json
from desktop.editor.text.page import page_context, render_main, theme_css


def read(*parts: str) -> Any:  # noqa: ANN401  JSON of any shape
    return json.loads(resources.path(*parts).read_text(encoding="utf-8"))


CASES = read("contract", "vectors", "page.json")["cases"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_vector(case: dict[str, Any]) -> None:
    context = page_context(case["content"], case["kind_schema"], case["profile"])
    assert context == case["context"]
    assert [*context] == [*case["context"]]
    assert render_main(context, case["theme"]) == case["main"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_context_fits_its_schema_and_the_page_is_strict(case: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator(read("contract", "page-context.json")).validate(case["context"])
    page = f'<!DOCTYPE html><html lang="vi"><head><title>a</title></head><body>{case["main"]}</body></html>'
    html5lib.HTMLParser(strict=True).parse(page)
    assert case["main"].startswith("<main")
    assert case["main"].endswith("</main>")
    for part in case["context"]["body"]:
        assert part["html"] in case["main"]


def test_the_vectors_know_the_kinds_as_they_are() -> None:
    for case in CASES:
        if case["content"]["kind"] in {"article", "legal-document"}:
            assert case["kind_schema"] == read("contract", "kinds", f"{case['content']['kind']}.json")


def test_the_same_facts_give_the_same_page_whatever_else_a_content_holds() -> None:
    case = CASES[0]
    content = {**case["content"], "state": {"phase": "waiting"}, "fields": {**case["content"]["fields"], "la": "x"}}
    assert render_main(page_context(content, case["kind_schema"], case["profile"]), "chuan") == case["main"]


def test_theme_parameters_become_variables() -> None:
    theme = read("profiles", "generic.json")["theme"]
    css = theme_css(theme)
    assert "--colour-accent: #a3262a;" in css
    assert '--font-body: "Liberation Serif", "Times New Roman", serif;' in css


def test_theme_parameters_cannot_leave_their_place() -> None:
    odd: dict[str, Json] = {
        "colours": {"accent": "red; } body { display: none", "link": "url(//evil.example)", "ink": "#000"},
        "fonts": 3,
    }
    assert theme_css(odd) == ":root { --colour-ink: #000; }\n"


def test_every_class_of_the_contract_is_dressed() -> None:
    css = resources.path("themes", "chuan", "main.css").read_text(encoding="utf-8")
    classes = {name for names in read("contract", "sanitise.json")["allowed_classes"].values() for name in names}
    plain = {"khoan", "trai", "footnote-ref", "dieu"}
    assert {name for name in classes - plain if f".{name}" not in css} == set()
