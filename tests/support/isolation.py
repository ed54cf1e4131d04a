"""Keeps a test inside its own folders and on this machine."""

import os
import sys
import time
from pathlib import Path

FOLDERS = {
    "HOME": "",
    "XDG_CONFIG_HOME": "config",
    "XDG_DATA_HOME": "data",
    "XDG_STATE_HOME": "state",
    "XDG_CACHE_HOME": "cache",
    "XDG_RUNTIME_DIR": "runtime",
}
OFFSCREEN = {
    "QT_QPA_PLATFORM": "offscreen",
    "QTWEBENGINE_DISABLE_SANDBOX": "1",
    "QTWEBENGINE_CHROMIUM_FLAGS": "--disable-gpu --no-sandbox",
    "LC_ALL": "C.UTF-8",
    "TZ": "ICT-7",
}
LOCAL = ("127.", "localhost", "::1", "0.0.0.0", "testserver")  # noqa: S104  names compared, nothing is bound


class LeftTheMachineError(AssertionError):
    """A test opened a connection to another machine."""


def offscreen() -> None:
    """The same Qt on every machine; before the first Qt import."""
    for name in [name for name in os.environ if name.startswith("QT")]:
        del os.environ[name]
    os.environ.update(OFFSCREEN)
    time.tzset()


def own_folders(base: Path) -> dict[str, str]:
    """Makes a home with its XDG folders under `base`; returns the environment that names them."""
    environment = {}
    for name, part in FOLDERS.items():
        folder = base / part
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        environment[name] = str(folder)
    return environment


def forbid_other_machines() -> None:
    """For the whole process: connecting anywhere but to this machine raises LeftTheMachineError."""
    sys.addaudithook(_judge)


def _judge(event: str, arguments: tuple[object, ...]) -> None:
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        host = str(arguments[1][0])
    elif event == "socket.getaddrinfo":
        host = str(arguments[0] or "localhost")
    else:
        return
    # `.invalid` names never resolve: a test of "no network" may ask for one.
    if not host.startswith(LOCAL) and not host.endswith(".invalid"):
        raise LeftTheMachineError(host)
