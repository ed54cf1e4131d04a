"""What a merge moves whole, and that taking a text apart loses nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.paragraphs import joined, split

BITS = st.sampled_from(
    ["a", "b ", "\n", "\n", "\n\n", "|", "\xa0", " ", "<div>", "</div>", "<!--", "-->", "```", "$$", "<table>"]
)
TEXTS = st.lists(BITS, max_size=16).map("".join)
DIALECTS = st.sampled_from(["prose", "legal"])


@given(TEXTS, DIALECTS)
def test_the_pieces_are_the_text(text: str, dialect: str) -> None:
    parts = split(text, dialect)
    assert "".join(parts.piece(at, at + 1) for at in range(len(parts.keys))) == text
    assert parts.piece(0, len(parts.keys)) == text


@given(TEXTS, DIALECTS)
def test_a_paragraph_has_neither_empty_start_nor_end(text: str, dialect: str) -> None:
    keys = split(text, dialect).keys
    assert all(key == "" or key.strip(" \t\xa0\n") for key in keys)
    assert "" not in keys or len(keys) == 1


@given(TEXTS, DIALECTS)
def test_a_piece_taken_out_is_the_same_paragraph(text: str, dialect: str) -> None:
    parts = split(text, dialect)
    for number, key in enumerate(parts.keys):
        assert [found.strip("\n") for found in split(parts.piece(number, number + 1), dialect).keys] == [
            key.strip("\n")
        ]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("", []),
        ("một\nhai\n\nba\n", ["một\nhai", "ba"]),
        ("\n\n  một\n \xa0\nhai", ["  một", "hai"]),
        ("| a | b |\n|---|---|\n| 1 | 2 |\n\nsau", ["| a | b |\n|---|---|\n| 1 | 2 |", "sau"]),
        ("<table>\n\n<tr></tr>\n\n</table>\n\nsau", ["<table>\n\n<tr></tr>\n\n</table>", "sau"]),
        ("<div>\n<div>\n\n</div>\n\nx</div>\n\nsau", ["<div>\n<div>\n\n</div>\n\nx</div>", "sau"]),
        ("$$\nx\n\ny\n$$\n\nsau", ["$$\nx\n\ny\n$$", "sau"]),
        ("<!-- một\n\nhai -->\n\nba", ["<!-- một\n\nhai -->", "ba"]),
        ("trước\n\n<div>\n\nkhông đóng\n\nhết", ["trước", "<div>\n\nkhông đóng\n\nhết"]),
        ("<so + tên>.gov.vn\n\nsau", ["<so + tên>.gov.vn", "sau"]),
    ],
)
def test_prose(text: str, keys: list[str]) -> None:
    assert split(text).keys == keys


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Điều 1.\n1. Một\n\na) Hai", ["Điều 1.", "1. Một", "a) Hai"]),
        ("Bảng\n| a | b |\n|---|---|\n| 1 | 2 |\nsau", ["Bảng", "| a | b |\n|---|---|\n| 1 | 2 |", "sau"]),
        ("| a |\n\n| b |", ["| a |", "| b |"]),
        ("<table>\n<tr></tr>\n\n</table>\nsau", ["<table>\n<tr></tr>\n\n</table>", "sau"]),
    ],
)
def test_law_is_read_by_the_line(text: str, keys: list[str]) -> None:
    assert split(text, "legal").keys == keys


def test_paragraphs_do_not_run_together() -> None:
    assert joined(["a", "", "b\n", "c\n\n", "d"]) == "a\n\nb\n\nc\n\nd"
    assert joined(["a", "b\n", "c"], "legal") == "a\nb\nc"
