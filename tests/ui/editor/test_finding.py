"""Finding without tone marks, offsets beyond U+FFFF, and what Enter begins; no Qt."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.editor.text.commands import Selection
from desktop.editor.text.lists import next_start, outdented
from desktop.editor.widgets.editing_commands import picture
from desktop.editor.widgets.finding import find_all
from desktop.editor.widgets.offsets import from_qt, to_qt

VIETNAMESE = st.text(alphabet="aâăàầằậđĐDưựườơ ỆỮẪ.🎉İﬁ\u0301\u0323\n", max_size=30)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("duong", ["đường", "Đường"]),
        ("đường", ["đường", "Đường"]),
        ("ĐƯỜNG", ["đường", "Đường"]),
        ("tam", ["tâm"]),
        ("", []),
        ("không có", []),
    ],
)
def test_marks_and_case_are_optional(wanted: str, found: list[str]) -> None:
    text = "Con đường đến trung tâm. Đường lớn."
    assert [text[start:end] for start, end in find_all(text, wanted)] == found


def test_marks_can_be_demanded() -> None:
    text = "tam, tâm, TÂM"
    assert [text[start:end] for start, end in find_all(text, "tâm", exact_marks=True)] == ["tâm", "TÂM"]


def test_finds_do_not_overlap() -> None:
    assert find_all("aaaa", "aa") == [(0, 2), (2, 4)]


def test_loose_marks_and_emoji_do_not_shift_the_finds() -> None:
    text = "🎉 " + unicodedata.normalize("NFD", "đường lối") + " và đường"
    assert [unicodedata.normalize("NFC", text[a:b]) for a, b in find_all(text, "duong")] == ["đường", "đường"]


@given(VIETNAMESE, VIETNAMESE)
def test_what_is_found_is_what_was_wanted(text: str, wanted: str) -> None:
    for start, end in find_all(text, wanted):
        assert 0 <= start <= end <= len(text)
    if wanted.strip() and "\u0301" not in wanted and "\u0323" not in wanted:
        assert len(find_all(text + wanted, wanted)) >= 1


@given(VIETNAMESE)
def test_offsets_come_back(text: str) -> None:
    for at in range(len(text) + 1):
        assert from_qt(text, to_qt(text, at)) == at
    assert to_qt(text, len(text)) == len(text.encode("utf-16-le")) // 2


@pytest.mark.parametrize(
    ("line", "start"),
    [
        ("- một", "- "),
        ("  * hai", "  * "),
        ("99. x", "100. "),
        ("> > trích", "> > "),
        ("chữ", ""),
        ("", ""),
        ("-", ""),
        ("2011. Năm", ""),
        ("- ", None),
        ("> ", None),
    ],
)
def test_what_the_next_line_begins_with(line: str, start: str | None) -> None:
    assert next_start(line) == start


def test_an_item_moves_out_a_step_at_a_time() -> None:
    assert outdented("    - x") == "  - x"
    assert outdented(" - x") == "- x"
    assert outdented("- x") == "- x"


def test_a_picture_description_cannot_break_out() -> None:
    made = picture("", Selection(0, 0), sha256="a" * 64, alt="x](javascript:1)\n![y")
    assert made.text == f"![x\\](javascript:1) !\\[y](/_blob/{'a' * 64})\n"
