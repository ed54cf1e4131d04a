"""The wheel, installed where no checkout is, has everything it needs."""

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Installed:
    """A virtual environment with the wheel and our locked libraries, but without this checkout on its path."""

    folder: Path
    wheel: Path

    def run(self, *command: str) -> str:
        """Standard output of a command of that environment, started elsewhere. CalledProcessError carries the rest."""
        program, *arguments = command
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        done = subprocess.run(
            [str(self.folder / "bin" / program), *arguments],
            cwd=self.folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout}{done.stderr}"
        return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    built, folder = tmp_path_factory.mktemp("built"), tmp_path_factory.mktemp("elsewhere")
    _pip("wheel", "--no-build-isolation", "--wheel-dir", str(built), str(ROOT))
    (wheel,) = built.glob("toasoan-*.whl")
    venv.create(folder, symlinks=True)
    # A folder named in a .pth file is searched, but its own .pth files (the one that names this checkout) are not read.
    libraries = sysconfig.get_path("purelib")
    site = Path(sysconfig.get_path("purelib", vars={"base": str(folder), "platbase": str(folder)}))
    (site / "locked-libraries.pth").write_text(libraries + "\n", encoding="utf-8")
    _pip("--python", str(folder / "bin" / "python"), "install", str(wheel), "--ignore-installed")
    return Installed(folder, wheel)


def test_the_modules_come_from_the_wheel(installed: Installed) -> None:
    code = "import desktop, server_stub, resources; print(desktop.__file__, server_stub.__file__, resources.__file__)"
    for place in installed.run("python", "-c", code).split():
        assert Path(place).is_relative_to(installed.folder)


def test_it_holds_the_product_and_nothing_else(installed: Installed) -> None:
    with zipfile.ZipFile(installed.wheel) as archive:
        names = archive.namelist()
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {
        "desktop",
        "server_stub",
        "resources",
    }
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_every_tracked_file_of_the_product_is_in_it(installed: Installed) -> None:
    listing = subprocess.run(
        ["git", "ls-files", "desktop", "server_stub", "resources"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    tracked = {name for name in listing.stdout.splitlines() if (ROOT / name).exists()}
    with zipfile.ZipFile(installed.wheel) as archive:
        assert tracked <= set(archive.namelist())


def test_it_declares_its_licence_and_commands(installed: Installed) -> None:
    code = """
from importlib.metadata import distribution
dist = distribution("toasoan")
print(dist.metadata["License-Expression"], *sorted(e.name for e in dist.entry_points))
"""
    assert installed.run("python", "-c", code).split() == ["Apache-2.0", "toasoan", "toasoan-desktop", "toasoan-portal"]


@pytest.mark.parametrize("command", ["toasoan", "toasoan-portal"])
def test_its_commands_start(installed: Installed, command: str) -> None:
    assert command in installed.run(command, "--help")


def test_the_command_line_loads_no_qt(installed: Installed) -> None:
    code = "import sys, desktop.cli; print([name for name in sys.modules if name.startswith(('PySide6', 'shiboken6'))])"
    assert installed.run("python", "-c", code).strip() == "[]"


def test_a_resource_is_found_from_another_folder(installed: Installed) -> None:
    code = "import json, resources; print(json.loads(resources.path('contract', 'kinds', 'article.json').read_bytes())['$id'])"
    assert installed.run("python", "-c", code).strip() == "article"


def _pip(*arguments: str) -> None:
    command = [
        sys.executable,
        "-m",
        "pip",
        *arguments,
        "--no-deps",
        "--no-index",
        "--quiet",
        "--disable-pip-version-check",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
