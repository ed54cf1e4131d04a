"""Opening a home: private files, the settings of every connection, and what is refused without being touched."""

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pysqlite3.dbapi2
import pytest
from sqlalchemy import Engine

from desktop.domain.errors import StorageProblem, StoreDamaged
from desktop.store import open_store
from desktop.store.connecting import MIN_SQLITE, check_version, pragmas
from desktop.store.opening import DATABASE
from desktop.store.transactions import SqlStore
from tests.support.offices import CountedClock

posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no file modes")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "home"


@contextmanager
def opened(home: Path | None) -> Iterator[SqlStore]:
    with closing(open_store(home, clock=CountedClock())) as store:
        yield store


def _mark(store: SqlStore, value: str) -> None:
    with store.write() as work:
        work.feed.set_value("mark", value)


def _marked(store: SqlStore) -> str | None:
    with store.read() as work:
        return work.feed.value("mark")


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_what_was_kept_is_there_when_opened_again(home: Path) -> None:
    with opened(home) as store:
        _mark(store, "a")
        with store.write() as work:
            name = work.blobs.add(b"bytes")
    with opened(home) as store:
        assert _marked(store) == "a"
        with store.read() as work:
            assert work.blobs.read(name) == b"bytes"


def test_stores_in_memory_are_apart() -> None:
    with opened(None) as one, opened(None) as other:
        _mark(one, "a")
        assert _marked(other) is None


@posix
def test_nobody_else_can_read_a_home(home: Path) -> None:
    before = os.umask(0)
    try:
        with opened(home) as store, store.write() as work:
            work.blobs.add(b"bytes")
        with opened(home) as store:
            _mark(store, "a")
            files = [path for path in home.rglob("*") if path.is_file()]
            assert {path.name for path in files} >= {DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm"}
            assert {path.name: _mode(path) for path in files} == {path.name: 0o600 for path in files}
            assert _mode(home) == 0o700
    finally:
        os.umask(before)


@posix
def test_a_home_that_others_could_read_is_made_private(home: Path) -> None:
    with opened(home):
        pass
    home.chmod(0o755)
    (home / DATABASE).chmod(0o644)
    with opened(home):
        assert (_mode(home), _mode(home / DATABASE)) == (0o700, 0o600)


def _pragma(engine: Engine, name: str) -> object:
    with engine.connect() as connection:
        return connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()


def test_the_settings_of_every_connection(home: Path) -> None:
    common = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "trusted_schema": 0, "busy_timeout": 5000}
    with opened(home) as store:
        assert store._readers is not None
        for engine, query_only in ((store._writer, 0), (store._readers, 1)):
            wanted = {**common, "query_only": query_only}
            assert {name: _pragma(engine, name) for name in wanted} == wanted
    with opened(None) as store:
        wanted = {**common, "journal_mode": "memory", "query_only": 0}
        assert {name: _pragma(store._writer, name) for name in wanted} == wanted


def test_on_macos_a_flush_reaches_the_disk() -> None:
    assert {"PRAGMA fullfsync=ON", "PRAGMA checkpoint_fullfsync=ON"} <= set(pragmas("darwin"))
    assert set(pragmas("linux")) < set(pragmas("darwin"))
    assert pragmas(sys.platform) == pragmas()


def test_an_sqlite_that_may_damage_files_is_refused() -> None:
    check_version(MIN_SQLITE)
    check_version((4, 0, 0))
    for version in ((3, 40, 1), (3, 51, 2)):
        with pytest.raises(StorageProblem, match="too old"):
            check_version(version)


def test_a_file_that_is_no_database_is_refused_and_stays(home: Path) -> None:
    home.mkdir(parents=True)
    written = b"This is a letter, not a database.\n" * 200
    (home / DATABASE).write_bytes(written)
    with pytest.raises(StoreDamaged):
        open_store(home, clock=CountedClock())
    assert (home / DATABASE).read_bytes() == written


def test_tables_of_something_else_are_refused_and_stay(home: Path) -> None:
    home.mkdir(parents=True)
    with closing(pysqlite3.dbapi2.connect(str(home / DATABASE))) as connection:
        connection.execute("CREATE TABLE recipe (name)")
    with pytest.raises(StoreDamaged):
        open_store(home, clock=CountedClock())
    with closing(pysqlite3.dbapi2.connect(str(home / DATABASE))) as connection:
        assert connection.execute("SELECT name FROM sqlite_schema").fetchall() == [("recipe",)]


def _overwrite_pages(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xa5" * (len(data) - 4096)
    path.write_bytes(bytes(data))


def test_damaged_pages_are_found_at_the_latest_when_they_are_needed(home: Path) -> None:
    with opened(home) as store:
        _mark(store, "a")
    _overwrite_pages(home / DATABASE)
    with pytest.raises(StoreDamaged), opened(home) as store:
        _marked(store)


def test_a_home_left_open_by_a_crash_is_checked_at_once(home: Path, tmp_path: Path) -> None:
    """The copy of a home in use is what a crash leaves: the log was never folded in."""
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    with opened(home) as store:
        _mark(store, "a")
        for name in (DATABASE, f"{DATABASE}-wal"):
            (crashed / name).write_bytes((home / name).read_bytes())
    with opened(crashed) as store:
        assert _marked(store) == "a"
    _overwrite_pages(crashed / DATABASE)
    (crashed / f"{DATABASE}-wal").write_bytes(b"")
    with pytest.raises(StoreDamaged):
        open_store(crashed, clock=CountedClock())


def test_a_damaged_home_left_open_by_a_crash_stays_with_its_log(home: Path, tmp_path: Path) -> None:
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    with opened(home):
        pass
    with opened(home) as store:
        _mark(store, "a")
        _overwrite_pages(home / DATABASE)
        for name in (DATABASE, f"{DATABASE}-wal"):
            (crashed / name).write_bytes((home / name).read_bytes())
    before = {path.name: path.read_bytes() for path in crashed.iterdir()}
    with pytest.raises(StoreDamaged):
        open_store(crashed, clock=CountedClock())
    assert {name: (crashed / name).read_bytes() for name in before} == before


def test_a_home_that_cannot_be_a_folder_is_a_storage_problem(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    for home in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(StorageProblem):
            open_store(home, clock=CountedClock())


def test_a_full_disk_keeps_the_last_state(home: Path) -> None:
    with opened(home) as store:
        _mark(store, "a")
        with store._writer.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
        with pytest.raises(StorageProblem, match="full"):
            _mark(store, "x" * 1_000_000)
        assert _marked(store) == "a"
        with store._writer.connect() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count=1000000")
        _mark(store, "x" * 1_000_000)


def test_a_database_locked_by_someone_else_is_a_storage_problem(home: Path) -> None:
    with opened(home) as store:
        _mark(store, "a")
        with store._writer.connect() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA busy_timeout=0")
            connection.exec_driver_sql("BEGIN")
        with closing(pysqlite3.dbapi2.connect(str(home / DATABASE), isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(StorageProblem, match="locked"):
                _mark(store, "b")
            assert _marked(store) == "a"
        _mark(store, "b")
        assert _marked(store) == "b"
