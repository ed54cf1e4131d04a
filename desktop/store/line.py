"""What a transaction says to SQLite: each statement is compiled by SQLAlchemy once, then run by the driver itself.

SQLAlchemy's own way around a statement costs several times what SQLite does for it. Whoever listens to each statement
(`before_cursor_execute`) still hears all of them.
"""

from collections import namedtuple
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, Self, cast

import pysqlite3.dbapi2
from sqlalchemy import Connection, Dialect, Executable
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

DIALECT: Final = SQLiteDialect_pysqlite(dbapi=pysqlite3.dbapi2)

Values = Mapping[str, object]


class Found(list[Any]):
    """The rows of a statement, each with its columns by name; `rowcount` is how many it changed."""

    rowcount = -1

    def first(self) -> Any:  # noqa: ANN401  a row
        return self[0] if self else None

    def one(self) -> Any:  # noqa: ANN401  a row
        (row,) = self
        return row

    def one_or_none(self) -> Any:  # noqa: ANN401  a row
        return self.one() if self else None

    def scalar_one(self) -> Any:  # noqa: ANN401  a value
        return self.one()[0]

    def scalar_one_or_none(self) -> Any:  # noqa: ANN401  a value
        return self.scalar_one() if self else None

    def scalars(self) -> Iterator[Any]:
        return (row[0] for row in self)


class Line:
    """Good until its transaction ends, which is not its business."""

    def __init__(self, driver: Any) -> None:  # noqa: ANN401  the driver has no types
        self._driver = driver
        self._heard: Connection | None = None

    @classmethod
    def of(cls, connection: Connection) -> Self:
        """The same transaction as that of `connection`."""
        line = cls(connection.connection.driver_connection)
        if connection.engine.dispatch.before_cursor_execute:
            line._heard = connection
        return line

    def execute(self, statement: Executable, values: Values | Sequence[Values] = ()) -> Found:
        """`statement` is one that is made once (of a module, or kept by who builds it); several `values` are several runs."""
        if self._heard is not None:
            return cast("Found", self._heard.execute(statement, values or None))
        if not isinstance(values, Mapping):
            return self._several(statement, values)
        prepared = _prepared(statement, tuple(values))
        cursor = self._driver.execute(prepared.text, prepared.filled(values))
        found = Found(prepared.shape.rows(cursor.fetchall()))
        found.rowcount = cursor.rowcount
        return found

    def many(self, text: str, rows: Sequence[Sequence[object]]) -> None:
        if self._heard is not None:
            self._heard.exec_driver_sql(text, [tuple(row) for row in rows])
        else:
            self._driver.executemany(text, rows)

    def _several(self, statement: Executable, values: Sequence[Values]) -> Found:
        if not values:
            return self.execute(statement, {})
        prepared = _prepared(statement, tuple(values[0]))
        self._driver.executemany(prepared.text, [prepared.filled(each) for each in values])
        return Found()


class Shape:
    """What the rows of a statement are: each column by its name, each value as its type has it."""

    def __init__(self, statement: Any, dialect: Dialect) -> None:  # noqa: ANN401  any statement
        columns = list(getattr(statement, "exported_columns", ()) or ())
        self._row = _row([column.key for column in columns]) if columns else None
        made = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]
        self._made: list[tuple[int, Callable[[Any], Any]]] = [(at, each) for at, each in enumerate(made) if each]

    def rows(self, found: list[Any]) -> list[Any]:
        if self._row is None or not found:
            return []
        if self._made:
            found = [self._processed(row) for row in found]
        return [*map(self._row._make, found)]

    def _processed(self, row: Sequence[Any]) -> list[Any]:
        values = list(row)
        for at, made in self._made:
            values[at] = made(values[at])
        return values


class _Prepared:
    """A compiled statement: its text, where its values come from, and what its rows are."""

    def __init__(self, statement: Any, names: Sequence[str]) -> None:  # noqa: ANN401  any statement
        compiled = statement.compile(dialect=DIALECT, column_keys=list(names) or None)
        self.text: str = str(compiled)
        self.shape = Shape(statement, DIALECT)
        self._names: tuple[str, ...] = tuple(compiled.positiontup or ())
        self._fixed = {name: compiled.binds[name].effective_value for name in self._names if name not in names}

    def filled(self, given: Values) -> list[object]:
        """The values for one run, in the order of the text."""
        if self._fixed:
            given = {**self._fixed, **given}
        return [given[name] for name in self._names]


@lru_cache(maxsize=512)  # a statement is known by its identity
def _prepared(statement: Any, names: tuple[str, ...]) -> _Prepared:  # noqa: ANN401  any statement
    return _Prepared(statement, names)


def _row(names: Sequence[str]) -> Any:  # noqa: ANN401  a class
    return type("Row", (namedtuple("_Names", names, rename=True),), {"_mapping": property(lambda row: row._asdict())})  # noqa: PYI024
