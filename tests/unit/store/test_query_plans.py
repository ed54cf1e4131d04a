"""Lists stay fast with a hundred thousand rows because SQLite answers them from an index; its own plan says whether it does."""

from collections.abc import Iterator
from contextlib import closing

import pytest
from sqlalchemy import event

from desktop.application.records import ListQuery
from desktop.domain.ids import EntryId
from desktop.store import open_store, searching
from desktop.store.transactions import SqlStore
from tests.contract.store.values import ME, entry, revision
from tests.support.offices import CountedClock

INDEX = {
    "drafts": "ix_shown_phase",
    "returned": "ix_shown_phase",
    "submitted": "ix_shown_phase",
    "published": "ix_shown_owner_public",
    "public": "ix_shown_public",
    "step:xac_thuc": "ix_shown_phase",
    "kind:article": "ix_shown_kind",
    "conflicts": "ix_shown_conflict",
    "cards": "ix_shown_card",
    "all": "ix_shown_newest",
    "discarded": "ix_shown_phase",
}


@pytest.fixture
def store() -> Iterator[SqlStore]:
    with closing(open_store(None, clock=CountedClock())) as opened:
        yield opened


class Plans:
    """Collects SQLite's plan for every SELECT that the store sends."""

    def __init__(self, store: SqlStore) -> None:
        self.steps: list[str] = []
        event.listen(store._writer, "before_cursor_execute", self._before)

    def _before(self, _connection: object, cursor: object, statement: str, parameters: object, *_: object) -> None:
        if statement.startswith("SELECT"):
            driver = cursor.connection  # type: ignore[attr-defined]
            plan = driver.execute(f"EXPLAIN QUERY PLAN {statement}", parameters).fetchall()
            self.steps += [row[3] for row in plan]


@pytest.mark.parametrize("box", INDEX)
def test_a_box_is_read_from_its_index(store: SqlStore, box: str) -> None:
    plans = Plans(store)
    with store.read() as work:
        work.lists.rows(ListQuery(box), me=ME)
    assert any(f"shown USING INDEX {INDEX[box]}" in step for step in plans.steps), plans.steps
    assert "SCAN shown" not in plans.steps


@pytest.mark.parametrize("box", ["all", "public", "step:xac_thuc", "kind:article"])
def test_the_newest_rows_need_no_sorting(store: SqlStore, box: str) -> None:
    plans = Plans(store)
    with store.read() as work:
        work.lists.rows(ListQuery(box), me=ME)
    assert not [step for step in plans.steps if "TEMP B-TREE" in step]


@pytest.mark.parametrize("by_date", [False, True])
def test_a_search_in_a_long_list_reads_the_search_index_in_its_own_order(
    store: SqlStore, monkeypatch: pytest.MonkeyPatch, *, by_date: bool
) -> None:
    monkeypatch.setattr(searching, "_FEW", -1)
    plans = Plans(store)
    with store.read() as work:
        work.lists.rows(ListQuery(text="duong", by_date=by_date), me=ME)
    found = plans.steps[plans.steps.index(next(step for step in plans.steps if "VIRTUAL TABLE" in step)) :]
    assert found[0].startswith("SCAN shown_text VIRTUAL TABLE INDEX")
    assert "SCAN shown" not in found
    assert not [step for step in found if "TEMP B-TREE" in step]


def test_the_rest_of_a_home_is_looked_up_too(store: SqlStore) -> None:
    plans = Plans(store)
    with store.read() as work:
        work.entries.without_body(100)
        work.cards.of(EntryId("e-1"))
        work.blobs.unsent()
        work.queue.waiting(50)
        work.revisions.of(EntryId("e-1"))
    looked_up = [step for step in plans.steps if "INDEX" in step or "INTEGER PRIMARY KEY" in step]
    assert [step for step in plans.steps if step not in looked_up and "SCAN" in step] == ["SCAN operation"]
    assert "SCAN entry USING INDEX ix_entry_body_missing" in looked_up
    assert "SCAN blob USING INDEX ix_blob_unsent" in looked_up


def test_a_text_is_written_before_the_entry_that_names_it(store: SqlStore) -> None:
    """Else SQLite, whose check of that name waits for the end, looks through every entry for each text that comes."""
    written: list[str] = []

    def hear(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        written.extend(name for name in ("revision", "entry") if statement.startswith(f"INSERT INTO {name} "))

    event.listen(store._writer, "before_cursor_execute", hear)
    with store.write() as work:
        work.entries.put(entry("e-1", body_rid="r1"))
        work.revisions.put(revision("r1"))
    assert written == ["revision", "entry"]
