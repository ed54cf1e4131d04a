"""Texts by rid, never changed and never removed, and each entry's history as the portal tells it."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update

from desktop.application.records import Step
from desktop.domain.errors import Bug
from desktop.domain.ids import EntryId, Rid
from desktop.domain.revision import Content, Revision
from desktop.store import codec
from desktop.store.tables import COVERED, history
from desktop.store.tables import revision as table

_GET: Final = select(table).where(table.c.rid == bindparam("rid"))
# Numbered ones in their order, then those the portal has not numbered, in the order they were made.
_OF: Final = (
    select(table)
    .where(table.c.entry_id == bindparam("entry_id"))
    .order_by(table.c.rev_no == 0, table.c.rev_no, table.c.no)
)
_ADD: Final = insert(table)
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
_FORGET_STEPS: Final = delete(history).where(history.c.entry_id == bindparam("of_entry"))
_ADD_STEP: Final = insert(history)


class RevisionRows:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, rid: Rid) -> Revision | None:
        row = self._connection.execute(_GET, {"rid": rid}).one_or_none()
        return _revision(row) if row else None

    def put(self, revision: Revision) -> None:
        """Keep a text; for one already here, only what the portal adds (number, actor, time). Bug if the text differs."""
        content = codec.own(revision.content.as_json())
        row = self._connection.execute(_GET, {"rid": revision.rid}).one_or_none()
        if row is None:
            new = {
                "rid": revision.rid,
                "entry_id": revision.entry_id,
                "base_rid": revision.base_rid,
                "op_id": revision.op_id,
                "rev_no": revision.rev_no,
                "actor": revision.actor,
                "server_time": revision.server_time,
                "content": content,
            }
            self._connection.execute(_ADD, {**new, "digest": codec.digest_of(new, _COVERED)})
            return
        codec.verify(row, _COVERED)
        if row.content != content or row.entry_id != revision.entry_id:
            raise Bug(f"revision {revision.rid} already stands with another text")
        self._confirm(row, revision)

    def of(self, entry_id: EntryId) -> Sequence[Revision]:
        return [_revision(row) for row in self._connection.execute(_OF, {"entry_id": entry_id})]

    def history(self, entry_id: EntryId) -> Sequence[Step]:
        rows = self._connection.execute(_STEPS, {"entry_id": entry_id})
        return [_step(row) for row in rows]

    def set_history(self, entry_id: EntryId, steps: Sequence[Step]) -> None:
        self._connection.execute(_FORGET_STEPS, {"of_entry": entry_id})
        rows = [{"entry_id": entry_id, "no": no, **asdict(step)} for no, step in enumerate(steps)]
        if rows:
            self._connection.execute(_ADD_STEP, rows)

    def _confirm(self, row: Row[Any], told: Revision) -> None:
        known = (row.rev_no, row.actor, row.server_time)
        new = (told.rev_no or row.rev_no, told.actor or row.actor, told.server_time or row.server_time)
        if new != known:
            values = dict(zip(("new_rev_no", "new_actor", "new_time"), new, strict=True))
            self._connection.execute(_CONFIRM, {"of_rid": told.rid, **values})


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
