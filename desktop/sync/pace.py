"""The schedule with its clock in it: implements `ports.Pace` for whoever owns a timer; what outlives a restart of an outage."""

from desktop.application.ports import Chance, Clock, Work
from desktop.sync.schedule import Schedule

_OUTAGE = "outage"


class Pacer:
    """Not for several threads: the owner of the timer asks and tells."""

    def __init__(self, clock: Clock, chance: Chance, *, outage: float | None = None) -> None:
        """`outage`: what `outage_wish` found at the start."""
        self._clock = clock
        self._chance = chance
        self._schedule = Schedule.at_start(clock.monotonic(), chance, outage=outage)

    def wait(self) -> float | None:
        """Seconds until the next sync by itself; None: not before somebody asks."""
        return self._schedule.wait(self._clock.monotonic())

    def gesture(self) -> None:
        self._schedule = self._schedule.gesture(self._clock.monotonic())

    def network_changed(self) -> None:
        self._schedule = self._schedule.network_changed(self._clock.monotonic(), self._chance)

    def asked(self) -> None:
        self._schedule = self._schedule.asked(self._clock.monotonic())

    def succeeded(self, *, again_in: float | None = None) -> None:
        self._schedule = self._schedule.succeeded(self._clock.monotonic(), self._chance, again_in=again_in)

    def failed(self, *, retry_after: float | None = None) -> None:
        self._schedule = self._schedule.failed(self._clock.monotonic(), self._chance, retry_after=retry_after)

    def stopped(self) -> None:
        self._schedule = self._schedule.stopped()


def note_outage(work: Work, *, retry_after: float | None) -> None:
    """The portal could not be reached, or asked to be left alone for so many seconds; the next start of the program knows it."""
    work.feed.set_value(_OUTAGE, str(retry_after or 0.0))


def forget_outage(work: Work) -> None:
    if work.feed.value(_OUTAGE) is not None:
        work.feed.set_value(_OUTAGE, None)


def outage_wish(work: Work) -> float | None:
    """None if the portal answered last; else what it asked for in seconds, which a start begins anew: no clock says what is left."""
    told = work.feed.value(_OUTAGE)
    return None if told is None else float(told)
