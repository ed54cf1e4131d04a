"""The catalogue of scenarios names tests and seeded bugs that exist."""

import ast
from pathlib import Path

import pytest

from tests.checker.mutating import ALL, name
from tests.scenarios.catalogue import Scenario, main, scenarios

ROOT = Path(__file__).resolve().parents[2]
ELSEWHERE = {"synchronous=NORMAL"}  # a seeded bug of the power cuts' own test


@pytest.mark.parametrize("scenario", scenarios(), ids=lambda scenario: scenario.code)
def test_what_a_scenario_names_exists(scenario: Scenario) -> None:
    assert bool(scenario.tests) != bool(scenario.later)
    assert scenario.red in {"", *ELSEWHERE, *(name(mutant) for mutant in ALL)}
    for test in scenario.tests:
        file, _, function = test.partition("::")
        tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
        made = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
        assert not function or function in made, f"{test} does not exist"


def test_a_scenario_is_run_and_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["I1"]) == 0
    assert "waits for" in capsys.readouterr().out
    assert main(["Z1"]) == 1
