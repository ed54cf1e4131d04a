"""The schedule with its clock in it: implements `ports.Pace` for whoever owns a timer."""

from desktop.application.ports import Chance, Clock
from desktop.sync.schedule import Schedule


class Pacer:
    """Not for several threads: the owner of the timer asks and tells."""

    def __init__(self, clock: Clock, chance: Chance) -> None:
        self._clock = clock
        self._chance = chance
        self._schedule = Schedule.at_start(clock.monotonic())

    def wait(self) -> float | None:
        """Seconds until the next sync by itself; None: not before somebody asks."""
        return self._schedule.wait(self._clock.monotonic())

    def gesture(self) -> None:
        self._schedule = self._schedule.gesture(self._clock.monotonic())

    def network_changed(self) -> None:
        self._schedule = self._schedule.network_changed(self._clock.monotonic(), self._chance)

    def asked(self) -> None:
        self._schedule = self._schedule.asked(self._clock.monotonic())

    def succeeded(self) -> None:
        self._schedule = self._schedule.succeeded(self._clock.monotonic(), self._chance)

    def failed(self, *, retry_after: float | None = None) -> None:
        self._schedule = self._schedule.failed(self._clock.monotonic(), self._chance, retry_after=retry_after)

    def stopped(self) -> None:
        self._schedule = self._schedule.stopped()
