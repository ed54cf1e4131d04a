"""Adding up what many histories came to, and saying it."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tests.checker.history import FAULTS, Told

OUTCOMES = (
    "applied", "conflict", "stale_revision", "invalid_state", "forbidden", "invalid", "gone", "missing_blob",
    "expired",
)  # fmt: skip
# Every state with every command that the regulation foresees there; a put may come anywhere somebody writes.
FORESEEN: Mapping[str, tuple[str, ...]] = {
    "new": ("put",),
    "nhap_moi/draft": ("put", "submit", "discard"),
    "nhap_moi/discarded": ("restore",),
    "xac_thuc/waiting": ("put", "approve", "return", "recall"),
    "dang_tai/waiting": ("put", "approve", "return", "recall"),
    "dang_tai/published": ("revise", "unpublish"),
    "dang_tai/unpublished": ("revise", "restore"),
}
CELLS = tuple(f"{place} × {name}" for place, names in FORESEEN.items() for name in names)
# Every other type of operation with every outcome that it can have.
SMALL: Mapping[str, tuple[str, ...]] = {
    "comment": ("applied", "gone", "invalid", "stale_revision"),
    "assign": ("applied", "gone", "forbidden", "invalid"),
    "claim": ("applied", "gone", "forbidden", "invalid_state"),
    "personal": ("applied", "gone", "forbidden", "invalid_state"),
    "delegation": ("applied", "forbidden", "invalid", "expired"),
    "board": ("applied", "forbidden", "invalid", "gone"),
}
PLACES: Mapping[str, tuple[str, ...]] = {
    "comment": ("draft", "waiting", "published", "unpublished"),
    "assign": ("draft", "waiting", "published"),
    "claim": ("draft", "waiting"),
    "personal": ("draft", "waiting", "published"),
}
COMMANDS = ("put", "submit", "recall", "approve", "return", "revise", "unpublish", "restore", "discard")
ROLES = {
    "ctv": (*COMMANDS, *SMALL), "btv": (*COMMANDS, *SMALL), "phoban": (*COMMANDS, *SMALL),
    "truongban": (*COMMANDS, *SMALL),
}  # fmt: skip
OTHERS = tuple(f"{name} × {outcome}" for name, outcomes in SMALL.items() for outcome in outcomes)
WHERE = tuple(f"{phase} × {name}" for name, phases in PLACES.items() for phase in phases)
WHO = tuple(f"{role} × {name}" for role, names in ROLES.items() for name in names)
WANTED = (
    ("fault", FAULTS, "never happened"),
    ("outcome", OUTCOMES, "never answered"),
    ("command", CELLS, "never tried"),
)
# Of so many steps these are asked too: a cell of theirs comes once in some thousand.
MANY_STEPS = 300_000
OF_MANY = (
    ("small", OTHERS, "never answered"),
    ("place", WHERE, "never tried"),
    ("role", WHO, "never by"),
)
GROUPS = (
    ("fault", "faults"), ("step", "steps"), ("outcome", "outcomes"), ("here", "refused here"), ("command", "state × command"),
    ("small", "type × outcome"), ("place", "phase × type"), ("role", "role × operation"),
)  # fmt: skip
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

    def add(self, told: Told, *, twins: Sequence[str] = ()) -> None:
        """`twins` are the digests of further runs of the same seed, where there were any."""
        self.histories += 1
        self.steps += told.steps
        self.counts.update(told.counts)
        self.digest = hashlib.sha256(f"{self.digest}{told.digest}".encode()).hexdigest()
        if told.violations:
            self.bad.append(told)
        if any(twin != told.digest for twin in twins):
            self.restless.append(told.seed)

    @property
    def idle(self) -> list[str]:
        """What a check of this size should have met and did not, in words."""
        wanted = (*WANTED, *OF_MANY) if self.steps >= MANY_STEPS else WANTED
        missing = [(title, [name for name in names if not self.counts[kind, name]]) for kind, names, title in wanted]
        return [f"{title}: {', '.join(names)}" for title, names in missing if names]

    @property
    def sound(self) -> bool:
        return not (self.bad or self.restless or self.idle)

    def lines(self, *, shrunk: Iterable[Told]) -> Iterable[str]:
        violations = Counter(violation.name for told in self.bad for violation in told.violations)
        yield f"{self.histories} histories, {self.steps} steps, {sum(violations.values())} violations"
        for group, title in GROUPS:
            found = sorted((name, count) for (kind, name), count in self.counts.items() if kind == group)
            yield f"{title}: " + ", ".join(f"{name} {count}" for name, count in found)
        yield from self.idle
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
