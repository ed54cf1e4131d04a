"""A transaction is all or nothing, a reader sees one moment and cannot write, and threads wait for each other."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from desktop.application.ports import Store, Work
from desktop.domain.errors import BadContent, Bug, StorageProblem
from tests.contract.store.values import NOW, entry, operation


class CrashError(BaseException):
    """As a process that dies looks to the block it dies in."""


def _mark(work: Work, value: str) -> None:
    work.feed.set_value("mark", value)


def _marked(store: Store) -> str | None:
    with store.read() as work:
        return work.feed.value("mark")


def test_what_was_written_is_there_afterwards(store: Store) -> None:
    with store.write() as work:
        _mark(work, "a")
        assert work.feed.value("mark") == "a"
    assert _marked(store) == "a"


def _broken_off(store: Store, error: BaseException) -> None:
    with store.write() as work:
        _mark(work, "after")
        work.queue.add(operation("o1", work.queue.next_seq()), at=NOW)
        raise error


@pytest.mark.parametrize("error", [ValueError, OSError, StorageProblem, CrashError, KeyboardInterrupt])
def test_any_exception_leaves_nothing_behind_and_passes_as_it_is(store: Store, error: type[BaseException]) -> None:
    with store.write() as work:
        _mark(work, "before")
    raised = error("in the middle")
    with pytest.raises(error) as caught:
        _broken_off(store, raised)
    assert caught.value is raised
    assert _marked(store) == "before"
    with store.write() as work:
        assert work.queue.count() == 0
        assert work.queue.next_seq() == 1


def _with_a_text_that_is_not_there(store: Store) -> None:
    with store.write() as work:
        _mark(work, "after")
        work.entries.put(entry("e-1", body_rid="not-stored"))


def test_what_cannot_be_committed_is_a_bug_and_leaves_nothing_behind(store: Store) -> None:
    with pytest.raises(Bug):
        _with_a_text_that_is_not_there(store)
    assert _marked(store) is None
    with store.write() as work:
        _mark(work, "next")
    assert _marked(store) == "next"


def test_text_without_a_canonical_form_is_refused(store: Store) -> None:
    with pytest.raises(BadContent), store.write() as work:
        work.queue.add(operation("o1", 1, name="cafe\u0301"), at=NOW)
    with store.read() as work:
        assert work.queue.count() == 0


@pytest.mark.parametrize("value", ["\ud800", "a\ud800b"])
def test_text_that_no_column_holds_is_a_bug(store: Store, value: str) -> None:
    with pytest.raises(Bug), store.write() as work:
        _mark(work, value)
    assert _marked(store) is None


def test_a_reader_cannot_write(store: Store) -> None:
    with pytest.raises(Bug), store.read() as work:
        _mark(work, "sneaked in")
    with store.write() as work:
        assert work.feed.value("mark") is None
        _mark(work, "a writer can")


@pytest.mark.parametrize("outer", ["read", "write"])
@pytest.mark.parametrize("inner", ["read", "write"])
def test_a_transaction_inside_a_transaction_is_a_bug(store: Store, outer: str, inner: str) -> None:
    with pytest.raises(Bug), getattr(store, outer)(), getattr(store, inner)():
        pytest.fail("the inner transaction began")
    with store.write() as work:
        _mark(work, "the store goes on")
    assert _marked(store) == "the store goes on"


def test_a_reader_sees_one_moment(store: Store) -> None:
    with store.write() as work:
        _mark(work, "before")
    started = threading.Event()

    def change() -> None:
        started.set()
        with store.write() as work:
            _mark(work, "after")

    with ThreadPoolExecutor(1) as pool:
        with store.read() as work:
            assert work.feed.value("mark") == "before"
            changed = pool.submit(change)
            assert started.wait(30)
            assert work.feed.value("mark") == "before"
        changed.result(30)
    assert _marked(store) == "after"


def test_writers_in_several_threads_lose_nothing(store: Store) -> None:
    def count_up(_: int) -> int:
        with store.write() as work:
            number = int(work.feed.value("mark") or "0") + 1
            _mark(work, str(number))
            return work.queue.next_seq()

    with ThreadPoolExecutor(4) as pool:
        numbers = list(pool.map(count_up, range(40)))
    assert sorted(numbers) == list(range(1, 41))
    assert _marked(store) == "40"


def test_readers_and_writers_in_several_threads(store: Store) -> None:
    def write(number: int) -> None:
        with store.write() as work:
            work.feed.set_value("left", str(number))
            work.feed.set_value("right", str(number))

    def read(_: int) -> bool:
        with store.read() as work:
            return work.feed.value("left") == work.feed.value("right")

    with ThreadPoolExecutor(4) as pool:
        written = pool.map(write, range(30))
        whole = pool.map(read, range(60))
        assert all(whole)
        assert list(written) == [None] * 30


def test_a_closed_store_says_so(store: Store) -> None:
    store.close()
    store.close()
    with pytest.raises(Bug), store.read():
        pytest.fail("a closed store was read")
    with pytest.raises(Bug), store.write():
        pytest.fail("a closed store was written")
