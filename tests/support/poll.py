"""The one place where a test waits for another process: a bounded poll for a fact, never for an amount of time."""

import time
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")
_BREATH = 0.02


def rest(seconds: float = _BREATH) -> None:
    """Between two looks at a fact, or until a moment that chance has picked; never instead of waiting for a fact."""
    time.sleep(seconds)


def until(condition: Callable[[], Found | None], *, what: str, seconds: float = 30.0) -> Found:
    """The first truthy answer of `condition`; AssertionError naming `what` when none came within `seconds`.

    Inside Qt use `qtbot.waitUntil`, which keeps the event loop running.
    """
    end = time.monotonic() + seconds
    while True:
        found = condition()
        if found:
            return found
        assert time.monotonic() < end, f"waited {seconds:g} s in vain for {what}"
        rest()
