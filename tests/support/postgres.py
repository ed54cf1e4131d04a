"""A PostgreSQL of this test run's own: a cluster in a temporary folder, reached by a socket file, gone at the end.

Debian's package is enough; no cluster of the system is looked at. `initdb` refuses root: another account runs it then.
"""

import atexit
import os
import pwd
import shutil
import subprocess
import tempfile
from functools import cache
from itertools import count
from pathlib import Path
from typing import Final

from sqlalchemy import create_engine, text

from server_stub.store.engine import open_database

_PLACES: Final = ("/usr/lib/postgresql/15/bin", "/usr/lib/postgresql/16/bin", "/usr/lib/postgresql/17/bin")
_HASTY: Final = (
    "fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=", "max_connections=150",
    "shared_buffers=64MB", "autovacuum=off",
)  # fmt: skip
_TEMPLATE: Final = "portal_template"
_numbers = count(1)


def new_database() -> str:
    """The URL of a new database with a portal's tables, empty."""
    server, name = _server(), f"portal_{next(_numbers)}"
    _command(server, f"CREATE DATABASE {name} TEMPLATE {_template(server)}")
    return _url(server, name)


def bare_database() -> str:
    """The URL of a new database without tables."""
    server, name = _server(), f"bare_{next(_numbers)}"
    _command(server, f"CREATE DATABASE {name}")
    return _url(server, name)


@cache
def _template(server: Path) -> str:
    """The database that every other one is copied from."""
    _command(server, f"CREATE DATABASE {_TEMPLATE}")
    open_database(_url(server, _TEMPLATE), create=True).close()
    return _TEMPLATE


@cache
def _server() -> Path:
    """The folder with the socket of a running server; it is stopped when this process ends."""
    programs = next((Path(place) for place in _PLACES if Path(place, "initdb").exists()), None)
    if programs is None:
        raise AssertionError("PostgreSQL is missing: requirements/debian.txt names the package")
    folder = Path(tempfile.mkdtemp(prefix="toasoan-pg-", dir="/tmp"))
    account: list[str] = []
    if os.geteuid() == 0:
        person = _account()
        os.chown(folder, person.pw_uid, person.pw_gid)
        account = ["setpriv", f"--reuid={person.pw_uid}", f"--regid={person.pw_gid}", "--clear-groups"]
    data = str(folder / "data")
    made = [
        str(programs / "initdb"),
        "-D",
        data,
        "-A",
        "trust",
        "-U",
        "portal",
        "-E",
        "UTF8",
        "--locale=C",
        "--no-sync",
    ]
    subprocess.run([*account, *made], check=True, capture_output=True, cwd="/")
    options = " ".join(f"-c {option}" for option in (*_HASTY, f"unix_socket_directories={folder}"))
    control = [*account, str(programs / "pg_ctl"), "-D", data, "-w"]
    subprocess.run(
        [*control, "-l", str(folder / "log"), "-o", options, "start"], stdout=subprocess.DEVNULL, check=True, cwd="/"
    )
    atexit.register(_stop, [*control, "-m", "immediate", "stop"], folder)
    return folder


def _account() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        return pwd.getpwnam("nobody")


def _stop(command: list[str], folder: Path) -> None:
    subprocess.run(command, check=False, capture_output=True)
    shutil.rmtree(folder, ignore_errors=True)


def _url(server: Path, name: str) -> str:
    return f"postgresql://portal@/{name}?host={server}"


def _command(server: Path, statement: str) -> None:
    engine = create_engine(f"postgresql+psycopg://portal@/postgres?host={server}", isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
