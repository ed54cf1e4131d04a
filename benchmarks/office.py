"""A portal with many entries of real regulation text, served by a process of its own, and homes that sync with it.

Entry: about 250 words in the Markdown field, and the same as HTML. The filled database is kept in build/, made once per size.
"""

import html
import json
import os
import random
import shutil
import socket
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any, Final, Self
from unicodedata import normalize

from argon2 import PasswordHasher

import resources
from server_stub.core.canonical import canonical, digest, revision_id
from server_stub.core.passwords import Passwords
from server_stub.core.setup import NewMember, install
from server_stub.core.sync import handle
from server_stub.resources import read_json, read_kinds
from server_stub.settings import Settings, settings_for
from server_stub.store.engine import open_database

ROOT: Final = Path(__file__).resolve().parents[1]
BUILD: Final = ROOT / "build" / "bench"
PASSWORD: Final = "mat-khau-do-toc-do"  # noqa: S105  of portals that live as long as a benchmark
WRITER: Final = "ctv.tin"
CHIEF: Final = "truongban"
SECTIONS: Final = ("tin-hoat-dong", "tin-van-hoa", "tin-kinh-te", "thong-bao")
_WORDS: Final = 250
_PARAGRAPHS: Final = 4
_OPS: Final = 50
_DEVICE: Final = "01930000-0000-7000-8000-00000000000d"
# The weakest hash argon2 offers: nobody guesses here.
QUICK: Final = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
_ROLES: Final[dict[str, tuple[dict[str, object], ...]]] = {
    WRITER: ({"role": "ctv", "sections": list(SECTIONS)},),
    "btv.tin": ({"role": "btv", "sections": list(SECTIONS)},),
    CHIEF: ({"role": "truongban", "sections": None},),
}


@cache
def words() -> tuple[str, ...]:
    """The five regulations, word by word."""
    paths = sorted(resources.path("texts").glob("*.txt"))
    return tuple(word for path in paths for word in normalize("NFC", path.read_text(encoding="utf-8")).split())


def content(number: int) -> dict[str, Any]:
    """An article of about 250 words: a piece of the regulations that begins anywhere; the same for the same number."""
    known, dice = words(), random.Random(number)  # noqa: S311  repeatable on purpose
    start = dice.randrange(len(known) - _WORDS - 20)
    piece = known[start : start + _WORDS]
    step = len(piece) // _PARAGRAPHS
    parts = [" ".join(piece[place : place + step]) for place in range(0, len(piece), step)]
    return {
        "kind": "article",
        "lang": "vi",
        "fields": {
            "title": f"{' '.join(known[start + 1 : start + 12])} {number}",
            "section": SECTIONS[number % len(SECTIONS)],
            "summary": " ".join(piece[:25]),
            "body": "\n\n".join(parts),
        },
        "html": {"body": "".join(f"<p>{html.escape(part, quote=False)}</p>\n" for part in parts)},
        "attachments": [],
    }


def put(
    number: int, *, entry_id: str = "", base: str | None = None, text: dict[str, Any] | None = None
) -> dict[str, Any]:
    """The operation that brings `content(number)`, or another text, to the portal."""
    made = text or content(number)
    op_id = f"0193{number >> 16:04x}-{number & 0xFFFF:04x}-7000-8000-{random.Random(number).getrandbits(48):012x}"  # noqa: S311
    return {
        "op_id": op_id,
        "device_seq": number + 1,
        "type": "put",
        "client_time": None,
        "entry_id": entry_id or f"01930000-0000-7000-8000-{number:012x}",
        "base_rid": base,
        "merged_from": None,
        "rid": revision_id([base] if base else [], digest(canonical(made)), op_id=op_id),
        "content": made,
        "render_rev": 1,
        "auto": False,
    }


def filled(folder: Path, count: int) -> Path:
    """A portal's SQLite file with `count` entries, in `folder`."""
    kept = BUILD / f"portal-{count}.sqlite"
    if not kept.exists():
        BUILD.mkdir(parents=True, exist_ok=True)
        beside = kept.with_suffix(".new")
        beside.unlink(missing_ok=True)
        fill(settings_for(beside), count)
        beside.replace(kept)
    database = folder / "portal.sqlite"
    shutil.copyfile(kept, database)
    return database


def fill(settings: Settings, count: int) -> None:
    """Install a portal in an empty database and have its writer bring `count` entries, as a sync does."""
    known, profile = QUICK.hash(PASSWORD), read_json("profiles", "generic.json")
    members = [NewMember(name, roles, password_hash=known) for name, roles in _ROLES.items()]
    with closing(open_database(settings.database, create=True)) as database:
        with database.session(write=True) as session:
            epoch = install(
                session, profile=profile, kinds=read_kinds(), theme=profile["theme"], members=members,
                clock=settings.clock, ids=settings.ids,
            )  # fmt: skip
        actor, cursor = f"u-{WRITER}", None
        for start in range(0, count, _OPS):
            ops = [put(number) for number in range(start, min(start + _OPS, count))]
            request = {
                "protocol": 1,
                "epoch": epoch,
                "device_id": _DEVICE,
                "actor": actor,
                "cursor": cursor,
                "ops": ops,
            }
            with database.session() as session:
                reply = handle(
                    session, member=actor, device_id=_DEVICE, request=request, clock=settings.clock, ids=settings.ids
                )
            cursor = reply["next_cursor"]
            if any(result["outcome"] != "applied" for result in reply["results"]):
                raise RuntimeError(f"the portal does not take an entry: {reply['results']}")


class Portal:
    """A portal in a process of its own. `cpu` is what it used up to its end, in seconds."""

    def __init__(self, database: Path | str, *, arguments: Sequence[str] = ()) -> None:
        """`database`: a file, or what the command line of this portal takes for one; `arguments` go to `serve`."""
        self._command = [sys.executable, "-m", "server_stub.cli", "serve", "--database", str(database), *arguments]
        self.cpu = 0.0
        self.url = ""

    def __enter__(self) -> Self:
        port = _free_port()
        self.url = f"http://127.0.0.1:{port}"
        self._process = subprocess.Popen([*self._command, "--port", str(port)], cwd=ROOT, stdout=subprocess.PIPE)  # noqa: S603
        if self._process.stdout is None or not self._process.stdout.readline().startswith(b"READY"):
            raise RuntimeError("the portal does not start")
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        _pid, _status, used = os.wait4(self._process.pid, 0)
        self._process.returncode = 0
        self.cpu = used.ru_utime + used.ru_stime


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def child(module: str, *arguments: str) -> dict[str, Any]:
    """What `python -m MODULE ARGUMENTS` prints last, a JSON object; its secrets stay in its memory."""
    environment = {**os.environ, "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"}
    done = subprocess.run(  # noqa: S603  ourselves
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found
