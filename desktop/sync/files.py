"""Files of texts that are here and whose bytes are not: asked for again by themselves, more and more rarely.

A file is missing where the portal had not got it yet, or gave out wrong bytes, or this disk lost it; its text came all the same.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace

from desktop.application import notices
from desktop.application.ports import Portal, Store, Work
from desktop.application.records import Changes, ListQuery
from desktop.application.rules import bundle_of
from desktop.domain.digest import Json
from desktop.domain.errors import BadContent, FileChanged, NotFound, Rule
from desktop.domain.ids import EntryId
from desktop.sync.downloads import LARGE, fetch_large

CORRUPT = "attachment-corrupt"
_KEY = "files_due"
_RAREST = 64  # syncs between two attempts, about an hour
_MOST_ROWS = 10_000


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


def note(work: Work, sha256: str, entry_id: EntryId) -> None:
    """A text came without this file of it."""
    _write(work, {sha256: Due(entry_id), **due(work)})


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
            if sha256 not in due(work):
                notices.tell(work, Rule(CORRUPT, params={"name": name}), at=at)
        return False
    return True


def fetch_again(store: Store, portal: Portal, announce: Callable[[Changes], None], *, at: str) -> None:
    """One attempt at each file whose turn it is; what nothing names any more is forgotten. `at`: this machine's time."""
    with store.read() as work:
        known = due(work)
        wanted = {sha256: name for sha256, item in known.items() if (name := _name(work, sha256, item)) is not None}
        sizes = {sha256: _size(work, sha256, known[sha256]) for sha256 in wanted}
    if not known:
        return
    came = {
        sha256
        for sha256, name in wanted.items()
        if known[sha256].left <= 1 and fetch(store, portal, sha256, name=name, at=at, size=sizes[sha256])
    }
    with store.write() as work:
        kept = {sha256: _later(item) for sha256, item in due(work).items() if sha256 in wanted and sha256 not in came}
        _write(work, kept)
        if came and not kept:
            notices.withdraw(work, CORRUPT)
    announce(Changes(frozenset(known[sha256].entry_id for sha256 in came), lists=bool(came)))


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
    every = min(item.every * 2, _RAREST)
    return replace(item, every=every, left=every)


def _write(work: Work, items: Mapping[str, Due]) -> None:
    stored = {sha256: asdict(item) for sha256, item in items.items()}
    work.feed.set_value(_KEY, json.dumps(stored) if stored else None)
