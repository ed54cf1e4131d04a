"""What no port hands out again is kept all the same: payloads of settled operations, closed cards, unknown changes, signatures."""

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.digest import canonical
from desktop.domain.errors import Rule
from desktop.domain.ids import EntryId, OpId, Rid
from desktop.store import open_store
from desktop.store.transactions import SqlStore
from tests.contract.store.values import LATER, NOW, operation, revision, shown
from tests.support.offices import CountedClock


@pytest.fixture
def store() -> Iterator[SqlStore]:
    with closing(open_store(None, clock=CountedClock())) as opened:
        yield opened


def _all(store: SqlStore, query: str) -> list[tuple[Any, ...]]:
    with store._writer.connect() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(query)]


def test_payloads_are_stored_as_their_canonical_bytes(store: SqlStore) -> None:
    first, second = operation("o-1", 1), operation("o-2", 2)
    with store.write() as work:
        work.queue.add(first, at=NOW)
        work.queue.add(second, at=NOW)
    assert _all(store, "SELECT payload FROM operation") == [(canonical(dict(op.payload)),) for op in (first, second)]
    with store.write() as work:
        work.queue.mark_sent([OpId("o-1")])
        work.queue.settle(OpId("o-1"), outcome="forbidden", answer={}, at=LATER)
        work.queue.withdraw(OpId("o-2"), at=LATER)
    columns = "op_id, payload, attempts, queued_at, outcome, settled_at"
    assert _all(store, f"SELECT {columns} FROM settled ORDER BY local_no") == [  # noqa: S608
        ("o-1", canonical(dict(first.payload)), 1, NOW, "forbidden", LATER),
        ("o-2", canonical(dict(second.payload)), 0, NOW, "withdrawn", LATER),
    ]


def test_a_revision_is_stored_as_the_bytes_that_are_hashed_with_room_for_a_signature(store: SqlStore) -> None:
    made = revision("r1")
    with store.write() as work:
        work.revisions.put(made)
    assert _all(store, "SELECT content, signature FROM revision") == [(canonical(made.content.as_json()), None)]
    with store.write() as work:
        told = work.revisions.get(Rid("r1"))
    assert told is not None
    assert told.content.hash == made.content.hash


def test_a_closed_card_stays(store: SqlStore) -> None:
    with store.write() as work:
        work.cards.add(EntryId("e"), op_id=None, name="put", outcome="gone", rule=Rule("gone"), pointers=(), at=NOW)
        work.cards.close(1, at=LATER)
        work.cards.close(1, at=NOW)
    assert _all(store, "SELECT outcome, created, closed FROM card") == [("gone", NOW, LATER)]


def test_an_unknown_change_stays(store: SqlStore) -> None:
    with store.write() as work:
        work.feed.keep_unknown({"type": "Later"})
    assert _all(store, "SELECT change FROM unknown_change") == [(b'{"type":"Later"}',)]


ACTS = st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["mot", "hai", "ba", None])), max_size=20)


@given(acts=ACTS)
def test_the_search_index_follows_the_rows(acts: list[tuple[int, str | None]]) -> None:
    words: dict[str, str] = {}
    with closing(open_store(None, clock=CountedClock())) as store:
        with store.write() as work:
            for number, word in acts:
                entry_id = f"e-{number}"
                if word is None:
                    work.lists.hide(EntryId(entry_id))
                    words.pop(entry_id, None)
                else:
                    work.lists.show(shown(entry_id, title="x"), text=word)
                    words[entry_id] = word
        for word in ("mot", "hai", "ba"):
            query = "SELECT entry_id FROM shown_text JOIN shown ON no = shown_text.rowid WHERE shown_text MATCH "
            found = {row[0] for row in _all(store, f"{query} '{word}'")}
            assert found == {entry_id for entry_id, held in words.items() if held == word}
        assert _all(store, "SELECT count(*) FROM shown_text_docsize") == [(len(words),)]
