"""Signing in with a real Secret Service on a private bus: once by password, then without; nothing secret in the home."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support.portal_process import PortalProcess, load_demo

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = {"dbus-run-session": "dbus", "gnome-keyring-daemon": "gnome-keyring"}
pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]


def test_the_second_window_needs_no_password(tmp_path: Path) -> None:
    missing = [package for program, package in PACKAGES.items() if shutil.which(program) is None]
    assert not missing, f"apt-get install {' '.join(missing)} (requirements/debian.txt; ./dev does it)"
    home, password = tmp_path / "home", load_demo(tmp_path / "portal.sqlite")["ctv.vanhoa"]
    with PortalProcess(tmp_path / "portal.sqlite") as portal:
        command = ["dbus-run-session", "--", sys.executable, "-m", "tests.journeys.keyring_session", str(home)]
        done = subprocess.run(
            [*command, portal.url, "ctv.vanhoa", password], check=False, capture_output=True, text=True, cwd=ROOT
        )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    told: dict[str, Any] = json.loads(done.stdout)
    assert told["signed_in"] == {"online": True, "notice": ""}, "no word about a missing keyring: there is one"
    assert told["again"] == {"online": True, "notice": ""}
    assert told["written"]["secrets"] == 1
    assert told["written"]["services"][0].startswith("toasoan:")
    assert told["written"]["files"] > 0
    assert told["written"]["leaks"] == []
