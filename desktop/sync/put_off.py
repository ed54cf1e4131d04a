"""How often the portal has put an operation off: after ten times its member is told; it goes on waiting all the same."""

import json

from desktop.application.ports import Work
from desktop.domain.errors import Rule
from desktop.domain.operation import Operation

LATER = frozenset({"missing_blob", "busy"})
TOLD_AFTER = 10
_KEY = "put_off"


def count(work: Work, operation: Operation, outcome: str, rule: Rule, *, at: str) -> None:
    """Once more; the tenth time makes a card. `at`: this machine's time (ISO 8601 UTC)."""
    times = _times(work)
    times[operation.op_id] = number = times.get(operation.op_id, 0) + 1
    work.feed.set_value(_KEY, json.dumps(times))
    if number == TOLD_AFTER:
        work.cards.add(
            operation.entry_id,
            op_id=operation.op_id,
            name=operation.name,
            outcome=outcome,
            rule=rule,
            pointers=(),
            at=at,
        )


def settle(work: Work, operation: Operation, *, at: str) -> None:
    """The portal has answered it for good: what was told of its waiting is over."""
    times = _times(work)
    if times.pop(operation.op_id, None) is None:
        return
    work.feed.set_value(_KEY, json.dumps(times) if times else None)
    for card in work.cards.of(operation.entry_id):
        if card.op_id == operation.op_id and card.outcome in LATER:
            work.cards.close(card.id, at=at)


def _times(work: Work) -> dict[str, int]:
    stored: dict[str, int] = json.loads(work.feed.value(_KEY) or "{}")
    return stored
