"""Power cuts under the product's own store: what was told to be saved is there, and the file is whole.

Source of the settings under test: https://sqlite.org/pragma.html#pragma_synchronous.
"""

import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from tests.failure.power import Cut, cut
from tests.failure.scripts import AUTOSAVE, FEED, FREEZE, MIGRATION, PUSH, Prepared, Script, Stage

# Each as long as it needs to flush and fold in the log several times.
ROUNDS = {AUTOSAVE: 4, FREEZE: 3, PUSH: 2, FEED: 2, MIGRATION: 1}
SCRIPTS = [pytest.param(script, id=script.name) for script in ROUNDS]


def _cuts(stage: Stage, folder: Path, seeds: Iterable[int], *, synchronous: str = "FULL") -> list[Cut]:
    found = []
    for seed in seeds:
        found.append(cut(stage, folder / str(seed), seed, synchronous=synchronous))
        shutil.rmtree(folder / str(seed))
    return found


def _bad(cuts: Iterable[Cut]) -> list[str]:
    return [str(found) for found in cuts if found.lost or found.damaged]


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_power_cut_takes_nothing_that_was_saved(script: Script, prepared: Prepared, tmp_path: Path) -> None:
    assert _bad(_cuts(prepared(script, ROUNDS[script]), tmp_path, range(12))) == []


@pytest.mark.full
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("script", SCRIPTS)
def test_hundreds_of_power_cuts_take_nothing_that_was_saved(
    script: Script, prepared: Prepared, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    cuts = _cuts(prepared(script, ROUNDS[script]), tmp_path, range(1000, 1210))
    assert _bad(cuts) == []
    record_property("figures", f"{len(cuts)} cuts, 0 lost, 0 damaged")


@pytest.mark.parametrize("script", [pytest.param(AUTOSAVE, id="autosave"), pytest.param(PUSH, id="push-apply")])
def test_without_full_synchronisation_a_cut_takes_what_was_saved(
    script: Script, prepared: Prepared, tmp_path: Path
) -> None:
    """That the tests above can fail: NORMAL flushes the log at checkpoints only."""
    cuts = _cuts(prepared(script, ROUNDS[script]), tmp_path, range(6), synchronous="NORMAL")
    assert any(found.lost for found in cuts)
    # A transaction that others follow in the log was flushed before them, or the log is damaged: that is what NORMAL leaves.
    assert {found.damaged for found in cuts if found.damaged} <= {("StoreDamaged: the write-ahead log is damaged",)}


def test_without_any_synchronisation_a_cut_damages_the_file(prepared: Prepared, tmp_path: Path) -> None:
    """That the checks of the file can fail."""
    assert any(
        found.damaged for found in _cuts(prepared(AUTOSAVE, ROUNDS[AUTOSAVE]), tmp_path, range(20), synchronous="OFF")
    )
