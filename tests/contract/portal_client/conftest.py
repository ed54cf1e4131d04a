"""The portal as a client sees it: over HTTP on a real socket, and over the checker's line in this process."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest

from desktop.application.ports import Portal
from desktop.sync.client import HttpPortal
from desktop.sync.network import Way, WayOut
from desktop.sync.vault import KeyringVault
from tests.checker.cast import seat
from tests.checker.crashing import CrashingStore
from tests.checker.network import Line
from tests.checker.portal import Portal as WatchedPortal
from tests.checker.portal import installed
from tests.checker.times import TrueTime
from tests.support.live_portal import PASSWORD, live_portal
from tests.support.offices import CountedClock, SeededChance

DEVICE = "0193e9a0-0000-7000-8000-000000000001"
_DEVICES = count(16)  # a number of a device belongs to one home: each test is one


@dataclass(frozen=True)
class Subject:
    """A portal and one contributor of its board, who may write in `section`."""

    portal: Portal
    username: str
    password: str
    device_id: str
    section: str = "tin-hoat-dong"


def http_portal(url: str, vault: KeyringVault, *, seed: int = 1) -> HttpPortal:
    """A client of its own; another `seed` is another device's chance."""
    return HttpPortal(url, WayOut(Way), vault=vault, clock=CountedClock(), chance=SeededChance(seed), version="0.1.0")


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with live_portal(Path(tmp_path_factory.mktemp("portal"))) as live:
        yield live.url


@pytest.fixture(params=["http", "line"])
def subject(request: pytest.FixtureRequest) -> Subject:
    """Signed in; each test makes entries of its own."""
    if request.param == "http":
        client = http_portal(request.getfixturevalue("url"), KeyringVault("home", None))
        found = Subject(client, "ctv.vanhoa", PASSWORD, f"0193e9a0-0000-7000-8000-{next(_DEVICES):012x}")
    else:
        at = seat("ctv1")
        watched = WatchedPortal(installed(), TrueTime(), lambda *_: None, lambda *_: None)
        line = Line(watched, at, CrashingStore(None))  # type: ignore[arg-type]  # nothing crashes here
        found = Subject(line, at.member, "", at.device_id)
    found.portal.sign_in(found.username, found.password, device_id=found.device_id, device_name="máy thử")
    return found
