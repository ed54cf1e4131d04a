"""What a seat's program keeps, and what the checker looks at behind its back: in SQLite, or in plain dictionaries."""

import json
from collections.abc import Sequence
from typing import Protocol

from sqlalchemy import select

from desktop.application.ports import Store
from desktop.store.tables import card, settled, unknown_change
from desktop.store.transactions import SqlStore
from tests.checker.images import Image
from tests.support.plain_store import PlainStore

Answer = tuple[str, str, str]


class Home(Protocol):
    """`answers` are (op_id, entry_id, outcome) of what is done; `carded` are the entries that ever had a card,
    `told` the remarks that the feed told of, `words` all that cards say.
    """

    @property
    def store(self) -> Store: ...
    def lay_back(self) -> None: ...
    def answers(self) -> Sequence[Answer]: ...
    def carded(self) -> set[str]: ...
    def told(self) -> set[str]: ...
    def words(self) -> str: ...


class SqlHome:
    """The product's own store in memory, laid back page by page to where it was right after the first sign-in."""

    def __init__(self, store: SqlStore) -> None:
        self.store = store
        self._first = Image(store._writer)

    def lay_back(self) -> None:
        self._first.lay_into(self.store._writer)

    def answers(self) -> Sequence[Answer]:
        with self.store._writer.connect() as connection:
            rows = connection.execute(select(settled.c.op_id, settled.c.entry_id, settled.c.outcome)).all()
        return [(row.op_id, row.entry_id, row.outcome) for row in rows]

    def carded(self) -> set[str]:
        with self.store._writer.connect() as connection:
            return {row.entry_id for row in connection.execute(select(card.c.entry_id))}

    def told(self) -> set[str]:
        with self.store._writer.connect() as connection:
            kept = [json.loads(row.change) for row in connection.execute(select(unknown_change.c.change))]
        return {change["target"] for change in kept if change["type"] == "comment"}

    def words(self) -> str:
        with self.store._writer.connect() as connection:
            return " ".join(row.rule.decode() for row in connection.execute(select(card.c.rule)))


class PlainHome:
    def __init__(self, store: PlainStore) -> None:
        self.store = store
        self._first = store.tables.copy()

    def lay_back(self) -> None:
        self.store.tables = self._first.copy()

    def answers(self) -> Sequence[Answer]:
        return [(op_id, entry_id, outcome) for op_id, (entry_id, outcome, _) in self.store.tables.settled.items()]

    def carded(self) -> set[str]:
        return {card.entry_id for card, _ in self.store.tables.cards.values()}

    def told(self) -> set[str]:
        kept = [json.loads(change) for change in self.store.tables.unknown.values()]
        return {change["target"] for change in kept if change["type"] == "comment"}

    def words(self) -> str:
        return " ".join(json.dumps(dict(card.rule.params)) for card, _ in self.store.tables.cards.values())
