"""How long a failure costs: jitter within its bounds, the portal's wish honoured, garbage ignored."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desktop.sync.backoff import delay, wish_of
from tests.support.offices import SeededChance


class Most:
    """Always draws the upper bound."""

    def bytes(self, count: int) -> bytes:
        return bytes(count)

    def uniform(self, low: float, high: float) -> float:
        del low
        return high


@pytest.mark.parametrize(("failures", "most"), [(1, 4.0), (2, 8.0), (6, 128.0), (8, 300.0), (500, 300.0)])
def test_the_bound_doubles_up_to_five_minutes(failures: int, most: float) -> None:
    assert delay(failures, Most()) == most


@given(failures=st.integers(0, 10_000), seed=st.integers())
def test_a_delay_lies_between_nothing_and_five_minutes(failures: int, seed: int) -> None:
    assert 0.0 <= delay(failures, SeededChance(seed)) <= 300.0


def test_many_clients_do_not_come_back_together() -> None:
    delays = {round(delay(5, SeededChance(seed))) for seed in range(100)}
    assert len(delays) > 30


@pytest.mark.parametrize(("wish", "least"), [(120.0, 120.0), (99_999.0, 3600.0), (-5.0, 0.0)])
def test_the_portals_wish_is_honoured_up_to_an_hour(wish: float, least: float) -> None:
    assert least <= delay(1, SeededChance(), wish=wish) <= max(least, 4.0)


@pytest.mark.parametrize(
    ("header", "date", "seconds"),
    [
        ("30", None, 30.0),
        (" 0 ", None, 0.0),
        ("999999", None, 3600.0),
        ("Sun, 22 Nov 2026 09:01:30 GMT", "Sun, 22 Nov 2026 09:00:00 GMT", 90.0),
        ("Sun, 22 Nov 2026 08:00:00 GMT", "Sun, 22 Nov 2026 09:00:00 GMT", 0.0),
        ("Sun, 22 Nov 2026 09:01:30 GMT", None, None),
        ("Sun, 22 Nov 2026 09:01:30", "Sun, 22 Nov 2026 09:00:00 GMT", None),
        ("-5", None, None),
        ("1.5", None, None),
        ("soon", "later", None),
        ("", None, None),
        (None, None, None),
    ],
)
def test_retry_after_is_seconds_or_a_date_or_nothing(
    header: str | None, date: str | None, seconds: float | None
) -> None:
    assert wish_of(header, date) == seconds


@given(st.text(), st.text())
@example("0\x1f", "")
def test_no_header_raises(header: str, date: str) -> None:
    assert (wish_of(header, date) or 0.0) >= 0.0
