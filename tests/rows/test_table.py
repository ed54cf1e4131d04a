"""The table of rows names tests that exist, and says so where a row that must be has none."""

import ast
from pathlib import Path

import pytest

from tests.rows import table
from tests.rows.table import Row, main, rows

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.code)
def test_what_a_row_names_exists(row: Row) -> None:
    assert row.tests or row.later or not row.must
    for test in row.tests:
        file, _, function = test.partition("::")
        tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
        made = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
        assert not function or function in made, f"{test} does not exist"


def test_a_row_without_a_test_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    made = [Row("Z1", ("none",), "nothing", "000", must=True), Row("Z2", ("none",), "nothing", "000", must=False)]
    monkeypatch.setattr(table, "rows", lambda: made)
    assert main(["none"]) == 1
    assert "2 rows, 1 that must be have no test, 0 not passed" in capsys.readouterr().out


def test_a_test_that_fails_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    made = [
        Row("Z1", ("none",), "nothing", "000", must=True, tests=("tests/rows/test_table.py::test_that_is_not_here",))
    ]
    monkeypatch.setattr(table, "rows", lambda: made)
    assert main(["Z1", "--run"]) == 1
    assert "1 not passed" in capsys.readouterr().out
