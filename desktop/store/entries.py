"""The portal's view of entries: head, state and what lists need, without the body."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, select

from desktop.application.records import Entry, Meta
from desktop.domain.entry import Head, Phase, Returned, State
from desktop.domain.ids import EntryId, Rid
from desktop.store import codec
from desktop.store.tables import BODY_MISSING
from desktop.store.tables import entry as table

_GET: Final = select(table).where(table.c.entry_id == bindparam("entry_id"))
_PUT: Final = codec.upsert(table, key="entry_id")
_WITHOUT_BODY: Final = (
    select(table.c.entry_id).where(BODY_MISSING).order_by(table.c.seq.desc()).limit(bindparam("most"))
)
_INDEX: Final = select(table.c.entry_id, table.c.rid, table.c.state_ver)


class EntryRows:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, entry_id: EntryId) -> Entry | None:
        row = self._connection.execute(_GET, {"entry_id": entry_id}).one_or_none()
        return entry_of(row) if row else None

    def put(self, entry: Entry) -> None:
        head = entry.head
        self._connection.execute(
            _PUT,
            {
                "entry_id": head.entry_id,
                "rid": head.rid,
                "rev_no": head.rev_no,
                "step": head.state.step,
                "phase": head.state.phase.value,
                "state_ver": head.state_ver,
                "published_rid": head.published_rid,
                "seq": head.seq,
                "meta": codec.heard(asdict(entry.meta)),
                "in_scope": entry.in_scope,
                "body_rid": entry.body_rid,
                "last_published_rid": entry.last_published_rid,
                "ever_submitted": entry.ever_submitted,
            },
        )

    def without_body(self, limit: int) -> Sequence[EntryId]:
        """Entries in scope whose head's text is not stored here, the newest change first."""
        return [EntryId(row.entry_id) for row in self._connection.execute(_WITHOUT_BODY, {"most": limit})]

    def index(self) -> Mapping[EntryId, tuple[Rid | None, int]]:
        """Every entry's head rid and state version."""
        return {EntryId(row.entry_id): (row.rid, row.state_ver) for row in self._connection.execute(_INDEX)}


@codec.of_row
def entry_of(row: Row[Any]) -> Entry:
    return Entry(
        head=Head(
            entry_id=EntryId(row.entry_id),
            rid=row.rid,
            rev_no=row.rev_no,
            state=State(row.step, Phase(row.phase)),
            state_ver=row.state_ver,
            published_rid=row.published_rid,
            seq=row.seq,
        ),
        meta=_meta(codec.read(row.meta)),
        in_scope=row.in_scope,
        body_rid=row.body_rid,
        last_published_rid=row.last_published_rid,
        ever_submitted=row.ever_submitted,
    )


def _meta(stored: dict[str, Any]) -> Meta:
    returned = stored["returned"]
    return Meta(
        **{
            **stored,
            "authors": tuple(stored["authors"]),
            "returned": Returned(**returned) if returned else None,
        }
    )
