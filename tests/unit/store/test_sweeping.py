"""Files that nothing speaks of go when they are old; what anything speaks of, may still have to go up, or is being written stays."""

import errno
import hashlib
import os
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pysqlite3.dbapi2
import pytest
from sqlalchemy import LargeBinary, Text

from desktop.application.records import Account, Draft
from desktop.domain.errors import StorageProblem, StoreDamaged
from desktop.domain.ids import EntryId, MemberId
from desktop.store import open_store
from desktop.store.blob_files import Folder
from desktop.store.connecting import memory_engine
from desktop.store.opening import DATABASE
from desktop.store.originals import OriginalFiles
from desktop.store.sweeping import BLOBS, mentioned, sweep
from desktop.store.tables import create_all, metadata
from tests.support.offices import CountedClock

USED, OLD, YOUNG, UNSENT = (f"ảnh {number}".encode() for number in range(4))
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC).timestamp()
COLUMNS = [
    (table.name, column.name)
    for table in metadata.sorted_tables
    for column in table.columns
    if table.name != "blob" and isinstance(column.type, (Text, LargeBinary))
]


class Today(CountedClock):
    """The clock of this machine, by which its files have their age."""

    def now(self) -> str:
        return datetime.now(UTC).isoformat()


def name(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def path(home: Path, data: bytes) -> Path:
    sha256 = name(data)
    return home / BLOBS / sha256[:2] / sha256[2:4] / sha256


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A draft has USED in its text; the others are named by nothing; all but YOUNG are old, all but UNSENT have gone up."""
    home = tmp_path / "home"
    with closing(open_store(home, clock=Today())) as store, store.write() as work:
        work.feed.set_account(Account("https://portal", MemberId("u-ctv"), "ctv.vanhoa", "d", {}))
        for data in (USED, OLD, YOUNG, UNSENT):
            work.blobs.add(data)
            if data is not UNSENT:
                work.blobs.mark_sent(name(data))
        work.drafts.put(Draft(EntryId("e1"), "article", "vi", {"body": f"![](/_blob/{name(USED)})"}))
    for data in (USED, OLD, UNSENT):
        os.utime(path(home, data), (LONG_AGO, LONG_AGO))
    return home


def there(home: Path) -> set[bytes]:
    return {data for data in (USED, OLD, YOUNG, UNSENT) if path(home, data).exists()}


def cleaned(home: Path) -> None:
    sweep(home / DATABASE, clock=Today(), remove=True)


def test_looked_at_first_and_then_removed(home: Path) -> None:
    told = sweep(home / DATABASE, clock=Today())
    assert (told.files, told.unused, told.young, told.removed) == (4, ((name(OLD), len(OLD)),), 1, False)
    assert there(home) == {USED, OLD, YOUNG, UNSENT}
    assert sweep(home / DATABASE, clock=Today(), remove=True).removed
    assert there(home) == {USED, YOUNG, UNSENT}
    with closing(open_store(home, clock=Today())) as store, store.read() as work:
        assert not work.blobs.has(name(OLD))
        assert work.blobs.read(name(USED)) == USED
        assert work.blobs.unsent() == [(name(UNSENT), len(UNSENT))]


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_a_name_counts_wherever_it_stands(table: str, column: str) -> None:
    """A column that comes to a table later is looked through like the others."""
    value: Any = f'{{"a":"f{name(OLD)}"}}'.encode()
    if (table, column) == ("past_text", "body"):
        value = zlib.compress(value)
    elif isinstance(metadata.tables[table].columns[column].type, Text):
        value = value.decode()
    engine = memory_engine()
    with engine.begin() as connection:
        create_all(connection)
        driver: Any = connection.connection.driver_connection
        driver.execute("PRAGMA ignore_check_constraints=ON").close()
        driver.execute("PRAGMA defer_foreign_keys=ON").close()
        needed = [one.name for one in metadata.tables[table].columns if not one.nullable and one.name != column]
        names = ", ".join((column, *needed))
        marks = ", ".join("?" * (1 + len(needed)))
        driver.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", (value, *(1 for _ in needed))).close()  # noqa: S608
        driver.text_factory = bytes
        assert mentioned(driver, {name(OLD), name(USED)}) == {name(OLD)}
        connection.rollback()
    engine.dispose()


def test_what_only_a_backup_speaks_of_stays(home: Path) -> None:
    (home / "backup").mkdir()
    with closing(pysqlite3.dbapi2.connect(str(home / "backup" / "day-no000001-20261101T090000Z.sqlite"))) as copy:
        copy.execute("CREATE TABLE card (rule BLOB)")
        copy.execute("INSERT INTO card VALUES (?)", (name(OLD).encode(),))
        copy.commit()
    cleaned(home)
    assert there(home) == {USED, OLD, YOUNG, UNSENT}


def test_nothing_goes_beside_a_database_that_cannot_be_read(home: Path) -> None:
    aside = home / "toasoan-damaged-20261101T090000Z.sqlite"
    aside.write_bytes(bytes(5_000))
    told = sweep(home / DATABASE, clock=Today(), remove=True)
    assert (told.removed, told.unread) == (False, str(aside))
    assert there(home) == {USED, OLD, YOUNG, UNSENT}


def test_nothing_goes_where_the_database_is_not_sound(home: Path) -> None:
    with closing(pysqlite3.dbapi2.connect(str(home / DATABASE))) as driver:
        driver.execute("UPDATE draft SET fields = '{}'")
        driver.commit()
    with pytest.raises(StoreDamaged):
        cleaned(home)
    assert there(home) == {USED, OLD, YOUNG, UNSENT}


def test_remains_of_copies_and_downloads_go_when_they_are_old(home: Path) -> None:
    coming = home / BLOBS / ".coming"
    coming.mkdir()
    old = [
        coming / name(b"forgotten"),
        coming / f"{name(b'wrong')}.wrong",
        home / BLOBS / ".new-a",
        path(home, USED).parent / ".new-b",
    ]
    stay = [coming / name(USED), coming / name(b"just now")]
    for one in (*old, *stay):
        one.write_bytes(b"1234")
    for one in (*old, coming / name(USED)):
        os.utime(one, (LONG_AGO, LONG_AGO))
    told = sweep(home / DATABASE, clock=Today(), remove=True)
    assert (told.left_over, told.left_over_size) == (4, 16)
    assert [one.exists() for one in (*old, *stay)] == [False] * 4 + [True] * 2


def test_a_picture_as_it_came_is_told_and_stays(home: Path) -> None:
    for data in (USED, OLD):
        OriginalFiles(home).keep(name(data), b"as it came", name="a.jpg")
    for one in (home / "originals").iterdir():
        os.utime(one, (LONG_AGO, LONG_AGO))
    told = sweep(home / DATABASE, clock=Today(), remove=True)
    assert (told.originals, [one.name for one in told.lone]) == (2, [f"{name(OLD)}.jpg"])
    assert len(list((home / "originals").iterdir())) == 2


_asked: list[Callable[[str, tuple[Any, ...]], None]] = []
sys.addaudithook(lambda event, given: _asked[-1](event, given) if _asked else None)


@contextmanager
def seen(ask: Callable[[str, tuple[Any, ...]], None]) -> Iterator[None]:
    """`ask` hears of every file operation of this process before it is done."""
    _asked.append(ask)
    try:
        yield
    finally:
        _asked.remove(ask)


@pytest.mark.parametrize("event", ["os.rename", "os.remove"])
@pytest.mark.parametrize("how", ["keep", "copy"])
def test_a_file_that_is_being_written_meanwhile_is_there_afterwards(
    home: Path, tmp_path: Path, event: str, how: str
) -> None:
    """Attached again by somebody just before the sweep moves it, and just before it is gone."""
    source = tmp_path / "again.jpg"
    source.write_bytes(OLD)
    written: list[str] = []

    def write(what: str, given: tuple[Any, ...]) -> None:
        if what == event and not written and name(OLD) in str(given[0]) and Path(given[0]).parent.is_relative_to(home):
            written.append(how)
            folder = Folder(home / BLOBS)
            folder.keep(name(OLD), OLD) if how == "keep" else folder.copy(source, most=100)

    with seen(write):
        cleaned(home)
    assert written == [how]
    assert path(home, OLD).read_bytes() == OLD
    assert there(home) == {USED, OLD, YOUNG, UNSENT}


def test_a_disk_that_refuses_in_the_middle_takes_nothing_that_is_needed(home: Path) -> None:
    others = [f"khác {number}".encode() for number in range(3)]
    for data in others:
        Folder(home / BLOBS).keep(name(data), data)
        os.utime(path(home, data), (LONG_AGO, LONG_AGO))
    for turn in range(40):
        count = 0

        def strike(what: str, given: tuple[Any, ...], turn: int = turn) -> None:
            nonlocal count
            if what in {"os.rename", "os.remove"} and str(home / BLOBS) in str(given[0]):
                count += 1
                if count > turn:
                    raise OSError(errno.EIO, os.strerror(errno.EIO))

        failed = False
        with seen(strike):
            try:
                cleaned(home)
            except StorageProblem:
                failed = True
        assert there(home) >= {USED, YOUNG, UNSENT}
        if not failed:
            break
    cleaned(home)
    assert there(home) == {USED, YOUNG, UNSENT}
    assert [found for found in (home / BLOBS).rglob("*") if found.is_file() and found.name.startswith(".")] == []
