"""Where the cells of a table's row stand."""

import pytest

from desktop.editor.text.rows import alignments, cells, is_divider, is_table


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("| a | b |", ["a", "b"]),
        ("a | b", ["a", "b"]),
        ("|a||c|", ["a", "", "c"]),
        ("| a | b ", ["a", "b"]),
        (r"| a \| b | c |", [r"a \| b", "c"]),
        ("| `a | b` | c |", ["`a | b`", "c"]),
        ("|   |   |", ["", ""]),
        ("| a |", ["a"]),
        ("a", ["a"]),
    ],
)
def test_cells(line: str, expected: list[str]) -> None:
    assert [line[cell.first : cell.last] for cell in cells(line)] == expected
    assert all(cell.start <= cell.first <= cell.last <= cell.end for cell in cells(line))


@pytest.mark.parametrize(
    ("line", "expected"),
    [("|---|:-:|", True), ("--- | ---:", True), ("---", False), ("| a |---|", False), ("|||", False)],
)
def test_divider(line: str, expected: bool) -> None:  # noqa: FBT001  a parameter
    assert is_divider(line) is expected


def test_alignments() -> None:
    assert alignments("|---|:--|:-:|--:|") == ("", "left", "center", "right")


def test_a_table_has_as_many_columns_below_its_head_as_in_it() -> None:
    assert is_table(["| a | b |", "|---|---|"])
    assert not is_table(["| a | b |", "|---|"])
    assert not is_table(["|---|---|"])
    assert not is_table(["a", "b | c"])
