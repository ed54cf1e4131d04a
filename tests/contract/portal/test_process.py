"""The portal as a process: ready line, clean end, what was committed stays, a restored file is noticed."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests

ROOT = Path(__file__).resolve().parents[3]
COMMAND = (sys.executable, "-m", "server_stub.cli")
DEVICE = {"id": "d", "name": "Máy thử"}


def _run(*words: str) -> str:
    return subprocess.run([*COMMAND, *words], check=True, capture_output=True, text=True, cwd=ROOT).stdout


@contextmanager
def _served(database: Path, how: signal.Signals = signal.SIGTERM) -> Iterator[str]:
    words = [*COMMAND, "serve", "--database", str(database), "--port", "0"]
    process = subprocess.Popen(
        words, stdout=subprocess.PIPE, text=True, cwd=ROOT, env={**os.environ, "PYTHONUNBUFFERED": "1"}
    )
    try:
        assert process.stdout is not None
        word, _, address = process.stdout.readline().strip().partition(" ")
        assert word == "READY"
        yield address
        process.send_signal(how)
        code = process.wait(timeout=30)
        assert code == (0 if how == signal.SIGTERM else -how)
    finally:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


def _epoch(address: str) -> str:
    return str(requests.get(f"{address}/v1/capabilities", timeout=20).json()["epoch"])


def test_a_new_file_becomes_a_portal_and_a_printed_password_opens_it(tmp_path: Path) -> None:
    database = tmp_path / "p.db"
    with _served(database) as address:
        said = _run("user", "add", "btv.tin", "--role", "btv:tin-van-hoa", "--database", str(database))
        password = said.split()[-1]
        body = {"username": "btv.tin", "password": password, "device": DEVICE}
        answer = requests.post(f"{address}/v1/auth/login", json=body, timeout=20).json()
        assert answer["password_change_required"] is True


def test_a_killed_portal_has_kept_what_it_answered(tmp_path: Path) -> None:
    database = tmp_path / "p.db"
    accounts = json.loads(_run("demo", "--json", "--database", str(database)))["accounts"]
    chief = next(account for account in accounts if account["username"] == "truongban")
    with _served(database, signal.SIGKILL) as address:
        body = {"username": chief["username"], "password": chief["password"], "device": DEVICE}
        token = requests.post(f"{address}/v1/auth/login", json=body, timeout=20).json()["access"]
        first = _epoch(address)
    with _served(database) as address:
        bearer = {"Authorization": f"Bearer {token}"}
        assert requests.get(f"{address}/v1/bundle", headers=bearer, timeout=20).status_code == 200
        assert _epoch(address) == first


def test_a_file_put_back_from_a_backup_begins_a_new_epoch(tmp_path: Path) -> None:
    database, backup = tmp_path / "p.db", tmp_path / "backup.db"
    _run("demo", "--json", "--database", str(database))
    with _served(database) as address:
        first = _epoch(address)
    shutil.copy(database, backup)
    _run("user", "add", "sau.nay", "--database", str(database))
    with _served(database) as address:
        assert _epoch(address) == first
    for path in (database, Path(f"{database}-wal"), Path(f"{database}-shm")):
        path.unlink(missing_ok=True)
    shutil.copy(backup, database)
    with _served(database) as address:
        assert _epoch(address) != first


def test_an_address_in_use_is_said_and_ends_with_3(tmp_path: Path) -> None:
    with _served(tmp_path / "p.db") as address:
        port = address.rpartition(":")[2]
        words = [*COMMAND, "serve", "--database", str(tmp_path / "q.db"), "--port", port]
        done = subprocess.run(words, check=False, capture_output=True, text=True, cwd=ROOT)
    assert (done.returncode, done.stdout) == (3, "")
    assert "Không dùng được" in done.stderr
    assert "Traceback" not in done.stderr
