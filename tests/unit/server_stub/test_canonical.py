"""Canonical JSON, hashes and rids of the portal against the shared vectors and an independent RFC 8785."""

import json
from pathlib import Path
from typing import Any, cast

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from server_stub.core.canonical import (
    MAX_DEPTH,
    NotCanonicalError,
    canonical,
    content_hash,
    fingerprint,
    revision_id,
    sorted_json,
)

VECTORS: dict[str, Any] = json.loads(Path("resources/contract/vectors/content.json").read_bytes())


def _name(case: dict[str, Any]) -> str:
    return str(case["name"])


@pytest.mark.parametrize("case", [c for c in VECTORS["content"] if c["valid"]], ids=_name)
def test_a_valid_content_has_the_canonical_form_of_the_vectors(case: dict[str, Any]) -> None:
    assert canonical(case["value"]).decode() == case["canonical"]
    assert content_hash(case["value"]) == case["content_hash"]


@pytest.mark.parametrize("case", [c for c in VECTORS["content"] if not c["valid"]], ids=_name)
def test_an_invalid_content_has_none(case: dict[str, Any]) -> None:
    with pytest.raises(NotCanonicalError):
        canonical(case["value"])


@pytest.mark.parametrize("case", VECTORS["rid"], ids=_name)
def test_a_revision_id_is_that_of_the_vectors(case: dict[str, Any]) -> None:
    assert revision_id(case["parents"], case["content_hash"], op_id=case["op_id"]) == case["rid"]


@pytest.mark.parametrize("value", [1.5, {"a": [0.0]}, {"a": object()}, {1: "a"}])
def test_floats_and_foreign_types_are_refused(value: object) -> None:
    with pytest.raises(NotCanonicalError):
        canonical(value)


def test_the_refusal_points_at_the_place() -> None:
    with pytest.raises(NotCanonicalError) as caught:
        canonical({"a": [{"b": "x\r"}]})
    assert (caught.value.pointer, caught.value.code) == ("/a/0/b", "control-character")


def test_lone_surrogates_are_refused() -> None:
    with pytest.raises(NotCanonicalError):
        canonical({"a": "\ud800"})


def _nested(levels: int) -> object:
    value: object = 1
    for _ in range(levels):
        value = [value]
    return value


def test_nesting_stops_at_the_limit() -> None:
    assert canonical(_nested(MAX_DEPTH))
    with pytest.raises(NotCanonicalError):
        canonical(_nested(MAX_DEPTH + 1))


def test_a_fingerprint_ignores_the_clock_of_the_client_and_nothing_else() -> None:
    op: dict[str, object] = {"op_id": "a", "client_time": "1", "x": 1.5, "s": "\ud800"}
    assert fingerprint(op) == fingerprint({**op, "client_time": "2"})
    assert fingerprint(op) != fingerprint({**op, "x": 2})


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]))


KEY = st.from_regex(r"[a-zA-Z$_-]{1,9}", fullmatch=True)
LEAF = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXT


@given(st.recursive(LEAF, lambda inner: st.lists(inner) | st.dictionaries(KEY, inner)))
def test_sorted_json_is_rfc_8785(value: object) -> None:
    assert sorted_json(value) == rfc8785.dumps(cast("Any", value))
