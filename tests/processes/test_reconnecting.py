"""A house comes back to a portal that was killed and begun again: no wave, nobody long behind (waiting in virtual time)."""

import pytest

from benchmarks.reconnect import ALLOWED, DEVICES, WRITERS, run

_POLL = 75.0  # seconds between two syncs at most


@pytest.mark.parametrize(
    ("devices", "writers"), [(24, 4), pytest.param(DEVICES, WRITERS, marks=pytest.mark.full)], ids=["some", "all"]
)
def test_all_are_current_within_five_minutes_and_nobody_hammers(devices: int, writers: int) -> None:
    told = run(devices, writers)
    assert told.current <= ALLOWED
    assert told.everything <= ALLOWED + _POLL
    assert (
        told.in_a_second <= 4 + devices // 10
    )  # half a house spread over thirty seconds, and no more than that at once
    assert told.in_vain <= 12  # of twenty minutes
    assert told.until_current <= 8
