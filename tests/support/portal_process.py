"""The real portal as a process of its own on a loopback port: started, stopped, killed and started again on one file."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, Self

from tests.support.poll import rest as breathe

PATIENCE = 30.0
ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    """A loopback port that nobody listens on now."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def load_accounts(database: Path) -> list[dict[str, Any]]:
    """A new portal with the demo's data in `database`; its accounts, with their passwords."""
    database.parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "server_stub.cli", "demo", "--database", str(database), "--json"]
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=ROOT)
    if done.returncode:
        raise AssertionError(f"the demo could not be loaded: {done.stderr}")
    accounts: list[dict[str, Any]] = json.loads(done.stdout)["accounts"]
    return accounts


def load_demo(database: Path) -> Mapping[str, str]:
    """The same; user name → password."""
    return {account["username"]: account["password"] for account in load_accounts(database)}


class PortalProcess:
    """`cuts`: the log of a portal that is killed before, within and after every request; None for the plain one."""

    def __init__(
        self, database: Path, *, port: int = 0, cuts: Path | None = None, rest: Callable[[], None] | None = None
    ) -> None:
        self.database = database
        self.port = port or free_port()
        self._cuts = cuts
        self._rest = rest or breathe
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Returns when it answers."""
        place = ["--database", str(self.database), "--port", str(self.port)]
        plain = [sys.executable, "-m", "server_stub.cli", "serve", *place]
        cut = [sys.executable, "-m", "tests.support.cutting_portal", *place, "--log", str(self._cuts)]
        # A group of its own: what a supervisor forks ends with it.
        self._process = subprocess.Popen(
            plain if self._cuts is None else cut, cwd=ROOT, start_new_session=True, stdout=subprocess.DEVNULL
        )
        end = time.monotonic() + PATIENCE
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > end:
                self.stop()
                raise AssertionError("the portal does not start")
            self._rest()

    def stop(self) -> None:
        """As `kill -9`; nothing of it stays behind."""
        if self._process is not None:
            if self._process.poll() is None:
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return True
        except OSError:
            return False

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
