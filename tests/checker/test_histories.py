"""Two hundred random histories of eighty steps: no violation, every fault met, and the same seed tells the same story."""

import subprocess
import sys

import pytest

from tests.checker.__main__ import main
from tests.checker.history import FAULTS, run
from tests.checker.network import LINE_FAULTS
from tests.checker.report import Sum

HISTORIES = 25
PARTS = 8


@pytest.mark.parametrize("part", range(PARTS))
def test_random_histories_violate_nothing(part: int) -> None:
    found = Sum()
    for seed in range(part * HISTORIES, (part + 1) * HISTORIES):
        found.add(run(seed))
    assert not found.bad, "\n".join(found.lines(shrunk=found.bad[:1]))
    idle = [fault for fault in LINE_FAULTS if not found.counts["fault", fault]]
    assert not idle, f"never happened in {HISTORIES} histories: {idle}"


def test_a_seed_tells_the_same_history_in_any_process() -> None:
    """Another process has other hashes for its sets and has run other histories before."""
    script = "from tests.checker.history import run; run(5); print(run(3).digest)"
    other = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run(3).digest == run(3).digest == other.stdout.strip()


def test_too_few_histories_say_which_fault_never_happened(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["1"]) == 1
    said = capsys.readouterr().out
    assert "never happened" in said
    assert any(fault in said for fault in FAULTS)
    assert "trace " in said
