"""Work that may begin before its result is wanted: the next answer is on its way while this one is written."""

from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from typing import Protocol, TypeVar

_T = TypeVar("_T")


class Begin(Protocol):
    """Gives what waits for the result, and raises what the work raised."""

    def __call__(self, work: Callable[[], _T], /) -> Callable[[], _T]: ...


def when_wanted(work: Callable[[], _T], /) -> Callable[[], _T]:
    """Nothing is begun early: one thing after another, in the caller's thread."""
    return work


def at_once(work: Callable[[], _T], /) -> Callable[[], _T]:
    """In a thread of its own, which keeps no program alive."""
    outcome: Future[_T] = Future()

    def run() -> None:
        try:
            outcome.set_result(work())
        except BaseException as error:  # noqa: BLE001  whoever waits for the result gets it
            outcome.set_exception(error)

    Thread(target=run, name="ahead", daemon=True).start()
    return outcome.result
