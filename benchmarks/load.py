"""Many devices on one portal: 200 that poll and 20 that edit, each over a connection of its own, for some seconds.

The figure is p95 of an answer in wall time; it stands for this machine only while nothing else runs on it. BENCH_DATABASE and
BENCH_SERVE: what the portal's command line takes for another database and for more workers.
"""

import json
import os
import random
import shlex
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import requests

from benchmarks.harness import Measured, benchmark
from benchmarks.office import CHIEF, PASSWORD, WRITER, Portal, filled, put

STANDING: Final = 1_000
POLLING: Final = 200
EDITING: Final = 20
SECONDS: Final = float(os.environ.get("BENCH_SECONDS", "20"))
POLL_EVERY: Final = 10.0  # seconds; a device that only looks asks once a minute
EDIT_EVERY: Final = 2.0
_MS: Final = 1000
_ALONE: Final = 200  # requests of one device that has the portal to itself


@dataclass
class Device:
    """A signed-in device that has read the feed to its end. `answers`: (milliseconds, "poll" or "edit")."""

    url: str
    name: str
    number: int
    http: requests.Session = field(default_factory=requests.Session)
    cursor: str | None = None
    epoch: str | None = None
    answers: list[tuple[float, str]] = field(default_factory=list)

    def sign_in(self) -> None:
        device = {"id": f"01930000-0000-7000-8000-dd{self.number:010x}", "name": "bench"}
        body = {"username": self.name, "password": PASSWORD, "device": device}
        access = self._post("auth/login", body)["access"]
        self.http.headers["Authorization"] = f"Bearer {access}"
        while self.sync([])["has_more"]:
            pass

    def sync(self, ops: list[dict[str, Any]]) -> dict[str, Any]:
        body = {"protocol": 1, "epoch": self.epoch, "device_id": f"01930000-0000-7000-8000-dd{self.number:010x}",
                "actor": f"u-{self.name}", "cursor": self.cursor, "limit": 500, "ops": ops}  # fmt: skip
        reply = self._post("sync", body)
        self.epoch, self.cursor = reply["epoch"], reply["next_cursor"]
        return reply

    def timed(self, kind: str, ops: list[dict[str, Any]]) -> None:
        begin = time.perf_counter()
        reply = self.sync(ops)
        self.answers.append(((time.perf_counter() - begin) * _MS, kind))
        if any(result["outcome"] != "applied" for result in reply["results"]):
            raise RuntimeError(f"the portal does not take an entry: {reply['results']}")

    def _post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        answer = self.http.post(f"{self.url}/v1/{path}", json=body, timeout=30)
        answer.raise_for_status()
        found: dict[str, Any] = answer.json()
        return found


@benchmark("load.poll", unit="ms", better="lower", reference="one device that has the portal to itself")
def poll() -> Measured:
    """p95 of all answers while 200 devices poll and 20 edit."""
    with TemporaryDirectory() as folder:
        database = os.environ.get("BENCH_DATABASE") or filled(Path(folder), STANDING)
        with Portal(database, arguments=shlex.split(os.environ.get("BENCH_SERVE", ""))) as portal:
            polling = [Device(portal.url, CHIEF, number) for number in range(POLLING)]
            editing = [Device(portal.url, WRITER, POLLING + number) for number in range(EDITING)]
            for device in (*polling, *editing):
                device.sign_in()
            for _ in range(_ALONE):
                polling[0].timed("alone", [])
            alone = _p95([taken for taken, _ in polling[0].answers])
            polling[0].answers.clear()
            _all_at_once([*(_polls(d) for d in polling), *(_edits(d, n) for n, d in enumerate(editing))])
    answers = [answer for device in (*polling, *editing) for answer in device.answers]
    said = {kind: round(_p95([taken for taken, of in answers if of == kind]), 1) for kind in ("poll", "edit")}
    said_all = {**said, "answers": len(answers), "portal: processor s": round(portal.cpu, 2), "seconds": SECONDS}
    print(f"  load: p95 ms {json.dumps(said_all)}", file=sys.stderr)
    return Measured(_p95([taken for taken, _ in answers]), alone)


def _polls(device: Device) -> Callable[[], None]:
    return lambda: _each(POLL_EVERY, device.number, lambda _turn: device.timed("poll", []))


def _edits(device: Device, number: int) -> Callable[[], None]:
    first = 1_000_000 * (number + 1)
    return lambda: _each(EDIT_EVERY, device.number, lambda turn: device.timed("edit", [put(first + turn)]))


def _each(every: float, seed: int, act: Callable[[int], None]) -> None:
    """`act` every so often, beginning anywhere in the first span."""
    begin = time.monotonic()
    due, turn = begin + random.Random(seed).uniform(0, every), 0  # noqa: S311  repeatable on purpose
    while due < begin + SECONDS:
        time.sleep(max(0.0, due - time.monotonic()))
        act(turn)
        turn, due = turn + 1, due + every


def _all_at_once(jobs: list[Callable[[], None]]) -> None:
    failed: list[BaseException] = []

    def guarded(job: Callable[[], None]) -> None:
        try:
            job()
        except Exception as error:  # noqa: BLE001  told below, in the one thread that can
            failed.append(error)

    threads = [threading.Thread(target=guarded, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise RuntimeError(f"{len(failed)} devices failed, the first: {failed[0]}")


def _p95(taken: list[float]) -> float:
    return sorted(taken)[int(len(taken) * 0.95)] if taken else 0.0
