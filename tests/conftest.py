"""Guards around every test: own folders and keyring, this machine only, no unexpected log record, fixed Qt."""

import os
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from hypothesis import HealthCheck, settings

from tests.support.isolation import forbid_other_machines, offscreen, own_folders
from tests.support.log_guard import ExpectLog, LogGuard, expectation_maker
from tests.support.memory_keyring import MemoryKeyring

offscreen()
forbid_other_machines()

# Time limits of an example are a matter of the machine, not of the code; in CI the same examples every time.
SLOW_IS_FINE = [HealthCheck.too_slow]
settings.register_profile("dev", deadline=None, suppress_health_check=SLOW_IS_FINE)
settings.register_profile("ci", deadline=None, suppress_health_check=SLOW_IS_FINE, derandomize=True, print_blob=True)
settings.register_profile("full", deadline=None, suppress_health_check=SLOW_IS_FINE, max_examples=1000)

GUARD = pytest.StashKey[LogGuard]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--full", action="store_true", help="also the tests marked `full`, and ten times as many examples")


def pytest_configure(config: pytest.Config) -> None:
    full = bool(config.getoption("--full"))
    settings.load_profile("full" if full else "ci" if os.environ.get("CI") else "dev")
    guard = config.stash[GUARD] = LogGuard(config.getini("qt_log_ignore"))
    config.pluginmanager.register(guard, "log-guard")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    long = [item for item in items if item.get_closest_marker("full")]
    if not long:
        return
    short = [item for item in items if not item.get_closest_marker("full")]
    if config.getoption("--full"):
        half = len(short) // 2
        items[:] = [*long[::2], *short[:half], *long[1::2], *short[half:]]  # each of two workers begins with long ones
    else:
        config.hook.pytest_deselected(items=long)
        items[:] = short


@pytest.fixture
def expect_log(pytestconfig: pytest.Config) -> ExpectLog:
    """`expect_log("regex", level=logging.ERROR, logger="desktop.sync")` before the record comes; it must come."""
    return expectation_maker(pytestconfig.stash[GUARD])


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """HOME and the XDG folders of this test alone; processes that it starts inherit them."""
    base = tmp_path_factory.mktemp("home", numbered=True)
    for name, value in own_folders(base).items():
        monkeypatch.setenv(name, value)
    return base


@pytest.fixture(autouse=True)
def memory_keyring() -> Iterator[MemoryKeyring]:
    """The keyring of this test; empty at its start."""
    before = keyring.get_keyring()
    backend = MemoryKeyring()
    keyring.set_keyring(backend)
    yield backend
    keyring.set_keyring(before)
