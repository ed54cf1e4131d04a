"""Syncing with a portal in a process of its own, beside Anki's own client and server with notes of the same text.

Wall time, as Anki's is; what limits it stands in docs/speed.md. BENCH_ENTRIES: how many entries a first sync brings (100,000).
"""

import json
import os
import subprocess
import sys
import venv
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import resources
from benchmarks.harness import Measured, benchmark
from benchmarks.office import BUILD, ROOT, Portal, child, filled

ENTRIES: Final = int(os.environ.get("BENCH_ENTRIES", "100000"))
STANDING: Final = 1_000  # entries of the portal with which the small syncs are done
_ANKI: Final = BUILD / "anki"
_NOTES: Final = 20_000
_INSTANT: Final = 1e-3  # of a sync so small that its tenths are one batch


@benchmark("sync.first", unit="1/s", better="higher", reference="Anki: notes down per second, without a search index")
def first() -> Measured:
    """A first sync of everything, list, texts and search index."""
    got = _first()
    return Measured(got["received"] / got["s"], _anki()["down_per_s"])


@benchmark("sync.first.usable", unit="s", better="lower", reference="Anki: the same number of notes down")
def usable() -> Measured:
    """Until every entry stands in the list and is found by its title."""
    return Measured(_first()["usable"], ENTRIES / _anki()["down_per_s"])


@benchmark("sync.push", unit="s", better="lower", reference="Anki: 1,000 notes up")
def push() -> Measured:
    return Measured(_small()["push_s"], _anki()["push_s"])


@benchmark("sync.idle", unit="ms", better="lower", reference="Anki: nothing to do")
def idle() -> Measured:
    return Measured(_small()["idle_ms"], _anki()["idle_ms"])


@benchmark("sync.change", unit="ms", better="lower", reference="Anki: one note out and in")
def change() -> Measured:
    return Measured(_small()["change_ms"], _anki()["change_ms"])


@cache
def _first() -> dict[str, Any]:
    with TemporaryDirectory() as folder:
        database = filled(Path(folder), ENTRIES)
        with Portal(database) as portal:
            got = child("benchmarks.client", "first", f"{folder}/home", portal.url)
    marks = got.pop("marks")
    got["usable"] = _when(marks, ENTRIES)
    tenth = ENTRIES // 10
    begin, after, late, end = (_when(marks, ENTRIES + n) for n in (0, tenth, ENTRIES - tenth, ENTRIES))
    said = {
        "texts/s, first tenth": round(tenth / max(after - begin, _INSTANT)),
        "texts/s, last tenth": round(tenth / max(end - late, _INSTANT)),
        "client: processor µs per entry": round(got["cpu"] / ENTRIES * 1e6),
        "portal: processor µs per entry": round(portal.cpu / ENTRIES * 1e6),
        "client: MB at most": round(got["peak"]),
    }
    print(f"  sync.first: {json.dumps(said, ensure_ascii=False)}", file=sys.stderr)
    return got


def _when(marks: list[tuple[float, int]], count: int) -> float:
    return next(seconds for seconds, touched in marks if touched >= count)


@cache
def _small() -> dict[str, Any]:
    with TemporaryDirectory() as folder:
        database = filled(Path(folder), STANDING)
        with Portal(database) as portal:
            got = child("benchmarks.client", "small", folder, portal.url)
    if got["waiting"]:
        raise RuntimeError(f"{got['waiting']} texts have not gone out")
    print(f"  sync.idle: {got['sent']} bytes out, {got['received']} in", file=sys.stderr)
    return got


@cache
def _anki() -> dict[str, float]:
    """Anki in a virtual environment of its own; RuntimeError where it cannot be installed."""
    python = _ANKI / ("Scripts" if os.name == "nt" else "bin") / "python"
    try:
        if not (_ANKI / "made").exists():
            venv.create(_ANKI, with_pip=True, clear=True)
            subprocess.run([str(python), "-m", "pip", "install", "-q", "anki"], check=True)  # noqa: S603
            (_ANKI / "made").touch()
    except (OSError, subprocess.CalledProcessError) as error:
        raise RuntimeError(f"the reference cannot be installed (pip install anki in {_ANKI}): {error}") from error
    texts = [str(path) for path in sorted(resources.path("texts").glob("*.txt"))]
    command = [str(python), str(ROOT / "benchmarks" / "anki_probe.py"), str(_NOTES), *texts]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)  # noqa: S603
    found: dict[str, float] = json.loads(done.stdout)
    return found
