"""The instruments themselves: SQLite of the product goes through them, and a cut takes what was not flushed, no more."""

import random
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pysqlite3.dbapi2
import pytest

from tests.failure import sqlite_abi as abi
from tests.failure.lossy import SECTOR, LossyDisk
from tests.failure.shim import LOCK, READ, SYNC, WRITE, Call, mounted


class Listener:
    """Hears of everything and stops nothing, unless told to."""

    watched = frozenset({READ, WRITE, SYNC, LOCK})

    def __init__(self) -> None:
        self.heard: list[Call] = []
        self.answer = abi.OK

    def asked(self, call: Call) -> int:
        self.heard.append(call)
        return self.answer if call.name == WRITE else abi.OK


@pytest.fixture
def disk() -> Iterator[Listener]:
    listener = Listener()
    with mounted(listener):
        yield listener


def _connect(path: Path) -> Any:  # noqa: ANN401  the driver has no types
    return closing(pysqlite3.dbapi2.connect(str(path), isolation_level=None))


def test_two_connections_share_a_log_through_the_shim(disk: Listener, tmp_path: Path) -> None:
    with _connect(tmp_path / "a") as one, _connect(tmp_path / "a") as other:
        assert one.execute("PRAGMA journal_mode=WAL").fetchone() == ("wal",)
        one.execute("CREATE TABLE t (x)")
        one.execute("INSERT INTO t VALUES (1)")
        assert other.execute("SELECT x FROM t").fetchall() == [(1,)]
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(pysqlite3.dbapi2.OperationalError, match="locked"):
            one.execute("INSERT INTO t VALUES (2)")
        other.execute("ROLLBACK")
    assert {Path(call.path).name for call in disk.heard if call.name == WRITE} >= {"a", "a-wal"}


def test_the_shim_is_gone_after_the_block(tmp_path: Path) -> None:
    listener = Listener()
    with mounted(listener):
        pass
    with _connect(tmp_path / "a") as connection:
        connection.execute("CREATE TABLE t (x)")
    assert listener.heard == []


def test_a_result_code_reaches_the_driver(disk: Listener, tmp_path: Path) -> None:
    with _connect(tmp_path / "a") as connection:
        disk.answer = abi.FULL
        with pytest.raises(pysqlite3.dbapi2.OperationalError, match="full") as caught:
            connection.execute("CREATE TABLE t (x)")
        assert caught.value.sqlite_errorcode == abi.FULL
        disk.answer = abi.OK
        connection.execute("CREATE TABLE t (x)")


def test_files_left_open_are_noticed(tmp_path: Path) -> None:
    kept = ExitStack()
    with pytest.raises(AssertionError, match="left open"), mounted(Listener()):
        kept.enter_context(_connect(tmp_path / "a")).execute("PRAGMA user_version=1")
    kept.close()


def _after(share: float, home: Path, *, flushed: bool, seed: int = 1) -> bytes:
    """What two sectors are found to be when `share` of what was not flushed survives."""

    class Chance(random.Random):
        def choice(self, _options: object) -> Any:  # noqa: ANN401
            return share

    home.mkdir()
    path = home / "file"
    path.write_bytes(b"o" * 2 * SECTOR)
    disk = LossyDisk(Chance(seed))
    disk.asked(Call("xOpen", str(path)))
    disk.asked(Call(WRITE, str(path), b"n" * 2 * SECTOR, 0))
    if flushed:
        disk.asked(Call(SYNC, str(path)))
    disk.cut()
    disk.leave(home, home.with_name(home.name + "-after"))
    assert disk.asked(Call(READ, str(path))) == abi.IOERR
    return (home.with_name(home.name + "-after") / "file").read_bytes()


def test_a_cut_takes_what_was_not_flushed_and_no_more(tmp_path: Path) -> None:
    old, new = b"o" * 2 * SECTOR, b"n" * 2 * SECTOR
    assert _after(0.0, tmp_path / "none", flushed=False) == old
    assert _after(1.0, tmp_path / "all", flushed=False) == new
    assert _after(0.0, tmp_path / "flushed", flushed=True) == new


def test_a_write_may_be_torn_between_sectors(tmp_path: Path) -> None:
    old, new = b"o" * SECTOR, b"n" * SECTOR
    found = {_after(0.5, tmp_path / str(seed), flushed=False, seed=seed) for seed in range(16)}
    assert found == {old + old, old + new, new + old, new + new}


def test_a_new_file_has_no_durable_name_before_its_first_flush(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    names = {flushed: set[bool]() for flushed in (False, True)}
    for flushed, seen in names.items():
        for seed in range(8):
            disk = LossyDisk(random.Random(seed))  # noqa: S311  repeatable on purpose
            disk.asked(Call("xOpen", str(home / "new")))
            disk.asked(Call(WRITE, str(home / "new"), b"bytes", 0))
            if flushed:
                disk.asked(Call(SYNC, str(home / "new")))
            disk.cut()
            after = tmp_path / f"after-{flushed}-{seed}"
            disk.leave(home, after)
            seen.add((after / "new").exists())
    assert names == {False: {False, True}, True: {True}}
