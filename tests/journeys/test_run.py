"""`./dev run`: portal and signed-in window from one command; another role's home by the menu; both end together."""

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from tests.support.poll import until

ROOT = Path(__file__).resolve().parents[2]
HOMES = ROOT / "build" / "run" / "homes"
pytestmark = [pytest.mark.journey, pytest.mark.timeout(300), pytest.mark.xdist_group("dev-run")]


@pytest.fixture
def run() -> Iterator["subprocess.Popen[str]"]:
    """As on a machine with a display, whose windows Qt draws offscreen."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tools.run"],
        cwd=ROOT, env={**os.environ, "DISPLAY": ":offscreen"}, text=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    yield process
    if process.poll() is None:
        process.kill()
    process.wait()
    if process.stdout is not None:
        process.stdout.close()


def entries(username: str) -> int:
    """How many entries that member's home has heard of."""
    database = HOMES / username / "toasoan.sqlite"
    with suppress(sqlite3.OperationalError), closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as home:
        return int(home.execute("SELECT count(*) FROM entry JOIN account").fetchone()[0])
    return 0


def listens(port: int) -> bool:
    with closing(socket.socket()) as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_the_window_opens_signed_in_and_an_interrupt_stops_both(run: "subprocess.Popen[str]") -> None:
    assert run.stdout is not None
    told = [run.stdout.readline()]
    while "Ctrl-C" not in told[-1]:
        assert told[-1], "it ended by itself"
        told.append(run.stdout.readline())
    port = int(re.findall(r"http://127\.0\.0\.1:(\d+)", told[0])[0])
    assert len([line for line in told if line.startswith("  truongban ")]) == 1
    until(lambda: entries("ctv.vanhoa"), what="the contributor's home to hear from the portal", seconds=90)
    assert listens(port)
    run.send_signal(signal.SIGINT)
    rest = run.stdout.read()
    run.wait(timeout=60)
    assert run.returncode == 130
    assert not listens(port)
    assert "truongban" not in rest, "the passwords are printed once"


def test_another_role_is_taken_from_the_menu(tmp_path: Path) -> None:
    """In a process of its own: signs in, changes the role by the menu, and says whose window stands there then."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.journeys.change_of_role", str(tmp_path)],
        check=False, capture_output=True, text=True, cwd=ROOT,
    )  # fmt: skip
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    assert done.stdout.splitlines()[-1] == "Cộng tác viên Văn hóa → Trưởng ban → Cộng tác viên Văn hóa"
