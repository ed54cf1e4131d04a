"""Adds the marks of many documents up: exact fields and inventions by field, layout, type and damage."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tests.legal_corpus.score import Mark, Outcome
from tests.legal_corpus.truth import Document

Groups = defaultdict[str, Counter[Outcome]]


def _groups() -> Groups:
    return defaultdict(Counter)


@dataclass
class Tally:
    """`shown` keeps the first few that were not exact, to look at."""

    groups: dict[str, Groups] = field(
        default_factory=lambda: {name: _groups() for name in ("all", "field", "layout", "type", "damage")}
    )
    not_exact: list[tuple[Document, Mark]] = field(default_factory=list)

    def add(self, document: Document, marks: Iterable[Mark]) -> None:
        for mark in marks:
            self.groups["all"]["all"][mark.outcome] += 1
            self.groups["field"][mark.field][mark.outcome] += 1
            self.groups["layout"][document.layout][mark.outcome] += 1
            self.groups["type"][document.kind][mark.outcome] += 1
            for name in document.damages or ("clean",):
                self.groups["damage"][name][mark.outcome] += 1
            if mark.outcome in {Outcome.MISSING, Outcome.WRONG, Outcome.INVENTED}:
                self.not_exact.append((document, mark))

    @property
    def exact(self) -> float:
        """Share of what the texts say, or was answered, that is right."""
        return share(self.groups["all"]["all"])

    @property
    def inventions(self) -> list[tuple[Document, Mark]]:
        return [(document, mark) for document, mark in self.not_exact if mark.outcome is Outcome.INVENTED]

    def lines(self) -> Iterator[str]:
        yield f"{'':<34}{'exact':>8}{'of':>8}{'missing':>9}{'wrong':>7}{'invented':>10}{'left out':>10}"
        for group, members in self.groups.items():
            for name, counts in sorted(members.items(), key=lambda pair: share(pair[1])):
                label = name if group == "all" else f"{group} {name}"
                yield (
                    f"{label:<34}{share(counts):>8.2%}{demanded(counts):>8}{counts[Outcome.MISSING]:>9}{counts[Outcome.WRONG]:>7}"
                    f"{counts[Outcome.INVENTED]:>10}{counts[Outcome.LEFT_OUT]:>10}"
                )


def demanded(counts: Counter[Outcome]) -> int:
    return sum(counts[outcome] for outcome in (Outcome.EXACT, Outcome.MISSING, Outcome.WRONG, Outcome.INVENTED))


def share(counts: Counter[Outcome]) -> float:
    return counts[Outcome.EXACT] / demanded(counts) if demanded(counts) else 1.0
