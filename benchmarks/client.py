"""The client's engine in a process of its own, as the sync benchmarks run it: `python -m benchmarks.client first HOME URL`."""

import argparse
import json
import resource
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from benchmarks.office import CHIEF, PASSWORD
from desktop.application.records import Changes
from desktop.wiring import open_desk

_MEGABYTE: Final = 1024  # of what getrusage counts in


class Watch:
    """When how many entries had been touched."""

    def __init__(self) -> None:
        self.marks: list[tuple[float, int]] = []
        self._count = 0
        self.begin = time.perf_counter()

    def announce(self, changes: Changes) -> None:
        self._count += len(changes.entries)
        self.marks.append((round(time.perf_counter() - self.begin, 4), self._count))


def first(home: Path, url: str) -> dict[str, object]:
    """A first sync of everything; `marks` are (seconds, entries touched): each once with its list row, once with its text."""
    watch = Watch()
    with open_desk(home, portal_url=url, announce=watch.announce) as desk:
        desk.session.sign_in(CHIEF, PASSWORD)
        watch.marks.clear()
        before, watch.begin = time.process_time(), time.perf_counter()
        report = desk.exchange.run()
        seconds, cpu = time.perf_counter() - watch.begin, time.process_time() - before
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _MEGABYTE
    return {
        "received": report.received,
        "bodies": report.bodies,
        "s": seconds,
        "cpu": cpu,
        "peak": peak,
        "marks": watch.marks,
    }


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.client")
    parser.add_argument("what", choices=("first",))
    parser.add_argument("home", type=Path)
    parser.add_argument("url")
    chosen = parser.parse_args(arguments)
    print(json.dumps(first(chosen.home, chosen.url)))


if __name__ == "__main__":
    main()
