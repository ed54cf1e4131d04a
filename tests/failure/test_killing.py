"""`kill -9` at random moments: of the desks that write, send and receive, and of the portal under load."""

import random
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.failure.killing import Desks, Nursery
from tests.failure.load import Editor, against_the_file
from tests.failure.nursery import PORTAL_FILE
from tests.failure.portal import reference_portal
from tests.failure.soundness import faults_of_file

Note = Callable[[str, object], None]
EDITORS = 3
LIVES_OF_A_HOME = 50  # then a new one, because checking grows with what was told


@pytest.fixture
def nursery() -> Iterator[Nursery]:
    with Nursery() as process:
        yield process


def _kill_desks(nursery: Nursery, folder: Path, lives: int, *, seed: int) -> tuple[int, int]:
    """(kills, traces told)"""
    chance = random.Random(seed)  # noqa: S311  repeatable on purpose
    told = 0
    for first in range(0, lives, LIVES_OF_A_HOME):
        desks = Desks(folder / str(first))
        desks.prepare()
        for number in range(1, min(lives - first, LIVES_OF_A_HOME) + 1):
            desks.live(nursery, number, chance)
        desks.finish()
        told += sum(map(len, desks.told.values()))
    return lives, told


def test_nothing_told_is_missing_after_a_kill(nursery: Nursery, tmp_path: Path) -> None:
    _kills, told = _kill_desks(nursery, tmp_path, 32, seed=1)
    assert told > 100


@pytest.mark.full
@pytest.mark.timeout(1800)
def test_nothing_told_is_missing_after_hundreds_of_kills(
    nursery: Nursery, tmp_path: Path, record_property: Note
) -> None:
    kills, told = _kill_desks(nursery, tmp_path, 500, seed=2)
    record_property("figures", f"{kills} kills, {told} told")
    assert told > 2000


def _kill_portal(nursery: Nursery, folder: Path, lives: int, *, seed: int) -> tuple[int, int]:
    """(operations answered, requests that had to be repeated because of a 5xx)"""
    chance = random.Random(seed)  # noqa: S311  repeatable on purpose
    database = folder / PORTAL_FILE
    with reference_portal(database):
        pass  # installed, with the members' passwords
    editors = [Editor(number) for number in range(EDITORS)]
    for _ in range(lives):
        life = nursery.start("portal", "serve", "--database", str(database), "--port", "0")
        address = life.wait_for("READY").removeprefix("READY ")
        for editor in editors:
            if not editor.token:
                editor.sign_in(address)
        begun = threading.Event()
        threads = [threading.Thread(target=editor.work, args=(address, begun)) for editor in editors]
        for thread in threads:
            thread.start()
        begun.wait(30)
        threading.Event().wait(chance.uniform(0, 0.2))  # the moment itself is what is tried
        life.kill()
        for thread in threads:
            thread.join()
        assert faults_of_file(database) == []
        assert against_the_file(database, editors) == []
    return sum(len(editor.taken) for editor in editors), sum(editor.asked_again for editor in editors)


def test_the_portal_does_all_that_it_answered_and_nothing_twice(nursery: Nursery, tmp_path: Path) -> None:
    answered, repeated = _kill_portal(nursery, tmp_path, 8, seed=1)
    assert answered >= 8  # one in each life, however slow the machine
    assert repeated == 0


@pytest.mark.full
@pytest.mark.timeout(1800)
def test_the_portal_killed_a_hundred_times(nursery: Nursery, tmp_path: Path, record_property: Note) -> None:
    answered, repeated = _kill_portal(nursery, tmp_path, 100, seed=2)
    record_property("figures", f"{answered} answered, {repeated} repeated")
    assert answered > 500
    assert repeated == 0
