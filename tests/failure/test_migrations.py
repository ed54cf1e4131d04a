"""Every step between two versions of the tables: struck at any call or killed, the home is of the old version or of the new.

Steps that are added later are taken by themselves.
"""

import os
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import pytest
from alembic.script import ScriptDirectory

from desktop.domain.errors import StorageProblem
from desktop.store import open_store
from desktop.store.connecting import writing_engine
from desktop.store.migrate import MIGRATIONS, configuration, downgrade
from desktop.store.opening import DATABASE
from tests.failure.faults import Fault, driver, of_the_store
from tests.failure.scripts import MIGRATION, Prepared, Stage
from tests.failure.seat import StillClock
from tests.failure.soundness import faults_of_file, faults_of_meaning, rows_of
from tests.failure.striking import Anvil

STEPS: Final = [
    pytest.param(step.down_revision, id=f"{step.down_revision}-{step.revision}")
    for step in ScriptDirectory.from_config(configuration()).walk_revisions()
    if step.down_revision is not None
]
FAULTS: Final = [pytest.param(fault, id=fault.name.replace(" ", "-")) for fault in of_the_store()]
Laid = Callable[[str], Stage]


@pytest.fixture(scope="module")
def older(prepared: Prepared, tmp_path_factory: pytest.TempPathFactory) -> Laid:
    """A home with something of everything, as an earlier version left it."""
    known: dict[str, Stage] = {}

    def lay(revision: str) -> Stage:
        if revision not in known:
            now = prepared(MIGRATION, 1)
            home = tmp_path_factory.mktemp("older") / "home"
            shutil.copytree(now.home, home)
            engine = writing_engine(home / DATABASE)
            downgrade(engine, configuration(), revision)
            engine.dispose()
            known[revision] = Stage(now.script, home, now.secrets, now.portal, now.image, 1, MIGRATIONS)
        return known[revision]

    return lay


@pytest.fixture(scope="module")
def laid(older: Laid, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Anvil]:
    known: dict[str, Anvil] = {}

    def lay(revision: str) -> Anvil:
        if revision not in known:
            known[revision] = Anvil(older(revision), tmp_path_factory.mktemp("anvil"))
            known[revision].prepare()
        return known[revision]

    return lay


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("revision", STEPS)
def test_a_step_that_fails_at_some_call_changes_nothing(
    revision: str, fault: Fault, laid: Callable[[str], Anvil]
) -> None:
    found = laid(revision).strike_everywhere(fault, StorageProblem, first=1 + len(fault.name), every=251)
    assert found.failed <= found.struck


@pytest.mark.full
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("revision", STEPS)
def test_a_step_that_fails_at_any_call_changes_nothing(
    revision: str, fault: Fault, laid: Callable[[str], Anvil], record_property: Callable[[str, object], None]
) -> None:
    found = laid(revision).strike_everywhere(fault, StorageProblem)
    record_property("figures", str(found))
    assert found.struck


def _killed_at(home: Path, number: int) -> bool:
    """Whether a program that opens `home` and ends before its `number`-th statement or commit came so far."""
    life = os.fork()
    if life == 0:
        left = iter(range(number))

        def around(call: Callable[[], Any], **_named: object) -> Any:  # noqa: ANN401
            if next(left) == number - 1:
                os._exit(9)
            return call()

        try:
            with driver(around):
                open_store(home, clock=StillClock()).close()
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(life, 0)[1]) == 9


def _kill(stage: Stage, home: Path, *, every: int) -> int:
    """How many lives were ended in the middle of a step."""
    states = []
    for migrated in (False, True):
        stage.set_up(home)
        if migrated:
            open_store(home, clock=StillClock()).close()
        states.append(rows_of(home))
    for kills, number in enumerate(range(1, 2000, every)):
        stage.set_up(home)
        if not _killed_at(home, number):
            return kills
        assert faults_of_file(home / DATABASE) == []
        assert rows_of(home) in states
        with closing(open_store(home, clock=StillClock())) as store:
            assert faults_of_meaning(store) == []
        assert rows_of(home) == states[-1]
    raise AssertionError("it never ends")


@pytest.mark.parametrize("revision", STEPS)
def test_a_step_that_is_killed_is_taken_again(revision: str, older: Laid, tmp_path: Path) -> None:
    assert _kill(older(revision), tmp_path / "home", every=17) > 1


@pytest.mark.full
@pytest.mark.parametrize("revision", STEPS)
def test_a_step_that_is_killed_anywhere_is_taken_again(
    revision: str, older: Laid, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    record_property("figures", f"{_kill(older(revision), tmp_path / 'home', every=1)} kills")
