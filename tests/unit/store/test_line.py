"""Statements that the driver runs by itself give what SQLAlchemy gives; what is not durable is not flushed."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection, event

from desktop.application.records import ListQuery
from desktop.domain.errors import Bug
from desktop.domain.ids import EntryId
from desktop.store import open_store
from desktop.store.transactions import SqlStore
from tests.contract.store.values import ME, NOW, entry, operation, revision, shown
from tests.support.offices import CountedClock


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    with closing(open_store(tmp_path / "home", clock=CountedClock())) as opened:
        yield opened


def _told(store: SqlStore) -> list[object]:
    """What the repositories give back in a transaction that has also written."""
    with store.write() as work:
        work.revisions.put(revision("r1"))
        work.entries.put(entry("e-1", body_rid="r1"))
        work.queue.add(operation("o-1", work.queue.next_seq()), at=NOW)
        work.feed.set_value("cursor", "c")
        work.lists.show(shown("e-1"), text="chữ")
        known = EntryId("e-1")
        return [
            work.revisions.of(known), work.entries.get(known), work.queue.all(), work.queue.count(), work.feed.value("cursor"),
            work.lists.rows(ListQuery("all"), me=ME), work.lists.rows(ListQuery(text="chu"), me=ME),
            work.lists.counts(["all", "public"], me=ME), work.lists.count(ListQuery(text="chu"), me=ME),
        ]  # fmt: skip


def test_the_driver_alone_gives_what_sqlalchemy_gives(store: SqlStore, tmp_path: Path) -> None:
    heard: list[str] = []
    with closing(open_store(tmp_path / "other", clock=CountedClock())) as other:

        def hear(_connection: object, _cursor: object, statement: str, *_: object) -> None:
            heard.append(statement)

        event.listen(other._writer, "before_cursor_execute", hear)
        assert _told(other) == _told(store)
    assert len(heard) > 10


def _synchronous(store: SqlStore) -> int:
    with store._writer.connect() as connection:
        return int(connection.exec_driver_sql("PRAGMA synchronous").scalar_one())


def test_only_what_says_so_is_not_flushed_and_that_ends_with_its_transaction(store: SqlStore) -> None:
    full, normal = 2, 1
    met: list[Connection] = []
    event.listen(store._writer, "begin", met.append)
    for durable in (True, False):
        with store.write(durable=durable) as work:
            driver = met[-1].connection.driver_connection
            assert driver is not None
            assert driver.execute("PRAGMA synchronous").fetchone() == ((full if durable else normal),)
            work.feed.set_value("cursor", "c")
        assert _synchronous(store) == full
    with pytest.raises(Bug), store.write(durable=False):
        raise Bug("in the middle of it")
    assert _synchronous(store) == full
