"""`python -m tests.journeys.keyring_session HOME URL USERNAME PASSWORD`, on a D-Bus of its own with a real Secret Service.

Signs in by the form in one process, opens the same home in another one, and prints as JSON what each window said.
"""

import json
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import secretstorage

from desktop.bootstrap import Office, Options
from tests.journeys.day.member import Member
from tests.journeys.day.patient import ONLINE
from tests.journeys.seats import application, leave
from tests.support.poll import until

UNLOCKS = b"only for this session"


def main(arguments: list[str]) -> int:
    """`window` as first word: one window; otherwise the whole session."""
    if arguments[0] == "window":
        return window(Path(arguments[1]), *arguments[2:])
    daemon = subprocess.Popen(
        ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"],
        stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        assert daemon.stdin is not None
        daemon.stdin.write(UNLOCKS)
        daemon.stdin.close()
        # Asked earlier, the bus would start a second daemon, which is locked.
        until(Path(os.environ["XDG_RUNTIME_DIR"], "keyring", "control").exists, what="the daemon to run")
        until(_answers, what="the Secret Service to answer")
        home, url, username, password = arguments
        signed_in = _window(home, url, username, password)
        again = _window(home)
        sys.stdout.write(
            json.dumps({"signed_in": signed_in, "again": again, "written": _written(Path(home), password)})
        )
    finally:
        daemon.terminate()
        daemon.wait()
    return 0


def window(home: Path, *sign_in: str) -> int:
    """One life of the window; with address, user name and password the form is filled in."""
    app = application()
    options = Options(home, portal=sign_in[0] if sign_in else "", lang="vi")
    office = Office(app, options)
    assert office.open(options)
    member = Member(lambda: office.window if office.window and office.window.isVisible() else None)
    if sign_in:
        member.sign_in(*sign_in)
    member.send_all()
    said = {"online": member.words("status.network").startswith(ONLINE), "notice": member.words("session.notice.text")}
    sys.stdout.write(json.dumps(said))
    office.close()
    leave(app)
    return 0


def _window(*arguments: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.journeys.keyring_session", "window", *arguments]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    said: dict[str, Any] = json.loads(done.stdout)
    return said


def _answers() -> bool:
    try:
        with closing(secretstorage.dbus_init()) as bus:
            return not secretstorage.get_default_collection(bus).is_locked()
    except secretstorage.exceptions.SecretStorageException:
        return False


def _written(home: Path, password: str) -> dict[str, Any]:
    """How many secrets the service keeps for us, and which files of the home hold one of them or the password."""
    with closing(secretstorage.dbus_init()) as bus:
        items = list(secretstorage.get_default_collection(bus).get_all_items())
        kept = [item.get_secret() for item in items]
        names = sorted(str(item.get_attributes().get("service", "")) for item in items)
    files = [path for path in home.rglob("*") if path.is_file()]
    words = [password.encode(), *(part for secret in kept for part in _parts(secret))]
    leaks = [path.name for path in files if any(word in path.read_bytes() for word in words)]
    return {"secrets": len(kept), "services": names, "files": len(files), "leaks": leaks}


def _parts(secret: bytes) -> list[bytes]:
    """The tokens inside a kept value."""
    value = json.loads(secret)
    return (
        [text.encode() for text in value.values() if isinstance(text, str) and text]
        if isinstance(value, dict)
        else [secret]
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
