"""What became of one operation, as it stands in the ledger and in the reply.

Source: docs/wire.md, "Outcomes"; rule codes are those of resources/contract/rules.json.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

FINAL: Final = frozenset(
    {"applied", "conflict", "stale_revision", "invalid_state", "forbidden", "invalid", "gone", "expired", "unsupported"}
)


@dataclass(frozen=True)
class Rule:
    """Why: a rule code, the clause of the regulation it comes from, and words for the client's sentence."""

    code: str
    clause: str = ""
    params: Mapping[str, str] = field(default_factory=dict)

    def wire(self) -> dict[str, object]:
        return {"code": self.code, "clause": self.clause, "params": dict(self.params)}


@dataclass(frozen=True)
class Outcome:
    """`errors` are (JSON pointer, code) pairs; `entry_id` says whose live head the reply carries."""

    outcome: str
    rule: Rule | None = None
    errors: tuple[tuple[str, str], ...] = ()
    rid: str | None = None
    entry_id: str | None = None

    @property
    def final(self) -> bool:
        """Whether the ledger keeps it; otherwise the client sends the same operation again."""
        return self.outcome in FINAL

    def stored(self) -> dict[str, Any]:
        return {
            "outcome": self.outcome,
            "rule": self.rule.wire() if self.rule else None,
            "errors": [{"pointer": pointer, "code": code} for pointer, code in self.errors],
            "rid": self.rid,
        }


def applied(entry_id: str | None, rid: str | None = None) -> Outcome:
    return Outcome("applied", rid=rid, entry_id=entry_id)


def refused(outcome: str, code: str, *, clause: str = "", **params: str) -> Outcome:
    """A refusal with its rule."""
    return Outcome(outcome, Rule(code, clause, params))


def invalid(code: str, errors: tuple[tuple[str, str], ...], *, clause: str = "", **params: str) -> Outcome:
    """A refusal that points into the operation's content."""
    return Outcome("invalid", Rule(code, clause, params), errors)
