"""A slice of the matrix in every run of the tests, and proof that the matrix notices a portal that decides otherwise."""

import copy
from pathlib import Path
from typing import Any

import pytest

from tests.matrix.endpoints import OPENAPI, unlisted
from tests.matrix.plan import PROFILE, cells
from tests.matrix.run import holes, run
from tests.matrix.table import expected

SLICE = 61  # has no factor in common with the cells' own periods, so every member of a cell is met


def test_every_cell_has_an_expected_answer() -> None:
    assert {expected(cell).outcome for cell in cells()} == {
        "applied", "forbidden", "gone", "invalid", "invalid_state", "missing_blob", "stale_revision", "conflict", "unsupported",
    }  # fmt: skip


def test_a_slice_of_the_matrix(tmp_path: Path) -> None:
    house = run(tmp_path, stride=SLICE)
    assert house.faults == []


def test_a_portal_that_lets_contributors_verify_is_noticed(tmp_path: Path) -> None:
    profile: dict[str, Any] = copy.deepcopy(PROFILE)
    profile["workflow"]["steps"][1]["roles"].append("ctv")
    gate = [cell for cell in cells() if (cell.op, cell.state, cell.variant) == ("approve", "waiting-verify", "good")]
    faults = run(tmp_path, profile=profile, among=gate).faults
    assert any(fault.startswith("approve · ctv") and "applied" in fault for fault in faults)
    assert any(fault.startswith("feed of ctv") for fault in faults)


def test_what_the_tables_do_not_know_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    profile: dict[str, Any] = copy.deepcopy(PROFILE)
    assert holes(profile) + unlisted() == []
    profile["roles"].append({"id": "thuky"})
    profile["workflow"]["commands"]["archive"] = {}
    profile["workflow"]["steps"].insert(2, {"id": "so_khao"})
    assert [fault.split()[1] for fault in holes(profile)] == ["thuky", "archive", "archive", "so_khao", "state"]
    monkeypatch.setitem(OPENAPI["paths"], "/v1/everything", {"delete": {}})
    assert unlisted() == ["DELETE /v1/everything has no row in tests/matrix/endpoints.py"]
