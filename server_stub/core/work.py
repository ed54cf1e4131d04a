"""The working context of one sync request: who acts, by which rules, at what time, and what was touched."""

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

from sqlalchemy import Connection, bindparam, select

from server_stub.core.catalog import Catalog
from server_stub.core.entry import Entry, insert_entry, load_entry, update_entry, update_seq
from server_stub.core.limits import Limits
from server_stub.core.people import Person
from server_stub.core.scope import Scope, scope_of
from server_stub.core.workflow import Actor
from server_stub.store import tables as t

Touched = dict[tuple[str, str], str | None]

_COMMENTS: Final = (
    select(t.comment.c.id)
    .where(t.comment.c.entry_id == bindparam("entry_id"))
    .order_by(t.comment.c.server_time, t.comment.c.id)
)


@dataclass(frozen=True)
class Mark:
    """What must go back when an operation's savepoint does."""

    record_seq: int
    record_head: str
    touched: Touched
    entries: dict[str, Entry | None]
    dirty: frozenset[str]


@dataclass
class Work:
    """`touched` maps (feed kind, target) to the entry concerned, in the order of the last touch."""

    db: Connection
    catalog: Catalog
    actor: Actor
    now: str
    record_seq: int
    record_head: str
    limits: Limits = field(default_factory=Limits)
    touched: Touched = field(default_factory=dict)
    _entries: dict[str, Entry | None] = field(default_factory=dict)
    _dirty: set[str] = field(default_factory=set)

    @property
    def me(self) -> Person:
        return self.actor.person

    @cached_property
    def scope(self) -> Scope:
        """What the actor oversees; `become` has it computed anew."""
        return scope_of(self.catalog.profile, self.me, self.actor.mandates, self.now)

    def become(self, actor: Actor) -> None:
        """Go on as the same member with other roles or delegations."""
        self.actor = actor
        self.__dict__.pop("scope", None)

    def touch(self, kind: str, target: str, *, entry_id: str | None = None) -> None:
        """Have the feed announce `target`; its number is given out when the request is done."""
        self.touched.pop((kind, target), None)
        self.touched[(kind, target)] = entry_id

    def entry(self, entry_id: str) -> Entry | None:
        """The entry as this request has made it so far."""
        if entry_id not in self._entries:
            self._entries[entry_id] = load_entry(self.db, entry_id)
        return self._entries[entry_id]

    def visible(self, entry_id: str) -> Entry | None:
        """The entry, if the actor may know of it."""
        entry = self.entry(entry_id)
        return entry if entry is not None and self.scope.sees(entry) else None

    def add_entry(self, entry: Entry) -> None:
        """Write a new entry at once, since its revisions refer to it."""
        insert_entry(self.db, entry)
        self._entries[entry.id] = entry
        self.touch("entry", entry.id, entry_id=entry.id)

    def change_entry(self, entry: Entry) -> None:
        """Keep a changed entry; it is written, with its number in the feed, when the request is done.

        Whoever sees it from now on has read past its comments and its claim: they are announced anew, after it.
        """
        before = self.entry(entry.id)
        self._entries[entry.id] = entry
        self._dirty.add(entry.id)
        self.touch("entry", entry.id, entry_id=entry.id)
        if before is None or not _seen_by_more(before, entry):
            return
        for (comment_id,) in self.db.execute(_COMMENTS, {"entry_id": entry.id}):
            self.touch("comment", comment_id, entry_id=entry.id)
        if entry.claimed_at is not None:
            self.touch("claim", entry.id, entry_id=entry.id)

    def write_entries(self, seqs: dict[str, int]) -> None:
        """Write every changed entry with its feed number."""
        for entry_id, seq in seqs.items():
            entry = self._entries[entry_id]
            if entry is not None:
                entry = replace(entry, seq=seq)
                self._entries[entry_id] = entry
                write = update_entry if entry_id in self._dirty else update_seq
                write(self.db, entry)
        self._dirty.clear()

    def mark(self) -> Mark:
        return Mark(self.record_seq, self.record_head, dict(self.touched), dict(self._entries), frozenset(self._dirty))

    def go_back(self, mark: Mark) -> None:
        self.record_seq, self.record_head, self.touched = mark.record_seq, mark.record_head, mark.touched
        self._entries, self._dirty = mark.entries, set(mark.dirty)


def _seen_by_more(before: Entry, after: Entry) -> bool:
    """Whether somebody may see the entry who did not before (scope.py)."""
    published = after.published_rid is not None and before.published_rid is None
    return published or after.section != before.section or after.assignee not in (None, before.assignee)
