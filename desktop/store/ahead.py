"""Many entries at once: looked up together, so that each is not asked for again by itself, and written together."""

import json
from collections.abc import Collection, Mapping, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import ClauseElement, Column, ColumnElement, Select, bindparam, func, select
from sqlalchemy.sql.compiler import SQLCompiler

from desktop.store.line import DIALECT, Line


def among(column: "Column[str]") -> ColumnElement[bool]:
    """The condition that `column` is one of `keys`: one value however many there are, so that the statement stays one."""
    listed = func.json_each(bindparam("keys")).table_valued("value")
    return column.in_(select(listed.c.value))


def keys(values: Collection[str]) -> dict[str, str]:
    """The parameter of `among`."""
    return {"keys": json.dumps(list(values))}


def having(column: "Column[str]") -> Select[Any]:
    """Which of `keys` stand in an indexed column."""
    return select(column).distinct().where(among(column))


class Batch:
    """A statement for rows whose values the driver takes as they are: worked out once, not for each value anew."""

    def __init__(self, statement: ClauseElement) -> None:
        compiled = statement.compile(dialect=DIALECT)
        if not isinstance(compiled, SQLCompiler) or compiled.positiontup is None:
            raise TypeError("a statement with several named values is needed")
        self._sql = compiled.string
        self._values = itemgetter(*compiled.positiontup)

    def run(self, connection: Line, rows: Sequence[Mapping[str, object]]) -> None:
        if rows:
            connection.many(self._sql, list(map(self._values, rows)))


class Without:
    """The keys of which a table is known to have no row, until it gets one."""

    def __init__(self, connection: Line, having: Select[Any]) -> None:
        self._connection = connection
        self._having = having
        self._known: set[str] = set()

    def look_up(self, values: Collection[str]) -> None:
        if not values:
            return
        self._known.update(values)
        self._known.difference_update(self._connection.execute(self._having, keys(values)).scalars())

    def __contains__(self, value: str) -> bool:
        return value in self._known

    def forget(self, value: str) -> None:
        self._known.discard(value)
