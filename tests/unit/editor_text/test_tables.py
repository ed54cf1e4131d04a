"""Tables while they are written."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.editor.text import tables
from desktop.editor.text.commands import Edited
from desktop.editor.text.rows import cells, is_table

TABLE = "| a | b |\n|---|:-:|\n| c | d |"
A, B, C, D = (TABLE.index(letter) for letter in "abcd")


def chosen(edited: Edited) -> str:
    return edited.text[edited.selection.start : edited.selection.end]


def test_from_cell_to_cell_and_back() -> None:
    assert [chosen(tables.next_cell(TABLE, caret)) for caret in (A, B, C)] == ["b", "c", "d"]
    assert [chosen(tables.next_cell(TABLE, caret, back=True)) for caret in (A, B, C, D)] == ["a", "a", "b", "c"]


def test_a_new_row_begins_behind_the_last_cell() -> None:
    edited = tables.next_cell(TABLE, D)
    assert edited.text == TABLE + "\n|  |  |"
    assert edited.selection.start == len(TABLE) + 3


def test_a_cell_that_a_row_lacks_is_made() -> None:
    edited = tables.next_cell("| a | b |\n|---|---|\n| c |", 22)
    assert edited.text.endswith("\n| c |  |")


@pytest.mark.parametrize(
    ("change", "caret", "text"),
    [
        (tables.add_row, A, "| a | b |\n|---|:-:|\n|  |  |\n| c | d |"),
        (tables.add_row, C, TABLE + "\n|  |  |"),
        (tables.remove_row, C, "| a | b |\n|---|:-:|"),
        (tables.remove_row, A, TABLE),
        (tables.add_column, A, "| a |  | b |\n| --- | --- | :-: |\n| c |  | d |"),
        (tables.remove_column, D, "| a |\n| --- |\n| c |"),
    ],
)
def test_rows_and_columns(change: Callable[[str, int], Edited], caret: int, text: str) -> None:
    assert change(TABLE, caret).text == text


def test_the_last_column_stays() -> None:
    assert tables.remove_column("| a |\n|---|", 2).text == "| a |\n|---|"


def test_alignment_goes_on_and_off() -> None:
    right = tables.align(TABLE, C, "right")
    assert right.text.split("\n")[1] == "| --: | :-: |"
    assert chosen(right) == "c"
    assert tables.align(TABLE, D, "center").text.split("\n")[1] == "| --- | --- |"


@given(
    st.integers(0, len(TABLE)),
    st.sampled_from([tables.next_cell, tables.add_row, tables.remove_row, tables.add_column]),
)
def test_a_table_stays_a_table(caret: int, change: Callable[[str, int], Edited]) -> None:
    edited = change(TABLE, caret)
    lines = edited.text.split("\n")
    assert is_table(lines)
    assert len({len(cells(line)) for line in lines}) == 1
    assert 0 <= edited.selection.start <= edited.selection.end <= len(edited.text)
