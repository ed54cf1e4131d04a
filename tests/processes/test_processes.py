"""Real processes on real files over a bad line: nothing lost, nothing doubled, everybody equal when it is good again."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.processes.household import run

Note = Callable[[str, object], None]
PART = 50


def _happened(folder: Path, *, seed: int, histories: int, note: Note) -> None:
    counts = run(folder, seed=seed, histories=histories)
    note("figures", ", ".join(f"{name} {count}" for name, count in sorted(counts.items(), key=str)))
    missing = [
        name
        for name in ("kill member", "kill portal", "lost-reply", "duplicate", "late-copy", "cut")
        if not counts[name]
    ]
    assert missing == []


@pytest.mark.timeout(900)
@pytest.mark.parametrize("seed", range(1, 5))
def test_fifty_histories(tmp_path: Path, seed: int, record_property: Note) -> None:
    _happened(tmp_path / "house", seed=seed, histories=PART, note=record_property)


@pytest.mark.full
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("seed", range(11, 19))
def test_a_hundred_more(tmp_path: Path, seed: int, record_property: Note) -> None:
    _happened(tmp_path / "house", seed=seed, histories=100, note=record_property)
