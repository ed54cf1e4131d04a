"""Texts by rid, never changed and never removed, and each entry's history as the portal tells it."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Row, bindparam, delete, insert, select, update

from desktop.application.records import Step
from desktop.domain.errors import Bug
from desktop.domain.ids import EntryId, Rid
from desktop.domain.revision import Content, Revision
from desktop.store import codec
from desktop.store.ahead import Batch, Without, among, having, keys
from desktop.store.line import Line
from desktop.store.tables import COVERED, history
from desktop.store.tables import revision as table

_GET: Final = select(table).where(table.c.rid == bindparam("rid"))
# Numbered ones in their order, then those the portal has not numbered, in the order they were made.
_OF: Final = (
    select(table)
    .where(table.c.entry_id == bindparam("entry_id"))
    .order_by(table.c.rev_no == 0, table.c.rev_no, table.c.no)
)
_HAS: Final = select(table.c.no).where(table.c.rid == bindparam("rid"))
_HAVING: Final = having(table.c.rid)
_KEPT: Final = [column.name for column in table.columns if column.name not in {"no", "signature"}]
_ADD: Final = Batch(insert(table).values({name: bindparam(name) for name in _KEPT}))
_COVERED: Final = COVERED["revision"]
_CONFIRM: Final = (
    update(table)
    .where(table.c.rid == bindparam("of_rid"))
    .values(rev_no=bindparam("new_rev_no"), actor=bindparam("new_actor"), server_time=bindparam("new_time"))
)
_STEPS: Final = (
    select(*[column for column in history.columns if column.name not in {"entry_id", "no"}])
    .where(history.c.entry_id == bindparam("entry_id"))
    .order_by(history.c.no)
)
_FORGET_STEPS: Final = delete(history).where(among(history.c.entry_id))
_ADD_STEP: Final = Batch(insert(history))


class RevisionRows:
    """New texts and histories are written at the end, or before somebody asks for those of an entry."""

    def __init__(self, connection: Line) -> None:
        self._connection = connection
        self._without = Without(connection, _HAVING)
        self._new: dict[Rid, Revision] = {}
        self._here: set[Rid] = set()  # what was met: nothing is ever removed
        self._histories: dict[EntryId, Sequence[Step]] = {}

    def look_up(self, rids: Collection[Rid]) -> None:
        """Ask at once which of these are not here."""
        self._without.look_up(rids)

    def has(self, rid: Rid) -> bool:
        """Whether the text is here, without reading it."""
        if rid in self._new or rid in self._without:
            return rid in self._new
        if rid not in self._here and self._connection.execute(_HAS, {"rid": rid}).first() is not None:
            self._here.add(rid)
        return rid in self._here

    def get(self, rid: Rid) -> Revision | None:
        if rid in self._new or rid in self._without:
            return self._new.get(rid)
        row = self._connection.execute(_GET, {"rid": rid}).one_or_none()
        return _revision(row) if row else None

    def put(self, revision: Revision) -> None:
        """Keep a text; for one already here, only what the portal adds (number, actor, time). Bug if the text differs."""
        content = revision.content.canonical
        if revision.rid in self._new:
            self._write_new()
        row = self._row(revision.rid)
        if row is None:
            self._new[revision.rid] = revision
            return
        codec.verify(row, _COVERED)
        if row.content != content or row.entry_id != revision.entry_id:
            raise Bug(f"revision {revision.rid} already stands with another text")
        self._confirm(row, revision)

    def of(self, entry_id: EntryId) -> Sequence[Revision]:
        self._write_new()
        return [_revision(row) for row in self._connection.execute(_OF, {"entry_id": entry_id})]

    def history(self, entry_id: EntryId) -> Sequence[Step]:
        if entry_id in self._histories:
            return list(self._histories[entry_id])
        rows = self._connection.execute(_STEPS, {"entry_id": entry_id})
        return [_step(row) for row in rows]

    def set_history(self, entry_id: EntryId, steps: Sequence[Step]) -> None:
        self._histories[entry_id] = steps

    def flush(self) -> None:
        """Write what was put."""
        self._write_new()
        if self._histories:
            self._connection.execute(_FORGET_STEPS, keys(self._histories))
        rows = [
            {"entry_id": entry_id, "no": no, **vars(step)}
            for entry_id, steps in self._histories.items()
            for no, step in enumerate(steps)
        ]
        _ADD_STEP.run(self._connection, rows)
        self._histories.clear()

    def _write_new(self) -> None:
        _ADD.run(self._connection, [_columns(revision) for revision in self._new.values()])
        for rid in self._new:
            self._without.forget(rid)
        self._new.clear()

    def _row(self, rid: Rid) -> Row[Any] | None:
        return None if rid in self._without else self._connection.execute(_GET, {"rid": rid}).one_or_none()

    def _confirm(self, row: Row[Any], told: Revision) -> None:
        known = (row.rev_no, row.actor, row.server_time)
        new = (told.rev_no or row.rev_no, told.actor or row.actor, told.server_time or row.server_time)
        if new != known:
            values = dict(zip(("new_rev_no", "new_actor", "new_time"), new, strict=True))
            self._connection.execute(_CONFIRM, {"of_rid": told.rid, **values})


def _columns(revision: Revision) -> Mapping[str, object]:
    row = {
        "rid": revision.rid,
        "entry_id": revision.entry_id,
        "base_rid": revision.base_rid,
        "op_id": revision.op_id,
        "rev_no": revision.rev_no,
        "actor": revision.actor,
        "server_time": revision.server_time,
        "content": revision.content.canonical,
    }
    return {**row, "digest": codec.digest_of(row, _COVERED)}


@codec.of_row
def _revision(row: Row[Any]) -> Revision:
    codec.verify(row, _COVERED)
    return Revision(
        rid=Rid(row.rid),
        entry_id=EntryId(row.entry_id),
        base_rid=row.base_rid,
        content=Content.from_json(codec.read(row.content)),
        op_id=row.op_id,
        rev_no=row.rev_no,
        actor=row.actor,
        server_time=row.server_time,
    )


@codec.of_row
def _step(row: Row[Any]) -> Step:
    return Step(**row._mapping)
