"""The editorial day with one regulation: real windows, a real portal process, a real socket."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.journey, pytest.mark.timeout(600)]


def play(out: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The day in a process of its own: one process has one QApplication."""
    command = [sys.executable, "-m", "tests.journeys.day", "--out", str(out), *arguments]
    return subprocess.run(command, check=False, capture_output=True, text=True, cwd=ROOT, env=os.environ)


def test_one_article_and_one_regulation_travel_to_the_public_site(tmp_path: Path) -> None:
    done = play(tmp_path / "day", "--only", "003")
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    found = json.loads((tmp_path / "day" / "day.json").read_text(encoding="utf-8"))
    assert found["differences"] == []
    (row,) = found["regulations"]
    assert row["source"] == row["page"]
    assert len(row["page"]) > 100
    assert set(found["unpublished"].values()) == {404}
    assert len(list((tmp_path / "day").glob("*.png"))) >= 10


def test_nothing_is_lost_or_doubled_when_the_portal_dies_at_every_request(tmp_path: Path) -> None:
    done = play(tmp_path / "day", "--only", "", "--cuts")
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    last = next(line for line in done.stdout.splitlines() if " cuts, " in line)
    cuts, lost, doubled = (int(word) for word in last.replace(",", "").split() if word.isdigit())
    assert (lost, doubled) == (0, 0)
    phases = {line.split()[0] for line in (tmp_path / "day" / "cuts.log").read_text(encoding="utf-8").splitlines()}
    assert cuts > 0
    assert phases == {"before", "within", "after"}
