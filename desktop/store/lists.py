"""The projection kept ready for lists, and the search index over it: one query per page, one for all counts."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from typing import Any, Final

from sqlalchemy import Connection, Select, TextClause, and_, bindparam, delete, func, select, text

from desktop.application.records import ListQuery, Shown
from desktop.domain.fold import fold, match_query
from desktop.domain.ids import EntryId, MemberId
from desktop.store import codec
from desktop.store.boxes import Condition, box_condition
from desktop.store.tables import shown as table

_PUT: Final = codec.upsert(table, key="entry_id").returning(table.c.no)
_KNOWN: Final = select(table.c.no, table.c.text_hash).where(table.c.entry_id == bindparam("of_entry"))
_REMOVE: Final = delete(table).where(table.c.entry_id == bindparam("of_entry")).returning(table.c.no)
_INDEX: Final = text("INSERT OR REPLACE INTO shown_text (rowid, title, key, body) VALUES (:no, :title, :key, :body)")
_UNINDEX: Final = text("DELETE FROM shown_text WHERE rowid = :no")
_MATCH: Final = text("shown_text MATCH :match")
# A word of the title says more than one of the number, and both more than one of the body.
_BEST: Final = text("bm25(shown_text, 10.0, 5.0, 1.0)")
_FOUND: Final = text("shown_text")
_JOINED: Final = text("shown_text.rowid = shown.no")
_COLUMNS: Final = [table.c[field.name] for field in fields(Shown)]


class ListRows:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def show(self, row: Shown, *, text: str) -> None:
        """Write the row of an entry, and index its text anew if it changed; `text` is all but title and key."""
        words = {"title": fold(row.title), "key": fold(row.key), "body": fold(text)}
        digest = hashlib.blake2b("\0".join(words.values()).encode(), digest_size=16).digest()
        known = self._connection.execute(_KNOWN, {"of_entry": row.entry_id}).one_or_none()
        no = self._connection.execute(_PUT, {**asdict(row), "text_hash": digest}).scalar_one()
        if known is None or known.text_hash != digest:
            self._connection.execute(_INDEX, {"no": no, **words})

    def hide(self, entry_id: EntryId) -> None:
        no = self._connection.execute(_REMOVE, {"of_entry": entry_id}).scalar_one_or_none()
        if no is not None:
            self._connection.execute(_UNINDEX, {"no": no})

    def rows(self, query: ListQuery, *, me: MemberId) -> Sequence[Shown]:
        """One page; NotFound for a box that does not exist."""
        statement, values = _matching(select(*_COLUMNS), query, me)
        if values:
            statement = statement.order_by(_BEST, table.c.updated.desc())
        else:
            statement = statement.order_by(table.c.updated.desc(), table.c.no.desc())
        page = statement.limit(query.limit).offset(query.offset)
        return [_shown(row) for row in self._connection.execute(page, values)]

    def count(self, query: ListQuery, *, me: MemberId) -> int:
        statement, values = _matching(select(func.count()).select_from(table), query, me)
        return int(self._connection.execute(statement, values).scalar_one())

    def counts(self, boxes: Sequence[str], *, me: MemberId) -> Mapping[str, int]:
        """How many rows each box holds, by one statement."""
        if not boxes:
            return {}
        numbers = [
            select(func.count()).select_from(table).where(box_condition(box, me)).scalar_subquery() for box in boxes
        ]
        return dict(zip(boxes, self._connection.execute(select(*numbers)).one(), strict=True))


def _matching(statement: Select[Any], query: ListQuery, me: MemberId) -> tuple[Select[Any], dict[str, str]]:
    """`statement` over the rows of `query`, and the values of its text; nothing to search for means every row."""
    conditions: list[Condition | TextClause] = [box_condition(query.box, me)]
    if query.kind is not None:
        conditions.append(table.c.kind == query.kind)
    if query.urgent:
        conditions.append(table.c.urgent)
    match = match_query(query.text)
    if not match:
        return statement.where(and_(*conditions)), {}
    found = statement.select_from(_FOUND).where(_MATCH, _JOINED, and_(*conditions))
    return found, {"match": match}


@codec.of_row
def _shown(row: Any) -> Shown:  # noqa: ANN401  a row of `_COLUMNS`
    return Shown(**row._mapping)
