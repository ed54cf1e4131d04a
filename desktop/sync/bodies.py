"""Texts that the feed has only announced: fetched in batches, newest first, one transaction per batch.

While a batch is written the next one is on its way, if `begin` begins it; a cut costs no more than these two, a page of the portal's.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from desktop.application import notices
from desktop.application.missing import is_here, note
from desktop.application.ports import Portal, Store, Work
from desktop.application.records import Changes
from desktop.application.shown import refresh
from desktop.application.transfers import FileTransfer, Held, moving, outgoing, set_moving
from desktop.domain.errors import BadContent, FileChanged, Rule
from desktop.domain.ids import EntryId, Rid
from desktop.domain.revision import Revision
from desktop.sync.adopt import adopt_entry, adopt_text, drop_clean_draft
from desktop.sync.apply import history_due, history_fetched
from desktop.sync.begun import Begin, when_wanted
from desktop.sync.uploads import SMALL
from desktop.sync.wire import Body, body_from_json

BATCH = 125  # half of what the portal gives at most; what would be too large it leaves out


@dataclass(frozen=True)
class Texts:
    """What came for `ids`; `published` are the public texts of those among them that are being revised."""

    ids: Sequence[EntryId]
    bodies: Sequence[Body]
    published: Sequence[Revision]


@dataclass(frozen=True)
class Coming:
    """A batch on its way."""

    ids: Sequence[EntryId]
    texts: Callable[[], Texts]


def fetch_bodies(
    store: Store, portal: Portal, announce: Callable[[Changes], None], *, begin: Begin = when_wanted
) -> int:
    """Fetch what is missing; returns how many texts came. What the portal does not give out is asked for once per sync."""
    given_up: set[EntryId] = set()
    count = 0
    coming = _ask(store, portal, given_up, begin=begin)
    while coming is not None:
        texts = coming.texts()
        following = _ask(store, portal, given_up.union(coming.ids), begin=begin)
        came = [body.head.entry_id for body in texts.bodies]
        given_up.update(_write(store, texts, came))
        announce(Changes(frozenset(came), lists=True))
        count += len(came)
        coming = following or _ask(store, portal, given_up, begin=begin)
    return count


def _ask(store: Store, portal: Portal, but: Collection[EntryId], *, begin: Begin) -> Coming | None:
    """The next batch without these; None when nothing else is missing."""
    with store.read() as work:
        missing = work.entries.without_body(BATCH + len(but))
        wanted = [entry_id for entry_id in (*missing, *history_due(work)) if entry_id not in but]
    ids = list(dict.fromkeys(wanted))[:BATCH]
    return Coming(ids, begin(partial(_fetch, store, portal, ids))) if ids else None


def _fetch(store: Store, portal: Portal, ids: Sequence[EntryId]) -> Texts:
    wanted = frozenset(ids)
    bodies = [body_from_json(item) for item in portal.entries(ids)]
    bodies = [body for body in bodies if body.head.entry_id in wanted]
    published = _published_texts(store, portal, bodies)
    return Texts(ids, bodies, published)


def _write(store: Store, texts: Texts, came: Sequence[EntryId]) -> list[EntryId]:
    """Which of them are not to be asked for again."""
    # An answer leaves out what would make it too large: that is asked for again, until an answer is empty.
    answered = came or texts.ids
    with store.write() as work:
        work.look_up(texts.ids, [body.revision.rid for body in texts.bodies if body.revision is not None])
        for body in texts.bodies:
            _keep(work, body, texts.published)
            _note_files(work, body)
        history_fetched(work, answered)
        refresh(work, came)
        return [entry_id for entry_id in answered if _lacks_text(work, entry_id)]


def _lacks_text(work: Work, entry_id: EntryId) -> bool:
    known = work.entries.get(entry_id)
    return known is not None and known.body_rid != known.head.rid


def _keep(work: Work, body: Body, published: Sequence[Revision]) -> None:
    entry_id = body.head.entry_id
    known = work.entries.get(entry_id)
    if known is None or not known.in_scope or known.head.seq > body.head.seq:
        return  # the feed knows better
    for revision in (body.revision, *(item for item in published if item.entry_id == entry_id)):
        if revision is not None:
            work.revisions.put(revision)
    work.revisions.set_history(entry_id, body.steps)
    if body.head == known.head:
        adopt_text(work, body.head)
    else:
        adopt_entry(work, body.head, body.meta)
    stored = work.entries.get(entry_id)
    if stored is not None and stored.last_published_rid is None and body.published:
        work.entries.put(replace(stored, last_published_rid=body.published[-1]))
    drop_clean_draft(work, entry_id)


def _published_texts(store: Store, portal: Portal, bodies: Iterable[Body]) -> list[Revision]:
    """The public text of entries that are being revised: it is not the head, and the window shows both."""
    found = []
    for body in bodies:
        rid = body.head.published_rid
        if rid is None or rid == body.head.rid or _has(store, rid):
            continue
        value = portal.entry(body.head.entry_id, rid)
        revision = body_from_json(value).revision if value is not None else None
        if revision is not None and revision.rid == rid and revision.entry_id == body.head.entry_id:
            found.append(revision)
    return found


def _has(store: Store, rid: Rid) -> bool:
    with store.read() as work:
        return work.revisions.has(rid)


def _note_files(work: Work, body: Body) -> None:
    """Texts come first: what they name is fetched when all of them are here (`files`), in the order in which it is missed."""
    for file in body.revision.content.attachments if body.revision else ():
        sha256 = str(file.get("sha256"))
        if not is_here(work, sha256):
            note(work, sha256, body.head.entry_id, every=0)


def _read(store: Store, sha256: str) -> bytes | None:
    """The bytes as they were attached; None when they are not here, or the disk has changed them since."""
    try:
        with store.read() as work:
            return work.blobs.read(sha256)
    except FileChanged:
        return None


def _tell(store: Store, rule: Rule, *, at: str) -> None:
    with store.write() as work:
        notices.tell(work, rule, at=at)


def _name_of(store: Store, sha256: str) -> str:
    """What the member called the file, where a working copy or a text of an entry that something waits for still says so."""
    with store.read() as work:
        known = [item for draft in work.drafts.dirty() for item in draft.attachments]
        entries = {queued.operation.entry_id for queued in work.queue.all()}
        contents = [revision.content for entry_id in entries for revision in work.revisions.of(entry_id)]
        known += [item for content in contents for item in content.attachments]
    return next((str(item.get("name")) for item in known if item.get("sha256") == sha256), sha256[:12])


def send_blobs(store: Store, portal: Portal, *, at: str) -> int:
    """Upload the attachments that the portal lacks; returns how many it has now.

    One that is refused, or damaged here, holds up no other: it stays here and is told, once for all of them. `at`: this machine's time.
    """
    with store.read() as work:
        unsent = [(file.sha256, file.size) for file in outgoing(work, now=at) if _goes_whole(file)]
    if not unsent:
        return 0
    missing, sent = set(portal.missing_blobs(unsent)), 0
    for sha256, _size in unsent:
        if sha256 in missing:
            data = _read(store, sha256)
            if data is None:
                _tell(store, Rule("attachment-damaged", params={"name": _name_of(store, sha256)}), at=at)
            if data is None or not _sent(store, portal, sha256, data, at=at):
                continue
        with store.write() as work:
            work.blobs.mark_sent(sha256)
        sent += 1
    return sent


def _sent(store: Store, portal: Portal, sha256: str, data: bytes, *, at: str) -> bool:
    """False when the portal does not take the file: too large for good, or changed on its way and sent again next time."""
    try:
        portal.send_blob(sha256, data)
    except BadContent as refusal:
        if refusal.rule.code == "checksum-mismatch":
            return False
        name, size = _name_of(store, sha256), str(max(1, len(data) // 2**20))
        said = Rule("attachment-refused") if refusal.rule.code == "too-large" else refusal.rule
        _tell(store, replace(said, params={"name": name, "size": size, **said.params}), at=at)
        if said is refusal.rule:
            _held(store, sha256, said)
        return False
    return True


def _held(store: Store, sha256: str, rule: Rule) -> None:
    """Refused for what it is: offered again when a person says so or attaches it anew."""
    with store.write() as work:
        set_moving(work, sha256, replace(moving(work, sha256), refused=rule.code))


def _goes_whole(file: FileTransfer) -> bool:
    return file.size <= SMALL and file.held is Held.NO
