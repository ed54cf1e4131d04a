"""Statements that the driver runs by itself give what SQLAlchemy gives."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import event

from desktop.application.records import ListQuery
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
