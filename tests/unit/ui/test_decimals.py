"""Decimal numbers between the screen and the store: nothing is lost, what is no number stays as typed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.ui.presenters.decimals import decimal_shown, decimal_stored, even_shares, grouped, percent_stored


@given(st.from_regex(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,6})?", fullmatch=True, alphabet="-.0123456789"))
def test_what_is_shown_is_stored_as_it_was(text: str) -> None:
    assert decimal_stored(grouped(text)) == text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("1.500.000", "1500000"), ("1 500 000,5", "1500000.5"), ("12,75", "12.75"), ("12.75", "12.75"), ("1,5 tỷ", "1,5 tỷ"), ("", "")],
)  # fmt: skip
def test_an_amount_as_people_type_it(typed: str, kept: str) -> None:
    assert decimal_stored(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"), [("33,33 %", "33.33"), ("050", "50"), ("33.3", "33.3"), ("một nửa", "một nửa")]
)
def test_a_share_as_people_type_it(typed: str, kept: str) -> None:
    assert percent_stored(typed) == kept


@given(st.integers(1, 500))
def test_even_shares_make_the_whole(count: int) -> None:
    shares = [Decimal(share) for share in even_shares(count, Decimal(100))]
    assert sum(shares) == Decimal(100)
    assert len(shares) == count
    assert shares[0] - shares[-1] < Decimal("0.01") * count
    assert len(set(shares[1:])) <= 1


def test_a_number_without_a_rest_has_no_comma() -> None:
    assert [decimal_shown(Decimal(text)) for text in ("100.00", "33.30", "0.5", "100")] == ["100", "33,3", "0,5", "100"]
