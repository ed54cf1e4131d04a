"""The projection kept ready for lists, and the search index over it: one query per page, one for all counts."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import fields
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import Select, and_, bindparam, delete, func, insert, select, text, update

from desktop.application.records import ListQuery, Shown
from desktop.domain.fold import fold_words, match_query
from desktop.domain.ids import EntryId, MemberId
from desktop.store import codec
from desktop.store.ahead import Batch, among, keys
from desktop.store.boxes import Condition, box_condition
from desktop.store.line import Line
from desktop.store.searching import FOUND, JOINED, MATCH, Search, search_in
from desktop.store.tables import shown as table

_NAMES: Final = tuple(field.name for field in fields(Shown))
_COLUMNS: Final = [table.c[name] for name in _NAMES]
_KNOWN: Final = select(table.c.no, table.c.text_hash, *_COLUMNS).where(among(table.c.entry_id))
_LAST: Final = select(func.coalesce(func.max(table.c.no), 0))
_ADD: Final = Batch(insert(table))
_ONE: Final = update(table).where(table.c.no == bindparam("of_no"))
_CHANGE: Final = Batch(_ONE.values({name: bindparam(f"new_{name}") for name in ("no", *_NAMES) if name != "entry_id"}))
_NOTE_TEXT: Final = Batch(_ONE.values(text_hash=bindparam("new_text_hash")))
_REMOVE: Final = delete(table).where(table.c.entry_id == bindparam("of_entry")).returning(table.c.no)
_INDEX: Final = Batch(
    text("INSERT OR REPLACE INTO shown_text (rowid, title, key, body) VALUES (:no, :title, :key, :body)")
)
_UNINDEX: Final = text("DELETE FROM shown_text WHERE rowid = :no")


class ListRows:
    """What is shown is written at the end, or before somebody asks for a list."""

    def __init__(self, connection: Line) -> None:
        self._connection = connection
        self._unwritten: dict[EntryId, tuple[Shown, str]] = {}

    def show(self, row: Shown, *, text: str) -> None:
        """Write the row of an entry, and index its text anew if it changed; `text` is all but title and key."""
        self._unwritten[row.entry_id] = (row, text)

    def flush(self) -> None:
        """Write what was shown: only what has changed, since each row stands in several indexes."""
        if not self._unwritten:
            return
        known = {row.entry_id: row for row in self._connection.execute(_KNOWN, keys(self._unwritten))}
        last = int(self._connection.execute(_LAST).scalar_one())
        added, changed, moved, noted = [], [], [], []
        indexed: dict[int, Mapping[str, object]] = {}
        for entry_id, (row, words_of_it) in self._unwritten.items():
            words = {"title": fold_words(row.title), "key": fold_words(row.key), "body": fold_words(words_of_it)}
            digest = hashlib.blake2b("\0".join(words.values()).encode(), digest_size=16).digest()
            stored = known.get(entry_id)
            if stored is None:
                last += 1
                added.append({"no": last, "text_hash": digest, **vars(row)})
                indexed[last] = {"no": last, **words}
                continue
            no = stored.no
            if row.updated != stored.updated:  # it comes to stand before all others (searching.py)
                no = last = last + 1
                moved.append({"no": stored.no})
            if tuple(vars(row).values()) != stored[2:]:
                changed.append(
                    {**{f"new_{name}": value for name, value in vars(row).items()}, "of_no": stored.no, "new_no": no}
                )
            if digest != stored.text_hash:
                noted.append({"of_no": no, "new_text_hash": digest})
            if digest != stored.text_hash or no != stored.no:
                indexed[no] = {"no": no, **words}
        self._unwritten.clear()
        _ADD.run(self._connection, added)
        _CHANGE.run(self._connection, changed)
        if moved:
            self._connection.execute(_UNINDEX, moved)
        _NOTE_TEXT.run(self._connection, noted)
        # In the order of their numbers: the search index writes what it has gathered whenever they go back.
        _INDEX.run(self._connection, [indexed[no] for no in sorted(indexed)])

    def hide(self, entry_id: EntryId) -> None:
        self._unwritten.pop(entry_id, None)
        no = self._connection.execute(_REMOVE, {"of_entry": entry_id}).scalar_one_or_none()
        if no is not None:
            self._connection.execute(_UNINDEX, {"no": no})

    def row(self, entry_id: EntryId, *, me: MemberId) -> Shown | None:
        """The row of one entry, if this member may see it."""
        self.flush()
        found = self._connection.execute(_one(me), {"of_entry": entry_id}).one_or_none()
        return _shown(found) if found is not None else None

    def rows(self, query: ListQuery, *, me: MemberId) -> Sequence[Shown]:
        """One page; NotFound for a box that does not exist."""
        self.flush()
        match = match_query(query.words)
        if match:
            search = _search(query.box, me, query.kind, urgent=query.urgent)
            found = search.page(
                self._connection, match, by_date=query.goes_by_date, limit=query.limit, offset=query.offset
            )
            return [_shown(row) for row in found]
        page = _page(query.box, me, query.kind, urgent=query.urgent)
        return [_shown(row) for row in self._connection.execute(page, {"most": query.limit, "first": query.offset})]

    def count(self, query: ListQuery, *, me: MemberId) -> int:
        self.flush()
        match = match_query(query.words)
        statement = _count(query.box, me, query.kind, urgent=query.urgent, is_search=bool(match))
        return int(self._connection.execute(statement, {"match": match} if match else {}).scalar_one())

    def counts(self, boxes: Sequence[str], *, me: MemberId) -> Mapping[str, int]:
        """How many rows each box holds, by one statement."""
        self.flush()
        if not boxes:
            return {}
        return dict(zip(boxes, self._connection.execute(_counts(tuple(boxes), me)).one(), strict=True))


@lru_cache(maxsize=8)
def _one(me: MemberId) -> Select[Any]:
    return select(*_COLUMNS).where(table.c.entry_id == bindparam("of_entry"), box_condition("all", me))


@lru_cache(maxsize=64)
def _page(box: str, me: MemberId, kind: str | None, *, urgent: bool) -> Select[Any]:
    """One page of these rows; building a statement costs as much as running it."""
    rows = _within(select(*_COLUMNS), box, me, kind, urgent=urgent)
    return rows.order_by(table.c.updated.desc(), table.c.no.desc()).limit(bindparam("most")).offset(bindparam("first"))


@lru_cache(maxsize=64)
def _count(box: str, me: MemberId, kind: str | None, *, urgent: bool, is_search: bool) -> Select[Any]:
    statement = _within(select(func.count()).select_from(table), box, me, kind, urgent=urgent)
    return statement.select_from(FOUND).where(MATCH, JOINED) if is_search else statement


@lru_cache(maxsize=64)
def _counts(boxes: tuple[str, ...], me: MemberId) -> Select[Any]:
    return select(
        *(select(func.count()).select_from(table).where(box_condition(box, me)).scalar_subquery() for box in boxes)
    )


@lru_cache(maxsize=64)
def _search(box: str, me: MemberId, kind: str | None, *, urgent: bool) -> Search:
    return search_in(_within(select(*_COLUMNS), box, me, kind, urgent=urgent))


def _within(statement: Select[Any], box: str, me: MemberId, kind: str | None, *, urgent: bool) -> Select[Any]:
    """`statement` over the rows of a box."""
    conditions: list[Condition] = [box_condition(box, me)]
    if kind is not None:
        conditions.append(table.c.kind == kind)
    if urgent:
        conditions.append(table.c.urgent)
    return statement.where(and_(*conditions))


@codec.of_row
def _shown(row: Any) -> Shown:  # noqa: ANN401  a row of `_COLUMNS`
    return Shown(*row[: len(_NAMES)])
