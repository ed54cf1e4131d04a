"""What each box holds, in which order, and what is found by typing."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.application.ports import Store, Work
from desktop.application.records import Draft, ListQuery
from desktop.domain.entry import Phase
from desktop.domain.errors import NotFound
from desktop.domain.ids import EntryId
from tests.contract.store.values import ME, OTHER, shown

ROWS = [
    shown("01 my draft"),
    shown("02 assigned draft", owner=OTHER, assignee=ME),
    shown("03 other draft", owner=OTHER),
    shown("04 came back", returned=True),
    shown("05 came back to me who sent it", owner=OTHER, submitter=ME, returned=True),
    shown("06 waits, mine", phase=Phase.WAITING, step="xac_thuc", waiting=True),
    shown("07 waits, I sent it", phase=Phase.WAITING, step="dang_tai", owner=OTHER, submitter=ME),
    shown("08 waits, not mine", phase=Phase.WAITING, step="xac_thuc", owner=OTHER, urgent=True),
    shown("09 public", phase=Phase.PUBLISHED, public=True),
    shown("10 public, being revised", public=True),
    shown("11 public, not mine", phase=Phase.PUBLISHED, owner=OTHER, public=True),
    shown("12 taken down", phase=Phase.UNPUBLISHED),
    shown("13 conflict", conflict=True),
    shown("14 card", card=True, owner=OTHER),
    shown("15 discarded", phase=Phase.DISCARDED),
    shown("16 discarded with card", phase=Phase.DISCARDED, card=True),
    shown("17 out of sight", in_scope=False),
    shown("18 out of sight, waits", in_scope=False, waiting=True),
    shown("19 out of sight, card", in_scope=False, card=True),
    shown("20 out of sight, draft here", in_scope=False),
]
BOXES = {
    "drafts": {"01", "02", "10", "13", "18", "19", "20"},
    "returned": {"04", "05"},
    "submitted": {"06", "07"},
    "published": {"09", "10"},
    "public": {"09", "10", "11"},
    "step:xac_thuc": {"06", "08"},
    "step:dang_tai": {"07"},
    "step:nothing": set(),
    "kind:article": {f"{number:02}" for number in (*range(1, 15), 18, 19, 20)},
    "kind:legal-document": set(),
    "conflicts": {"13"},
    "cards": {"14", "16", "19"},
    "all": {f"{number:02}" for number in (*range(1, 15), 18, 19, 20)},
    "discarded": {"15", "16"},
}


@pytest.fixture
def filled(store: Store) -> Store:
    with store.write() as work:
        for row in ROWS:
            work.lists.show(row, text="")
        work.drafts.put(Draft(EntryId("20 out of sight, draft here"), "article", "vi", {}))
    return store


@pytest.mark.parametrize("box", BOXES)
def test_a_box_holds_its_rows_newest_first(filled: Store, box: str) -> None:
    with filled.read() as work:
        rows = work.lists.rows(ListQuery(box), me=ME)
        assert [row.entry_id[:2] for row in rows] == sorted(BOXES[box], reverse=True)
        assert work.lists.count(ListQuery(box), me=ME) == len(BOXES[box])


def test_all_counts_at_once(filled: Store) -> None:
    with filled.read() as work:
        assert work.lists.counts(list(BOXES), me=ME) == {box: len(rows) for box, rows in BOXES.items()}
        assert work.lists.counts([], me=ME) == {}


@pytest.mark.parametrize("box", ["", "Drafts", "step", "step:", "kind:", "all:x", "'; DROP TABLE shown"])
def test_there_is_no_other_box(filled: Store, box: str) -> None:
    with pytest.raises(NotFound), filled.read() as work:
        work.lists.rows(ListQuery(box), me=ME)
    with pytest.raises(NotFound), filled.read() as work:
        work.lists.counts([box], me=ME)


def test_a_value_in_a_box_is_only_a_value(filled: Store) -> None:
    with filled.read() as work:
        assert work.lists.rows(ListQuery("step:x' OR 1=1 --"), me=ME) == []


def test_rows_come_back_identical(filled: Store) -> None:
    with filled.read() as work:
        assert {row.entry_id: row for row in work.lists.rows(ListQuery("all"), me=ME)} == {
            row.entry_id: row for row in ROWS if row.entry_id[:2] in BOXES["all"]
        }


def test_pages_kinds_and_urgency(filled: Store) -> None:
    with filled.read() as work:
        whole = work.lists.rows(ListQuery("all"), me=ME)
        assert work.lists.rows(ListQuery("all", limit=3, offset=2), me=ME) == whole[2:5]
        assert work.lists.rows(ListQuery("all", offset=100), me=ME) == []
        assert [row.entry_id[:2] for row in work.lists.rows(ListQuery("all", urgent=True), me=ME)] == ["08"]
        assert work.lists.rows(ListQuery("all", kind="legal-document"), me=ME) == []
        assert work.lists.count(ListQuery("all", kind="article", limit=3), me=ME) == len(whole)


def test_a_row_is_replaced_and_hidden(store: Store) -> None:
    with store.write() as work:
        work.lists.show(shown("e-1"), text="sông nước")
        work.lists.show(shown("e-1", title="Cầu mới"), text="núi rừng")
        assert [row.title for row in work.lists.rows(ListQuery(), me=ME)] == ["Cầu mới"]
        assert _found(work, "song") == []
        assert _found(work, "nui") == ["e-1"]
        work.lists.hide(EntryId("e-1"))
        work.lists.hide(EntryId("e-1"))
        assert work.lists.count(ListQuery(), me=ME) == 0
        assert _found(work, "nui") == []
        work.lists.show(shown("e-2", title="Khác"), text="")
        assert _found(work, "nui") == []


def test_a_row_that_changes_without_its_text_stays_found(store: Store) -> None:
    with store.write() as work:
        work.lists.show(shown("e-1"), text="sông nước")
        work.lists.show(replace(shown("e-1"), updated="2027"), text="sông nước")
        assert _found(work, "song nuoc") == ["e-1"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("đường", {"e-road", "e-body"}),
        ("duong", {"e-road", "e-body"}),
        ("DUONG LANG", {"e-road"}),
        ("lang duong", {"e-road"}),
        ("du\u031bo\u031b\u0300ng", {"e-road", "e-body"}),
        ("dươ", {"e-road", "e-body"}),
        ("uong", set()),
        ("17/2011/QĐ-UBND", {"e-law"}),
        ("17/2011/qd", {"e-law"}),
        ("2011 17/2011", {"e-law"}),
        ("quyet dinh dau", {"e-law"}),
        ("duong khong co", set()),
        ("1.268", {"e-body"}),
    ],
)
def test_words_are_found_with_or_without_marks_the_last_by_its_beginning(
    store: Store, typed: str, found: set[str]
) -> None:
    with store.write() as work:
        work.lists.show(shown("e-road", title="Đường làng"), text="mùa nước nổi")
        work.lists.show(shown("e-body", title="Tin vắn"), text="1.268 mét đường đã xong")
        work.lists.show(shown("e-law", title="Quyết định", key="17/2011/QĐ-UBND"), text="Điều 1. Đấu thầu")
        assert set(_found(work, typed)) == found
        assert work.lists.count(ListQuery(text=typed), me=ME) == len(found)


def test_a_word_of_the_title_ranks_before_one_of_the_number_and_that_before_one_of_the_text(store: Store) -> None:
    with store.write() as work:
        work.lists.show(shown("e-1", title="Đường làng", key="1/2011"), text="mùa nước nổi")
        work.lists.show(shown("e-2", title="Mùa nước", key="1/đường"), text="nổi làng 2011")
        work.lists.show(shown("e-3", title="Mùa nước", key="1/2011"), text="nổi làng đường")
        assert _found(work, "duong") == ["e-1", "e-2", "e-3"]


def test_by_date_what_was_dated_last_comes_first_wherever_the_word_stands(store: Store) -> None:
    with store.write() as work:
        work.lists.show(replace(shown("e-1", title="Đường làng"), updated="2026-01"), text="")
        work.lists.show(replace(shown("e-2", title="Tin"), updated="2026-02"), text="đường")
        work.lists.show(replace(shown("e-3", title="Tin"), updated="2026-03"), text="đường")
    with store.write() as work:
        work.lists.show(replace(shown("e-2", title="Tin"), updated="2026-04"), text="đường")
    with store.read() as work:
        by_date = work.lists.rows(ListQuery(text="duong", by_date=True), me=ME)
        assert [row.entry_id for row in by_date] == ["e-2", "e-3", "e-1"]
        assert [row.entry_id for row in work.lists.rows(ListQuery(text="duong"), me=ME)] == ["e-1", "e-2", "e-3"]
        assert [row.entry_id for row in work.lists.rows(ListQuery(text="duong", limit=1, offset=1), me=ME)] == ["e-2"]


def test_a_search_stays_in_its_box(filled: Store) -> None:
    with filled.read() as work:
        rows = work.lists.rows(ListQuery("conflicts", "duong lang"), me=ME)
        assert [row.entry_id[:2] for row in rows] == ["13"]
        assert work.lists.count(ListQuery("all", "duong", urgent=True), me=ME) == 1


@pytest.mark.parametrize("typed", ["", "  ", "*", '"', "-", "()", "…"])
def test_where_there_is_nothing_to_search_for_every_row_stays(filled: Store, typed: str) -> None:
    with filled.read() as work:
        assert work.lists.count(ListQuery("all", typed), me=ME) == len(BOXES["all"])


OPERATORS = st.sampled_from(
    ['"', "*", "AND", "OR", "NOT", "NEAR(", ")", "title:", "^", "-", "+", "{a b}:", "\x00", "'"]
)
# SQLite's tables and Python's differ on scripts younger than the former; nothing is written in them here.
LATIN = st.one_of(
    st.characters(max_codepoint=0x24F),
    st.characters(min_codepoint=0x1E00, max_codepoint=0x1EFF),
    st.sampled_from("–—“”…’"),
)
TYPED = st.lists(st.one_of(st.text(max_size=12), OPERATORS), max_size=6).map(" ".join)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(typed=TYPED)
def test_nothing_that_is_typed_is_an_error(filled: Store, typed: str) -> None:
    with filled.read() as work:
        rows = work.lists.rows(ListQuery("all", typed), me=ME)
        assert len(rows) == work.lists.count(ListQuery("all", typed), me=ME)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(title=st.text(LATIN, max_size=30))
def test_a_title_is_found_by_itself(store: Store, title: str) -> None:
    with store.write() as work:
        work.lists.show(shown("e-1", title=title), text="")
        assert _found(work, title) == ["e-1"]


def _found(work: Work, typed: str) -> list[str]:
    return [row.entry_id for row in work.lists.rows(ListQuery(text=typed), me=ME)]
