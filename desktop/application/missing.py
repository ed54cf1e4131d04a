"""Files of texts that are here and whose bytes are not: which, in which order they come, how far each has come, what holds it.

A file is missing where the portal had not got it yet, or gave out wrong bytes, or this disk lost it; its text came all the same.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from desktop.application.ports import Announce, Clock, Store, Work
from desktop.application.records import Changes, ListQuery, Lost
from desktop.application.transfers import FileTransfer, Held, videos_wait
from desktop.domain.digest import Json
from desktop.domain.errors import FileChanged, NotFound, Rule
from desktop.domain.files import Media, media_of
from desktop.domain.ids import EntryId

_KEY = "files_due"
_ALL = 100_000


@dataclass(frozen=True)
class Due:
    """`entry_id` names the file; it is asked for in `left` syncs, and then, if in vain, in twice `every`. `speed`: bytes a second
    of the last part.
    """

    entry_id: EntryId
    every: int = 1
    left: int = 1
    paused: bool = False
    speed: float = 0.0


class Incoming:
    """What a person sees of the files that are still to come, and may hold back."""

    def __init__(self, store: Store, clock: Clock, announce: Announce) -> None:
        self._store = store
        self._clock = clock
        self._announce = announce

    def files(self) -> Sequence[FileTransfer]:
        """First what comes first."""
        with self._store.read() as work:
            return incoming(work, now=self._clock.now())

    def pause(self, sha256: str) -> None:
        """From the next part on; what has come stays. NotFound."""
        self._change(sha256, paused=True)

    def resume(self, sha256: str) -> None:
        """With the next sync. NotFound."""
        self._change(sha256, paused=False)

    def lost(self) -> Sequence[Lost]:
        """Every file that a text of this home names and that is not here."""
        with self._store.read() as work:
            return list(_lost(work))

    def ask_again(self) -> int:
        """The portal is asked for all of them with the next sync that it can have; returns for how many."""
        with self._store.write() as work:
            wanted = {item.sha256: Due(item.entry_id) for item in _lost(work) if item.portal}
            keep(work, {**due(work), **wanted})
        self._announce(Changes(transfers=bool(wanted)))
        return len(wanted)

    def _change(self, sha256: str, *, paused: bool) -> None:
        with self._store.write() as work:
            known = due(work)
            if sha256 not in known:
                raise NotFound(Rule("gone"))
            keep(work, {**known, sha256: replace(known[sha256], paused=paused, left=1, speed=0.0)})
        self._announce(Changes(transfers=True))


def due(work: Work) -> dict[str, Due]:
    """What is missing, by SHA-256."""
    stored = json.loads(work.feed.value(_KEY) or "{}")
    return {sha256: Due(**item) for sha256, item in stored.items()}


def keep(work: Work, items: Mapping[str, Due]) -> None:
    stored = {sha256: asdict(item) for sha256, item in items.items()}
    work.feed.set_value(_KEY, json.dumps(stored) if stored else None)


def note(work: Work, sha256: str, entry_id: EntryId, *, every: int = 1) -> None:
    """A text is here without this file of it; `every` is 0 for one that has just come."""
    keep(work, {sha256: Due(entry_id, every), **due(work)})


def incoming(work: Work, *, now: str) -> Sequence[FileTransfer]:
    """What a waiting piece of work here cannot go without, then pictures, documents, sound and video; small before large.

    Videos wait for the hours that their member has set, as they do on their way up. What no text names any more is left out.
    """
    known = due(work)
    if not known:
        return []
    busy = {draft.entry_id for draft in work.drafts.dirty()} | {item.operation.entry_id for item in work.queue.all()}
    found = []
    for sha256, item in known.items():
        named = _named(work, sha256, item)
        if named is not None:
            name, size = named
            media, needed = media_of(name), item.entry_id in busy
            held = Held.PAUSED if item.paused else Held.NO
            if not held and not needed and media is Media.VIDEO and videos_wait(work, now=now):
                held = Held.AFTER_HOURS
            come = work.blobs.partial(sha256)
            found.append(
                FileTransfer(sha256, name, size, come, item.speed, media, held, needed, item.entry_id, coming=True)
            )
    return sorted(found, key=lambda file: (not file.needed, file.media.rank, file.size, file.sha256))


def is_here(work: Work, sha256: str) -> bool:
    """Whether the bytes are here as they were attached."""
    try:
        return work.blobs.check(sha256)
    except FileChanged:
        return False


def files_of(work: Work, entry_id: EntryId) -> tuple[Mapping[str, Json], ...]:
    entry = work.entries.get(entry_id)
    text = work.revisions.get(entry.head.rid) if entry and entry.in_scope and entry.head.rid else None
    return text.content.attachments if text else ()


def _lost(work: Work) -> Iterator[Lost]:
    """By entry, once each."""
    account = work.feed.account()
    if account is None:
        return
    for row in work.lists.rows(ListQuery(limit=_ALL), me=account.member_id):
        draft = work.drafts.get(row.entry_id)
        told = {str(file.get("sha256")): file for file in files_of(work, row.entry_id)}
        queued = [item.operation.content for item in work.queue.of(row.entry_id)]
        ours = [file for text in queued if text is not None for file in text.attachments]
        ours += draft.attachments if draft is not None else ()
        for sha256, file in {**{str(file.get("sha256")): file for file in ours}, **told}.items():
            if not is_here(work, sha256):
                size = file.get("size")
                name, whole = str(file.get("name") or sha256[:12]), size if isinstance(size, int) else 0
                yield Lost(sha256, name, whole, row.entry_id, row.title, sha256 in told)


def _named(work: Work, sha256: str, item: Due) -> tuple[str, int] | None:
    """What the file is called in the text that misses it, and its size; None when no text misses it any more."""
    if is_here(work, sha256):
        return None
    told = next((file for file in files_of(work, item.entry_id) if file.get("sha256") == sha256), None)
    size = told.get("size") if told else None
    return (str(told.get("name")), size if isinstance(size, int) else 0) if told else None
