"""A page laid out for paper by the engine that shows it, in a process of its own and without a screen."""

import base64
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from typing import Final

import resources
from desktop.domain.errors import PrintFailed

_CHILD: Final = "desktop.editor.widgets.paper"
_SECONDS: Final = 180


def printed(main: str, sheets: Mapping[str, str], *, lang: str, blobs: Mapping[str, bytes]) -> bytes:
    """A PDF on A4 with page numbers. `blobs`: the pictures of the page by their SHA-256. PrintFailed."""
    page = {
        "main": main, "lang": lang, "sheets": dict(sheets),
        "blobs": {sha256: base64.b64encode(data).decode() for sha256, data in blobs.items()},
    }  # fmt: skip
    root = str(resources.path().parent)
    environment = {
        "QTWEBENGINE_CHROMIUM_FLAGS": "--disable-gpu", **os.environ, "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": os.pathsep.join([root, *filter(None, [os.environ.get("PYTHONPATH")])]),
    }  # fmt: skip
    if sys.platform != "win32" and os.geteuid() == 0:
        environment["QTWEBENGINE_DISABLE_SANDBOX"] = (
            "1"  # Chromium starts no other way for the administrator of a server
        )
    try:
        done = subprocess.run(  # noqa: S603  this program's own module
            [sys.executable, "-m", _CHILD], input=json.dumps(page).encode(), capture_output=True, timeout=_SECONDS,
            check=False, env=environment,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as error:
        raise PrintFailed(str(error)) from error
    if done.returncode or not done.stdout.startswith(b"%PDF"):
        raise PrintFailed(done.stderr.decode("utf-8", "replace"))
    return done.stdout
