"""The catalogue of scenarios is whole, names tests and seeded bugs that exist, and its tests fail with their bugs."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.checker.mutating import ALL, name
from tests.scenarios.catalogue import Scenario, main, scenarios
from tests.scenarios.seeding import known, seeded

ROOT = Path(__file__).resolve().parents[2]
LAST = {"A": 20, "B": 19, "C": 14, "D": 18, "E": 13, "F": 12, "H": 7, "I": 8, "X": 16}
# Of each kind one, and quick: in the client's sync, store and window, in the portal, in a process that a test starts.
SAMPLE = ["A11", "B3", "C8", "D13", "I4"]
# Guards that no scenario speaks of, and the tests that miss them.
BESIDE = {
    "another_language_shows_what_was_shown": "tests/ui/window/test_writing.py::test_another_language_leaves_what_was_typed",
    "questions_outlive_their_entry": "tests/ui/window/test_crossing.py::test_a_question_about_one_entry_goes_away_with_it",
    "commands_keep_the_keys": "tests/ui/window/test_crossing.py::"
    "test_a_command_given_while_another_entry_is_on_its_way_is_carried_out_and_gives_the_keys_back",
}
QUIET = "tests/unit/domain/test_text.py::test_uuid7"


def python(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *words], cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("scenario", scenarios(), ids=lambda scenario: scenario.code)
def test_what_a_scenario_names_exists(scenario: Scenario) -> None:
    assert scenario.tests or scenario.later
    assert bool(scenario.tests) == bool(scenario.red)
    assert set(scenario.red) <= set(known())
    for test in scenario.tests:
        file, _, function = test.partition("::")
        tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
        made = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
        assert not function or function in made, f"{test} does not exist"


def test_no_scenario_is_left_out() -> None:
    wanted = [f"{letter}{number}" for letter, last in LAST.items() for number in range(1, last + 1)]
    assert [scenario.code for scenario in scenarios()] == wanted


def test_every_removed_guard_has_a_scenario_and_says_what_it_is() -> None:
    guards = {bug: patch for bug, patch in known().items() if patch not in ALL}
    assert len(guards) + len(ALL) == len(known())
    assert set(guards) - set(BESIDE) <= {bug for scenario in scenarios() for bug in scenario.red}
    assert all(patch.__doc__ for patch in guards.values())


@pytest.mark.parametrize("bug", [bug for bug, patch in known().items() if patch not in ALL])
def test_a_guard_that_is_removed_was_there(bug: str) -> None:
    with seeded(bug):
        pass


def test_scenarios_that_wait_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["A10"]) == 0
    assert "waits for" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        main(["Z1"])


@pytest.mark.timeout(300)
def test_a_seeded_bug_turns_its_scenario_red() -> None:
    told = python("-m", "tests.scenarios.catalogue", "--red", *SAMPLE)
    assert told.returncode == 0, told.stdout + told.stderr
    assert f"5 bugs seeded for {len(SAMPLE)} scenarios, 0 not noticed" in told.stdout


def test_a_bug_that_no_test_notices_is_told() -> None:
    bug = name(next(iter(ALL)))
    told = python("-c", f"from tests.scenarios.seeding import try_out; print(try_out({bug!r}, [{QUIET!r}]))")
    assert "killer=''" in told.stdout, told.stdout + told.stderr
    assert "1 passed" in told.stdout


@pytest.mark.parametrize("bug", BESIDE)
def test_a_guard_beside_the_scenarios_is_missed(bug: str) -> None:
    told = python("-c", f"from tests.scenarios.seeding import try_out; print(try_out({bug!r}, [{BESIDE[bug]!r}]).red)")
    assert told.stdout == "True\n", told.stdout + told.stderr


@pytest.mark.full
@pytest.mark.timeout(3600)
def test_every_seeded_bug_turns_its_scenarios_red() -> None:
    told = python("-m", "tests.scenarios.catalogue", "--red")
    assert told.returncode == 0, told.stdout + told.stderr
