"""A script is struck at its n-th call, for every n until it runs untouched: nothing half-done, told in our words, repeatable.

Source of the method: https://sqlite.org/testing.html, "Anomaly Testing".
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final, TypeAlias

from desktop.domain.errors import Problem, StorageProblem
from desktop.store.opening import DATABASE
from tests.failure.faults import DiskFault, Fault, driver
from tests.failure.scripts import Notes, Stage, Step
from tests.failure.seat import Place, Seat
from tests.failure.shim import mounted
from tests.failure.soundness import Rows, differences, faults_of_file, faults_of_meaning, leftovers, rows_of, traces

_MANY: Final = 2000  # a script that is struck so often never ends


Attempt: TypeAlias = Callable[[Fault, int, type[Problem]], bool]


@dataclass
class Strikes:
    """How often a fault struck, and how often the script failed of it (some faults SQLite bears by itself)."""

    struck: int = 0
    failed: int = 0


@dataclass(frozen=True)
class Anvil:
    """A stage and every state that it has between two transactions of an untouched run, first and last included."""

    stage: Stage
    folder: Path
    states: list[Rows] = field(default_factory=list)

    def prepare(self) -> None:
        place = self.stage.set_up(self.folder / "untouched")
        self.states.append(rows_of(place.home))

        def committed() -> None:
            now = rows_of(place.home)
            if now != self.states[-1]:
                self.states.append(now)

        with driver(lambda call, **_named: call(), committed), mounted(DiskFault("none", {})):
            if not self.stage.script.during_opening:
                self.states.clear()
            with place.opened(migrations=self.stage.migrations) as seat:
                if not self.states:
                    self.states.append(rows_of(place.home))
                for step in self.stage.script.steps(seat, self.stage.rounds, Notes()):
                    step()

    def strike_everywhere(self, fault: Fault, problem: type[Problem], *, first: int = 1, every: int = 1) -> Strikes:
        """Every n (or every `every`-th): `problem` is raised or nothing, and all is as it should be; AssertionError."""
        found = Strikes()
        shutil.rmtree(self.folder / "struck", ignore_errors=True)
        place = self.stage.set_up(self.folder / "struck")
        with fault.installed(), self._attempts(place) as attempt:
            for number in range(first, _MANY, every):
                with _named(f"{self.stage.script.name}: {fault.name}, call {number}"):
                    self.stage.lay_back(place)
                    failed = attempt(fault, number, problem)
                    assert faults_of_file(place.home / DATABASE) == []
                    assert leftovers(place.home) == []
                    assert traces(self.stage.home) <= traces(place.home)
                if not fault.struck:
                    return found
                found.struck += 1
                found.failed += failed
        raise AssertionError(f"{self.stage.script.name} never ends under {fault.name}")

    @contextmanager
    def _attempts(self, place: Place) -> Iterator[Attempt]:
        """One attempt after the other: at opening, or of one program whose store stays open over all of them."""
        if self.stage.script.during_opening:
            yield partial(self._open, place)
            return
        with place.opened() as seat:
            seat.let_go()
            yield partial(self._run, place, seat)

    def _open(self, place: Place, fault: Fault, number: int, problem: type[Problem]) -> bool:
        told: Problem | None = None
        fault.arm(number)
        try:
            with place.opened(migrations=self.stage.migrations):
                fault.disarm()
        except Problem as raised:
            told = raised
        fault.disarm()
        if told is not None:
            _require(told, problem)
            assert rows_of(place.home) in (self.states[0], self.states[-1])
        with place.opened(migrations=self.stage.migrations) as seat:
            self._finish(place, seat, Notes())
        return told is not None

    def _run(self, place: Place, seat: Seat, fault: Fault, number: int, problem: type[Problem]) -> bool:
        failed, notes = False, Notes()
        seat.start()
        steps = self.stage.script.steps(seat, self.stage.rounds, notes)
        fault.arm(number)
        for step in steps:
            luck = seat.luck.getstate()
            told = _problem_of(step)
            if told is not None:
                fault.disarm()
                failed = True
                _require(told, problem)
                assert rows_of(place.home) in self.states
                assert notes.broken(seat) == []
                seat.luck.setstate(luck)
                seat.wait()
                step()
        fault.disarm()
        self._finish(place, seat, notes)
        seat.let_go()
        return failed

    def _finish(self, place: Place, seat: Seat, notes: Notes) -> None:
        assert differences(rows_of(place.home), self.states[-1]) == {}
        assert notes.broken(seat) == []
        assert faults_of_meaning(seat.store) == []


def _problem_of(step: Step) -> Problem | None:
    try:
        step()
    except Problem as problem:
        return problem
    return None


def _require(told: Problem, wanted: type[Problem]) -> None:
    """The kind of problem, exactly where it has no kinds of its own: a disk that fails is no damaged store."""
    if not isinstance(told, wanted) or (wanted is StorageProblem and type(told) is not wanted):
        raise AssertionError(f"{type(told).__name__} where {wanted.__name__} is due") from told


@contextmanager
def _named(what: str) -> Iterator[None]:
    try:
        yield
    except Exception as error:
        raise AssertionError(what) from error
