"""`python -m tests.journeys.day [--cuts] [--only 003,…] [--out DIR]`: plays the day and exits non-zero on any difference.

The environment must be Qt's offscreen one (`./dev run --day` sets it).
"""

import argparse
import shutil
import signal
import sys
from pathlib import Path
from types import FrameType

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from tests.journeys.day.counting import Tally, tally
from tests.journeys.day.play import Day, play, roads
from tests.journeys.day.site import Site
from tests.journeys.day.story import REGULATIONS, regulation
from tests.journeys.eyes import NotSeenError, breathe
from tests.journeys.seats import Seats
from tests.support.portal_process import PortalProcess, load_demo

ROOT = Path(__file__).resolve().parents[3]


def keep_messages(log: Path) -> None:
    """Qt's own messages go to a file: the steps are what a person reads."""

    def write(_kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
        with log.open("a", encoding="utf-8") as file:
            file.write(f"{text}\n")

    qInstallMessageHandler(write)


def main() -> int:
    """0: everything was as it should be; 1: a difference, printed."""
    parser = argparse.ArgumentParser(prog="python -m tests.journeys.day", description=__doc__)
    parser.add_argument("--cuts", action="store_true", help="kill the portal before, within and after every request")
    parser.add_argument("--only", default=",".join(REGULATIONS), help="which regulations, by number")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "day")
    chosen = parser.parse_args()
    signal.signal(signal.SIGTERM, _interrupted)
    out: Path = chosen.out
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    keep_messages(out / "qt.log")
    names = [name for name in chosen.only.split(",") if name]
    cuts = out / "cuts.log" if chosen.cuts else None
    return _play(out, names, cuts)


def _play(out: Path, names: list[str], cuts: Path | None) -> int:
    database = out / "portal.sqlite"
    _say("the demo portal is loaded")
    passwords = load_demo(database)
    portal = PortalProcess(database, cuts=cuts, rest=breathe)
    seats = Seats(out / "homes", portal.url)
    day = Day(
        line=portal, passwords=passwords, regulations=[regulation(name) for name in names], rest=breathe,
        seat=seats.open, say=_Steps().say, pictures=out,
    )  # fmt: skip
    counted = Tally()
    with portal, seats:
        try:
            play(day)
        except (NotSeenError, AssertionError) as problem:
            day.findings.differences.append(str(problem))
            for username, person in seats.taken.items():
                person.picture(out / f"stopped-{username}.png")
        else:
            site = Site(portal.url, rest=breathe)
            homes = [seats.home(username) for username in seats.taken]
            counted = tally(homes, database, site, roads(day))
    day.findings.differences += [f"lost: {line}" for line in counted.lost]
    day.findings.differences += [f"doubled: {line}" for line in counted.doubled]
    day.findings.write(out / "day.json")
    return _close(day, counted, cuts)


def _close(day: Day, counted: Tally, cuts: Path | None) -> int:
    for row in day.findings.regulations:
        same = "equal" if list(row.source) == list(row.page) else "DIFFERENT"
        _say(f"{row.name}: {len(row.source)} labels, {same}; {row.combining_marks} combining marks; {row.path}")
    hidden = day.findings.unpublished
    _say(f"{len(hidden)} addresses of what is not published: {sorted(set(hidden.values()))}")
    for line in day.findings.differences:
        _say(f"DIFFERENCE: {line}")
    if cuts is not None:
        count = len(cuts.read_text(encoding="utf-8").splitlines()) if cuts.exists() else 0
        _say(f"{count} cuts, {len(counted.lost)} lost, {len(counted.doubled)} doubled")
        if not count:
            return 1
    _say("the day went as it should" if not day.findings.differences else "the day did NOT go as it should")
    return 1 if day.findings.differences else 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


class _Steps:
    """Numbers what is said."""

    def __init__(self) -> None:
        self._count = 0

    def say(self, text: str) -> None:
        self._count += 1
        _say(f"{self._count:2}. {text}")


def _interrupted(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
