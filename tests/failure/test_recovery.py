"""A damaged home is made sound by itself: nothing unsent is lost while it can be read, nothing is doubled, all of it is told."""

import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from desktop.store.opening import DATABASE, back_up_if_due
from tests.failure.damage import LOG, WAYS, cut_off
from tests.failure.portal import ReferencePortal
from tests.failure.recovering import Recovered, last_number, recover_and_use, texts_of
from tests.failure.scripts import Prepared, Stage
from tests.failure.seat import StillClock
from tests.failure.test_damage import FULL_HOME, of_everything

# A log that ends early is what a power cut leaves: nothing in it says how long it was.
UNCUT = [way for way in WAYS if way is not cut_off]
Note = Callable[[str, object], None]


@pytest.fixture(scope="module")
def kept(prepared: Prepared, portal: ReferencePortal, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """A home with a backup, and work of all kinds after it."""
    before = prepared(FULL_HOME, 1)
    place = before.set_up(tmp_path_factory.mktemp("kept") / "home")
    back_up_if_due(place.home, clock=StillClock())
    place.seed = 3
    with place.opened() as seat:
        of_everything(seat, portal, 1)
        with seat.store.read() as work:
            drafts = [draft.entry_id for draft in work.drafts.dirty()]
        for entry_id in drafts:
            seat.write(entry_id, 9, "9 mới hơn " * 300)
    return Stage(FULL_HOME, place.home, place.secrets, portal, portal.image(), 1)


@pytest.fixture(scope="module")
def crashed(kept: Stage, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """The same, and then work that is in the log only."""
    folder = tmp_path_factory.mktemp("crashed")
    place = kept.set_up(folder / "open")
    place.seed = 4
    with place.opened() as seat:
        of_everything(seat, kept.portal, 1)
        shutil.copytree(place.home, folder / "home", ignore=shutil.ignore_patterns("*-shm"))
    return Stage(FULL_HOME, folder / "home", place.secrets, kept.portal, kept.portal.image(), 1)


def _damage(stage: Stage, home: Path, seeds: Iterable[int], *names: str) -> list[Recovered]:
    before = texts_of(stage.home)
    number = last_number(stage.home)
    found = []
    for seed in seeds:
        shutil.rmtree(home, ignore_errors=True)
        place = stage.set_up(home)
        chance = random.Random(seed)  # noqa: S311  repeatable on purpose
        path = home / chance.choice(names)
        data = bytearray(path.read_bytes())
        way = chance.choice(WAYS if path.name == DATABASE else UNCUT)
        way(data, chance)
        path.write_bytes(data)
        try:
            recovered = recover_and_use(place, before)
        except Exception as error:
            raise AssertionError(f"seed {seed}") from error
        found.append(recovered)
        if recovered.told:
            assert last_number(home) > number, f"seed {seed}: a number may be given out twice"
            assert [p.read_bytes() for p in home.glob("toasoan-damaged-*.sqlite")] == [
                (bytes(data) if path.name == DATABASE else (stage.home / DATABASE).read_bytes())
            ]
    return found


def _figures(found: list[Recovered]) -> dict[str, object]:
    fates: Counter[str] = Counter()
    told = 0
    for one in found:
        told += one.told
        for counted in one.texts.values():
            fates += counted
    return {"damaged": len(found), "told": told, **fates}


def test_damage_is_recovered_and_told(kept: Stage, tmp_path: Path, record_property: Note) -> None:
    found = _damage(kept, tmp_path / "home", range(60), DATABASE)
    record_property("figures", _figures(found))
    assert any(one.told for one in found)
    assert sum(one.count("silent") for one in found) == 0


def test_damage_after_a_crash_is_recovered_and_told(crashed: Stage, tmp_path: Path, record_property: Note) -> None:
    found = _damage(crashed, tmp_path / "home", range(40), DATABASE, LOG)
    record_property("figures", _figures(found))
    assert sum(one.count("silent") for one in found) == 0


@pytest.mark.full
@pytest.mark.timeout(1200)
def test_a_thousand_damaged_homes_are_recovered_and_told(
    kept: Stage, crashed: Stage, tmp_path: Path, record_property: Note
) -> None:
    closed = _damage(kept, tmp_path / "home", range(1000, 1700), DATABASE)
    left_open = _damage(crashed, tmp_path / "home", range(2000, 2300), DATABASE, LOG)
    record_property("figures", {"closed": _figures(closed), "left open": _figures(left_open)})
    assert sum(one.count("silent") for one in [*closed, *left_open]) == 0
