"""Starting, asking and killing the programs of a nursery."""

import json
import os
import select
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Self

_ROOT: Final = Path(__file__).resolve().parents[2]
_PATIENCE: Final = 60.0


class Nursery:
    """The process that forks lives, any number at a time."""

    def __enter__(self) -> Self:
        self._line, theirs = socket.socketpair()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.processes.nursery"], cwd=_ROOT, stdin=theirs.fileno(), start_new_session=True
        )
        theirs.close()
        return self

    def __exit__(self, *_: object) -> None:
        self._line.close()
        os.killpg(self._process.pid, signal.SIGKILL)  # whatever of it still lives ends with it
        self._process.wait()

    def start(self, role: str, *arguments: object) -> "Life":
        their_in, our_out = os.pipe()
        our_in, their_out = os.pipe()
        order = json.dumps([role, *map(str, arguments)]).encode()
        socket.send_fds(self._line, [order], [their_in, their_out])
        os.close(their_in)
        os.close(their_out)
        life = Life(our_in, our_out)
        life.pid = int(life.line().removeprefix("started "))
        return life


class Ended(Exception):  # noqa: N818  not an error where it was killed
    """There is no such program any more."""


@dataclass
class Life:
    """`asked` lines whose answers nobody has read are answered before the next."""

    _in: int
    _out: int
    pid: int = 0
    _kept: bytes = b""
    lines: list[str] = field(default_factory=list)

    def line(self, patience: float = _PATIENCE) -> str:
        while b"\n" not in self._kept:
            ready, _, _ = select.select([self._in], [], [], patience)
            if not ready:
                raise TimeoutError
            data = os.read(self._in, 65536)
            if not data:
                raise Ended
            self._kept += data
        found, _, self._kept = self._kept.partition(b"\n")
        return found.decode()

    def ask(self, **order: object) -> None:
        os.write(self._out, json.dumps(order).encode() + b"\n")

    def answer(self, patience: float = _PATIENCE) -> dict[str, Any]:
        text = self.line(patience)
        if text.startswith("ended"):
            raise Ended(text)
        found: dict[str, Any] = json.loads(text)
        return found

    def kill(self) -> list[dict[str, Any]]:
        """End it now; the answers that it had written and nobody had read."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        told = []
        while not (text := self.line()).startswith("ended"):
            told.append(json.loads(text) if text.startswith("{") else {})
        assert text == f"ended {-signal.SIGKILL}", f"it ended by itself: {text}"
        os.close(self._in)
        os.close(self._out)
        return told
