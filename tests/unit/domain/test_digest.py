"""Canonical JSON and the hashes over it, judged by the shared vectors and by an independent RFC 8785 writer."""

import hashlib
import json
import unicodedata
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

import resources
from desktop.domain.digest import canonical, content_hash, revision_id
from desktop.domain.errors import BadContent

VECTORS = json.loads(resources.path("contract", "vectors", "content.json").read_text("utf-8"))
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")).map(
    lambda text: unicodedata.normalize("NFC", text)
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXT,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.from_regex(r"[a-z0-9_.-]{1,8}", fullmatch=True), inner, max_size=4)
    ),
    max_leaves=20,
)


@pytest.mark.parametrize("vector", VECTORS["content"], ids=lambda vector: vector["name"])
def test_content_vectors(vector: dict[str, Any]) -> None:
    if not vector["valid"]:
        with pytest.raises(BadContent):
            canonical(vector["value"])
        return
    assert canonical(vector["value"]).decode() == vector["canonical"]
    assert content_hash(vector["value"]) == vector["content_hash"]


@pytest.mark.parametrize("vector", VECTORS["rid"], ids=lambda vector: vector["name"])
def test_revision_ids(vector: dict[str, Any]) -> None:
    made = revision_id(parents=vector["parents"], content=vector["content_hash"], op_id=vector["op_id"])
    assert made == vector["rid"]


@given(VALUES)
def test_canonical_is_rfc_8785(value: object) -> None:
    expected = rfc8785.dumps(value)  # type: ignore[arg-type]  # its own JSON type is narrower than object
    assert canonical(value) == expected
    assert content_hash(value) == hashlib.sha256(expected).hexdigest()


@pytest.mark.parametrize("value", [1.5, float("nan"), (1, 2), b"x", {1: 2}, "\ud800"])
def test_what_has_no_canonical_form_is_refused(value: object) -> None:
    with pytest.raises(BadContent):
        canonical(value)


def test_a_refusal_points_at_the_place() -> None:
    with pytest.raises(BadContent) as caught:
        canonical({"fields": {"title": ["ok", "a\r"]}})
    assert caught.value.rule.params["pointer"] == "/fields/title/1"


def test_depth_is_bounded() -> None:
    value: list[Any] = []
    for _ in range(70):
        value = [value]
    with pytest.raises(BadContent):
        canonical(value)
