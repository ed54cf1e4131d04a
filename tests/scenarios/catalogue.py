"""`python -m tests.scenarios.catalogue [CODE…]`: the test of each scenario, its result, and the seeded bug that turns it red."""

import argparse
import sys
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

FILE = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True)
class Scenario:
    """`later` names what a scenario without tests waits for."""

    code: str
    what: str
    tests: tuple[str, ...] = ()
    red: str = ""
    later: str = ""


class Results:
    """A plugin that notes how each test of a run ended, by file and function."""

    def __init__(self) -> None:
        self.outcomes: dict[str, set[str]] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" or report.outcome != "passed":
            for key in (report.nodeid.split("[")[0], report.nodeid.split("::")[0]):
                self.outcomes.setdefault(key, set()).add(report.outcome)

    def of(self, scenario: Scenario) -> str:
        """The worst that happened to one of its tests; "not run" where one did not run at all."""
        ended = [self.outcomes.get(test, {"not run"}) for test in scenario.tests]
        found = set().union(*ended)
        return next((word for word in ("failed", "not run", "skipped") if word in found), "passed")


def scenarios() -> Sequence[Scenario]:
    """All of them, by code."""
    told: Mapping[str, Mapping[str, object]] = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return sorted((_scenario(code, members) for code, members in told.items()), key=_place)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="./dev scenarios", description=__doc__)
    parser.add_argument("codes", nargs="*", help="all of them by default")
    given = parser.parse_args(arguments)
    chosen = [scenario for scenario in scenarios() if not given.codes or scenario.code in given.codes]
    results = Results()
    tests = sorted({test for scenario in chosen for test in scenario.tests})
    if tests:
        pytest.main(["-q", "--no-header", "-n0", "-p", "no:randomly", "--no-summary", *tests], plugins=[results])
    bad = 0
    for scenario in chosen:
        result = f"waits for {scenario.later}" if scenario.later else results.of(scenario)
        bad += not scenario.later and result != "passed"
        sys.stdout.write(f"{scenario.code:<4} {result:<10} {scenario.what}\n")
        for test in scenario.tests:
            sys.stdout.write(f"     {'':<10} {test}\n")
        if scenario.red:
            sys.stdout.write(f"     {'':<10} red with: {scenario.red}\n")
    later = sum(bool(scenario.later) for scenario in chosen)
    sys.stdout.write(f"{len(chosen)} scenarios, {bad} not passed, {later} wait for something later\n")
    return 1 if bad or not chosen else 0


def _scenario(code: str, members: Mapping[str, object]) -> Scenario:
    tests = members.get("tests", [])
    assert isinstance(tests, list)
    return Scenario(
        code,
        str(members["what"]),
        tuple(str(test) for test in tests),
        str(members.get("red", "")),
        str(members.get("later", "")),
    )


def _place(scenario: Scenario) -> tuple[str, int]:
    return scenario.code[0], int(scenario.code[1:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
