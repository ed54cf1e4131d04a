"""The words of a query, and where a text shows them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server_stub.core.fold import fold
from server_stub.site.found import MAX_QUERY, asked, bare, marked, snippet, words_of


def shown(pieces: tuple[tuple[str, bool], ...]) -> str:
    return "".join(f"[{text}]" if hit else text for text, hit in pieces)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("  Lễ\t hội\n", "Lễ hội"), ("a\x00b\u200bc", "a b c"), ("e\u0302\u0301", "ế"), ("x" * 5000, "x" * MAX_QUERY)],
)
def test_a_query_is_repeated_as_one_plain_line(typed: str, kept: str) -> None:
    assert asked(typed) == kept


@given(st.text())
def test_a_repeated_query_holds_no_control_character_and_is_stable(typed: str) -> None:
    kept = asked(typed)
    assert not [char for char in kept if unicodedata.category(char) in ("Cc", "Cs", "Cf")]
    assert asked(kept) == kept


def test_words_are_folded_and_each_counts_once() -> None:
    assert words_of("Số 17/2011/QĐ-UBND số") == ("so", "17", "2011", "qd", "ubnd")


def test_whole_words_are_marked_whatever_their_marks() -> None:
    assert shown(marked("Nông sản, sáng nay: NÔNG SẢN", ("nong", "san"))) == "[Nông] [sản], sáng nay: [NÔNG] [SẢN]"
    assert shown(marked("Đường đê", ("duong",))) == "[Đường] đê"
    assert marked("Không có", ()) == (("Không có", False),)


@given(st.text(), st.text())
def test_marking_loses_no_letter(text: str, query: str) -> None:
    assert "".join(piece for piece, _ in marked(text, words_of(query))) == text


@given(st.text())
def test_bare_letters_stay_in_their_places(text: str) -> None:
    assert len(bare(text)) == len(text)


@given(
    st.text(
        "aáàảãạăắằẳẵặâấầẩẫậbcdđeéèẻẽẹêếềểễệghiíìỉĩịklmnoóòỏõọôốồổỗộơớờởỡợpqrstuúùủũụưứừửữựvxyýỳỷỹỵ AẤĐỶ09", min_size=1
    )
)
def test_bare_letters_are_those_that_the_search_compares(text: str) -> None:
    assert " ".join(bare(text).split()) == fold(text)


def test_a_snippet_shows_the_words_where_they_stand_together() -> None:
    body = f"<p>{'đầu ' * 60}sản lượng {'giữa ' * 60}nông sản sạch {'cuối ' * 60}</p>"
    text = shown(snippet({"html": {"body": body}}, ("nong", "san")))
    assert text.startswith("… giữa")
    assert "[nông] [sản] sạch cuối" in text
    assert text.endswith("cuối …")


def test_a_snippet_without_a_hit_is_the_beginning() -> None:
    assert shown(snippet({"html": {"body": "<p>Một <b>hai</b></p>"}}, ("ba",))) == "Một hai"
    assert snippet({"html": {}}, ("ba",)) == ()
