"""Reading rows out of pages says what SQLite says, from a file with its log, and each row apart from its neighbours."""

import random
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pysqlite3.dbapi2
import pytest

from desktop.store.pages import SIZE, Pages, frames, log_is_damaged
from desktop.store.records import lost_pages, read_lost, read_table, roots

ROWS = 400
_VALUES = [None, 0, 1, -5, 2**40, -(2**62), 0.5, "chữ", "", b"", b"bytes" * 3000, "dài " * 5000]


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Any]:
    with closing(pysqlite3.dbapi2.connect(str(tmp_path / "file"), isolation_level=None)) as made:
        made.execute("PRAGMA journal_mode=WAL")
        made.execute("PRAGMA wal_autocheckpoint=200")
        made.execute("CREATE TABLE t (a TEXT PRIMARY KEY, b, c)")
        chance = random.Random(1)  # noqa: S311  repeatable on purpose
        for number in range(ROWS):
            row = (f"k{number}", chance.choice(_VALUES), chance.choice(_VALUES))
            made.execute("INSERT INTO t VALUES (?, ?, ?)", row)
        yield made


def _files(tmp_path: Path) -> tuple[bytearray, bytearray]:
    return bytearray((tmp_path / "file").read_bytes()), bytearray((tmp_path / "file-wal").read_bytes())


def _rows(data: bytearray, log: bytearray) -> list[tuple[object, ...]]:
    pages = Pages(bytes(data), bytes(log))
    return [values for _number, values in read_table(pages, roots(pages)["t"]).rows]


def test_every_row_is_what_sqlite_says(connection: Any, tmp_path: Path) -> None:  # noqa: ANN401
    data, log = _files(tmp_path)
    assert _rows(data, log) == connection.execute("SELECT * FROM t ORDER BY rowid").fetchall()
    assert not log_is_damaged(bytes(log))


def test_a_broken_page_takes_its_own_rows_only(connection: Any, tmp_path: Path) -> None:  # noqa: ANN401
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    data, log = _files(tmp_path)
    wanted = {key for (key,) in connection.execute("SELECT a FROM t")}
    for number in range(2, len(data) // SIZE):
        one = bytearray(data)
        one[number * SIZE : (number + 1) * SIZE] = bytes(SIZE)
        found = {row[0] for row in _rows(one, log)}
        assert found <= wanted
        assert len(found) > ROWS - 100


def test_rows_that_no_table_leads_to_are_found(connection: Any, tmp_path: Path) -> None:  # noqa: ANN401
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    data, _log = _files(tmp_path)
    data[: 2 * SIZE] = bytes(2 * SIZE)
    pages = Pages(bytes(data))
    assert roots(pages) == {}
    found = {row[0] for row in read_lost(pages, lost_pages(pages, set()))}
    assert {f"k{number}" for number in range(ROWS)} == found


def test_the_pages_of_a_sound_file_account_for_all_of_themselves(connection: Any, tmp_path: Path) -> None:  # noqa: ANN401
    connection.execute("DELETE FROM t WHERE rowid % 3 = 0")
    connection.execute("UPDATE t SET c = 'kurz' WHERE rowid % 5 = 0")
    data, log = _files(tmp_path)
    pages = Pages(bytes(data), bytes(log))
    table = read_table(pages, roots(pages)["t"])
    assert table.broken == 0
    schema = read_table(pages, 1)
    assert schema.broken == 0
    assert lost_pages(pages, table.pages | schema.pages | pages.free()) == []


def test_a_page_that_counts_its_cells_wrongly_is_broken_and_its_rows_are_found(connection: Any, tmp_path: Path) -> None:  # noqa: ANN401
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    data, _log = _files(tmp_path)
    leaves = 0
    for number in read_table(Pages(bytes(data)), roots(Pages(bytes(data)))["t"]).pages:
        one = bytearray(data)
        start = (number - 1) * SIZE
        one[start + 4] ^= 1
        pages = Pages(bytes(one))
        found = read_table(pages, roots(pages)["t"])
        assert found.broken > 0
        if data[start] == 0x0D:
            leaves += 1
            names = {row[0] for _number, row in found.rows} | {row[0] for row in found.stray}
            assert {f"k{number}" for number in range(ROWS)} <= names
    assert leaves > 10


def test_a_flip_anywhere_never_raises(connection: Any, tmp_path: Path) -> None:  # noqa: ANN401
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    data, log = _files(tmp_path)
    for seed in range(60):
        chance = random.Random(seed)  # noqa: S311  repeatable on purpose
        one = bytearray(data)
        for _ in range(20):
            one[chance.randrange(len(one))] = chance.randrange(256)
        pages = Pages(bytes(one), bytes(log))
        for root in roots(pages).values():
            read_table(pages, root)
        list(read_lost(pages, lost_pages(pages, set())))


def test_a_broken_transaction_that_others_follow_is_damage_and_the_last_one_a_power_cut(
    connection: Any,  # noqa: ANN401
    tmp_path: Path,
) -> None:
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for number in range(3):
        connection.execute("INSERT INTO t VALUES (?, NULL, NULL)", (f"new {number}",))
    _data, log = _files(tmp_path)
    ends = [place for place, frame in enumerate(frames(bytes(log))) if frame.ends]
    assert len(ends) == 3
    size = 24 + SIZE
    for place, damaged in ((0, True), (ends[0] + 1, True), (ends[1] + 1, False), (ends[2], False)):
        one = bytearray(log)
        one[32 + place * size + 100] ^= 1
        assert log_is_damaged(bytes(one)) is damaged
    header = bytearray(log)
    header[20] ^= 1
    assert log_is_damaged(bytes(header))
    assert not log_is_damaged(b"")
    assert not log_is_damaged(bytes(log[: 32 + size * (ends[1] + 1)]))
