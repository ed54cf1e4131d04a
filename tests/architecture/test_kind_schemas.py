"""Kinds use only the part of JSON Schema 2020-12 that the client reads with its own interpreter."""

import json
import re
from collections.abc import Iterator
from typing import Any

from tests.architecture.sources import ROOT, report

KEYWORDS = frozenset(
    "$schema $id $defs $ref type enum const default properties required items uniqueItems pattern minimum maximum "
    "minLength maxLength format".split()
)
ANNOTATIONS = frozenset(
    "x-label x-help x-widget x-group x-required-from x-merge x-search x-personal x-unique x-relation x-markdown x-source "
    "x-public x-total x-enum-label x-filter x-not-before x-official".split()
)
VALUES: dict[str, frozenset[str] | frozenset[bool]] = {
    "x-required-from": frozenset({"submit", "approve", "publish"}),
    "x-merge": frozenset({"scalar", "protected", "text", "set", "list"}),
    "x-public": frozenset({False}),
    "x-unique": frozenset({"portal", "section"}),
    "x-markdown": frozenset({"prose", "legal"}),
}

Schema = dict[str, Any]


def _schemas(schema: Schema, place: str) -> Iterator[tuple[str, Schema]]:
    """Every (sub)schema with its pointer; values under `properties` and `$defs` are names, not keywords."""
    yield place, schema
    for group in ("properties", "$defs"):
        for name, inner in schema.get(group, {}).items():
            yield from _schemas(inner, f"{place}/{group}/{name}")
    if "items" in schema:
        yield from _schemas(schema["items"], f"{place}/items")


def _kinds() -> list[tuple[str, Schema]]:
    files = sorted((ROOT / "resources" / "contract" / "kinds").glob("*.json"))
    return [pair for file in files for pair in _schemas(json.loads(file.read_text(encoding="utf-8")), file.name + "#")]


def test_there_are_kinds() -> None:
    assert _kinds()


def test_kinds_use_only_the_agreed_keywords() -> None:
    wrong = [f"{place}: {key}" for place, schema in _kinds() for key in schema if key not in KEYWORDS | ANNOTATIONS]
    report(
        "The client reads kinds with 150 lines of its own; a keyword outside the subset would be enforced by the portal only. "
        "Say it with the subset, or widen both sides and their vectors.",
        wrong,
    )


def test_annotations_have_agreed_values() -> None:
    wrong = [
        f"{place}: {key} = {schema[key]!r}"
        for place, schema in _kinds()
        for key, allowed in VALUES.items()
        if key in schema and schema[key] not in allowed
    ]
    report("An annotation with an unknown value is silently ignored.", wrong)


def test_references_are_local() -> None:
    wrong = [
        f"{place}: {schema['$ref']}"
        for place, schema in _kinds()
        if not str(schema.get("$ref", "#/$defs/")).startswith("#/$defs/")
    ]
    report("A kind travels alone in the bundle: $ref points into its own $defs.", wrong)


def test_every_field_of_the_form_can_be_labelled_and_merged() -> None:
    wrong = []
    for place, schema in _kinds():
        if (
            "/properties/" not in place
            or "/items" in place
            or "/$defs/" in place
            or schema.get("x-widget", "hidden") == "hidden"
        ):
            continue
        label = schema.get("x-label", {})
        if not {"vi", "en"} <= set(label) or ("x-merge" not in schema and schema.get("type") != "object"):
            wrong.append(place)
    report(
        "Each field has a label in both languages and a way to merge: the form and the merge come from the schema alone.",
        wrong,
    )


def test_set_items_have_an_id() -> None:
    wrong = [
        place
        for place, schema in _kinds()
        if schema.get("x-merge") == "set"
        and schema.get("items", {}).get("type") == "object"
        and "id" not in schema["items"].get("properties", {})
    ]
    report("Members of a set are matched by `id` when two people changed it.", wrong)


def test_a_sum_is_that_of_a_member_and_a_decimal() -> None:
    wrong = [
        place
        for place, schema in _kinds()
        if "x-total" in schema
        and (
            schema["x-total"]["member"] not in schema["items"]["properties"]
            or not re.fullmatch(r"[0-9]+(\.[0-9]+)?", schema["x-total"]["is"])
        )
    ]
    report("A sum names a member of the rows, and what it must come to as a decimal string.", wrong)


def test_a_choice_that_is_worded_is_worded_whole() -> None:
    wrong = [
        place
        for place, schema in _kinds()
        if "x-enum-label" in schema
        and (
            set(schema["x-enum-label"]) != set(schema.get("enum", ()))
            or any(set(words) != {"vi", "en"} for words in schema["x-enum-label"].values())
        )
    ]
    report("Each value of a choice has a name in both languages.", wrong)
