"""An entry as the portal knows it: one row as a value, read and written whole."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from server_stub.store import tables as t


@dataclass(frozen=True)
class Entry:
    """Identity, place in the workflow, and the facts lists show; times are stamps."""

    id: str
    kind: str
    section: str | None
    owner: str
    assignee: str | None
    submitter: str | None
    head_rid: str
    rev_count: int
    step: str
    phase: str
    state_ver: int
    published_rid: str | None
    last_published: str | None
    entered_rid: str | None
    ever_submitted: bool
    returned: dict[str, str] | None
    claimed_by: str | None
    claimed_at: str | None
    authors: tuple[str, ...]
    authors_submitted: tuple[str, ...]
    sections_ever: tuple[str, ...]
    assignees_ever: tuple[str, ...]
    facts: dict[str, Any]
    created: str
    updated: str
    seq: int

    @property
    def state(self) -> dict[str, str]:
        return {"step": self.step, "phase": self.phase}


_BY_IDS: Final = select(t.entry).where(t.entry.c.id.in_(bindparam("entry_ids", expanding=True)))
_LISTS: Final = ("authors", "authors_submitted", "sections_ever", "assignees_ever")
# Statements are built once: building one costs as much as running it.
_BY_ID: Final = select(t.entry).where(t.entry.c.id == bindparam("entry_id"))
_INSERT: Final = insert(t.entry)
_UPDATE: Final = (
    update(t.entry)
    .where(t.entry.c.id == bindparam("entry_id"))
    .values({column: bindparam(column.name) for column in t.entry.c if column.name != "id"})
)
_UPDATE_SEQ: Final = update(t.entry).where(t.entry.c.id == bindparam("entry_id")).values(seq=bindparam("new_seq"))
_NAMES: Final = tuple(column.name for column in t.entry.c)


@lru_cache(maxsize=4096)  # the same few people and sections stand in most entries
def _texts(stored: str) -> tuple[str, ...]:
    return tuple(json.loads(stored))


def entry_of(row: Row[Any]) -> Entry:
    """An entry row as a value."""
    found: dict[str, Any] = dict(zip(_NAMES, row, strict=True))
    for name in _LISTS:
        found[name] = _texts(found[name])
    found["facts"] = json.loads(found["facts"])
    found["returned"] = None if found["returned"] is None else json.loads(found["returned"])
    return Entry(**found)


def load_entry(db: Connection, entry_id: str) -> Entry | None:
    row = db.execute(_BY_ID, {"entry_id": entry_id}).one_or_none()
    return None if row is None else entry_of(row)


def load_entries(db: Connection, entry_ids: Collection[str]) -> dict[str, Entry]:
    """The entries that exist among these, by id."""
    if not entry_ids:
        return {}
    return {row.id: entry_of(row) for row in db.execute(_BY_IDS, {"entry_ids": sorted(entry_ids)})}


def insert_entry(db: Connection, entry: Entry) -> None:
    db.execute(_INSERT, _columns(entry))


def update_entry(db: Connection, entry: Entry) -> None:
    values = _columns(entry)
    values["entry_id"] = values.pop("id")
    db.execute(_UPDATE, values)


def update_seq(db: Connection, entry: Entry) -> None:
    """Write the feed number alone, of an entry that was inserted in this transaction."""
    db.execute(_UPDATE_SEQ, {"entry_id": entry.id, "new_seq": entry.seq})


def head_of(entry: Entry) -> dict[str, object]:
    """The live head, HEAD in docs/wire.md."""
    return {
        "entry_id": entry.id,
        "rid": entry.head_rid,
        "rev_no": entry.facts["rev_no"],
        "state": entry.state,
        "state_ver": entry.state_ver,
        "published_rid": entry.published_rid,
        "seq": entry.seq,
    }


def meta_of(entry: Entry) -> dict[str, object]:
    """What lists show of an entry without its content; `author` is the member who wrote the head."""
    facts = entry.facts
    return {
        "kind": entry.kind,
        "lang": facts["lang"],
        "title": facts["title"],
        "section": entry.section,
        "author": facts["author"],
        "assignee": entry.assignee,
        "submitter": entry.submitter,
        "owner": entry.owner,
        "urgent": facts["urgent"],
        "key": facts["key"],
        "summary": facts["summary"],
        "size": facts["size"],
        "returned": entry.returned,
        "claimed_by": entry.claimed_by,
        "updated": entry.updated,
        "authors": list(entry.authors),
        "entered_rid": entry.entered_rid,
    }


def _columns(entry: Entry) -> dict[str, object]:
    values: dict[str, object] = dict(entry.__dict__)
    for name in _LISTS:
        values[name] = json.dumps(values[name])
    values["facts"] = json.dumps(entry.facts, ensure_ascii=False)
    values["returned"] = None if entry.returned is None else json.dumps(entry.returned, ensure_ascii=False)
    return values
