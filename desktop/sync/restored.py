"""A portal that came back from a backup: the texts of this member that it lost are offered again, decisions never.

`begin` stops sending and starts the feed anew; after that was read to its end, `finish` asks what the portal still knows. Between
the two nothing is sent, over any number of starts. Drafts are not touched.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from desktop.application import notices
from desktop.application.ports import Portal, Store, Work
from desktop.application.records import Applied, Changes, Entry
from desktop.application.rules import rules_of
from desktop.application.shown import refresh
from desktop.domain.board import Member
from desktop.domain.digest import Json
from desktop.domain.entry import Head, Phase
from desktop.domain.errors import Rule
from desktop.domain.ids import EntryId, MemberId, OpId, Rid
from desktop.domain.operation import DECIDES_OF_PEOPLE, TEXTS
from desktop.domain.projection import unborn
from desktop.sync import removals, sides
from desktop.sync.wire import Reply, body_from_json

CODE = "portal-restored"
NOT_REPEATED = "not-repeated"
_KEY = "restored"
_MOST_RIDS = 1000
_BATCH = 50


@dataclass(frozen=True)
class Decided:
    """The last decision of this member on an entry or a person that was confirmed, and how things stood after all that was heard."""

    op_id: OpId
    name: str
    stood: tuple[Json, ...]


def is_due(work: Work) -> bool:
    """Whether a restored portal was met and what it lost is not settled yet."""
    return work.feed.value(_KEY) is not None


def contradicts(work: Work, reply: Reply) -> bool:
    """Whether the answer denies what the portal said before under the same epoch: it went back in time unnoticed."""
    if is_due(work):
        return False
    if reply.server_seq < int(work.feed.value("server_seq") or 0):
        return True
    heads = [result.head for result in reply.results] + [change.head for change in reply.changes]
    # A first sync brings a hundred thousand heads, all newer than anything heard: those need no look at the store.
    heard = int(work.feed.value("feed_seq") or 0)
    return any(head is not None and head.seq <= heard and _is_older(work, head) for head in heads)


def _is_older(work: Work, head: Head) -> bool:
    known = work.entries.get(head.entry_id)
    if known is None or head.seq > known.head.seq:
        return False
    if head.seq < known.head.seq:
        return True
    if known.head.state.phase is Phase.DISCARDED:
        return False  # the line that told it named no head
    return (head.rid, head.state_ver) != (known.head.rid, known.head.state_ver)


def begin(store: Store, *, at: str) -> Changes:
    """Nothing is sent from here on, and the feed starts anew. Commands in the queue become cards, once."""
    with store.write() as work:
        if not is_due(work):
            decided = {entry_id: [d.op_id, d.name, list(d.stood)] for entry_id, d in _decided(work).items()}
            work.feed.set_value(_KEY, json.dumps(decided))
        touched = _take_back_decisions(work, at=at)  # again too: it may have been restored once more meanwhile
        for key in ("epoch", "cursor", "server_seq", "feed_seq"):
            work.feed.set_value(key, None)
        refresh(work, touched)
    return Changes(frozenset(touched), lists=True)


def finish(store: Store, portal: Portal, seen: Collection[str], *, at: str) -> Changes:
    """`seen`: the entries that the new feed told of. Offers again, makes cards, and lets sending go on: all or nothing."""
    with store.read() as work:
        applied = work.queue.applied()
        decided = _stored(work)
        ghosts = [entry_id for entry_id in work.entries.index() if entry_id not in seen]
        discarded = {entry_id for entry_id in ghosts if _phase(work, entry_id) is Phase.DISCARDED}
        moved = [key for key, was in decided.items() if _has_moved(work, key, was, seen)]
    kept = [item for item in applied if item.entry_id not in discarded]
    lost, remarks = _lost_texts(portal, kept), [item for item in kept if _is_lost_remark(item, seen)]
    undone = _undone(portal, {key: decided[key] for key in moved if key not in discarded}, seen)
    born = {item.entry_id for item in lost}
    with store.read() as work:
        gone = sum(removals.is_seen(work, entry_id) for entry_id in ghosts if entry_id not in born)
    removals.stop_if_many(store, gone, at=at)
    with store.write() as work:
        for item in (*lost, *remarks):
            work.queue.offer_again(item.op_id)
        for given in work.board.delegations(None):
            if given.id not in seen:
                work.board.put_delegation(replace(given, revoked=True))
        work.blobs.mark_all_unsent()
        sides.offer_again(work)
        _take_back_decisions(work, at=at, of=set(ghosts))  # given while this went on, of what is not there any more
        for entry_id in ghosts:
            _forget(work, entry_id, offered=entry_id in born)
        for entry_id, was in undone.items():
            _card(work, entry_id, was.op_id, was.name, at=at)
        work.feed.set_value(_KEY, None)
        decisions = sum(card.rule.code == NOT_REPEATED for card in work.cards.open())
        params = {"texts": str(len(lost) + len(remarks)), "decisions": str(decisions)}
        notices.tell(work, Rule(CODE, params=params), at=at)
        notices.settle(work, removals.CODE)
        touched = frozenset((*born, *ghosts, *undone, *(item.entry_id for item in remarks)))
        refresh(work, touched)
    return Changes(touched, lists=True)


def _take_back_decisions(work: Work, *, at: str, of: Collection[EntryId] | None = None) -> set[EntryId]:
    """What waits and decides something becomes a card; the entries concerned. `of`: of these entries only."""
    taken = set()
    for queued in work.queue.all():
        operation = queued.operation
        if operation.type not in TEXTS and (of is None or operation.entry_id in of):
            work.queue.withdraw(operation.op_id, at=at)
            _card(work, operation.entry_id, operation.op_id, operation.name, at=at)
            taken.add(operation.entry_id)
    return taken


def _decided(work: Work) -> dict[EntryId, Decided]:
    found: dict[EntryId, Decided] = {}
    for item in work.queue.applied():
        if item.type not in TEXTS and item.type != "claim":  # a courtesy of an hour ago is nobody's loss
            found[item.entry_id] = Decided(item.op_id, item.name, _stands(work, item.entry_id, item.name))
    return found


def _has_moved(work: Work, key: EntryId, was: Decided, seen: Collection[str]) -> bool:
    is_told = key in seen or was.name == "board"  # every member is told
    return not is_told or _stands(work, key, was.name) != was.stood


def _stands(work: Work, entry_id: EntryId, name: str) -> tuple[Json, ...]:
    """What a lost decision would have left different; empty for what this member could not see anyway."""
    if name == "board":
        member = work.board.member(MemberId(entry_id))
        return () if member is None else (member.active, *_told_of(member))
    if name == "delegation":
        return tuple(given.revoked for given in work.board.delegations(None) if given.id == entry_id)
    known = work.entries.get(entry_id)
    if known is None or not known.in_scope:
        return ()
    head = known.head
    place = (head.state.step, head.state.phase.value)
    return (head.rid, head.state_ver, *place, head.published_rid, known.meta.assignee)


def _told_of(member: Member) -> list[Json]:
    return [[grant.role, *sorted(grant.sections or ("*",))] for grant in member.grants]


def _stored(work: Work) -> dict[EntryId, Decided]:
    stored: Mapping[str, list[Json]] = json.loads(work.feed.value(_KEY) or "{}")
    return {
        EntryId(key): Decided(OpId(str(op_id)), str(name), tuple(stood) if isinstance(stood, list) else ())
        for key, (op_id, name, stood) in stored.items()
    }


def _phase(work: Work, entry_id: EntryId) -> Phase | None:
    known = work.entries.get(entry_id)
    return known.head.state.phase if known is not None else None


def _lost_texts(portal: Portal, applied: Iterable[Applied]) -> list[Applied]:
    puts = [item for item in applied if item.rid is not None]
    rids = [item.rid for item in puts if item.rid is not None]
    known: set[Rid] = set()
    for start in range(0, len(rids), _MOST_RIDS):
        known.update(portal.known_rids(rids[start : start + _MOST_RIDS]))
    return [item for item in puts if item.rid not in known]


def _is_lost_remark(item: Applied, seen: Collection[str]) -> bool:
    """One that was not told of: it is lost, or none of this member's any more; offered again, the ledger knows it."""
    return item.type == "personal" or (item.type == "comment" and item.comment_id not in seen)


def _undone(portal: Portal, moved: Mapping[EntryId, Decided], seen: Collection[str]) -> dict[EntryId, Decided]:
    """Of the entries that stand elsewhere now: those whose history no longer has the command."""
    of_entries = [key for key, was in moved.items() if was.name not in DECIDES_OF_PEOPLE]
    kept = _histories(portal, [entry_id for entry_id in of_entries if entry_id in seen])
    return {entry_id: was for entry_id, was in moved.items() if was.stood and was.op_id not in kept.get(entry_id, ())}


def _histories(portal: Portal, entry_ids: Sequence[EntryId]) -> dict[EntryId, set[str]]:
    found: dict[EntryId, set[str]] = {}
    for start in range(0, len(entry_ids), _BATCH):
        asked = entry_ids[start : start + _BATCH]
        answers = [body_from_json(item) for item in portal.entries(asked)]
        told = {body.head.entry_id for body in answers}
        for entry_id in asked:  # an answer leaves out what would make it too large
            single = portal.entry(entry_id, None) if entry_id not in told else None
            answers += [body_from_json(single)] if single is not None else []
        found.update({body.head.entry_id: {step.op_id for step in body.steps} for body in answers})
    return found


def _forget(work: Work, entry_id: EntryId, *, offered: bool) -> None:
    """The portal does not know this entry: it leaves the lists or, where its texts are offered again, begins anew."""
    known = work.entries.get(entry_id)
    if known is None:
        return
    if offered:
        start = unborn(rules_of(work).profile, rules_of(work).actor)
        head = replace(known.head, rid=None, rev_no=0, state=start.state, state_ver=0, published_rid=None, seq=0)
        meta = replace(known.meta, submitter=None, returned=None)
        work.entries.put(Entry(head, meta, body_rid=known.body_rid))
    elif known.in_scope or known.head.seq:
        work.entries.put(replace(known, head=replace(known.head, seq=0), in_scope=False))


def _card(work: Work, entry_id: EntryId, op_id: OpId, name: str, *, at: str) -> None:
    rule = Rule(NOT_REPEATED)
    work.cards.add(entry_id, op_id=op_id, name=name, outcome="withdrawn", rule=rule, pointers=(), at=at)
