"""A key in a 400 KB text (the five regulations three times), until it is painted and until it stands in the preview's page.

The real main window with everything on, beside ReText 8.1 with its live preview, each in a process of its own, in the same
run. Wall time. Goals: key to page p95 50 ms, median 16 ms; key to glyph p95 16 ms; open 300 ms; 40 times ReText.
"""

import json
import os
import random
import statistics
import subprocess
import sys
import venv
from contextlib import closing
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, Literal

import resources
from benchmarks.harness import Measured, benchmark
from benchmarks.office import BUILD, ROOT, child
from benchmarks.store import WallClock, settle_in
from desktop.application.records import Draft
from desktop.application.shown import refresh
from desktop.domain.digest import Json
from desktop.domain.ids import EntryId
from desktop.editor.text.incremental import LiveRenderer
from desktop.editor.text.normalise import normalise
from desktop.store import open_store

ROUNDS: Final = int(os.environ.get("BENCH_KEYS", "60"))
_RETEXT_ROUNDS: Final = 12
_TIMES: Final = 3
_ENTRY: Final = EntryId("01930000-0000-7000-8000-000000000001")
_NEWER: Final = EntryId("01930000-0000-7000-8000-000000000002")  # a short one: what a start opens by itself
_RETEXT: Final = BUILD / "retext"
_REFERENCE: Final = "ReText 8.1, live preview with QtWebEngine"
# What people type into a text, key by key.
_TYPED: Final = (
    " và **đậm** nữa", "\n\n- mục một\n- mục hai", "\n\n## Tiêu đề", " [liên kết](https://e.vn)", "\n\n1. Khoản một\n\na) Điểm",
    "\n\nĐiều 99. Phạm vi\n", "\n\n| a | b |\n|---|---|\n| c | d |\n", "\n\n> trích", " x[^1]\n\n[^1]: chú thích\n",
    "\n\n<table><tr><td>a</td></tr></table>\n", " <b>đậm</b>", " 5 < 6 & 7", " *nghiêng*",
)  # fmt: skip


@benchmark("preview.key_to_dom", unit="ms", better="lower", reference=_REFERENCE)
def key_to_dom() -> Measured:
    """The median."""
    return Measured(statistics.median(_own()["dom"]), statistics.median(_retext()["dom"]))


@benchmark("preview.key_to_dom.p95", unit="ms", better="lower", reference=_REFERENCE)
def key_to_dom_p95() -> Measured:
    return Measured(_p95(_own()["dom"]), _p95(_retext()["dom"]))


@benchmark("preview.key_to_glyph", unit="ms", better="lower", reference=_REFERENCE)
def key_to_glyph() -> Measured:
    """The p95: painted in the source."""
    return Measured(_p95(_own()["glyph"]), _p95(_retext()["glyph"]))


@benchmark("preview.open", unit="ms", better="lower", reference=_REFERENCE)
def opened() -> Measured:
    """From the entry that is chosen in the list to a text that is painted and takes keys."""
    return Measured(_own()["open"], _retext()["open"])


@benchmark("preview.turn", unit="ms", better="lower", reference="a frame of the screen at 60 Hz")
def turn() -> Measured:
    """The most of the processor that one turn of the window's event loop takes in the seconds after opening, with keys."""
    return Measured(max(_own()["turns"]), 16.7)


@benchmark("preview.whole", unit="%", better="lower", reference="rendering the whole text at every key")
def whole() -> Measured:
    """Keys after which the text could not be rendered in parts: typing at random places of the regulations, both dialects."""
    fell, keys = 0, 0
    for dialect in _DIALECTS:
        for number, text in enumerate(_texts()):
            live, dice = LiveRenderer(dialect), random.Random(number)  # noqa: S311  repeatable on purpose
            lines = text.split("\n")
            for typed in _TYPED:
                line = dice.randrange(len(lines))
                for end in range(1, len(typed) + 1):
                    now = [*lines[:line], lines[line] + typed[:end], *lines[line + 1 :]]
                    fell += live.render("\n".join(now)).whole
                    keys += 1
    print(f"  preview.whole: {fell} of {keys} keys", file=sys.stderr)
    return Measured(max(fell, 0.01) / keys * 100, 100.0)


_DIALECTS: Final[tuple[Literal["legal", "prose"], ...]] = ("legal", "prose")


def _p95(figures: list[float]) -> float:
    return sorted(figures)[int(len(figures) * 0.95)]


def _texts() -> list[str]:
    """As the application imports them."""
    paths = sorted(resources.path("texts").glob("*.txt"))
    return [normalise(path.read_text(encoding="utf-8")).text for path in paths]


@cache
def _own() -> dict[str, Any]:
    with TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        home.mkdir()
        with closing(open_store(home, clock=WallClock())) as store:
            settle_in(store)
            fields: dict[str, Json] = {"title": "Năm quy chế", "body": "\n\n".join(_texts() * _TIMES)}
            with store.write() as work:
                work.drafts.put(Draft(_ENTRY, "legal-document", "vi", fields, updated="2026-11-22T09:00:00Z"))
                work.drafts.put(Draft(_NEWER, "legal-document", "vi", {"title": "Một"}, updated="2026-11-22T09:30:00Z"))
                work.look_up([_ENTRY, _NEWER])
                refresh(work, [_ENTRY, _NEWER])
        got = child("benchmarks.preview_window", str(home), _ENTRY, str(ROUNDS))
    said = {
        name: [round(statistics.median(got[name]), 1), round(_p95(got[name]), 1), round(max(got[name]), 1)]
        for name in ("glyph", "dom", "cpu", "first", "turns")
    }
    print(f"  preview, median, p95, most: {json.dumps(said)}; the page moved {got['moved']} px", file=sys.stderr)
    return got


@cache
def _retext() -> dict[str, Any]:
    """ReText in a virtual environment of its own; RuntimeError where it cannot be installed."""
    python = _RETEXT / ("Scripts" if os.name == "nt" else "bin") / "python"
    try:
        if not (_RETEXT / "made").exists():
            venv.create(_RETEXT, with_pip=True, clear=True)
            command = [str(python), "-m", "pip", "install", "-q", "ReText==8.1.0", "PyQt6-WebEngine"]
            subprocess.run(command, check=True)  # noqa: S603
            (_RETEXT / "made").touch()
    except (OSError, subprocess.CalledProcessError) as error:
        raise RuntimeError(f"the reference cannot be installed in {_RETEXT}: {error}") from error
    with TemporaryDirectory() as folder:
        file = Path(folder) / "text.md"
        file.write_text("\n\n".join(_texts() * _TIMES), encoding="utf-8")
        command = [str(python), str(ROOT / "benchmarks" / "retext_probe.py"), str(file), str(_RETEXT_ROUNDS)]
        environment = {"QT_QPA_PLATFORM": "offscreen", "QTWEBENGINE_DISABLE_SANDBOX": "1", **os.environ, "HOME": folder}
        environment.pop("PYTHONPATH", None)
        done = subprocess.run(  # noqa: S603
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True, env=environment
        )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found
