"""The portal's view of entries: head, state and what lists need, without the body."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Row, bindparam, select

from desktop.application.records import Entry, Meta
from desktop.domain.entry import Head, Phase, Returned, State
from desktop.domain.ids import EntryId, Rid
from desktop.store import codec
from desktop.store.ahead import Batch, among, keys
from desktop.store.line import Line
from desktop.store.tables import BODY_MISSING
from desktop.store.tables import entry as table

_GET: Final = select(table).where(table.c.entry_id == bindparam("entry_id"))
_MANY: Final = select(table).where(among(table.c.entry_id))
_PUT: Final = Batch(codec.upsert(table, key="entry_id"))
_WITHOUT_BODY: Final = (
    select(table.c.entry_id).where(BODY_MISSING).order_by(table.c.seq.desc()).limit(bindparam("most"))
)
_INDEX: Final = select(table.c.entry_id, table.c.rid, table.c.state_ver)


class EntryRows:
    """What is put is written at the end, or before somebody asks for several."""

    def __init__(self, connection: Line) -> None:
        self._connection = connection
        self._known: dict[EntryId, Entry | None] = {}
        self._unwritten: dict[EntryId, Entry] = {}

    def look_up(self, entry_ids: Collection[EntryId]) -> None:
        """Read these at once; `get` knows them from then on."""
        wanted = [entry_id for entry_id in entry_ids if entry_id not in self._known]
        if not wanted:
            return
        self._known.update(dict.fromkeys(wanted))
        for entry in map(entry_of, self._connection.execute(_MANY, keys(wanted))):
            self._known[entry.head.entry_id] = entry

    def get(self, entry_id: EntryId) -> Entry | None:
        if entry_id in self._known:
            return self._known[entry_id]
        row = self._connection.execute(_GET, {"entry_id": entry_id}).one_or_none()
        return entry_of(row) if row else None

    def put(self, entry: Entry) -> None:
        self._known[entry.head.entry_id] = self._unwritten[entry.head.entry_id] = entry

    def flush(self) -> None:
        """Write what was put."""
        _PUT.run(self._connection, [_columns(entry) for entry in self._unwritten.values()])
        self._unwritten.clear()

    def without_body(self, limit: int) -> Sequence[EntryId]:
        """Entries in scope whose head's text is not stored here, the newest change first."""
        self.flush()
        return [EntryId(row.entry_id) for row in self._connection.execute(_WITHOUT_BODY, {"most": limit})]

    def index(self) -> Mapping[EntryId, tuple[Rid | None, int]]:
        """Every entry's head rid and state version."""
        self.flush()
        return {EntryId(row.entry_id): (row.rid, row.state_ver) for row in self._connection.execute(_INDEX)}


def _columns(entry: Entry) -> dict[str, object]:
    head, meta = entry.head, entry.meta
    told = {**vars(meta), "returned": vars(meta.returned) if meta.returned else None}
    return {
        "entry_id": head.entry_id,
        "rid": head.rid,
        "rev_no": head.rev_no,
        "step": head.state.step,
        "phase": head.state.phase.value,
        "state_ver": head.state_ver,
        "published_rid": head.published_rid,
        "seq": head.seq,
        "meta": codec.heard(told),
        "in_scope": entry.in_scope,
        "body_rid": entry.body_rid,
        "last_published_rid": entry.last_published_rid,
        "ever_submitted": entry.ever_submitted,
    }


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
