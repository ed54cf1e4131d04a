"""Files of texts that are here and whose bytes are not: fetched after all texts, and asked for again more and more rarely."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from desktop.application import notices
from desktop.application.missing import Due, due, files_of, incoming, keep, note
from desktop.application.ports import Clock, Portal, Store, Work
from desktop.application.records import Changes, ListQuery
from desktop.application.rules import bundle_of
from desktop.domain.errors import BadContent, NotFound, Rule
from desktop.domain.ids import EntryId
from desktop.sync.downloads import LARGE, GoOn, fetch_large

CORRUPT = "attachment-corrupt"
_RAREST = 64  # syncs between two attempts, about an hour
_MOST_ROWS = 10_000
_SLICE = 8.0  # seconds of fetching in one sync
_AGAIN = 1.0


def fetch(
    store: Store, portal: Portal, sha256: str, *, name: str, at: str, size: int = 0, go_on: GoOn | None = None
) -> bool | None:
    """Fetch a file; False where the portal has none, or wrong bytes, which is told. `size` as its text has it.

    `go_on` is asked between the parts of a large one; None: it said no, and what has come stays.
    """
    try:
        if size > LARGE:
            return fetch_large(store, portal, sha256, size=size, go_on=go_on) or None
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

    A slice of some seconds, so that texts pass between, also between the parts of a large one; returns in how many the rest
    wants to go on, None when nothing is left.
    """
    at, ends, more = clock.now(), clock.monotonic() + _SLICE, False
    with store.read() as work:
        known = due(work)
        wanted = incoming(work, now=at) if known else []
    if not known:
        return None
    came: set[str] = set()
    tried: set[str] = set()
    for file in wanted:
        if file.held or known[file.sha256].left > 1:
            continue
        if more or (tried and clock.monotonic() >= ends):
            more = True
            break
        large = file.size > LARGE
        follow = _Following(store, announce, file.sha256, clock=clock, ends=ends) if large else None
        done = fetch(store, portal, file.sha256, name=file.name, at=at, size=file.size, go_on=follow)
        more = follow is not None and done is None and follow.out_of_time
        if done is not None:
            tried.add(file.sha256)
        if done:
            came.add(file.sha256)
    named = {file.sha256 for file in wanted}
    with store.write() as work:
        left = {sha256: item for sha256, item in due(work).items() if sha256 in named and sha256 not in came}
        waits = {file.sha256 for file in wanted if file.held or known[file.sha256].left <= 1} - tried
        kept = {sha256: item if sha256 in waits else _later(item) for sha256, item in left.items()}
        keep(work, kept)
        if came and not kept:
            notices.withdraw(work, CORRUPT)
    announce(Changes(frozenset(known[sha256].entry_id for sha256 in came), lists=bool(came), transfers=bool(came)))
    return _AGAIN if more else None


class _Following:
    """Notes how far and how fast a file comes, and says whether the next part may: not when it is paused, nor past the slice."""

    def __init__(
        self, store: Store, announce: Callable[[Changes], None], sha256: str, *, clock: Clock, ends: float
    ) -> None:
        self._store = store
        self._announce = announce
        self._sha256 = sha256
        self._clock = clock
        self._ends = ends
        self._before = clock.monotonic()
        self.out_of_time = False

    def __call__(self, size: int) -> bool:
        now = self._clock.monotonic()
        speed, self._before = size / max(now - self._before, 0.001), now
        with self._store.write() as work:
            known = due(work)
            item = known.get(self._sha256)
            if item is not None and not item.paused:
                keep(work, {**known, self._sha256: replace(item, speed=speed)})
        self._announce(Changes(transfers=True))
        with self._store.read() as work:
            item = due(work).get(self._sha256)  # whoever was told may have paused it
        if item is None or item.paused:
            return False
        self.out_of_time = now >= self._ends
        return not self.out_of_time


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


def _missing(work: Work) -> Iterator[tuple[str, EntryId]]:
    account = work.feed.account()
    me = account.member_id if account else None
    boxes = ["drafts", "returned", *(f"step:{step.id}" for step in bundle_of(work).profile.steps[1:])]
    for box in boxes:
        rows = work.lists.rows(ListQuery(box=box, limit=_MOST_ROWS), me=me) if me else ()
        for row in rows:
            for file in files_of(work, row.entry_id):
                sha256 = str(file.get("sha256"))
                if not work.blobs.has(sha256):
                    yield sha256, row.entry_id


def _later(item: Due) -> Due:
    if item.left > 1:
        return replace(item, left=item.left - 1)
    every = min(item.every * 2, _RAREST) or 1
    return replace(item, every=every, left=every)
