"""Random histories: no violation, every fault met, and the same seed tells the same story, in any process and on any store."""

import subprocess
import sys

import pytest

from tests.checker.__main__ import main, told_of
from tests.checker.history import ENGINE_STEPS, FAULTS, History, run, the_installation
from tests.checker.network import LINE_FAULTS
from tests.checker.report import Sum

WHOLE, WHOLE_PARTS = 300, 12
ENGINE, ENGINE_PARTS = 2_000, 20


@pytest.mark.parametrize("part", range(WHOLE_PARTS))
def test_random_histories_violate_nothing(part: int) -> None:
    """Over the product's own store."""
    _sound(range(part * WHOLE // WHOLE_PARTS, (part + 1) * WHOLE // WHOLE_PARTS), engine=False)


@pytest.mark.parametrize("part", range(ENGINE_PARTS))
def test_many_more_over_a_plain_store_violate_nothing(part: int) -> None:
    """So few in one test meet every fault of the line; the rarest outcomes and commands need the command's thousands."""
    _sound(range(part * ENGINE // ENGINE_PARTS, (part + 1) * ENGINE // ENGINE_PARTS), engine=True)


def _sound(seeds: range, *, engine: bool) -> None:
    found = Sum()
    for seed in seeds:
        told, twins = told_of(seed, engine=engine)
        found.add(told, twins=twins)
    assert not found.bad, "\n".join(found.lines(shrunk=found.bad[:1]))
    assert not found.restless, f"these told two different histories: {found.restless}"
    idle = [fault for fault in LINE_FAULTS if not found.counts["fault", fault]]
    assert not idle, f"never happened: {idle}"


def test_a_seed_tells_the_same_history_in_any_process() -> None:
    """Another process has other hashes for its sets and has run other histories before."""
    script = "from tests.checker.history import run; run(5); print(run(3).digest)"
    other = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run(3).digest == run(3).digest == other.stdout.strip()


@pytest.mark.parametrize("seed", range(6))
def test_statements_run_by_the_driver_tell_the_same_history(seed: int) -> None:
    """What the portal is asked, and what it keeps and answers, does not depend on who runs its statements."""
    told = [
        History(seed, plain=True, portal_at=the_installation(quick=quick)).run(ENGINE_STEPS) for quick in (False, True)
    ]
    assert told[0].digest == told[1].digest
    assert not told[0].violations


@pytest.mark.parametrize("engine", [False, True], ids=["whole", "engine"])
def test_the_same_seed_prints_the_same_trace(engine: bool, capsys: pytest.CaptureFixture[str]) -> None:  # noqa: FBT001
    """One process or two, whatever ran before."""
    asked = ["6", "--seed", "40", *(["--engine"] if engine else [])]
    printed = []
    for processes in ("1", "2"):
        main([*asked, "--processes", processes])
        printed.append(capsys.readouterr().out)
    assert printed[0] == printed[1]
    assert "trace " in printed[0]
    main(["6", "--seed", "41", *asked[3:]])
    assert capsys.readouterr().out.splitlines()[-1] != printed[0].splitlines()[-1]


def test_too_few_histories_say_what_never_happened(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["1"]) == 1
    said = capsys.readouterr().out
    for words in ("never happened", "never answered", "never tried"):
        assert words in said
    assert any(fault in said for fault in FAULTS)
