"""Search text: folding, and queries that FTS5 always understands."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pysqlite3 import dbapi2 as sqlite3

from desktop.domain.fold import fold, match_query


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đường Trần Hưng Đạo", "duong tran hung dao"),
        ("ỦY BAN NHÂN DÂN", "uy ban nhan dan"),
        ("Uỷ ban nhân dân", "uy ban nhan dan"),
        ("ẫ ệ ữ ở ỹ ặ", "a e u o y a"),
        ("17/2011/QĐ-UBND", "17/2011/qd-ubnd"),
        ("Straße, café, Ångström", "straße, cafe, angstrom"),
        ("", ""),
    ],
)
def test_marks_and_d_go(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(("old", "new"), [("hoà", "hòa"), ("thuý", "thúy"), ("uỷ", "ủy"), ("khoẻ", "khỏe")])
def test_the_place_of_a_tone_mark_is_no_matter(old: str, new: str) -> None:
    assert match_query(old) == match_query(new)


@given(st.text())
def test_composed_and_decomposed_text_fold_alike(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@given(st.text())
def test_folded_text_holds_no_mark_and_stays(text: str) -> None:
    folded = fold(text)
    assert not any(unicodedata.combining(char) for char in folded)
    assert fold(folded) == folded


def test_every_word_is_quoted_and_the_last_is_a_prefix() -> None:
    assert match_query("Đất đai  phường tân ph") == '"dat" "dai" "phuong" "tan" "ph"*'
    assert match_query("17/2011/QĐ-UBND") == '"17 2011 qd ubnd"*'
    assert match_query('OR "NEAR(a b)" -c col:x *') == '"or" "near a" "b" "c" "col x"*'


@pytest.mark.parametrize("text", ["", "   ", '"', "***", '" - ( ) :', "_"])
def test_nothing_to_search_is_no_query(text: str) -> None:
    assert match_query(text) == ""


@pytest.fixture(scope="module")
def index() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE found USING fts5(text)")
    for text in ("Quyết định 17/2011/QĐ-UBND về Cổng", "Đường Trần Hưng Đạo", "Ủy ban nhân dân"):
        connection.execute("INSERT INTO found VALUES (?)", (fold(text),))
    return connection


@given(st.text(max_size=60))
def test_fts5_understands_every_query(index: sqlite3.Connection, text: str) -> None:
    query = match_query(text.encode("utf-8", "ignore").decode())
    if query:
        index.execute("SELECT rowid FROM found WHERE found MATCH ?", (query,)).fetchall()


@pytest.mark.parametrize(
    ("typed", "row"), [("17/2011/qđ", 1), ("cong 17", 1), ("duong tran", 2), ("HƯNG ĐẠO", 2), ("uỷ ban", 3)]
)
def test_what_people_type_is_found(index: sqlite3.Connection, typed: str, row: int) -> None:
    assert index.execute("SELECT rowid FROM found WHERE found MATCH ?", (match_query(typed),)).fetchall() == [(row,)]


def test_long_pastes_are_cut() -> None:
    assert len(match_query("a " * 500).split()) == 32
