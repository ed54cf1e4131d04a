"""One power cut: a script runs on a lossy disk, the power goes, and the home that is left is started again."""

import random
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from desktop.domain.errors import Problem, StorageProblem
from desktop.store.opening import DATABASE
from tests.failure.lossy import LossyDisk, PatientDisk
from tests.failure.scripts import Notes, Stage
from tests.failure.seat import Place
from tests.failure.shim import mounted
from tests.failure.soundness import faults_of_file, faults_of_meaning, leftovers, traces

_AFTER_THE_SCRIPT: Final = 0.2
# The log is folded in after so many pages: often, sometimes, never in a run this short (1000 is the product's).
_CHECKPOINTS: Final = (5, 40, 1000)


@dataclass(frozen=True)
class Cut:
    """What a cut did: `lost` facts that a person had been told, `damaged` by the checks of SQLite and of the program."""

    script: str
    seed: int
    at: int
    lost: tuple[str, ...] = ()
    damaged: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.script} seed {self.seed}, cut at call {self.at}: lost {self.lost}, damaged {self.damaged}"


def cut(stage: Stage, folder: Path, seed: int, *, synchronous: str = "FULL") -> Cut:
    """Run, cut, start again. `folder` is made; the same seed cuts at the same call and keeps the same sectors."""
    folder.mkdir(parents=True)
    chance = random.Random(f"{stage.script.name} {seed}")  # noqa: S311  repeatable on purpose
    checkpoint = chance.choice(_CHECKPOINTS)
    calls = _calls(stage, folder / "measured", synchronous, checkpoint)
    at = 0 if chance.random() < _AFTER_THE_SCRIPT else chance.randint(1, calls)
    place, disk, notes = stage.set_up(folder / "home"), LossyDisk(chance, cut_at=at), Notes()
    _run(stage, place, disk, notes, f"synchronous={synchronous}", f"wal_autocheckpoint={checkpoint}")
    disk.leave(place.home, folder / "after")
    with mounted(PatientDisk()):
        lost, damaged = _found(stage, Place(folder / "after", place.portal, place.secrets, seed=4), notes)
    return Cut(stage.script.name, seed, at, tuple(lost), tuple(damaged))


_measured: dict[tuple[str, int, str, int], int] = {}


def _calls(stage: Stage, home: Path, synchronous: str, checkpoint: int) -> int:
    """How many calls the script makes when nothing fails."""
    key = (stage.script.name, stage.rounds, synchronous, checkpoint)
    if key not in _measured:
        disk = LossyDisk(random.Random(0))  # noqa: S311
        _run(stage, stage.set_up(home), disk, Notes(), f"synchronous={synchronous}", f"wal_autocheckpoint={checkpoint}")
        _measured[key] = disk.calls
    return _measured[key]


def _run(stage: Stage, place: Place, disk: LossyDisk, notes: Notes, *pragmas: str) -> None:
    """The script until the power goes, at the latest when it is done."""
    with mounted(disk), suppress(StorageProblem), place.opened(migrations=stage.migrations) as seat:
        for pragma in pragmas:
            seat.set_pragma(pragma)
        for step in stage.script.steps(seat, stage.rounds, notes):
            step()
        disk.cut()


def _found(stage: Stage, place: Place, notes: Notes) -> tuple[list[str], list[str]]:
    """(lost, damaged) of a home after the power came back."""
    damaged = faults_of_file(place.home / DATABASE) + leftovers(place.home)
    if damaged:
        return [], damaged
    lost = [f"{trace} was there before" for trace in _missing(traces(stage.home), traces(place.home))]
    try:
        with place.opened(migrations=stage.migrations) as seat:
            lost += notes.broken(seat)
            damaged += faults_of_meaning(seat.store)
            seat.cycle.run()
            if seat.waiting():
                damaged.append(f"{seat.waiting()} operations stay in the queue")
            with seat.store.read() as work:
                damaged += [f"a card: {card.outcome} of {card.name}" for card in work.cards.open()]
            damaged += faults_of_meaning(seat.store)
    except Problem as problem:
        damaged.append(f"{type(problem).__name__}: {problem}")
    return lost, damaged + faults_of_file(place.home / DATABASE)


def _missing(before: Iterable[str], after: frozenset[str]) -> list[str]:
    return sorted(set(before) - after)
