"""The client's reading of JSON Schema: the subset kinds use, judged beside an independent validator."""

import json
from typing import Any

import jsonschema
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import resources
from desktop.domain.kind import Kind, faults, missing
from desktop.domain.profile import profile_from_json

GENERIC = profile_from_json(json.loads(resources.path("profiles", "generic.json").read_text("utf-8")))


def kind(name: str) -> Kind:
    return Kind(name, json.loads(resources.path("contract", "kinds", f"{name}.json").read_text("utf-8")))


ARTICLE = kind("article")
RICH = Kind(
    "rich",
    {
        "type": "object",
        "$defs": {"share": {"type": "integer", "minimum": 0, "maximum": 100}},
        "properties": {
            "count": {"type": "integer", "minimum": 1, "maximum": 9},
            "tags": {"type": "array", "uniqueItems": True, "items": {"type": "string", "minLength": 2}},
            "people": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {"name": {"type": "string"}, "share": {"$ref": "#/$defs/share"}},
                    "required": ["name"],
                },
            },
            "mode": {"enum": ["a", "b"]},
            "fixed": {"const": "x"},
            "either": {"type": ["string", "null"]},
            "code": {"type": "string", "pattern": "^[a-z]+$", "maxLength": 4},
        },
    },
)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "count": st.integers(-3, 12) | st.text(max_size=2) | st.booleans(),
    "tags": st.lists(st.sampled_from(["ab", "cd", "x"]), min_size=1, max_size=3) | st.integers(),
    "people": st.lists(
        st.fixed_dictionaries({}, optional={"name": st.just("n") | st.just(1), "share": st.integers(-5, 105)}),
        min_size=1,
        max_size=2,
    ),
    "mode": st.sampled_from(["a", "b", "c"]),
    "fixed": st.sampled_from(["x", "y"]),
    "either": st.just("s") | st.integers(),
    "code": st.sampled_from(["abc", "abcde", "A", "ab1"]),
}


@given(st.fixed_dictionaries({}, optional=VALUES))
@example({"count": " "})
def test_the_subset_judges_as_json_schema_does(fields: dict[str, Any]) -> None:
    filled = {name: value for name, value in fields.items() if value not in ("", [], {})}
    valid = not list(jsonschema.Draft202012Validator(RICH.schema).iter_errors(filled))
    assert (faults(RICH, fields) == []) == valid


@pytest.mark.parametrize(
    ("fields", "pointer", "code"),
    [
        ({"title": 3}, "/title", "type"),
        ({"title": "x" * 301}, "/title", "maxLength"),
        ({"section": "Tin hoạt động"}, "/section", "pattern"),
        ({"event_date": "22/11/2026"}, "/event_date", "format-date"),
        ({"event_date": "20261122"}, "/event_date", "format-date"),
        ({"source": {"url": "https://a"}}, "/source/name", "required"),
        ({"source": {"name": "a", "url": "ftp://a"}}, "/source/url", "pattern"),
        ({"variant_of": "x"}, "/variant_of", "format-uuid"),
    ],
)
def test_a_fault_names_place_and_rule(fields: dict[str, Any], pointer: str, code: str) -> None:
    assert [(fault.pointer, fault.code) for fault in faults(ARTICLE, fields)] == [(pointer, code)]


def test_what_is_empty_or_unknown_is_not_judged() -> None:
    assert faults(ARTICLE, {"title": "", "source": {}, "event_date": None, "x-new": [1]}) == []


def test_what_is_missing_grows_with_the_gates() -> None:
    assert missing(ARTICLE, GENERIC, {}, "submit") == ("/title", "/section", "/body", "/source/name")
    full: dict[str, Any] = {"title": "a", "section": "b", "body": "c", "source": {"name": "d"}}
    assert missing(ARTICLE, GENERIC, full, "publish") == ()
    assert missing(ARTICLE, GENERIC, {**full, "title": "  "}, "publish") == ("/title",)


def test_a_legal_document_needs_no_source_in_the_generic_profile() -> None:
    assert "/source/name" not in missing(kind("legal-document"), GENERIC, {}, "submit")


@pytest.mark.parametrize("name", ["article", "legal-document"])
def test_every_shown_field_has_a_label_in_both_languages(name: str) -> None:
    for field in kind(name).fields:
        assert field.widget == "hidden" or set(field.label) == {"vi", "en"}
