"""What a member may read of entries and blobs, outside the feed. What is out of scope is as unknown as what is not.

Reader(db, person, now) -> entry_view · batch · known_rids · blob
"""

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, Select, select

from server_stub.core import history
from server_stub.core.catalog import load_catalog
from server_stub.core.entry import Entry, head_of, load_entries, meta_of
from server_stub.core.people import Person, mandates_of
from server_stub.core.scope import Scope, scope_of
from server_stub.store import tables as t

MAX_BATCH_CHARS: Final = 48 * 1024 * 1024


@dataclass(frozen=True)
class Reader:
    """One member's eyes at one moment."""

    db: Connection
    scope: Scope

    def entry_view(self, entry_id: str, rid: str | None) -> dict[str, Any] | None:
        """The entry with one revision (the head by default) and its history, or None."""
        entry = load_entries(self.db, [entry_id]).get(entry_id)
        if entry is None or not self.scope.sees(entry):
            return None
        return self._view(entry, rid or entry.head_rid)

    def batch(self, entry_ids: Collection[str]) -> list[dict[str, Any]]:
        """The visible entries among these with their heads; what would make the answer too large is left out."""
        found: list[dict[str, Any]] = []
        size = 0
        for entry in load_entries(self.db, entry_ids).values():
            of_this = entry.facts["size"]
            if self.scope.sees(entry) and (not found or size + of_this <= MAX_BATCH_CHARS):
                view = self._view(entry, entry.head_rid)
                if view is not None:
                    found.append(view)
                    size += of_this
        return found

    def known_rids(self, rids: Collection[str]) -> list[str]:
        """Those that are revisions of an entry the member sees."""
        rows = self.db.execute(
            select(t.revision.c.rid, t.revision.c.entry_id).where(t.revision.c.rid.in_(sorted(rids)))
        ).all()
        entries = load_entries(self.db, {row.entry_id for row in rows})
        return sorted({row.rid for row in rows if self.scope.sees(entries[row.entry_id])})

    def may_read_blob(self, sha256: str) -> bool:
        """Whether the member has the blob, or sees an entry into which somebody brought it who had it.

        A digest alone is no key: naming it in an entry of one's own opens nothing.
        """
        mine = select(t.blob_upload.c.sha256).where(
            t.blob_upload.c.sha256 == sha256, t.blob_upload.c.member_id == self.scope.member
        )
        if self.db.execute(mine).first() is not None:
            return True
        entries = load_entries(self.db, {row.entry_id for row in self.db.execute(brought(sha256))})
        return any(self.scope.sees(entry) for entry in entries.values())

    def _view(self, entry: Entry, rid: str) -> dict[str, Any] | None:
        row = self.db.execute(
            select(t.revision).where(t.revision.c.entry_id == entry.id, t.revision.c.rid == rid)
        ).one_or_none()
        if row is None:
            return None
        return {
            "entry": head_of(entry),
            "meta": meta_of(entry),
            "rid": row.rid,
            "rev_no": row.rev_no,
            "content": None if row.content is None else json.loads(row.content),
            "base_rid": row.base_rid,
            "merged_from": row.merged_from,
            "op_id": row.op_id,
            "history": history.read(self.db, entry.id),
        }


def brought(sha256: str | ColumnElement[str]) -> Select[Any]:
    """The entries into which a blob was brought by an author who had it."""
    use, had, by = t.blob_use.alias(), t.blob_upload, t.revision.alias()
    return (
        select(use.c.entry_id)
        .join(by, (by.c.entry_id == use.c.entry_id) & (by.c.rid == use.c.rid))
        .join(had, (had.c.sha256 == use.c.sha256) & (had.c.member_id == by.c.author))
        .where(use.c.sha256 == sha256)
    )


def reader_for(db: Connection, person: Person, *, now: str) -> Reader:
    """The reader that `person` is at `now` (a stamp)."""
    rev = db.execute(select(t.portal.c.bundle_rev)).scalar_one()
    profile = load_catalog(db, rev).profile
    return Reader(db, scope_of(profile, person, mandates_of(db, person.id), now))


def blob_row(db: Connection, sha256: str) -> Row[Any] | None:
    """The stored blob, rights aside."""
    return db.execute(select(t.blob).where(t.blob.c.sha256 == sha256)).one_or_none()
