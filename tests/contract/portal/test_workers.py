"""Several processes behind one socket, on one database and one folder of unfinished uploads."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
import requests

from tests.contract.portal.uploads import BYTES, PNG, metadata, sha
from tests.support.poll import until
from tests.support.portal_process import ROOT
from tests.support.postgres import bare_database

COMMAND = (sys.executable, "-m", "server_stub.cli")
DEVICE = {"id": "d", "name": "Máy thử"}
HEADERS = {"Tus-Resumable": "1.0.0"}


class Served:
    """The portal's process, its address, and a member's headers."""

    def __init__(self, folder: Path, database: str) -> None:
        place = ["--database", database, "--data", str(folder / "data"), "--port", "0", "--workers", "2"]
        self.process = subprocess.Popen([*COMMAND, "serve", *place], stdout=subprocess.PIPE, text=True, cwd=ROOT)
        assert self.process.stdout is not None
        word, _, self.address = self.process.stdout.readline().strip().partition(" ")
        assert word == "READY"
        add = [*COMMAND, "user", "add", "gui.tep", "--role", "ctv:tin-van-hoa", "--database", database]
        said = subprocess.run(add, check=True, capture_output=True, text=True, cwd=ROOT).stdout
        signed_in = {"username": "gui.tep", "password": said.split()[-1], "device": DEVICE}
        token = requests.post(f"{self.address}/v1/auth/login", json=signed_in, timeout=20).json()["access"]
        self.headers = {"Authorization": f"Bearer {token}"}
        change = {"old": signed_in["password"], "new": "một mật khẩu khá dài 27"}
        assert self.ask("POST", "/v1/auth/password", json=change).status_code == 200

    def ask(self, method: str, path: str, **more: object) -> requests.Response:
        """On a line of its own: whichever worker is free takes it."""
        headers = {**self.headers, **HEADERS, "Connection": "close", **dict(more.pop("headers", {}))}  # type: ignore[call-overload]
        return requests.request(method, self.address + path, headers=headers, timeout=30, **more)  # type: ignore[arg-type]

    def workers(self) -> list[int]:
        """The processes that hold the socket, but for the one that began them."""
        found = psutil.Process(self.process.pid).children(recursive=True)
        return sorted(child.pid for child in found if _is_a_worker(child))

    def end(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=60)


def _is_a_worker(process: psutil.Process) -> bool:
    try:
        return "spawn_main" in " ".join(process.cmdline())
    except psutil.Error:  # it has just ended
        return False


@pytest.fixture(params=["sqlite", "postgresql"])
def served(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Served]:
    served = Served(tmp_path, str(tmp_path / "p.db") if request.param == "sqlite" else bare_database())
    yield served
    served.process.kill()
    served.process.wait()
    if served.process.stdout is not None:
        served.process.stdout.close()


def test_an_upload_goes_through_whichever_worker_is_free(served: Served) -> None:
    workers = served.workers()
    assert len(workers) == 2
    data = PNG + bytes(range(256)) * 200
    said = {"Upload-Length": str(len(data)), "Upload-Metadata": metadata(filename="a.png", sha256=sha(data))}
    path = served.ask("POST", "/v1/uploads", headers=said).headers["Location"]
    for at in range(0, len(data), 5000):
        assert served.ask("HEAD", path).headers["Upload-Offset"] == str(at)
        part = {"Content-Type": BYTES, "Upload-Offset": str(at)}
        assert served.ask("PATCH", path, data=data[at : at + 5000], headers=part).status_code == 204
    until(lambda: json.loads(served.ask("GET", path).content)["state"] == "ready", what="the check of an upload")
    assert served.ask("GET", f"/v1/blobs/{sha(data)}").content == data

    os.kill(workers[0], signal.SIGKILL)
    until(lambda: len(served.workers()) == 2 and workers[0] not in served.workers(), what="another in its place")
    assert served.ask("GET", path).status_code == 200
    last = served.workers()
    assert served.end() == 0
    until(lambda: not any(psutil.pid_exists(pid) for pid in last), what="all workers to end")
