"""Two hundred devices come back after their portal was away: how long until each knows what every other wrote meanwhile.

The portal is a process that is killed and begun again, each request a real one; only the waiting between them, which is that of
the client's own schedule, is not sat out.
"""

import heapq
import json
import os
import signal
import socket
import subprocess
import sys
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import requests

from benchmarks.harness import Measured, benchmark
from benchmarks.load import Device
from benchmarks.office import CHIEF, ROOT, WRITER, filled, put
from desktop.sync.pace import Pacer
from tests.checker.times import Dice

DEVICES: Final = 200
WRITERS: Final = 20
AWAY: Final = 1200.0  # seconds
ALLOWED: Final = 300.0
_BEFORE: Final = 120.0  # seconds of ordinary syncs
_STANDING: Final = 50


@dataclass
class Told:
    """What was seen: seconds from the portal's return, and requests."""

    current: float
    """until the last device had sent its own and heard what there was"""
    everything: float
    """until the last one also knew what the last one had sent"""
    in_a_second: int
    """requests in the busiest second after the return"""
    in_vain: int
    """the most of one device while the portal was away"""
    until_current: int
    """the most that one device needed after the return"""


@dataclass
class _Time:
    moment: float = 0.0

    def now(self) -> str:
        return "2026-11-22T09:00:00.000000Z"

    def milliseconds(self) -> int:
        return int(self.moment * 1000)

    def monotonic(self) -> float:
        return self.moment


@dataclass
class _Office:
    """One device and its schedule; `known` are the entries of the outage that it has heard of."""

    device: Device
    pace: Pacer
    waiting: list[int] = field(default_factory=list)
    known: set[str] = field(default_factory=set)
    tried: int = 0
    came: int = 0

    def sync(self) -> bool:
        try:
            reply = self.device.sync([put(number) for number in self.waiting])
            while True:
                self.known.update(change["target"] for change in reply["changes"])
                if not reply["has_more"]:
                    break
                reply = self.device.sync([])
        except requests.ConnectionError:
            self.pace.failed()
            return False
        self.waiting.clear()
        self.pace.succeeded()
        return True


@benchmark("load.reconnect", unit="s", better="lower", reference="what is allowed")
def reconnect() -> Measured:
    """Virtual seconds from the portal's return until the last of 200 devices is current."""
    told = run()
    print(f"  load.reconnect: {json.dumps(vars(told))}", file=sys.stderr)
    return Measured(told.current, ALLOWED)


def run(devices: int = DEVICES, writers: int = WRITERS, *, away: float = AWAY) -> Told:
    """Half of the devices also see their network come back with the portal, all in one moment."""
    with TemporaryDirectory() as folder:
        portal = _Portal(filled(Path(folder), _STANDING))
        try:
            return _run(portal, devices, writers, away=away)
        finally:
            portal.kill()


def _run(portal: "_Portal", devices: int, writers: int, *, away: float) -> Told:
    portal.begin()
    time, back = _Time(), _BEFORE + away
    house = [_office(portal.url, number, time, writes=number < writers) for number in range(devices)]
    due = [(office.pace.wait() or 0.0, number) for number, office in enumerate(house)]
    heapq.heapify(due)
    wanted = {put(_number(number))["entry_id"] for number in range(writers)}
    seconds: Counter[int] = Counter()
    is_away = is_back = False
    contact: dict[int, float] = {}
    moment = 0.0
    while any(not wanted <= office.known for office in house):
        moment, number = heapq.heappop(due)
        if moment >= _BEFORE and not is_away:
            portal.kill()
            is_away = True
            for office in house[:writers]:
                office.waiting.append(_number(house.index(office)))
        if moment >= back and not is_back:
            portal.begin()
            is_back, time.moment = True, back
            for office in house[::2]:
                office.pace.network_changed()
            due = [(back + (office.pace.wait() or 0.0), place) for place, office in enumerate(house)]
            heapq.heapify(due)
            continue
        time.moment, office = moment, house[number]
        lacked = not wanted <= office.known
        if not office.sync():
            office.tried += 1
        elif is_back:
            seconds[int(moment - back)] += 1
            office.came += lacked
            contact.setdefault(number, moment - back)
        heapq.heappush(due, (moment + (office.pace.wait() or 0.0), number))
    tried, came = (max(numbers) for numbers in zip(*((o.tried, o.came) for o in house), strict=True))
    return Told(max(contact.values()), moment - back, max(seconds.values()), tried, came)


def _office(url: str, number: int, time: _Time, *, writes: bool) -> _Office:
    device = Device(url, WRITER if writes else CHIEF, number)
    device.sign_in()
    return _Office(device, Pacer(time, Dice("reconnect", number)))


def _number(number: int) -> int:
    return 1_000_000 + number


class _Portal:
    """Killed and begun again on one port."""

    def __init__(self, database: Path) -> None:
        with closing(socket.socket()) as probe:
            probe.bind(("127.0.0.1", 0))
            self._port = int(probe.getsockname()[1])
        self.url = f"http://127.0.0.1:{self._port}"
        self._database = database
        self._process: subprocess.Popen[bytes] | None = None

    def begin(self) -> None:
        command = [sys.executable, "-m", "server_stub.cli", "serve", "--database", str(self._database)]
        self._process = subprocess.Popen([*command, "--port", str(self._port)], cwd=ROOT, stdout=subprocess.PIPE)  # noqa: S603
        if self._process.stdout is None or not self._process.stdout.readline().startswith(b"READY"):
            raise RuntimeError("the portal does not start")

    def kill(self) -> None:
        if self._process is not None:
            os.kill(self._process.pid, signal.SIGKILL)
            self._process.wait()
            if self._process.stdout is not None:
                self._process.stdout.close()
            self._process = None
