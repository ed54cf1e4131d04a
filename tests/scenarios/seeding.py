"""Seeds a named bug into this process and into those that its tests start, and runs tests with it, each bug in a fork."""

import multiprocessing
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from tests.checker import mutating
from tests.checker.history import run
from tests.checker.mutants import Patch
from tests.scenarios import guards_incoming, guards_line, guards_portal, guards_store, guards_sync, guards_window

VARIABLE = "SEEDED_BUG"
LAUNCHER = Path(__file__).with_name("launcher")
# The product is imported already, and with it libraries that bring a plugin.
WORDS = (
    "-q",
    "--no-header",
    "-n0",
    "-pno:randomly",
    "-pno:cacheprovider",
    "-Wignore::pytest.PytestAssertRewriteWarning",
)
# What comes up in the product, rather than in a test, when a guard was removed badly.
SLIPS = ("AttributeError", "ImportError", "NameError", "TypeError")
SLIPPED = "a slip: "


@dataclass(eq=False)  # pytest keeps its plugins in a set
class Fails:
    """A plugin: the first line of what each failed test says, by test; how many passed."""

    said: dict[str, str] = field(default_factory=dict)
    passed: int = 0

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed and report.when != "setup":
            told = report.longreprtext.strip().splitlines()
            errors = [line[1:].strip() for line in told if line.startswith("E ")]
            said = (errors or told or [""])[0]
            crash = getattr(report.longrepr, "reprcrash", None)
            if said.startswith(SLIPS) and crash is not None and not Path(crash.path).name.startswith("test_"):
                said = f"{SLIPPED}{said}"
            self.said.setdefault(report.nodeid.split("[")[0], said)
        self.passed += report.passed and report.when == "call"


@dataclass(frozen=True)
class Verdict:
    """`killer`: a test that failed with the bug, "" if none did; `said`: how."""

    bug: str
    killer: str
    said: str

    @property
    def red(self) -> bool:
        return "::" in self.killer and not self.said.startswith(SLIPPED)


def known() -> Mapping[str, Patch]:
    """Every bug that can be seeded: those of the checker, and the removed guards."""
    guards = [
        guard
        for module in (guards_incoming, guards_line, guards_portal, guards_store, guards_sync, guards_window)
        for guard in module.GUARDS
    ]  # fmt: skip
    return {mutating.name(patch): patch for patch in (*mutating.ALL, *guards)}


def seed_for_good(bug: str) -> None:
    """In a process that has no other purpose."""
    known()[bug](pytest.MonkeyPatch())


@contextmanager
def seeded(bug: str) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, bug)
        patch.setenv("PYTHONPATH", str(LAUNCHER), prepend=os.pathsep)
        known()[bug](patch)
        yield


def try_out(bug: str, tests: Sequence[str], *, full: bool = False) -> Verdict:
    """Run the tests with the bug in a process of their own, up to the first that fails."""
    ours, its = multiprocessing.Pipe(duplex=False)
    child = multiprocessing.get_context("fork").Process(target=_child, args=(its, bug, tests, full))
    child.start()
    its.close()
    try:
        verdict = ours.recv()
    except EOFError:
        verdict = Verdict(bug, "(the process)", "ended without a word")
    child.join()
    assert isinstance(verdict, Verdict)
    return verdict


def _child(pipe: Connection, bug: str, tests: Sequence[str], full: bool) -> None:  # noqa: FBT001  of a process
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    os.dup2(null, 2)
    run(0, 1, plain=True)  # the databases that tests copy are made by sound code
    fails = Fails()
    words = [*WORDS, "-x", *(["--full"] if full else [])]
    with seeded(bug):
        pytest.main([*words, *tests], plugins=[fails])
    killer, said = next(iter(fails.said.items()), ("", f"{fails.passed} passed"))
    pipe.send(Verdict(bug, killer, said))
