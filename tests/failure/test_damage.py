"""Bytes of the database changed on the disk: a start never ends in a traceback, and what was found stays as it was."""

import shutil
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from desktop.domain.errors import Bug, NewerStore, Refusal, StorageProblem, StoreDamaged
from desktop.store.opening import DATABASE
from tests.failure.damage import LOG, Damage, damaged
from tests.failure.portal import WRITER, ReferencePortal
from tests.failure.scripts import Prepared, Script, Stage
from tests.failure.seat import Seat


def of_everything(seat: Seat, _portal: ReferencePortal, rounds: int) -> None:
    """Sent and received, queued, and unfinished."""
    for number in range(4 * rounds):
        entry_id = seat.article(number, f"{number} chữ " * 200)
        seat.drafting.attach(entry_id, name="tệp", data=b"bytes")
        if number % 4 < 2:
            seat.stages.give(entry_id, "submit")
        if number % 4 == 0:
            seat.cycle.run()
        if number % 4 == 2:
            seat.drafting.freeze_idle([entry_id])


FULL_HOME = Script("full home", WRITER, of_everything, lambda *_: [])
Note = Callable[[str, object], None]
TOLD = {None, StoreDamaged, StorageProblem, NewerStore}


@pytest.fixture
def full_home(prepared: Prepared) -> Stage:
    return prepared(FULL_HOME, 1)


@pytest.fixture
def left_open(full_home: Stage, tmp_path: Path) -> Stage:
    """The same after a crash: much of it is in the log only."""
    crashed = tmp_path / "crashed"
    place = full_home.set_up(tmp_path / "open")
    with place.opened() as seat:
        of_everything(seat, full_home.portal, 1)
        shutil.copytree(place.home, crashed, ignore=shutil.ignore_patterns("*-shm"))
    assert (crashed / LOG).stat().st_size > 0
    return Stage(full_home.script, crashed, place.secrets, full_home.portal, full_home.portal.image(), 1)


def _figures(found: Iterable[Damage]) -> Counter[str]:
    return Counter(
        "unnoticed"
        if one.unnoticed
        else "sound"
        if one.problem is None
        else f"{one.problem.__name__}, opening={one.at_opening}"
        for one in found
    )


def _try(stage: Stage, home: Path, note: Note, seeds: Iterable[int], *names: str) -> list[Damage]:
    found = []
    for seed in seeds:
        try:
            found.append(damaged(stage, home, seed, names=names))
        except Exception as error:
            raise AssertionError(f"seed {seed}") from error
    note("figures", dict(_figures(found)))
    return found


def _badly_told(found: Iterable[Damage]) -> list[Damage]:
    """A rule may say no where a name was changed; our own fault it never is."""
    return [one for one in found if one.problem not in TOLD and not (one.problem and issubclass(one.problem, Refusal))]


def test_a_damaged_database_is_told_and_stays(full_home: Stage, tmp_path: Path, record_property: Note) -> None:
    found = _try(full_home, tmp_path / "home", record_property, range(60), DATABASE)
    assert _badly_told(found) == []
    assert any(one.problem is StoreDamaged for one in found)
    assert not any(one.problem is Bug for one in found)


def test_a_damaged_log_costs_no_more_than_what_is_in_it(
    left_open: Stage, tmp_path: Path, record_property: Note
) -> None:
    assert _badly_told(_try(left_open, tmp_path / "home", record_property, range(30), DATABASE, LOG)) == []


@pytest.mark.full
@pytest.mark.timeout(1200)
def test_a_thousand_damaged_databases_are_told_and_stay(
    full_home: Stage, left_open: Stage, tmp_path: Path, record_property: Note
) -> None:
    found = _try(full_home, tmp_path / "home", record_property, range(1000, 1700), DATABASE)
    found += _try(left_open, tmp_path / "home", record_property, range(2000, 2300), DATABASE, LOG)
    assert _badly_told(found) == []
