"""What waits to be sent, why, and what became of what was: seen in one list, and taken back while it has not left this machine."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from desktop.application.freezing import Tools
from desktop.application.ports import Announce, Store, Work
from desktop.application.records import Changes, Draft, Place, Queued, Settled
from desktop.application.rules import bundle_of
from desktop.application.shown import refresh
from desktop.domain.digest import Json
from desktop.domain.errors import NotAllowed, NotFound, Rule
from desktop.domain.ids import EntryId, OpId, Rid
from desktop.domain.operation import Operation
from desktop.domain.revision import Content

MOST = 500
_MANY = 50
_LONG = timedelta(days=7)
_ASK_AGAIN = 24  # hours; the portal profile may say otherwise
_DECIDING = frozenset({"approve", "unpublish"})


class Why(StrEnum):
    """What an operation waits for, besides the portal."""

    PORTAL = "portal"
    HELD = "held"
    BEHIND = "behind"
    FILE = "file"
    SENT = "sent"


class Fate(StrEnum):
    """Where work is, in the four words that people are told; REFUSED and WITHDRAWN have a card, or were taken back here."""

    HERE = "here"
    SENDING = "sending"
    RECEIVED = "received"
    PUBLIC = "public"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Item:
    """One operation, waiting or answered. `at`: since when it waits, or when it was answered; this machine's time.

    `recallable`: its bytes have not left this machine, nor have those of what was built on it.
    """

    op_id: OpId
    entry_id: EntryId
    kind: str
    title: str
    name: str
    step: str
    at: str
    fate: Fate
    why: Why
    recallable: bool = False
    attempts: int = 0
    device_seq: int = 0
    rid: str = ""


@dataclass(frozen=True)
class Summary:
    """What a sync would send. `old`: decisions that have waited so long that they are asked about again.

    `days` since the last sync, 0 when there was none; `due`: it is much, or long ago, so a person says yes first.
    """

    texts: int
    decisions: int
    files: int
    bytes: int
    old: int
    days: int
    last_sync: str
    due: bool


class Waiting:
    def __init__(self, store: Store, tools: Tools, announce: Announce) -> None:
        self._store = store
        self._tools = tools
        self._announce = announce

    def items(self, limit: int = MOST) -> Sequence[Item]:
        """What waits, in the order it was made."""
        with self._store.read() as work:
            queued = work.queue.all()
            unsent = {sha256 for sha256, _ in work.blobs.unsent()}
            return [_waiting(work, item, queued, unsent) for item in queued[:limit]]

    def answered(self, limit: int = _MANY) -> Sequence[Item]:
        """What the portal has answered, or a person took back, the latest first."""
        with self._store.read() as work:
            return [_answered(work, item) for item in work.answers.latest(limit)]

    def text_of(self, op_id: OpId) -> Content | None:
        """The text that an answered command spoke of: what its giver had read. None where it is not stored here."""
        with self._store.read() as work:
            told = work.answers.to(op_id)
            rid = told.operation.payload.get("on_rid") if told else None
            revision = work.revisions.get(Rid(rid)) if isinstance(rid, str) else None
            return revision.content if revision else None

    def recall(self, op_id: OpId) -> None:
        """Take it back, with all that was built on it; a text becomes the draft again.

        NotFound when it waits no more, NotAllowed (already-sent) once its bytes may have reached the portal.
        """
        with self._store.write() as work:
            found = next((item for item in work.queue.all() if item.operation.op_id == op_id), None)
            if found is None:
                raise NotFound(Rule("not-found"))
            entry_id = found.operation.entry_id
            back = [item for item in work.queue.of(entry_id) if item.local_no >= found.local_no]
            if any(item.attempts for item in back):
                raise NotAllowed(Rule("already-sent"))
            at = self._tools.clock.now()
            puts = [item.operation for item in back if item.operation.type == "put"]
            for item in back:
                work.queue.withdraw(item.operation.op_id, at=at)
            if puts:
                _restore(work, puts, at=at)
            refresh(work, [entry_id])
        self._announce(Changes(frozenset({entry_id}), lists=True))

    def release(self, op_id: OpId) -> None:
        """What was held is offered again at the next sync, and its card is closed; anything else waits as before."""
        with self._store.write() as work:
            held = [item for item in work.queue.all() if item.operation.op_id == op_id and item.place is Place.HELD]
            for item in held:
                work.queue.release(op_id)
                for card in work.cards.of(item.operation.entry_id):
                    if card.op_id == op_id:
                        work.cards.close(card.id, at=self._tools.clock.now())
            entries = [item.operation.entry_id for item in held]
            refresh(work, entries)
        if entries:
            self._announce(Changes(frozenset(entries), lists=True))

    def summary(self) -> Summary:
        """What a sync would send now, and whether a person should see that first."""
        with self._store.read() as work:
            queued, files = work.queue.all(), work.blobs.unsent()
            last = work.feed.value("last_sync") or ""
            hours = _hours(bundle_of(work).profile.raw)
        now = datetime.fromisoformat(self._tools.clock.now())
        away = now - datetime.fromisoformat(last) if last else timedelta()
        texts = sum(item.operation.type == "put" for item in queued)
        old = sum(_is_old(item, now, hours) for item in queued)
        due = bool(queued) and (away > _LONG or len(queued) > _MANY or old > 0)
        return Summary(
            texts, len(queued) - texts, len(files), sum(size for _, size in files), old, away.days, last, due
        )


def _is_old(item: Queued, now: datetime, hours: int) -> bool:
    """A decision made long ago and never sent: what it was about may look different by now."""
    unsent = item.operation.name in _DECIDING and not item.attempts and bool(item.queued_at)
    return unsent and now - datetime.fromisoformat(item.queued_at) > timedelta(hours=hours)


def _hours(profile: Mapping[str, Json]) -> int:
    workflow = profile.get("workflow")
    told = workflow.get("ask_again_hours") if isinstance(workflow, dict) else None
    return told if isinstance(told, int) else _ASK_AGAIN


def _waiting(work: Work, item: Queued, queued: Sequence[Queued], unsent: set[str]) -> Item:
    operation = item.operation
    same = [other for other in queued if other.operation.entry_id == operation.entry_id]
    later = [other for other in same if other.local_no >= item.local_no]
    why = Why.SENT if item.attempts else Why.PORTAL
    if item.place is Place.HELD:
        why = Why.HELD
    elif operation.type == "command" and _names_any(work, operation, unsent):
        why = Why.FILE
    elif same[0] is not item and not item.attempts:
        why = Why.BEHIND
    fate = Fate.SENDING if item.attempts and item.place is Place.WAITING else Fate.HERE
    recallable = not any(other.attempts for other in later)
    return _item(work, operation, at=item.queued_at, fate=fate, why=why, recallable=recallable, attempts=item.attempts)


def _names_any(work: Work, operation: Operation, unsent: set[str]) -> bool:
    """Whether the text that a command is about has a file that has not gone up."""
    rid = operation.payload.get("on_rid")
    revision = work.revisions.get(Rid(rid)) if isinstance(rid, str) and unsent else None
    return revision is not None and any(file.get("sha256") in unsent for file in revision.content.attachments)


def _answered(work: Work, item: Settled) -> Item:
    fate = Fate.REFUSED
    if item.outcome == "applied":
        entry = work.entries.get(item.operation.entry_id)
        public = entry is not None and item.operation.payload.get("on_rid") == entry.head.published_rid
        fate = Fate.PUBLIC if public and item.operation.name == "approve" else Fate.RECEIVED
    elif item.outcome == "withdrawn":
        fate = Fate.WITHDRAWN
    return _item(work, item.operation, at=item.at, fate=fate, why=Why.SENT)


def _item(
    work: Work, operation: Operation, *, at: str, fate: Fate, why: Why, recallable: bool = False, attempts: int = 0
) -> Item:
    kind, title = _called(work, operation)
    return Item(
        operation.op_id, operation.entry_id, kind, title, operation.name, str(operation.payload.get("step") or ""), at, fate, why,
        recallable, attempts, operation.device_seq, operation.rid or str(operation.payload.get("on_rid") or ""),
    )  # fmt: skip


def _called(work: Work, operation: Operation) -> tuple[str, str]:
    """Kind and title of the entry, from the nearest place that knows them."""
    draft, entry = work.drafts.get(operation.entry_id), work.entries.get(operation.entry_id)
    on_rid = operation.payload.get("on_rid")
    named = work.revisions.get(Rid(on_rid)) if isinstance(on_rid, str) and not (draft or entry) else None
    carried = operation.content or (named.content if named else None)
    kind = draft.kind if draft else carried.kind if carried else entry.meta.kind if entry else ""
    fields: Mapping[str, Json] = draft.fields if draft else carried.fields if carried else {}
    known = bundle_of(work).kinds.get(kind)
    title = fields.get(known.title_field if known else "title")
    return kind, str(title or (entry.meta.title if entry else "")).strip()


def _restore(work: Work, puts: Sequence[Operation], *, at: str) -> None:
    """The newest text is the draft, on what the first of `puts` stood on; what was typed since counts before it."""
    first, newest = puts[0].payload, puts[-1]
    base, merged_from, content = first.get("base_rid"), first.get("merged_from"), newest.payload.get("content")
    stands_on = Rid(base) if isinstance(base, str) else None
    other = Rid(merged_from) if isinstance(merged_from, str) else None
    draft = work.drafts.get(newest.entry_id)
    if draft is not None and draft.base_rid in {put.rid for put in puts}:
        work.drafts.put(replace(draft, base_rid=stands_on, merged_from=other, dirty=True))
    elif draft is None and isinstance(content, dict):
        text = Content.from_json(content)
        made = Draft(newest.entry_id, text.kind, text.lang, text.fields, text.attachments, base_rid=stands_on)
        work.drafts.put(replace(made, merged_from=other, updated=at))
