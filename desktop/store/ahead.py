"""What a transaction has looked up for many entries at once, so that each of them is not asked for again by itself."""

import json
from collections.abc import Collection
from typing import Any

from sqlalchemy import Column, Connection, Select, TextClause, select, text


def among(column: str) -> TextClause:
    """The condition that `column` is one of `keys`: one value however many there are, so that the statement stays one."""
    return text(f"{column} IN (SELECT value FROM json_each(:keys))")


def keys(values: Collection[str]) -> dict[str, str]:
    """The parameter of `among`."""
    return {"keys": json.dumps(list(values))}


def having(column: "Column[str]") -> Select[Any]:
    """Which of `keys` stand in an indexed column."""
    return select(column).distinct().where(among(column.name))


class Without:
    """The keys of which a table is known to have no row, until it gets one."""

    def __init__(self, connection: Connection, having: Select[Any]) -> None:
        self._connection = connection
        self._having = having
        self._known: set[str] = set()

    def look_up(self, values: Collection[str]) -> None:
        self._known.update(values)
        self._known.difference_update(self._connection.execute(self._having, keys(values)).scalars())

    def __contains__(self, value: str) -> bool:
        return value in self._known

    def forget(self, value: str) -> None:
        self._known.discard(value)
