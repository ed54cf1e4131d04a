"""The client's engine in a process of its own, as the sync benchmarks run it: `python -m benchmarks.client first HOME URL`."""

import argparse
import gc
import json
import resource
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from benchmarks.counting import counted
from benchmarks.office import CHIEF, PASSWORD, SECTIONS, WRITER, content
from desktop.application.desk import Desk
from desktop.application.records import Changes, ListQuery
from desktop.domain.ids import EntryId
from desktop.wiring import open_desk

_MEGABYTE: Final = 1024  # of what getrusage counts in
_ROUNDS: Final = 7
_IDLE: Final = 50
_TEXTS: Final = 1_000


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


def small(home: Path, url: str) -> dict[str, object]:
    """Two members with a portal that stands: an idle sync, one change out and in, and a thousand texts at once."""
    with ExitStack() as stack:
        writer, chief = (stack.enter_context(open_desk(home / name, portal_url=url)) for name in (WRITER, CHIEF))
        for desk, name in ((writer, WRITER), (chief, CHIEF)):
            desk.session.sign_in(name, PASSWORD)
            desk.exchange.run()
        idle = [_timed(chief.exchange.run) for _ in range(_IDLE)]
        sent, received = _bytes_of_idle(home / "counted", url)
        changes = [_change(writer, chief, number) for number in range(_ROUNDS)]
        made = [_draft(writer, number) for number in range(_TEXTS)]
        writer.drafting.freeze_idle(made)
        push = _timed(writer.exchange.run)
        waiting = writer.exchange.status().waiting
    return {"idle_ms": min(idle) * 1e3, "sent": sent, "received": received, "change_ms": min(changes) * 1e3, "push_s": push,
            "waiting": waiting}  # fmt: skip


def _bytes_of_idle(home: Path, url: str) -> tuple[int, int]:
    """Out and in; through a line that counts, which takes time of its own."""
    with counted(urlsplit(url).port or 0) as line, open_desk(home, portal_url=f"http://127.0.0.1:{line.port}") as desk:
        desk.session.sign_in(CHIEF, PASSWORD)
        desk.exchange.run()
        line.sent = line.received = 0
        desk.exchange.run()
        return line.sent, line.received


def _draft(desk: Desk, number: int) -> EntryId:
    entry_id = desk.drafting.create("article", section=SECTIONS[0])
    desk.drafting.save(entry_id, {**content(number)["fields"], "section": SECTIONS[0]})
    return entry_id


def _change(writer: Desk, chief: Desk, number: int) -> float:
    entry_id = _draft(writer, number)
    writer.drafting.freeze_idle([entry_id])
    taken = _timed(writer.exchange.run) + _timed(chief.exchange.run)
    if chief.library.rows(ListQuery(limit=1))[0].entry_id != entry_id:
        raise RuntimeError("the change has not come")
    return taken


def _timed(action: Callable[[], object]) -> float:
    begin = time.perf_counter()
    action()
    return time.perf_counter() - begin


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.client")
    parser.add_argument("what", choices=("first", "small"))
    parser.add_argument("home", type=Path)
    parser.add_argument("url")
    chosen = parser.parse_args(arguments)
    gc.freeze()  # as the window does when it stands
    print(json.dumps({"first": first, "small": small}[chosen.what](chosen.home, chosen.url)))


if __name__ == "__main__":
    main()
