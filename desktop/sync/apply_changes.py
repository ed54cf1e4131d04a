"""What the feed tells, laid into the store by the caller's transaction; types not known yet are kept for a later version."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop.application.ports import Store, Work
from desktop.application.records import Changes
from desktop.application.shown import refresh
from desktop.domain.digest import Json
from desktop.domain.errors import NotOurPortal, Rule
from desktop.domain.ids import EntryId
from desktop.sync import sides
from desktop.sync.adopt import adopt_entry, bury, leave_scope
from desktop.sync.wire import KNOWN_TYPES, Change, change_from_json

_VOCABULARY = "change_types"


@dataclass(frozen=True)
class Heard:
    """What a page of the feed touched."""

    entries: frozenset[EntryId]
    board: bool


def apply_changes(work: Work, changes: Sequence[Change], *, at: str) -> Heard:
    """Lay a page of the feed into the store; `at` is this machine's time (ISO 8601 UTC)."""
    touched: set[EntryId] = set()
    board = False
    for change in changes:
        entry_id = EntryId(change.target)
        if change.head is not None and change.meta is not None:
            adopt_entry(work, change.head, change.meta)
            touched.add(entry_id)
        elif change.type == "out_of_scope":
            leave_scope(work, entry_id)
            _keep_in_sight(work, entry_id, at=at)
            touched.add(entry_id)
        elif change.type == "tombstone":
            bury(work, entry_id, seq=change.seq)
            _keep_in_sight(work, entry_id, at=at)
            touched.add(entry_id)
        elif change.member is not None:
            work.board.put_member(change.member)
            board = True
        elif change.delegation is not None:
            work.board.put_delegation(change.delegation)
            board = True
        elif change.side is not None:
            taken = sides.take(work, change.target, change.side, at=at)
            touched |= {taken} if taken is not None else set()
        else:
            work.feed.keep_unknown(change.raw)
    return Heard(frozenset(touched), board)


def _keep_in_sight(work: Work, entry_id: EntryId, *, at: str) -> None:
    """What was typed into an entry that is gone stays where its writer finds it: a card, and a copy from there."""
    draft = work.drafts.get(entry_id)
    if draft is not None and draft.dirty and not any(card.rule.code == "gone" for card in work.cards.of(entry_id)):
        rule = Rule("gone")
        work.cards.add(entry_id, op_id=None, name="put", outcome="gone", rule=rule, pointers=(), at=at)


def apply_what_is_understood_now(store: Store, *, at: str) -> Changes | None:
    """Changes that an earlier version kept because it did not know their type, once after an upgrade; None if none are due.

    The latest of each target counts; what is still not understood is kept on.
    """
    words = ",".join(sorted(KNOWN_TYPES))
    with store.read() as work:
        if work.feed.value(_VOCABULARY) == words:
            return None
    with store.write() as work:
        kept = {(raw.get("type"), raw.get("target")): raw for raw in work.feed.take_unknown()}
        changes = [change for raw in kept.values() if (change := _understood(work, raw)) is not None]
        heard = apply_changes(work, changes, at=at)
        work.feed.set_value(_VOCABULARY, words)
        refresh(work, heard.entries)
    return Changes(heard.entries, lists=bool(heard.entries), board=heard.board)


def _understood(work: Work, raw: Mapping[str, Json]) -> Change | None:
    try:
        return change_from_json(raw)
    except NotOurPortal:  # of another shape than this version expects
        work.feed.keep_unknown(raw)
        return None
