"""What a member may read of entries and blobs, outside the feed. What is out of scope is as unknown as what is not.

Reader(db, person, now) -> entry_view · batch · known_rids · blob; a View is an answer whose text stays as it is stored
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import BindParameter, ColumnElement, Connection, Row, Select, bindparam, select

from server_stub.core import history
from server_stub.core.catalog import load_catalog
from server_stub.core.entry import Entry, head_of, load_entries, meta_of
from server_stub.core.people import Person, mandates_of
from server_stub.core.scope import Scope, scope_of
from server_stub.store import tables as t

MAX_BATCH_CHARS: Final = 48 * 1024 * 1024
_TOLD: Final = ("rid", "rev_no", "base_rid", "merged_from", "op_id")
_TEXT: Final = select(*(t.revision.c[name] for name in ("entry_id", "content", *_TOLD)))
_ONE: Final = _TEXT.where(t.revision.c.entry_id == bindparam("entry_id"), t.revision.c.rid == bindparam("of_rid"))
_HEADS: Final = _TEXT.join(
    t.entry, (t.entry.c.id == t.revision.c.entry_id) & (t.entry.c.head_rid == t.revision.c.rid)
).where(t.entry.c.id.in_(bindparam("entry_ids", expanding=True)))

_OF_RIDS: Final = select(t.revision.c.rid, t.revision.c.entry_id).where(
    t.revision.c.rid.in_(bindparam("rids", expanding=True))
)
_BUNDLE: Final = select(t.portal.c.bundle_rev)
_BLOB: Final = select(t.blob).where(t.blob.c.sha256 == bindparam("of_blob"))
HAD: Final = select(t.blob_upload.c.sha256).where(
    t.blob_upload.c.sha256 == bindparam("of_blob"), t.blob_upload.c.member_id == bindparam("by")
)
"""Whether the member `by` has the blob `of_blob`."""


@dataclass(frozen=True)
class View:
    """An entry with one revision; `content` is the stored JSON text, which goes out as it is, or None."""

    told: dict[str, Any]
    content: str | None

    def value(self) -> dict[str, Any]:
        """The answer as a value."""
        return {**self.told, "content": None if self.content is None else json.loads(self.content)}

    def text(self) -> str:
        """The answer as JSON; the content is neither read nor written anew."""
        told = json.dumps(self.told, ensure_ascii=False, separators=(",", ":"))
        return f'{told[:-1]},"content":{self.content or "null"}}}'


@dataclass(frozen=True)
class Reader:
    """One member's eyes at one moment."""

    db: Connection
    scope: Scope

    def entry_view(self, entry_id: str, rid: str | None) -> View | None:
        """The entry with one revision (the head by default) and its history, or None."""
        entry = load_entries(self.db, [entry_id]).get(entry_id)
        if entry is None or not self.scope.sees(entry):
            return None
        row = self.db.execute(_ONE, {"entry_id": entry_id, "of_rid": rid or entry.head_rid}).one_or_none()
        return None if row is None else _view(entry, row, history.read(self.db, [entry_id]))

    def batch(self, entry_ids: Collection[str]) -> list[View]:
        """The visible entries among these with their heads; what would make the answer too large is left out."""
        fitting: dict[str, Entry] = {}
        size = 0
        for entry in load_entries(self.db, entry_ids).values():
            of_this = entry.facts["size"]
            if self.scope.sees(entry) and (not fitting or size + of_this <= MAX_BATCH_CHARS):
                fitting[entry.id] = entry
                size += of_this
        if not fitting:
            return []
        heads = {row.entry_id: row for row in self.db.execute(_HEADS, {"entry_ids": list(fitting)})}
        histories = history.read(self.db, list(fitting))
        return [_view(entry, heads[entry.id], histories) for entry in fitting.values()]

    def known_rids(self, rids: Collection[str]) -> list[str]:
        """Those that are revisions of an entry the member sees."""
        rows = self.db.execute(_OF_RIDS, {"rids": sorted(rids)}).all()
        entries = load_entries(self.db, {row.entry_id for row in rows})
        return sorted({row.rid for row in rows if self.scope.sees(entries[row.entry_id])})

    def may_read_blob(self, sha256: str) -> bool:
        """Whether the member has the blob, or sees an entry into which somebody brought it who had it.

        A digest alone is no key: naming it in an entry of one's own opens nothing.
        """
        if self.db.execute(HAD, {"of_blob": sha256, "by": self.scope.member}).first() is not None:
            return True
        rows = self.db.execute(_BROUGHT, {"of_blob": sha256})
        entries = load_entries(self.db, {row.entry_id for row in rows})
        return any(self.scope.sees(entry) for entry in entries.values())


def _view(entry: Entry, row: Row[Any], histories: Mapping[str, list[dict[str, object]]]) -> View:
    told = {"entry": head_of(entry), "meta": meta_of(entry), **{name: row._mapping[name] for name in _TOLD}}
    return View({**told, "history": histories.get(entry.id, [])}, row.content)


def brought(sha256: BindParameter[str] | ColumnElement[str]) -> Select[Any]:
    """The entries into which a blob was brought by an author who had it."""
    use, had, by = t.blob_use.alias(), t.blob_upload, t.revision.alias()
    return (
        select(use.c.entry_id)
        .join(by, (by.c.entry_id == use.c.entry_id) & (by.c.rid == use.c.rid))
        .join(had, (had.c.sha256 == use.c.sha256) & (had.c.member_id == by.c.author))
        .where(use.c.sha256 == sha256)
    )


_BROUGHT: Final = brought(bindparam("of_blob"))


def reader_for(db: Connection, person: Person, *, now: str) -> Reader:
    """The reader that `person` is at `now` (a stamp)."""
    rev = db.execute(_BUNDLE).scalar_one()
    profile = load_catalog(db, rev).profile
    return Reader(db, scope_of(profile, person, mandates_of(db, person.id), now))


def blob_row(db: Connection, sha256: str) -> Row[Any] | None:
    """The stored blob, rights aside."""
    return db.execute(_BLOB, {"of_blob": sha256}).one_or_none()
