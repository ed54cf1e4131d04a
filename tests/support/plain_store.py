"""A `Store` in plain dictionaries: what the real one promises (`tests/contract/store`), without SQL; for random histories.

Every table is a dictionary of frozen values; a writing transaction keeps copies of them and lays them back when it fails.
"""

import threading
from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, fields
from typing import Any

from desktop.application.ports import Work
from desktop.domain.errors import Bug
from desktop.domain.ids import EntryId, Rid
from tests.support import plain_rows as rows
from tests.support.plain_past import PastRows


@dataclass
class Tables:
    """`numbers` holds the counters; every other member is a table by its key."""

    entries: dict[str, Any] = field(default_factory=dict)
    revisions: dict[str, Any] = field(default_factory=dict)
    histories: dict[str, Any] = field(default_factory=dict)
    drafts: dict[str, Any] = field(default_factory=dict)
    past: dict[int, Any] = field(default_factory=dict)
    past_dropped: dict[str, int] = field(default_factory=dict)
    queue: dict[str, Any] = field(default_factory=dict)
    settled: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, Any] = field(default_factory=dict)
    confirmed: dict[str, Any] = field(default_factory=dict)
    cards: dict[int, Any] = field(default_factory=dict)
    members: dict[str, Any] = field(default_factory=dict)
    delegations: dict[str, Any] = field(default_factory=dict)
    feed: dict[str, str] = field(default_factory=dict)
    bundles: dict[str, Any] = field(default_factory=dict)
    account: dict[str, Any] = field(default_factory=dict)
    unknown: dict[int, Any] = field(default_factory=dict)
    shown: dict[str, Any] = field(default_factory=dict)
    blobs: dict[str, Any] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)

    def copy(self) -> "Tables":
        return Tables(*[dict(getattr(self, name)) for name in _NAMES])

    def next_number(self, name: str) -> int:
        self.numbers[name] = number = self.numbers.get(name, 0) + 1
        return number


_NAMES = tuple(table.name for table in fields(Tables))


class PlainWork:
    """Good until its transaction ends."""

    def __init__(self, tables: Tables, *, writing: bool) -> None:
        self.entries = rows.EntryRows(tables, writing=writing)
        self.revisions = rows.RevisionRows(tables, writing=writing)
        self.drafts = rows.DraftRows(tables, writing=writing)
        self.past = PastRows(tables, writing=writing)
        self.queue = rows.QueueRows(tables, writing=writing)
        self.answers = rows.AnswerRows(tables, writing=writing)
        self.cards = rows.CardRows(tables, writing=writing)
        self.board = rows.BoardRows(tables, writing=writing)
        self.feed = rows.FeedRows(tables, writing=writing)
        self.lists = rows.ListRows(tables, writing=writing)
        self.blobs = rows.BlobRows(tables, writing=writing)

    def look_up(self, entry_ids: Collection[EntryId], rids: Collection[Rid] = ()) -> None:
        """All of it is at hand."""


class PlainStore:
    """One transaction at a time, whatever it does."""

    def __init__(self) -> None:
        self.tables = Tables()
        self._lock = threading.Lock()
        self._busy = threading.local()
        self._closed = False

    def write(self) -> AbstractContextManager[Work]:
        return self._transaction(writing=True)

    def read(self) -> AbstractContextManager[Work]:
        return self._transaction(writing=False)

    def require_room(self) -> None:
        """Memory has it."""

    def close(self) -> None:
        self._closed = True

    @contextmanager
    def _transaction(self, *, writing: bool) -> Iterator[Work]:
        if getattr(self._busy, "now", False):
            raise Bug("a transaction inside a transaction of the same thread")
        if self._closed:
            raise Bug("the store is closed")
        self._busy.now = True
        try:
            with self._lock:
                before = self.tables.copy() if writing else self.tables
                try:
                    yield PlainWork(self.tables, writing=writing)
                    if writing:
                        self._check()
                except BaseException:
                    self.tables = before
                    raise
        finally:
            self._busy.now = False

    def _check(self) -> None:
        """As the foreign key of the real table: a text that is said to be here is here."""
        for entry in self.tables.entries.values():
            if entry.body_rid is not None and entry.body_rid not in self.tables.revisions:
                raise Bug(f"the text {entry.body_rid} is not stored")
