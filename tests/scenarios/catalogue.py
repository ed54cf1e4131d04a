"""`python -m tests.scenarios.catalogue [--red] [CODE…]`: each scenario's tests, their result, and the bug that turns them red.

With `--red` each bug is seeded and the tests of its scenarios run with it: exit 1 if they stay green.
"""

import argparse
import sys
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.scenarios.seeding import WORDS, known, try_out

FILE = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True)
class Scenario:
    """`red` names bugs that `seeding` knows. `later` says what a scenario waits for: all of it or, with tests, the rest."""

    code: str
    what: str
    tests: tuple[str, ...] = ()
    red: tuple[str, ...] = ()
    later: str = ""


class Results:
    """A plugin that notes how each test of a run ended, by file and function."""

    def __init__(self) -> None:
        self.outcomes: dict[str, set[str]] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" or report.outcome != "passed":
            for key in (report.nodeid.split("[")[0], report.nodeid.split("::")[0]):
                self.outcomes.setdefault(key, set()).add(report.outcome)

    def of(self, tests: Sequence[str]) -> str:
        """The worst that happened to one of `tests`; "not run" where one did not run at all."""
        ended = [self.outcomes.get(test, {"not run"}) for test in tests]
        found = set().union(*ended)
        return next((word for word in ("failed", "not run", "skipped") if word in found), "passed")


def scenarios() -> Sequence[Scenario]:
    """All of them, by code."""
    told: Mapping[str, Mapping[str, object]] = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return sorted((_scenario(code, members) for code, members in told.items()), key=_place)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="./dev scenarios", description=__doc__)
    parser.add_argument("codes", nargs="*", help="all of them by default")
    parser.add_argument("--red", action="store_true", help="run the tests with the bug that must turn them red")
    given = parser.parse_args(arguments)
    every = scenarios()
    if unknown := set(given.codes) - {scenario.code for scenario in every}:
        parser.error("there is no " + ", ".join(sorted(unknown)))
    chosen = [scenario for scenario in every if not given.codes or scenario.code in given.codes]
    return _prove(chosen) if given.red else _run(chosen)


def _run(chosen: Sequence[Scenario]) -> int:
    results = Results()
    tests = sorted({test for scenario in chosen for test in scenario.tests})
    if tests:
        pytest.main([*WORDS, "--no-summary", *tests], plugins=[results])
    bad = 0
    for scenario in chosen:
        result = results.of(scenario.tests) if scenario.tests else "waits"
        bad += result not in {"passed", "waits"}
        _tell(scenario, result)
    waiting = sum(not scenario.tests for scenario in chosen)
    sys.stdout.write(f"{len(chosen)} scenarios, {bad} not passed, {waiting} wait for something later\n")
    return 1 if bad else 0


def _tell(scenario: Scenario, result: str) -> None:
    lines = [f"{scenario.code:<4} {result:<8} {scenario.what}", *scenario.tests]
    lines += [f"red with {bug}: {known()[bug].__doc__}" for bug in scenario.red]
    if scenario.later:
        lines.append(f"{'the rest waits' if scenario.tests else 'waits'} for {scenario.later}")
    sys.stdout.write("\n              ".join(lines) + "\n")


def _prove(chosen: Sequence[Scenario]) -> int:
    green = 0
    pairs = [(scenario, bug) for scenario in chosen for bug in scenario.red]
    for scenario, bug in pairs:
        verdict = try_out(bug, scenario.tests)
        green += not verdict.red
        word = "red" if verdict.red else "BROKEN" if verdict.killer else "GREEN"
        sys.stdout.write(f"{scenario.code:<4} {word:<6} {bug:<38} {verdict.killer}\n{'':12}{verdict.said[:160]}\n")
        sys.stdout.flush()
    sys.stdout.write(f"{len(pairs)} bugs seeded for {len(chosen)} scenarios, {green} not noticed\n")
    return 1 if green else 0


def _scenario(code: str, members: Mapping[str, object]) -> Scenario:
    tests, red = (members.get(name, []) for name in ("tests", "red"))
    assert isinstance(tests, list)
    assert isinstance(red, list)
    what, later = str(members["what"]), str(members.get("later", ""))
    return Scenario(code, what, tuple(map(str, tests)), tuple(map(str, red)), later)


def _place(scenario: Scenario) -> tuple[str, int]:
    return scenario.code[0], int(scenario.code[1:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
