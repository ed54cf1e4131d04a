"""An import in a process of its own: what a hostile file can cost is bounded, and a person can stop it.

Source: sync-protocol.md X5. The process gets a path and gives back lines of JSON; nothing of it is ever unpickled.
"""

import base64
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import IO, Any

import resources
from desktop.domain.errors import BadContent, Rule
from desktop.editor.text.incoming.result import Dialect, Imported, Note, Picture, Remark

_CHILD = "desktop.editor.text.incoming.child"
_PATIENCE = 420  # seconds altogether, LibreOffice included
_LOOK = 0.1
_MOST_LINE = 400 * 1024 * 1024


def import_apart(
    path: Path,
    dialect: Dialect,
    *,
    told: Callable[[str, int], None] = lambda _stage, _part: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Imported:
    """As `files.imported`. BadContent also for `import-cancelled`, `import-too-long`, and `import-too-large` when it died of it."""
    root = str(resources.path().parent)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([root, *filter(None, [os.environ.get("PYTHONPATH")])])}
    with subprocess.Popen(  # noqa: S603  this program's own module
        [sys.executable, "-m", _CHILD, str(path), dialect],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment, start_new_session=True,
    ) as process:  # fmt: skip
        try:
            return _answer(process, told=told, cancelled=cancelled)
        finally:
            _end(process)


def _answer(
    process: "subprocess.Popen[bytes]", *, told: Callable[[str, int], None], cancelled: Callable[[], bool]
) -> Imported:
    lines: SimpleQueue[bytes] = SimpleQueue()
    if process.stdout is not None:
        Thread(target=_listen, args=(process.stdout, lines), daemon=True).start()
    until = time.monotonic() + _PATIENCE
    while True:
        if cancelled():
            raise BadContent(Rule("import-cancelled"))
        if time.monotonic() > until:
            raise BadContent(Rule("import-too-long"))
        try:
            line = lines.get(timeout=_LOOK)
        except Empty:
            continue
        if not line:
            raise BadContent(_died(process.wait()), f"ended with {process.returncode}")
        message = json.loads(line)
        if "stage" in message:
            told(message["stage"], message["part"])
        elif "rule" in message:
            raise BadContent(Rule(message["rule"], params=message["params"]), message["detail"])
        else:
            return _read(message)


def _listen(stdout: IO[bytes], lines: "SimpleQueue[bytes]") -> None:
    """Lines as they come, and an empty one at the end."""
    try:
        while line := stdout.readline(_MOST_LINE):
            lines.put(line)
    except (OSError, ValueError):  # closed under our hands: it was stopped
        pass
    lines.put(b"")


def _died(code: int) -> Rule:
    """Why the process ended without a word: its time was up, or its memory."""
    if sys.platform != "win32" and code in {-signal.SIGXCPU, -signal.SIGKILL}:
        return Rule("import-too-long")
    return Rule("import-broken")


def _end(process: "subprocess.Popen[bytes]") -> None:
    """The process and what it has started (LibreOffice) are gone afterwards."""
    if sys.platform == "win32":
        process.kill()
        return
    try:
        os.killpg(process.pid, signal.SIGKILL)  # it leads a session of its own
    except (ProcessLookupError, PermissionError):
        process.kill()


def _read(answer: Mapping[str, Any]) -> Imported:
    return Imported(
        markdown=str(answer["markdown"]),
        pictures=tuple(
            Picture(one["sha256"], one["name"], base64.b64decode(one["data"]), one["alt"]) for one in answer["pictures"]
        ),
        remarks=tuple(Remark(one["author"], one["text"], one["about"]) for one in answer["remarks"]),
        notes=tuple(Note(one["code"], dict(one["params"]), int(one["line"])) for one in answer["notes"]),
    )
