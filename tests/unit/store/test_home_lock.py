"""The lock of a home belongs to a living process: what a crash leaves behind locks nobody out."""

import subprocess
import sys
from pathlib import Path

import pytest

from desktop.domain.errors import HomeBusy
from desktop.store.home_lock import locked

ROOT = Path(__file__).resolve().parents[3]
HOLD = """
import sys
from pathlib import Path
from desktop.store.home_lock import locked

with locked(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_lock_ends_with_the_process_that_held_it(tmp_path: Path) -> None:
    home = tmp_path / "home"
    command = [sys.executable, "-c", HOLD, str(home)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(HomeBusy), locked(home):
            pass
        holder.kill()
        holder.wait()
    (home / "lock").write_text(f"{holder.pid} and whatever else stands in it", encoding="utf-8")
    with locked(home):
        pass
    with locked(home):
        pass
