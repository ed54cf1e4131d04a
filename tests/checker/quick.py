"""The portal's SQL without SQLAlchemy's machinery around each statement: compiled by it once, run by the driver itself.

Statement by statement this is what the portal asks for; test_histories.py shows that no history comes out otherwise.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from itertools import count
from typing import Any, cast

from sqlalchemy import Engine, Executable
from sqlalchemy.orm import Session

from desktop.store.line import Found, Shape
from server_stub.store.engine import Database

_Process = Callable[[Any], Any] | None
_NOTHING = "SELECT 1 WHERE 0"


class QuickDatabase(Database):
    """Lends the one connection of a database in memory to one caller at a time, as Session and as Connection."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine, shared=True)
        self._quick = _Quick(engine)

    @contextmanager
    def session(self, *, write: bool = False) -> Iterator[Session]:
        del write  # nobody else is there to be kept waiting
        try:
            yield cast("Session", self._quick)
        finally:
            self._quick.calm()


class _Quick:
    """As much of a Session and of a Connection as the portal uses."""

    def __init__(self, engine: Engine) -> None:
        self.dialect = engine.dialect
        self._engine = engine
        self._driver: Any = engine.raw_connection().driver_connection
        self._names = count()

    def calm(self) -> None:
        """Nothing that one caller did or set remains for the next."""
        self.rollback()
        self.__dict__.pop("commit", None)

    def connection(self, execution_options: Mapping[str, object] | None = None) -> "_Quick":
        del execution_options
        return self

    def get_bind(self) -> Engine:
        return self._engine

    def in_transaction(self) -> bool:
        return bool(self._driver.in_transaction)

    def commit(self) -> None:
        if self._driver.in_transaction:
            self._driver.execute("COMMIT")

    def rollback(self) -> None:
        if self._driver.in_transaction:
            self._driver.execute("ROLLBACK")

    def begin_nested(self) -> "_Savepoint":
        self._begin()
        return _Savepoint(self._driver, f"sp_{next(self._names)}")

    def execute(self, statement: Executable, parameters: Any = None) -> "_Result":  # noqa: ANN401  as SQLAlchemy's own
        self._begin()
        many = parameters if isinstance(parameters, list) else [parameters or {}]
        prepared = _prepared(self._engine, statement, tuple(many[0]))
        for each in many:
            cursor = self._driver.execute(*prepared.filled(each))
        result = _Result(prepared.shape.rows(cursor.fetchall()))
        result.rowcount = cursor.rowcount
        return result

    def _begin(self) -> None:
        if not self._driver.in_transaction:
            self._driver.execute("BEGIN")


class _Savepoint:
    def __init__(self, driver: Any, name: str) -> None:  # noqa: ANN401  the driver has no types
        self._driver, self._name = driver, name
        driver.execute(f"SAVEPOINT {name}")

    def commit(self) -> None:
        self._driver.execute(f"RELEASE {self._name}")

    def rollback(self) -> None:
        self._driver.execute(f"ROLLBACK TO {self._name}")


class _Prepared:
    """A compiled statement: its text, where its values come from, and what its rows are."""

    def __init__(self, engine: Engine, statement: Any, keys: Sequence[str]) -> None:  # noqa: ANN401  any statement
        dialect = engine.dialect
        compiled = statement.compile(dialect=dialect, column_keys=list(keys) or None)
        self._text: str = str(compiled)
        self._values: list[tuple[str, Any, _Process, bool]] = []
        for name in compiled.positiontup or ():
            bind = compiled.binds[name]
            process = bind.type.dialect_impl(dialect).bind_processor(dialect)
            self._values.append((name, bind.effective_value, process, bind.expanding))
        self.shape = Shape(statement, dialect)

    def filled(self, given: Mapping[str, Any]) -> tuple[str, list[Any]]:
        """The text and the values for one execution."""
        text, values = self._text, []
        for name, fixed, process, expanding in self._values:
            value = given.get(name, fixed)
            if expanding:
                text = text.replace(f"__[POSTCOMPILE_{name}]", ", ".join("?" * len(value)) or _NOTHING, 1)
                values += value
            else:
                values.append(process(value) if process else value)
        return text, values


@lru_cache(maxsize=512)  # a statement is known by its identity; those of a module are made once
def _prepared(engine: Engine, statement: Any, keys: tuple[str, ...]) -> _Prepared:  # noqa: ANN401  any statement
    return _Prepared(engine, statement, keys)


class _Result(Found):
    def all(self) -> list[Any]:
        return self
