"""Side drafts: a text that could not be settled for a day goes to the portal, for its writer's own devices alone.

A broken machine does not lose it: another device, or a fresh home, takes it up as its working copy, in conflict as it was. The
day is one of the portal's time; what is settled is forgotten there. Each device sends its own: none replaces another's, and a
second one waits on a shelf until the first is settled.
"""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta

from desktop.application.ports import Store, Work
from desktop.application.records import Changes, Draft, Place
from desktop.application.rules import Rules, rules_of, standing
from desktop.application.shown import refresh
from desktop.domain.digest import Json
from desktop.domain.errors import Rule
from desktop.domain.ids import EntryId, OpId, Rid
from desktop.domain.operation import Stamp, side
from desktop.domain.revision import Content
from desktop.sync.wire import SideDraft

CODE = "side-draft"
A_DAY = timedelta(hours=24)
_KEY = "side_drafts"
_SHELF = "side_shelf"
_DOUBTFUL = "?"  # sent, and no hash: since a restore the portal keeps some text, or none


@dataclass(frozen=True)
class Kept:
    """What this home knows of the side draft of an entry. `since`: portal time; `sent`: hash of the text that the portal keeps.

    `taken`: it came from another device, and stands here as the working copy.
    """

    side_id: str
    since: str
    sent: str = ""
    taken: bool = False


def keep(store: Store, new_id: Callable[[], str], *, at: str) -> Changes | None:
    """Queue what is due: texts unsettled for a day, and that others are settled now; None when no working copy has changed.

    `at`: this machine's time (ISO 8601 UTC).
    """
    with store.read() as work:
        if work.feed.account() is None or work.feed.value("bundle_rev") is None:
            return None
        if not (_due(work, rules_of(work), new_id) or _shelf(work)):
            return None
    with store.write() as work:
        rules = rules_of(work)
        known = _read(work)
        for entry_id, (kept, content, base) in _due(work, rules, new_id).items():
            if kept is None:
                del known[entry_id]
                continue
            before = known.get(entry_id)
            known[entry_id] = kept
            if before is not None and (content is not None or kept.sent == ""):
                stamp = Stamp(OpId(new_id()), work.queue.next_seq(), at)
                work.queue.add(side(stamp, kept.side_id, entry_id, content, base=base), at=at)
            if content is None and before is not None:
                del known[entry_id]
        _write(work, known)
        touched = _off_the_shelf(work, at=at)
        refresh(work, touched)
    return Changes(touched, lists=True) if touched else None


def take(work: Work, side_id: str, told: SideDraft, *, at: str) -> EntryId | None:
    """What the portal tells of a side draft; the entry whose working copy changed, if one did."""
    known = _read(work)
    mine, draft = known.get(told.entry_id), work.drafts.get(told.entry_id)
    ours = mine is not None and mine.side_id == side_id
    _put_on_shelf(work, side_id, None)
    if told.content is None:
        if mine is None or not ours:
            return None
        del known[told.entry_id]
        _write(work, known)
        if mine.taken and draft is not None and _text(draft).hash == mine.sent:
            return _let_go(work, told.entry_id, at=at)
        return None
    if (ours and mine is not None and not mine.taken) or (draft is not None and draft.dirty and not ours):
        if not ours:
            _put_on_shelf(work, side_id, told)
        return None  # this home's own, or one's own work stands here
    if ours and mine is not None and draft is not None and _text(draft).hash != mine.sent:
        return None
    entry = work.entries.get(told.entry_id)
    content, head = told.content, entry.head.rid if entry else None
    work.drafts.put(
        Draft(
            told.entry_id, content.kind, content.lang, content.fields, content.attachments, told.base_rid,
            conflict=head or told.base_rid, updated=at,
        )
    )  # fmt: skip
    if not ours:
        rule = Rule(CODE)
        work.cards.add(told.entry_id, op_id=None, name="put", outcome="conflict", rule=rule, pointers=(), at=at)
    known[told.entry_id] = Kept(side_id, told.server_time, content.hash, taken=True)
    _write(work, known)
    return told.entry_id


def offer_again(work: Work) -> None:
    """The portal came back from a backup: what it is thought to keep goes up again, and what it may still keep is taken back."""
    known = {entry_id: kept for entry_id, kept in _read(work).items() if not kept.taken}
    doubtful = {entry_id: replace(kept, sent=_DOUBTFUL if kept.sent else "") for entry_id, kept in known.items()}
    _write(work, doubtful)


Due = tuple[Kept | None, Content | None, Rid | None]


def _due(work: Work, rules: Rules, new_id: Callable[[], str]) -> dict[EntryId, Due]:
    """By entry: what is to be known of it from now on, and the text to send, None to have it forgotten."""
    found: dict[EntryId, Due] = {}
    known = _read(work)
    stuck = {
        **_held(work),
        **{d.entry_id: (_text(d), d.base_rid) for d in work.drafts.dirty() if _is_stuck(work, rules, d)},
    }
    for entry_id, (text, base) in stuck.items():
        kept = known.get(entry_id)
        if kept is None:
            found[entry_id] = Kept(new_id(), rules.now), None, None
        elif kept.sent == _DOUBTFUL or (text.hash != kept.sent and _passed(kept.since, rules.now)):
            side_id = new_id() if kept.taken else kept.side_id  # what was taken up is still the other device's
            found[entry_id] = Kept(side_id, rules.now, text.hash), text, base
    for entry_id, kept in known.items():
        if entry_id not in stuck:
            found[entry_id] = (replace(kept, sent=""), None, None) if kept.sent else (None, None, None)
    return found


def _held(work: Work) -> dict[EntryId, tuple[Content, Rid | None]]:
    """Frozen texts that the portal did not take and that stay here until somebody looks: the last one of each entry."""
    found: dict[EntryId, tuple[Content, Rid | None]] = {}
    held = {item.operation.entry_id for item in work.queue.all() if item.place is Place.HELD}
    for item in work.queue.all():
        text = item.operation.content
        if item.operation.type == "put" and item.operation.entry_id in held and text is not None:
            base = item.operation.payload.get("base_rid")
            found[item.operation.entry_id] = replace(text, html={}), Rid(base) if isinstance(base, str) else None
    return found


def _is_stuck(work: Work, rules: Rules, draft: Draft) -> bool:
    """In conflict, put together and not read, refused, or without the right to go anywhere."""
    if draft.conflict is not None or draft.merged:
        return True
    if any(card.name == "put" for card in work.cards.of(draft.entry_id)):
        return True
    now = standing(work, rules, draft.entry_id)
    return (now.entry is not None and not now.entry.in_scope) or now.may_write(rules, now.facts.section) is not None


def _let_go(work: Work, entry_id: EntryId, *, at: str) -> EntryId:
    """Settled on another device: the copy that was taken up here makes way."""
    work.drafts.remove(entry_id)
    for card in work.cards.of(entry_id):
        if card.rule.code == CODE:
            work.cards.close(card.id, at=at)
    return entry_id


def _text(draft: Draft) -> Content:
    return Content(draft.kind, draft.lang, draft.fields, {}, draft.attachments)


def _shelf(work: Work) -> dict[str, dict[str, Json]]:
    """Side drafts that came where another text stood, by id."""
    stored: dict[str, dict[str, Json]] = json.loads(work.feed.value(_SHELF) or "{}")
    return stored


def _put_on_shelf(work: Work, side_id: str, told: SideDraft | None) -> None:
    shelf = _shelf(work)
    if told is None and side_id not in shelf:
        return
    shelf.pop(side_id, None)
    if told is not None and told.content is not None:
        shelf[side_id] = {**asdict(told), "content": told.content.as_json()}
    work.feed.set_value(_SHELF, json.dumps(shelf) if shelf else None)


def _off_the_shelf(work: Work, *, at: str) -> frozenset[EntryId]:
    """What waited behind a text that is settled now is taken up: the entries whose working copy changed."""
    taken: set[EntryId] = set()
    for side_id, item in _shelf(work).items():
        entry_id = EntryId(str(item["entry_id"]))
        if entry_id in _read(work) or work.queue.of(entry_id):
            continue
        base, content = item["base_rid"], item["content"]
        assert isinstance(content, dict)  # noqa: S101  as it was put there
        told = SideDraft(
            entry_id, Rid(str(base)) if base else None, Content.from_json(content), str(item["server_time"])
        )
        if take(work, side_id, told, at=at) is not None:
            taken.add(entry_id)
    return frozenset(taken)


def _passed(since: str, now: str) -> bool:
    return datetime.fromisoformat(now) - datetime.fromisoformat(since) >= A_DAY


def _read(work: Work) -> dict[EntryId, Kept]:
    stored = json.loads(work.feed.value(_KEY) or "{}")
    return {EntryId(entry_id): Kept(**item) for entry_id, item in stored.items()}


def _write(work: Work, known: dict[EntryId, Kept]) -> None:
    stored = {entry_id: asdict(kept) for entry_id, kept in known.items()}
    work.feed.set_value(_KEY, json.dumps(stored) if stored else None)
