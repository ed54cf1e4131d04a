"""Files of texts that are here and whose bytes are not: fetched after all texts, and asked for again more and more rarely.

A file is missing where the portal had not got it yet, or gave out wrong bytes, or this disk lost it; its text came all the same.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace

from desktop.application import notices
from desktop.application.ports import Clock, Portal, Store, Work
from desktop.application.records import Changes, ListQuery
from desktop.application.rules import bundle_of
from desktop.application.transfers import videos_wait
from desktop.domain.digest import Json
from desktop.domain.errors import BadContent, FileChanged, NotFound, Rule
from desktop.domain.files import Media, media_of
from desktop.domain.ids import EntryId
from desktop.sync.downloads import LARGE, fetch_large

CORRUPT = "attachment-corrupt"
_KEY = "files_due"
_RAREST = 64  # syncs between two attempts, about an hour
_MOST_ROWS = 10_000
_SLICE = 8.0  # seconds of fetching in one sync
_AGAIN = 1.0


@dataclass(frozen=True)
class Due:
    """`entry_id` names the file; it is asked for in `left` syncs, and then, if in vain, in twice `every`."""

    entry_id: EntryId
    every: int = 1
    left: int = 1


def due(work: Work) -> dict[str, Due]:
    """What is missing, by SHA-256."""
    stored = json.loads(work.feed.value(_KEY) or "{}")
    return {sha256: Due(EntryId(item["entry_id"]), item["every"], item["left"]) for sha256, item in stored.items()}


def note(work: Work, sha256: str, entry_id: EntryId, *, every: int = 1) -> None:
    """A text is here without this file of it; `every` is 0 for one that has just come."""
    _write(work, {sha256: Due(entry_id, every), **due(work)})


def fetch(store: Store, portal: Portal, sha256: str, *, name: str, at: str, size: int = 0) -> bool:
    """Fetch a file; False where the portal has none, or wrong bytes, which is told. `size` as its text has it."""
    try:
        if size > LARGE:
            fetch_large(store, portal, sha256, size=size)
            return True
        data = portal.fetch_blob(sha256)
        with store.write() as work:
            if work.blobs.add(data) != sha256:
                raise BadContent(Rule("checksum-mismatch"), "the bytes of an attachment do not have its hash")
            work.blobs.mark_sent(sha256)
    except NotFound:
        return False  # named by a text whose file never went up
    except BadContent:
        with store.write() as work:
            known = due(work).get(sha256)
            if known is None or known.every == 0:  # the first time
                notices.tell(work, Rule(CORRUPT, params={"name": name}), at=at)
        return False
    return True


def fetch_again(store: Store, portal: Portal, announce: Callable[[Changes], None], *, clock: Clock) -> float | None:
    """One attempt at each file whose turn it is; what nothing names any more is forgotten.

    A slice of some seconds, so that texts pass between; returns in how many the rest wants to go on, None when nothing is left.
    """
    at, ends, more = clock.now(), clock.monotonic() + _SLICE, False
    with store.read() as work:
        known = due(work)
        wanted = _in_order(work, known, now=at) if known else []
    if not known:
        return None
    came: set[str] = set()
    tried: set[str] = set()
    for file in wanted:
        if file.held or known[file.sha256].left > 1:
            continue
        if tried and clock.monotonic() >= ends:
            more = True
            break
        tried.add(file.sha256)
        if fetch(store, portal, file.sha256, name=file.name, at=at, size=file.size):
            came.add(file.sha256)
    named = {file.sha256 for file in wanted}
    put_off = {
        file.sha256 for file in wanted if file.held or (known[file.sha256].left <= 1 and file.sha256 not in tried)
    }
    with store.write() as work:
        left = {sha256: item for sha256, item in due(work).items() if sha256 in named and sha256 not in came}
        kept = {sha256: item if sha256 in put_off else _later(item) for sha256, item in left.items()}
        _write(work, kept)
        if came and not kept:
            notices.withdraw(work, CORRUPT)
    announce(Changes(frozenset(known[sha256].entry_id for sha256 in came), lists=bool(came)))
    return _AGAIN if more else None


@dataclass(frozen=True)
class _Wanted:
    sha256: str
    name: str
    size: int
    held: bool
    is_needed: bool


def _in_order(work: Work, known: Mapping[str, Due], *, now: str) -> list[_Wanted]:
    """What a waiting piece of work here cannot go without, then pictures, documents, sound and video; small before large.

    Videos wait for the hours that their member has set, as they do on their way up.
    """
    busy = {draft.entry_id for draft in work.drafts.dirty()} | {item.operation.entry_id for item in work.queue.all()}
    found = []
    for sha256, item in known.items():
        name = _name(work, sha256, item)
        if name is not None:
            needed = item.entry_id in busy
            held = not needed and media_of(name) is Media.VIDEO and videos_wait(work, now=now)
            found.append(_Wanted(sha256, name, _size(work, sha256, item), held, needed))
    return sorted(found, key=lambda file: (not file.is_needed, media_of(file.name).rank, file.size, file.sha256))


def look(store: Store) -> None:
    """Note what is missing of all that is being worked on, once in each run of the program."""
    with store.read() as work:
        if work.feed.account() is None or work.feed.value("bundle_rev") is None:
            return
        missing = dict(_missing(work))
    if missing:
        with store.write() as work:
            for sha256, entry_id in missing.items():
                note(work, sha256, entry_id)


def is_here(work: Work, sha256: str) -> bool:
    """Whether the bytes are here as they were attached."""
    try:
        return work.blobs.check(sha256)
    except FileChanged:
        return False


def _missing(work: Work) -> Iterator[tuple[str, EntryId]]:
    account = work.feed.account()
    me = account.member_id if account else None
    boxes = ["drafts", "returned", *(f"step:{step.id}" for step in bundle_of(work).profile.steps[1:])]
    for box in boxes:
        rows = work.lists.rows(ListQuery(box=box, limit=_MOST_ROWS), me=me) if me else ()
        for row in rows:
            for file in _files(work, row.entry_id):
                sha256 = str(file.get("sha256"))
                if not work.blobs.has(sha256):
                    yield sha256, row.entry_id


def _files(work: Work, entry_id: EntryId) -> tuple[Mapping[str, Json], ...]:
    entry = work.entries.get(entry_id)
    text = work.revisions.get(entry.head.rid) if entry and entry.in_scope and entry.head.rid else None
    return text.content.attachments if text else ()


def _name(work: Work, sha256: str, item: Due) -> str | None:
    """What the file is called in the text that misses it; None when no text does any more."""
    if is_here(work, sha256):
        return None
    named = (str(file.get("name")) for file in _files(work, item.entry_id) if file.get("sha256") == sha256)
    return next(named, None)


def _size(work: Work, sha256: str, item: Due) -> int:
    found = (file.get("size") for file in _files(work, item.entry_id) if file.get("sha256") == sha256)
    return next((size for size in found if isinstance(size, int)), 0)


def _later(item: Due) -> Due:
    if item.left > 1:
        return replace(item, left=item.left - 1)
    every = min(item.every * 2, _RAREST) or 1
    return replace(item, every=every, left=every)


def _write(work: Work, items: Mapping[str, Due]) -> None:
    stored = {sha256: asdict(item) for sha256, item in items.items()}
    work.feed.set_value(_KEY, json.dumps(stored) if stored else None)
