"""The portal and the prepared homes, made once per process."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.store.opening import back_up_if_due
from tests.failure.portal import ReferencePortal, reference_portal
from tests.failure.scripts import Prepared, Script, Stage, stage
from tests.failure.seat import StillClock
from tests.failure.test_damage import FULL_HOME, of_everything


@pytest.fixture(scope="session")
def portal() -> Iterator[ReferencePortal]:
    with reference_portal() as made:
        yield made


@pytest.fixture(scope="session")
def prepared(portal: ReferencePortal, tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    first = portal.image()
    known: dict[tuple[str, int], Stage] = {}
    base: Path = tmp_path_factory.mktemp("stages")

    def prepare(script: Script, rounds: int) -> Stage:
        if (script.name, rounds) not in known:
            portal.lay(first)
            known[script.name, rounds] = stage(script, base / f"{script.name}-{rounds}", portal, rounds=rounds)
        return known[script.name, rounds]

    return prepare


@pytest.fixture(scope="session")
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


@pytest.fixture(scope="session")
def crashed(kept: Stage, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """The same, and then work that is in the log only."""
    folder = tmp_path_factory.mktemp("crashed")
    place = kept.set_up(folder / "open")
    place.seed = 4
    with place.opened() as seat:
        of_everything(seat, kept.portal, 1)
        shutil.copytree(place.home, folder / "home", ignore=shutil.ignore_patterns("*-shm"))
    return Stage(FULL_HOME, folder / "home", place.secrets, kept.portal, kept.portal.image(), 1)
