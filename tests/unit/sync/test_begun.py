"""What begins early gives the same as what begins when it is wanted, also when it fails."""

import threading

import pytest

from desktop.sync.begun import Begin, at_once, when_wanted


@pytest.mark.parametrize("begin", [at_once, when_wanted])
def test_the_result_and_what_was_raised_come_to_whoever_waits(begin: Begin) -> None:
    def fails() -> int:
        raise ValueError("no")

    assert begin(lambda: 7)() == 7
    waits = begin(fails)
    with pytest.raises(ValueError, match="no"):
        waits()


def test_it_begins_before_it_is_wanted_only_where_it_says_so() -> None:
    begun = threading.Event()
    when_wanted(begun.set)
    assert not begun.is_set()
    at_once(begun.set)
    assert begun.wait(10)
