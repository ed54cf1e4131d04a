"""`./dev` without a set-up: what it says, and that it never half-installs."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ("cat", "cut", "dirname", "mkdir", "sed", "sh", "sha256sum", "tail", "tr", "dpkg-query")


def _dev(folder: Path, *arguments: str, path: str | None = None) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PATH": path or os.environ["PATH"]}
    return subprocess.run(
        [shutil.which("sh") or "sh", str(folder / "dev"), *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of what the set-up reads."""
    for name in ("dev", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path / name)
    shutil.copytree(ROOT / "requirements", tmp_path / "requirements")
    return tmp_path


@pytest.mark.parametrize("asked", ["help", "--help", "-h"])
def test_help_names_every_command(asked: str) -> None:
    done = _dev(ROOT, asked)
    assert done.returncode == 0
    for command in (
        "run",
        "test",
        "check",
        "bench",
        "check-sync",
        "mutants",
        "scenarios",
        "matrix",
        "demo-data",
        "translate",
        "setup",
        "help",
    ):
        assert f"./dev {command}" in done.stdout


def test_no_command_is_help() -> None:
    assert _dev(ROOT).stdout == _dev(ROOT, "help").stdout


def test_an_unknown_command_is_refused() -> None:
    done = _dev(ROOT, "tset")
    assert done.returncode == 2
    assert "tset" in done.stderr


def test_without_root_it_prints_the_one_line_to_run(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("path")
    for name in TOOLS:
        if found := shutil.which(name):
            (folder / name).symlink_to(found)
    (folder / "python3").symlink_to(Path(sys.executable).resolve())
    (folder / "id").write_text("#!/bin/sh\necho 1000\n", encoding="utf-8")
    (folder / "id").chmod(0o755)
    (checkout / "requirements" / "debian.txt").write_text("# comment\nno-such-package  # why\n", encoding="utf-8")
    done = _dev(checkout, "check", path=str(folder))
    assert done.returncode != 0
    assert done.stdout.strip() == "apt-get update && apt-get install -y --no-install-recommends no-such-package"
    assert not (checkout / ".venv").exists()


def test_the_script_is_plain_posix_shell() -> None:
    done = subprocess.run(["dash", "-n", str(ROOT / "dev")], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
