"""One answer becomes one transaction: results, changes, cursor and epoch, and the rows that lists show; all or nothing."""

import json
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from desktop.application import notices
from desktop.application.ports import Store, Work
from desktop.application.records import Changes
from desktop.application.shown import refresh
from desktop.domain.errors import ClientTooOld
from desktop.domain.ids import EntryId
from desktop.sync import removals, restored
from desktop.sync.adopt import drop_clean_draft
from desktop.sync.apply_changes import apply_changes
from desktop.sync.apply_results import apply_result
from desktop.sync.pace import forget_outage
from desktop.sync.plan import Plan
from desktop.sync.wire import Bundle, Reply

_HISTORY_DUE = "history_due"
_NEARLY = timedelta(minutes=5)


def apply_reply(store: Store, plan: Plan, reply: Reply, *, bundle: Bundle | None, at: str) -> Changes | None:
    """What was touched; None, with nothing changed, when the home has moved on since `plan` was made."""
    with store.write() as work:
        if not plan.still_true(work):
            return None
        heads = [change.head for change in reply.changes if change.head is not None]
        mentioned = {op.entry_id for op in plan.ops} | {head.entry_id for head in heads}
        work.look_up(mentioned, [head.rid for head in heads if head.rid is not None])
        before = _versions(work, mentioned)
        for operation, result in zip(plan.ops, reply.results, strict=True):
            apply_result(work, operation, result, at=at)
        heard = apply_changes(work, reply.changes, at=at)
        touched = heard.entries | {op.entry_id for op in plan.ops if op.is_of_entry}
        for entry_id in touched:
            drop_clean_draft(work, entry_id)
        _note_history(work, before)
        if bundle is not None:
            work.feed.put_bundle(bundle.rev, bundle.value)
            work.feed.set_value("bundle_rev", bundle.rev)
        if reply.epoch != plan.epoch:
            work.feed.set_value("epoch", reply.epoch)
        if reply.next_cursor != plan.cursor:
            work.feed.set_value("cursor", reply.next_cursor)
        work.feed.set_value("server_seq", str(reply.server_seq))
        _note_reach(work, reply)
        if not (_tells_only_the_time(plan, reply, bundle) and _is_noted(work, reply.server_time)):
            _note_time(work, reply, at=at)
        notices.withdraw(work, ClientTooOld.code)  # it answers again
        forget_outage(work)
        if not (reply.has_more or restored.is_due(work)):
            notices.settle(work, removals.CODE)
        refresh(work, touched)
    return Changes(touched, lists=bool(touched), board=heard.board, bundle=bundle is not None)


def _tells_only_the_time(plan: Plan, reply: Reply, bundle: Bundle | None) -> bool:
    stands = (reply.epoch, reply.next_cursor) == (plan.epoch, plan.cursor)
    return stands and not (plan.ops or reply.changes or bundle or reply.has_more)


def _is_noted(work: Work, server_time: str) -> bool:
    """Whether the time that stands here is nearly that: a sync that finds nothing else writes nothing, so that the disk may sleep."""
    noted = work.feed.value("server_time")
    if noted is None or work.feed.value("last_sync") is None:
        return False
    try:
        return abs(datetime.fromisoformat(server_time) - datetime.fromisoformat(noted)) < _NEARLY
    except (TypeError, ValueError):  # a portal that tells the time in another way
        return False


def _note_time(work: Work, reply: Reply, *, at: str) -> None:
    work.feed.set_value("server_time", reply.server_time)
    if not reply.has_more:
        work.feed.set_value("last_sync", at)


def _note_reach(work: Work, reply: Reply) -> None:
    """How far the feed was heard: the highest number of a change."""
    reach = max((change.seq for change in reply.changes), default=0)
    if reach > int(work.feed.value("feed_seq") or 0):
        work.feed.set_value("feed_seq", str(reach))


def history_due(work: Work) -> list[EntryId]:
    """Entries whose text is here but whose history has grown since it was fetched."""
    return [EntryId(str(item)) for item in json.loads(work.feed.value(_HISTORY_DUE) or "[]")]


def history_fetched(work: Work, entry_ids: Collection[EntryId]) -> None:
    left = [entry_id for entry_id in history_due(work) if entry_id not in entry_ids]
    work.feed.set_value(_HISTORY_DUE, json.dumps(left) if left else None)


def _versions(work: Work, entry_ids: Collection[EntryId]) -> dict[EntryId, int]:
    known = ((entry_id, work.entries.get(entry_id)) for entry_id in entry_ids)
    return {entry_id: entry.head.state_ver for entry_id, entry in known if entry is not None}


def _note_history(work: Work, before: Mapping[EntryId, int]) -> None:
    due = history_due(work)
    moved = sorted(key for key, number in _versions(work, before).items() if number != before[key] and key not in due)
    if moved:
        work.feed.set_value(_HISTORY_DUE, json.dumps([*due, *moved]))
