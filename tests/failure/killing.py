"""`kill -9` of programs at work: each life is ended at a random moment, and what it had told by then must be there."""

import json
import os
import random
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Self

from desktop.domain.ids import EntryId
from desktop.store.opening import DATABASE
from tests.failure.nursery import HOMES, PORTAL_FILE, SECRETS
from tests.failure.portal import DEPUTY, WRITER, reference_portal
from tests.failure.seat import Place
from tests.failure.soundness import faults_of_file, faults_of_meaning, traces

_ROOT: Final = Path(__file__).resolve().parents[2]
_MEMBERS: Final = dict(zip(HOMES, (WRITER, DEPUTY), strict=True))
_LONGEST: Final = 0.25  # seconds of work after the first word, at most


class Nursery:
    """The process that starts lives; one at a time."""

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.failure.nursery"],
            cwd=_ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        return self

    def __exit__(self, *_: object) -> None:
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()

    def start(self, role: str, *arguments: object) -> "Life":
        assert self._process.stdin is not None
        print(json.dumps([role, *arguments]), file=self._process.stdin, flush=True)
        return Life(self._line, int(self._line().removeprefix("started ")))

    def _line(self) -> str:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, "the nursery ended"
        return line.rstrip("\n")


@dataclass
class Life:
    """One run of a program, from its start to its end."""

    _line: Callable[[], str]
    pid: int
    told: list[str] = field(default_factory=list)

    def wait_for(self, start: str) -> str:
        """Its first line that begins with `start`."""
        while True:
            line = self._next()
            if line.startswith(start):
                return line

    def kill(self) -> list[str]:
        """End it now; every line that it has written."""
        os.kill(self.pid, signal.SIGKILL)
        while (line := self._line()) != f"ended {-signal.SIGKILL}":
            assert not line.startswith("ended"), line
            self.told.append(line)
        return self.told

    def _next(self) -> str:
        line = self._line()
        assert not line.startswith("ended"), f"it ended by itself: {line}"
        self.told.append(line)
        return line


@dataclass
class Desks:
    """Two homes and a portal's file in `folder`, and all that was ever told of them."""

    folder: Path
    told: dict[str, set[str]] = field(default_factory=lambda: {name: set() for name in HOMES})
    bodies: dict[EntryId, int] = field(default_factory=dict)

    def prepare(self) -> None:
        self.folder.mkdir()
        secrets = {}
        with reference_portal(self.folder / PORTAL_FILE) as portal:
            for name, member in _MEMBERS.items():
                place = Place(self.folder / name, portal)
                with place.opened() as seat:
                    seat.sign_in(member)
                    seat.cycle.run()
                secrets[name] = place.secrets
        (self.folder / SECRETS).write_text(json.dumps(secrets), encoding="utf-8")

    def live(self, nursery: Nursery, number: int, chance: random.Random) -> None:
        """One life, killed at a random moment after its first word; AssertionError if anything it told is missing."""
        life = nursery.start("desks", str(self.folder), number)
        life.wait_for(HOMES[0])
        threading.Event().wait(chance.uniform(0, _LONGEST))  # the moment itself is what is tried
        self._note(life.kill())
        for name in HOMES:
            assert faults_of_file(self.folder / name / DATABASE) == []
            assert self.told[name] - traces(self.folder / name) == set()
        assert faults_of_file(self.folder / PORTAL_FILE) == []

    def finish(self) -> None:
        """The programs start once more: texts are those told, and everything that waits is sent and received."""
        secrets = json.loads((self.folder / SECRETS).read_text("utf-8"))
        with reference_portal(self.folder / PORTAL_FILE) as portal:
            places = [
                Place(self.folder / name, portal, secrets[name], seed=-number) for number, name in enumerate(HOMES)
            ]
            with places[0].opened() as writer, places[1].opened() as deputy:
                assert [e for e, number in self.bodies.items() if int(writer.body(e).split(" ")[0]) < number] == []
                writer.cycle.run()
                deputy.cycle.run()
                for seat in (writer, deputy):
                    assert faults_of_meaning(seat.store) == []
                    with seat.store.read() as work:
                        assert (work.queue.count(), list(work.cards.open())) == (0, [])

    def _note(self, lines: list[str]) -> None:
        for line in lines:
            name, _, rest = line.partition(" ")
            if name == "body":
                entry_id, _, number = rest.partition(" ")
                self.bodies[EntryId(entry_id)] = int(number)
            else:
                self.told[name].add(rest)
