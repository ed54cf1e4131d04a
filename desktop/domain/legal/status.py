"""Whether a document is in force on a day, from its dates and from what other documents do to it: a suggestion with its reason.

Source: Luật Ban hành văn bản quy phạm pháp luật 2015 Điều 151–154.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

Act = Literal["replaces", "repeals", "repeals-part", "amends"]
State = Literal["Chưa có hiệu lực", "Còn hiệu lực", "Hết hiệu lực một phần", "Hết hiệu lực"]
Reason = Literal["no-dates", "not-yet", "ended", "replaced", "repealed", "partly", "in-force"]


@dataclass(frozen=True)
class Relation:
    """Document `by` does `act` to the one in question, from day `since` (None: its effect is not settled)."""

    act: Act
    by: str
    since: date | None


@dataclass(frozen=True)
class Status:
    """`state` is None where the dates say nothing; `by` names the document that decides, `since` from when."""

    state: State | None
    reason: Reason
    by: str = ""
    since: date | None = None


def suggest_status(start: date | None, end: date | None, *, relations: Sequence[Relation], today: date) -> Status:
    """The state on `today` of a document with effect from `start` to the end of day `end`."""
    acting = sorted(
        (relation for relation in relations if relation.since is not None and relation.since <= today),
        key=lambda relation: (relation.since or today, relation.by),
    )
    for act, reason in (("replaces", "replaced"), ("repeals", "repealed")):
        whole = next((relation for relation in acting if relation.act == act), None)
        if whole is not None:
            return Status(
                "Hết hiệu lực",
                "replaced" if reason == "replaced" else "repealed",
                whole.by,
                whole.since,
            )
    if end is not None and end < today:
        return Status("Hết hiệu lực", "ended", since=end)
    if start is None:
        return Status(None, "no-dates")
    if start > today:
        return Status("Chưa có hiệu lực", "not-yet", since=start)
    partly = next((relation for relation in acting if relation.act == "repeals-part"), None)
    if partly is not None:
        return Status("Hết hiệu lực một phần", "partly", partly.by, partly.since)
    return Status("Còn hiệu lực", "in-force", since=start)
