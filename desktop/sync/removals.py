"""A feed that would take away a large part of what is here stops before it is applied: it may be a fault of the portal.

Nothing is removed until the member has answered; meanwhile nothing is sent or received.
"""

from collections.abc import Sequence

from desktop.application import notices
from desktop.application.ports import Store, Work
from desktop.application.records import ListQuery
from desktop.domain.entry import Phase
from desktop.domain.errors import RemovalStopped, Rule
from desktop.domain.ids import EntryId
from desktop.sync.wire import Change

CODE = "mass-removal"
MOST = 200
FEW = 10  # in a small home any single entry is a large share
SHARE = 20  # one in twenty

_REMOVING = frozenset({"tombstone", "out_of_scope"})


def refuse_while_asked(store: Store) -> None:
    """RemovalStopped while the question is open."""
    with store.read() as work:
        open_now = [notice for notice in notices.told(work) if notice.rule.code == CODE]
    if open_now:
        raise RemovalStopped(**open_now[0].rule.params)


def removed_by(work: Work, changes: Sequence[Change]) -> int:
    """How many entries that are seen here the changes would take away."""
    return sum(is_seen(work, EntryId(change.target)) for change in changes if change.type in _REMOVING)


def is_seen(work: Work, entry_id: EntryId) -> bool:
    known = work.entries.get(entry_id)
    return known is not None and known.in_scope and known.head.state.phase is not Phase.DISCARDED


def stop_if_many(store: Store, removed: int, *, at: str) -> None:
    """Ask the member and raise RemovalStopped when `removed` entries of one sync are too many to go unasked, or more than was agreed to."""
    if removed <= FEW:
        return
    with store.write() as work:
        account = work.feed.account()
        total = work.lists.count(ListQuery(), me=account.member_id) if account is not None else 0
        agreed = notices.agreed(work, CODE)
        if (removed <= MOST and removed * SHARE <= total) or (agreed is not None and removed <= int(agreed["count"])):
            return
        params = {"count": str(removed), "total": str(max(total, removed))}
        notices.tell(work, Rule(CODE, params=params), at=at, asks=True)
    raise RemovalStopped(**params)
