"""Stored text: NFC, line feeds, nothing invisible; and what UUIDv7 promises."""

import unicodedata
import uuid

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.digest import canonical
from desktop.domain.ids import uuid7
from desktop.domain.text import tidy, tidy_text


@given(st.text())
def test_tidied_text_is_canonical_and_stays_as_it_is(text: str) -> None:
    tidied = tidy_text(text)
    canonical(tidied)
    assert tidy_text(tidied) == tidied


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl"])))
def test_nothing_visible_is_lost(text: str) -> None:
    kept = text.translate(dict.fromkeys(map(ord, "\ufeff\ufffe\uffff\u2029")))
    assert tidy_text(text).replace("\n", "") == unicodedata.normalize("NFC", kept)


def test_decomposed_text_is_composed() -> None:
    assert tidy_text(unicodedata.normalize("NFD", "Quyết định về Cổng thông tin")) == "Quyết định về Cổng thông tin"


def test_every_string_is_reached() -> None:
    assert tidy({"a": ["x\r\n", {"b": "y\x00"}], "n": 1}) == {"a": ["x\n", {"b": "y"}], "n": 1}


@given(st.integers(0, 2**48 - 1), st.binary(min_size=10, max_size=10))
def test_uuid7(milliseconds: int, random: bytes) -> None:
    made = uuid.UUID(uuid7(milliseconds=milliseconds, random=random))
    assert (made.version, made.variant) == (7, uuid.RFC_4122)
    assert made.int >> 80 == milliseconds
