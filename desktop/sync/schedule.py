"""When the next sync is due: a pure value that whoever owns a timer asks and replaces.

A failure is followed by a longer and longer wait; the fifth in a row opens the circuit: from then on one probe per interval,
whatever is done here, until one is answered, the network changes, or a person asks.
"""

from dataclasses import dataclass, replace

from desktop.application.ports import Chance
from desktop.sync.backoff import CEILING, LONGEST_WISH, delay

INTERVAL = 60.0
SPREAD = 0.25
SETTLE = 2.0
FIRST_CONTACT = 30.0  # after an outage, over which a whole house comes back
APART = 5.0  # between two attempts, however often the network flaps or a person asks
OPENS_AT = 5
# After the first, which falls anywhere in an interval: at most 30 requests in an outage of two hours.
PROBE = (0.964 * CEILING, CEILING)


@dataclass(frozen=True)
class Schedule:
    """Times are of `Clock.monotonic`. `due` is None while nothing may start by itself (signed out).

    `not_before` is what the portal asked for; only a person's F5 goes past it. `ended` is when the last attempt ended,
    `asked_at` when the last one that a person asked for begins.
    """

    due: float | None
    failures: int = 0
    not_before: float = 0.0
    ended: float = float("-inf")
    asked_at: float = float("-inf")

    @classmethod
    def at_start(cls, now: float, chance: Chance, *, outage: float | None = None) -> "Schedule":
        """The first sync of a session: at once. `outage`: the last session ended in one, with a portal that had asked to be left
        alone for so many seconds.
        """
        if outage is None:
            return cls(due=now)
        wish = min(outage, LONGEST_WISH)
        due = now + max(chance.uniform(0.0, FIRST_CONTACT), wish)
        return cls(due=due, failures=1, not_before=now + wish)

    @property
    def is_open(self) -> bool:
        return self.failures >= OPENS_AT

    def wait(self, now: float) -> float | None:
        """Seconds until the next sync by itself, 0.0 when it is due; None: not by itself."""
        return None if self.due is None else max(0.0, self.due - now)

    def gesture(self, now: float) -> "Schedule":
        """A person submitted or approved: send it now, unless the portal asked to be left alone or is known to be away."""
        return self if self.is_open else self._sooner(now)

    def network_changed(self, now: float, chance: Chance) -> "Schedule":
        """A new network: soon, but not in the same instant as every other machine of the house."""
        return self._sooner(now + chance.uniform(0.0, FIRST_CONTACT if self.failures else SETTLE), apart=True)

    def asked(self, now: float) -> "Schedule":
        """F5 or a sign-in: at once, whatever was; of a portal that is known to be away, once in five seconds."""
        if self.asked_at > now:
            return replace(self, due=self.asked_at)
        begins = max(now, self.asked_at + APART) if self.is_open else now
        return replace(self, due=begins, asked_at=begins)

    def succeeded(self, now: float, chance: Chance, *, again_in: float | None = None) -> "Schedule":
        """`again_in`: files are on their way and want to go on so soon."""
        due = now + INTERVAL * chance.uniform(1.0 - SPREAD, 1.0 + SPREAD)
        if again_in is not None:
            due = min(due, now + again_in)
        return Schedule(due=due, ended=now, asked_at=self.asked_at)

    def failed(self, now: float, chance: Chance, *, retry_after: float | None = None) -> "Schedule":
        """An EnvironmentProblem: later, and later each time."""
        failures = self.failures + 1
        pause = max(APART, _pause(failures, chance))
        if retry_after is not None:
            pause = max(pause, min(retry_after, LONGEST_WISH))
        due = now + pause
        not_before = due if retry_after is not None else 0.0
        return Schedule(due=due, failures=failures, not_before=not_before, ended=now, asked_at=self.asked_at)

    def stopped(self) -> "Schedule":
        """The sign-in no longer counts: nothing by itself until `asked`."""
        return Schedule(due=None)

    def _sooner(self, when: float, *, apart: bool = False) -> "Schedule":
        if self.due is None:
            return self
        earliest = max(self.not_before, self.ended + APART) if apart or self.failures else self.not_before
        return replace(self, due=max(min(self.due, when), earliest))


def _pause(failures: int, chance: Chance) -> float:
    if failures < OPENS_AT:
        return delay(failures, chance)
    return chance.uniform(0.0, CEILING) if failures == OPENS_AT else chance.uniform(*PROBE)
