"""When the next sync is due: a pure value that whoever owns a timer asks and replaces."""

from dataclasses import dataclass, replace

from desktop.application.ports import Chance
from desktop.sync.backoff import delay

INTERVAL = 60.0
SPREAD = 0.25
SETTLE = 2.0


@dataclass(frozen=True)
class Schedule:
    """Times are of `Clock.monotonic`. `due` is None while nothing may start by itself (signed out).

    `not_before` is what the portal asked for; only a person's F5 goes past it.
    """

    due: float | None
    failures: int = 0
    not_before: float = 0.0

    @classmethod
    def at_start(cls, now: float) -> "Schedule":
        """The first sync of a session: at once."""
        return cls(due=now)

    def wait(self, now: float) -> float | None:
        """Seconds until the next sync by itself, 0.0 when it is due; None: not by itself."""
        return None if self.due is None else max(0.0, self.due - now)

    def gesture(self, now: float) -> "Schedule":
        """A person submitted or approved: send it now, unless the portal asked to be left alone."""
        return self._sooner(now)

    def network_changed(self, now: float, chance: Chance) -> "Schedule":
        """A new network: soon, but not in the same instant as every other machine of the house."""
        return replace(self._sooner(now + chance.uniform(0.0, SETTLE)), failures=0)

    def asked(self, now: float) -> "Schedule":
        """F5 or a sign-in: at once, whatever was."""
        return Schedule(due=now, failures=self.failures)

    def succeeded(self, now: float, chance: Chance) -> "Schedule":
        return Schedule(due=now + INTERVAL * chance.uniform(1.0 - SPREAD, 1.0 + SPREAD))

    def failed(self, now: float, chance: Chance, *, retry_after: float | None = None) -> "Schedule":
        """An EnvironmentProblem: later, and later each time."""
        failures = self.failures + 1
        due = now + delay(failures, chance, wish=retry_after)
        return Schedule(due=due, failures=failures, not_before=due if retry_after is not None else 0.0)

    def stopped(self) -> "Schedule":
        """The sign-in no longer counts: nothing by itself until `asked`."""
        return Schedule(due=None)

    def _sooner(self, when: float) -> "Schedule":
        return self if self.due is None else replace(self, due=max(min(self.due, when), self.not_before))
