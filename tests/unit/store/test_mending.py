"""What a recovered home can do again: number, settle and send; and what of a damaged file must come over."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

import pysqlite3.dbapi2
import pytest

from desktop.application.ports import Work
from desktop.application.records import Account, Draft
from desktop.domain.errors import NewerStore
from desktop.domain.ids import EntryId, MemberId, OpId
from desktop.domain.operation import Operation, Stamp, side
from desktop.domain.revision import Content
from desktop.store import back_up_if_due, note_damage, open_or_recover, open_store
from desktop.store.connecting import writing_engine
from desktop.store.migrate import configuration, downgrade
from desktop.store.opening import DATABASE
from desktop.store.pages import SIZE
from tests.support.offices import CountedClock

AT = "2026-11-02T17:00:00.000000Z"
_ROOTS = "SELECT name, rootpage FROM sqlite_schema WHERE type = 'table'"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    path = tmp_path / "home"
    with working(path) as work:
        work.feed.set_account(Account("https://portal", MemberId("u-ctv"), "ctv.vanhoa", "d", {}))
    return path


@contextmanager
def working(home: Path) -> Iterator[Work]:
    """One transaction in a home that is whole."""
    with closing(open_store(home, clock=CountedClock())) as store, store.write() as work:
        yield work


@contextmanager
def recovered(home: Path) -> Iterator[Work]:
    """The same in a home in which damage was met."""
    (home / "damaged").touch()
    with closing(open_or_recover(home, clock=CountedClock())) as store, store.write() as work:
        yield work


def command(work: Work, number: int) -> None:
    payload = {"name": "submit", "rid": f"r{number}"}
    operation = Operation(OpId(f"op{number}"), work.queue.next_seq(), "command", EntryId(f"e{number}"), payload)
    work.queue.add(operation, at=AT)


def settle(work: Work, number: int) -> None:
    work.queue.settle(OpId(f"op{number}"), outcome="applied", answer={"outcome": "applied"}, at=AT)


def write(work: Work, number: int, text: str = "chữ") -> None:
    draft = Draft(EntryId(f"d{number:02}"), "article", "vi", {"title": text}, (), None, dirty=True, updated=AT)
    work.drafts.put(draft)


def queued(work: Work) -> list[str]:
    return [str(row.operation.op_id) for row in work.queue.all()]


def dirty(work: Work) -> set[str]:
    return {str(draft.entry_id) for draft in work.drafts.dirty()}


def roots(home: Path) -> Mapping[str, int]:
    with closing(pysqlite3.dbapi2.connect(str(home / DATABASE))) as connection:
        return dict(connection.execute(_ROOTS).fetchall())


def change(home: Path, table: str, how: Callable[[bytearray], None]) -> None:
    """`how` changes the first page of `table` in place."""
    start = (roots(home)[table] - 1) * SIZE
    data = bytearray((home / DATABASE).read_bytes())
    page = data[start : start + SIZE]
    how(page)
    data[start : start + SIZE] = page
    (home / DATABASE).write_bytes(data)


@pytest.mark.parametrize("backed_up", [False, True])
def test_what_is_done_after_a_recovery_has_a_number_of_its_own(home: Path, backed_up: bool) -> None:  # noqa: FBT001
    for number in range(3):
        with working(home) as work:
            command(work, number)
            settle(work, number)
        if backed_up:
            back_up_if_due(home, clock=CountedClock())
    with recovered(home) as work:
        command(work, 9)
        settle(work, 9)
        assert [str(done.op_id) for done in work.queue.applied()] == ["op0", "op1", "op2", "op9"]
        work.queue.offer_again(OpId("op1"))
        command(work, 10)
        assert queued(work) == ["op1", "op10"]


def test_an_operation_whose_own_number_has_changed_takes_no_other_with_it(home: Path) -> None:
    with working(home) as work:
        for number in range(4):
            command(work, number)
    back_up_if_due(home, clock=CountedClock())

    def renumber(page: bytearray) -> None:
        cell = int.from_bytes(page[10:12])
        place = cell + (2 if page[cell] & 0x80 else 1)
        assert page[place] == 2
        page[place] = 4

    change(home, "operation", renumber)
    with recovered(home) as work:
        assert queued(work) == ["op0", "op1", "op2", "op3"]
        settle(work, 1)


def test_a_damaged_home_of_an_earlier_version_is_recovered(home: Path) -> None:
    with working(home) as work:
        command(work, 1)
        write(work, 1)
    engine = writing_engine(home / DATABASE)
    downgrade(engine, configuration(), "0001")
    engine.dispose()
    with recovered(home) as work:
        assert queued(work) == ["op1"]
        assert dirty(work) == {"d01"}


def _count_one(page: bytearray) -> None:
    page[3:5] = (1).to_bytes(2)


@pytest.mark.parametrize("backed_up", [False, True])
def test_a_page_that_counts_too_few_rows_loses_none(home: Path, backed_up: bool) -> None:  # noqa: FBT001
    with working(home) as work:
        for number in range(4):
            command(work, number)
            write(work, number)
    if backed_up:
        back_up_if_due(home, clock=CountedClock())
    for table in ("operation", "draft"):
        change(home, table, _count_one)
    with recovered(home) as work:
        assert queued(work) == ["op0", "op1", "op2", "op3"]
        assert dirty(work) == {"d00", "d01", "d02", "d03"}


def test_pages_that_a_table_no_longer_leads_to_lose_nothing(home: Path) -> None:
    with working(home) as work:
        for number in range(60):
            write(work, number, "chữ " * 200)
    back_up_if_due(home, clock=CountedClock())
    change(home, "draft", _count_one)
    note_damage(home)
    with closing(open_or_recover(home, clock=CountedClock())) as store, store.read() as work:
        assert dirty(work) == {f"d{number:02}" for number in range(60)}


def _nothing(page: bytearray) -> None:
    page[:] = bytes(SIZE)


def test_an_attachment_that_lies_in_the_home_outlives_its_row(home: Path) -> None:
    with working(home) as work:
        sha256 = work.blobs.add(b"a picture")
    (home / "blobs" / sha256[:2] / sha256[2:4] / "other").write_bytes(b"")
    change(home, "blob", _nothing)
    with recovered(home) as work:
        assert work.blobs.read(sha256) == b"a picture"
        assert work.blobs.unsent() == [(sha256, 9)]


def _newer(home: Path, copy: Path) -> None:
    """As a crash of a later version leaves a home: a column more, digests of another kind, all of it in the log."""
    copy.mkdir()
    with closing(pysqlite3.dbapi2.connect(str(home / DATABASE), isolation_level=None)) as connection:
        connection.execute("PRAGMA wal_autocheckpoint=0")
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.execute("ALTER TABLE draft ADD COLUMN extra TEXT")
        connection.execute("UPDATE draft SET extra = 'new', digest = x'00112233445566778899aabbccddeeff'")
        for name in (DATABASE, f"{DATABASE}-wal"):
            shutil.copy(home / name, copy / name)


@pytest.mark.parametrize("met", ["at the start", "before", "in the log"])
def test_a_file_of_a_later_version_is_never_recovered_into_an_earlier_one(home: Path, tmp_path: Path, met: str) -> None:
    with working(home) as work:
        write(work, 1)
    copy = tmp_path / "copy"
    _newer(home, copy)
    if met == "before":
        (copy / "damaged").touch()
    if met == "in the log":
        log = bytearray((copy / f"{DATABASE}-wal").read_bytes())
        log[20] ^= 1
        (copy / f"{DATABASE}-wal").write_bytes(log)
    before = [(copy / name).read_bytes() for name in (DATABASE, f"{DATABASE}-wal")]
    for _ in range(2):
        with pytest.raises(NewerStore):
            open_or_recover(copy, clock=CountedClock())
    assert [(copy / name).read_bytes() for name in (DATABASE, f"{DATABASE}-wal")] == before
    if met == "at the start":
        with pytest.raises(NewerStore):
            note_damage(copy)
        assert not (copy / "damaged").exists()


def test_a_damaged_side_draft_is_no_entry_and_has_no_card(home: Path) -> None:
    """Its text stands in the home as the working copy that it was taken from."""
    text = Content("article", "vi", {"title": "zzzzzz"}, {}, ())
    with working(home) as work:
        stamp = Stamp(OpId("op0"), work.queue.next_seq(), AT)
        work.queue.add(side(stamp, "a-side-draft", EntryId("d01"), text, base=None), at=AT)
        write(work, 1)

    def spoil(page: bytearray) -> None:
        at = page.index(b"zzzzzz")
        page[at : at + 6] = b"zzyzzz"

    change(home, "operation", spoil)
    with recovered(home) as work:
        assert (queued(work), dirty(work)) == ([], {"d01"})
        assert list(work.cards.open()) == []
