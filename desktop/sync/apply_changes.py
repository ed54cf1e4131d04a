"""What the feed tells, laid into the store by the caller's transaction; types not known yet are kept for a later version."""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.application.ports import Work
from desktop.domain.ids import EntryId
from desktop.sync.adopt import adopt_entry, bury, leave_scope
from desktop.sync.wire import Change


@dataclass(frozen=True)
class Heard:
    """What a page of the feed touched."""

    entries: frozenset[EntryId]
    board: bool


def apply_changes(work: Work, changes: Sequence[Change]) -> Heard:
    touched: set[EntryId] = set()
    board = False
    for change in changes:
        entry_id = EntryId(change.target)
        if change.head is not None and change.meta is not None:
            adopt_entry(work, change.head, change.meta)
            touched.add(entry_id)
        elif change.type == "out_of_scope":
            leave_scope(work, entry_id)
            touched.add(entry_id)
        elif change.type == "tombstone":
            bury(work, entry_id)
            touched.add(entry_id)
        elif change.member is not None:
            work.board.put_member(change.member)
            board = True
        elif change.delegation is not None:
            work.board.put_delegation(change.delegation)
            board = True
        else:
            work.feed.keep_unknown(change.raw)
    return Heard(frozenset(touched), board)
