"""The map from foreign exceptions to problems: complete by class and by SQLite's result codes."""

from collections.abc import Iterator
from pathlib import Path

import pysqlite3.dbapi2
import pytest
import sqlalchemy.exc
from sqlalchemy import event

from desktop.application.ports import Store
from desktop.domain.errors import Bug, EnvironmentProblem, NewerStore, Problem, StorageProblem, StoreDamaged
from desktop.store import open_store
from desktop.store.faults import FOREIGN, problem_of, translated, translated_in_transaction
from desktop.store.transactions import SqlStore
from tests.contract.store.values import NOW, entry, operation, revision, shown
from tests.support.offices import CountedClock

# https://sqlite.org/rescode.html: every primary result code that is an error.
CODES: dict[type[Problem], tuple[int, ...]] = {
    StoreDamaged: (11, 26),  # CORRUPT NOTADB
    StorageProblem: (3, 5, 6, 7, 8, 9, 10, 13, 14, 15, 22, 23),  # the disk, the memory, another process
    Bug: (1, 2, 4, 12, 16, 17, 18, 19, 20, 21, 24, 25),  # what this program asked for makes no sense
}
EXPECTED = {code: problem for problem, codes in CODES.items() for code in codes}


def _driver_error(code: int | None, cls: type[Exception] = pysqlite3.dbapi2.OperationalError) -> Exception:
    fault = cls("as the driver says it")
    if code is not None:
        fault.sqlite_errorcode = code  # type: ignore[attr-defined]
    return fault


def _wrapped(fault: Exception) -> sqlalchemy.exc.DBAPIError:
    return sqlalchemy.exc.DBAPIError("SELECT 1", {}, fault)


def _subclasses(cls: type[Exception]) -> Iterator[type[Exception]]:
    yield cls
    for child in cls.__subclasses__():
        yield from _subclasses(child)


def test_every_result_code_is_in_the_map() -> None:
    assert sorted(EXPECTED) == list(range(1, 27))


@pytest.mark.parametrize("code", sorted(EXPECTED))
@pytest.mark.parametrize("extended", [0, 1, 7])
def test_a_result_code_says_what_happened(code: int, extended: int) -> None:
    fault = _driver_error(code | extended << 8)
    assert type(problem_of(fault)) is EXPECTED[code]
    assert type(problem_of(_wrapped(fault))) is EXPECTED[code]


def test_writing_through_a_reader_is_our_fault_and_on_a_read_only_disk_it_is_the_disk() -> None:
    fault = _driver_error(8)
    assert type(problem_of(fault, reading=True)) is Bug
    assert type(problem_of(fault)) is StorageProblem


def test_every_class_of_the_libraries_is_translated() -> None:
    classes = [
        *_subclasses(pysqlite3.dbapi2.Error),
        *_subclasses(sqlalchemy.exc.SQLAlchemyError),
        *_subclasses(OSError),
        UnicodeEncodeError,
        OverflowError,
        MemoryError,
    ]
    assert len(classes) > 60
    assert [cls for cls in classes if not issubclass(cls, FOREIGN)] == []


@pytest.mark.parametrize(
    ("fault", "problem"),
    [
        (OSError(28, "No space left on device"), StorageProblem),
        (PermissionError(13, "Permission denied"), StorageProblem),
        (_driver_error(None), Bug),
        (_driver_error(None, pysqlite3.dbapi2.ProgrammingError), Bug),
        (sqlalchemy.exc.InvalidRequestError("closed"), Bug),
        (sqlalchemy.exc.NoResultFound(), Bug),
        (UnicodeEncodeError("utf-8", "\ud800", 0, 1, "surrogates not allowed"), Bug),
        (UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte"), StoreDamaged),
        (pysqlite3.dbapi2.OperationalError("Could not decode to UTF-8 column 'x' with text"), StoreDamaged),
        (OverflowError("too large"), Bug),
        (MemoryError(), StorageProblem),
    ],
)
def test_a_fault_becomes_a_problem_that_keeps_its_cause(fault: Exception, problem: type[Problem]) -> None:
    with pytest.raises(problem) as caught, translated():
        raise fault
    assert type(caught.value) is problem
    assert caught.value.__cause__ is fault
    assert issubclass(problem, (EnvironmentProblem, Bug))


@pytest.mark.parametrize("problem", [NewerStore("of tomorrow"), Bug("ours"), KeyError("x"), ValueError("x")])
def test_what_is_not_foreign_passes_as_it_is(problem: Exception) -> None:
    with pytest.raises(type(problem)) as caught, translated():
        raise problem
    assert caught.value is problem


def test_a_table_that_is_missing_is_damage_once_the_files_version_is_known() -> None:
    fault = _driver_error(1)
    fault.args = ("no such column: entry.meta",)
    wrapped = sqlalchemy.exc.OperationalError("SELECT 1", {}, fault)
    with pytest.raises(StoreDamaged), translated_in_transaction(reading=True):
        raise wrapped
    with pytest.raises(Bug), translated():
        raise wrapped


def test_a_caller_in_a_transaction_keeps_its_own_disk_errors() -> None:
    fault = FileNotFoundError("the caller's own file")
    with pytest.raises(FileNotFoundError), translated_in_transaction(reading=False):
        raise fault


# Every statement of a transaction fails once: nothing of it is kept, and the next attempt is as if it were the first.


@pytest.fixture(params=["memory", "file"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SqlStore]:
    opened = open_store(None if request.param == "memory" else tmp_path / "home", clock=CountedClock())
    yield opened
    opened.close()


class FailAt:
    """Raises the driver's error before the statement of a number; counts them."""

    def __init__(self, store: SqlStore, number: int) -> None:
        self.seen = 0
        self._number = number
        self._engine = store._writer
        event.listen(self._engine, "before_cursor_execute", self._before)

    def remove(self) -> None:
        event.remove(self._engine, "before_cursor_execute", self._before)

    def _before(self, *_: object) -> None:
        self.seen += 1
        if self.seen == self._number:
            raise _driver_error(10)


def _a_days_work(store: Store) -> None:
    with store.write() as work:
        work.revisions.put(revision("r1"))
        work.entries.put(entry("e-1", body_rid="r1"))
        work.queue.add(operation("o-1", work.queue.next_seq()), at=NOW)
        work.queue.settle(operation("o-1", 1).op_id, outcome="applied", answer={}, at=NOW)
        work.lists.show(shown("e-1"), text="chữ")


def _dump(store: SqlStore) -> list[tuple[object, ...]]:
    tables = ("revision", "entry", "operation", "settled", "shown", "shown_text_docsize", "counter")
    with store._writer.connect() as connection:
        return [tuple(row) for name in tables for row in connection.exec_driver_sql(f"SELECT * FROM {name}")]  # noqa: S608


def test_whichever_statement_fails_nothing_is_kept(store: SqlStore) -> None:
    failures = 0
    while True:
        fault = FailAt(store, failures + 1)
        try:
            _a_days_work(store)
            break
        except StorageProblem:
            failures += 1
        finally:
            fault.remove()
        assert _dump(store) == []
    assert failures == fault.seen
    assert failures > 8
    assert len(_dump(store)) == 6
