"""The working copies of this machine, one per entry."""

from collections.abc import Collection, Sequence
from typing import Any, Final

from sqlalchemy import Row, bindparam, delete, select

from desktop.application.records import Draft
from desktop.domain.ids import EntryId
from desktop.store import codec
from desktop.store.ahead import Without, having
from desktop.store.line import Line
from desktop.store.tables import COVERED
from desktop.store.tables import draft as table

_GET: Final = select(table).where(table.c.entry_id == bindparam("entry_id"))
_PUT: Final = codec.upsert(table, key="entry_id")
_REMOVE: Final = delete(table).where(table.c.entry_id == bindparam("of_entry"))
_HAVING: Final = having(table.c.entry_id)
_COVERED: Final = COVERED["draft"]
_DIRTY: Final = select(table).where(table.c.dirty).order_by(table.c.updated, table.c.entry_id)


class DraftRows:
    """A draft that was read is known to the end of the transaction."""

    def __init__(self, connection: Line) -> None:
        self._connection = connection
        self._without = Without(connection, _HAVING)
        self._known: dict[EntryId, Draft | None] = {}

    def look_up(self, entry_ids: Collection[EntryId]) -> None:
        """Ask at once which of these have none."""
        self._without.look_up(entry_ids)

    def get(self, entry_id: EntryId) -> Draft | None:
        if entry_id in self._without:
            return None
        if entry_id not in self._known:
            row = self._connection.execute(_GET, {"entry_id": entry_id}).one_or_none()
            self._known[entry_id] = _draft(row) if row else None
        return self._known[entry_id]

    def put(self, draft: Draft) -> None:
        """Write the draft; BadContent when its fields have no canonical form."""
        row = {
            "entry_id": draft.entry_id,
            "kind": draft.kind,
            "lang": draft.lang,
            "fields": codec.own(dict(draft.fields)),
            "attachments": codec.own(codec.objects(draft.attachments)),
            "base_rid": draft.base_rid,
            "dirty": draft.dirty,
            "conflict": draft.conflict,
            "merged_from": draft.merged_from,
            "updated": draft.updated,
            "merged": draft.merged,
        }
        self._without.forget(draft.entry_id)
        self._known.pop(draft.entry_id, None)
        self._connection.execute(_PUT, {**row, "digest": codec.digest_of(row, _COVERED)})

    def remove(self, entry_id: EntryId) -> None:
        self._known.pop(entry_id, None)
        self._connection.execute(_REMOVE, {"of_entry": entry_id})

    def dirty(self) -> Sequence[Draft]:
        """Drafts that differ from their base, the longest untouched first."""
        return [_draft(row) for row in self._connection.execute(_DIRTY)]


@codec.of_row
def _draft(row: Row[Any]) -> Draft:
    codec.verify(row, _COVERED)
    return Draft(
        entry_id=EntryId(row.entry_id),
        kind=row.kind,
        lang=row.lang,
        fields=codec.read(row.fields),
        attachments=tuple(codec.read(row.attachments)),
        base_rid=row.base_rid,
        dirty=row.dirty,
        conflict=row.conflict,
        merged_from=row.merged_from,
        updated=row.updated,
        merged=row.merged,
    )
