"""One thing a check has found in a text: where, by which rule, and what could stand there instead."""

from dataclasses import dataclass

from desktop.domain.errors import Rule


@dataclass(frozen=True)
class Finding:
    """`text[start:end]` is what is meant; `fixes` are proposals, the best first. Nothing is ever changed by itself."""

    rule: Rule
    start: int
    end: int
    fixes: tuple[str, ...] = ()

    def moved(self, by: int) -> "Finding":
        """The same in a text that has `by` characters more before it."""
        return Finding(self.rule, self.start + by, self.end + by, self.fixes)
