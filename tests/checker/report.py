"""Adding up what many histories came to, and saying it."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.checker.history import FAULTS, Told

OUTCOMES = ("applied", "conflict", "stale_revision", "invalid_state", "forbidden", "invalid", "gone")
SHOWN = 5


@dataclass
class Sum:
    """Histories are added in the order of their seeds, so that the hash does not depend on how many processes ran."""

    histories: int = 0
    steps: int = 0
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    bad: list[Told] = field(default_factory=list)
    restless: list[int] = field(default_factory=list)
    digest: str = ""

    def add(self, told: Told, *, twin: str | None = None) -> None:
        """`twin` is the digest of a second run of the same seed, where there was one."""
        self.histories += 1
        self.steps += told.steps
        self.counts.update(told.counts)
        self.digest = hashlib.sha256(f"{self.digest}{told.digest}".encode()).hexdigest()
        if told.violations:
            self.bad.append(told)
        if twin is not None and twin != told.digest:
            self.restless.append(told.seed)

    @property
    def idle_faults(self) -> list[str]:
        return [fault for fault in FAULTS if not self.counts["fault", fault]]

    @property
    def idle_outcomes(self) -> list[str]:
        return [outcome for outcome in OUTCOMES if not self.counts["outcome", outcome]]

    @property
    def sound(self) -> bool:
        return not (self.bad or self.restless or self.idle_faults or self.idle_outcomes)

    def lines(self, *, shrunk: Iterable[Told]) -> Iterable[str]:
        violations = Counter(violation.name for told in self.bad for violation in told.violations)
        yield f"{self.histories} histories, {self.steps} steps, {sum(violations.values())} violations"
        for group, title in (
            ("fault", "faults"),
            ("outcome", "outcomes"),
            ("here", "refused here"),
            ("command", "state × command"),
        ):
            found = sorted((name, count) for (kind, name), count in self.counts.items() if kind == group)
            yield f"{title}: " + ", ".join(f"{name} {count}" for name, count in found)
        if self.idle_faults:
            yield "never happened: " + ", ".join(self.idle_faults)
        if self.idle_outcomes:
            yield "never answered: " + ", ".join(self.idle_outcomes)
        for seed in self.restless:
            yield f"I9: seed {seed} told two different histories"
        for told in shrunk:
            yield from _told(told)
        others = [told.seed for told in self.bad][SHOWN:]
        if others:
            yield f"also seeds {', '.join(map(str, others[:50]))}"
        yield f"trace {self.digest}"


def _told(told: Told) -> Iterable[str]:
    yield ""
    yield f"seed {told.seed}, the fewest steps that show it:"
    yield from (f"  {line}" for line in told.trace)
