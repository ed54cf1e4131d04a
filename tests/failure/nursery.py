"""`python -m tests.failure.nursery`: starts a program again and again by forking, so that its imports are paid for once.

One line of JSON on stdin, `[role, argument…]`, is one life. The life's own lines go to the same stdout, between
`started PID` and `ended STATUS`; each is one write, so that a life that is killed leaves no half line.
"""

import json
import os
import sys
from collections.abc import Callable, Mapping
from itertools import count
from pathlib import Path
from typing import Final

from server_stub.cli import main as portal_program
from tests.failure.portal import reference_portal
from tests.failure.seat import Place, Seat
from tests.failure.soundness import traces

HOMES: Final = ("writer", "deputy")
PORTAL_FILE: Final = "portal.sqlite"
SECRETS: Final = "secrets.json"


def main() -> None:
    while line := sys.stdin.readline():
        role, *arguments = json.loads(line)
        life = os.fork()
        if life == 0:
            tell(f"started {os.getpid()}")
            _ROLES[role](*arguments)
            os._exit(0)
        _pid, status = os.waitpid(life, 0)
        tell(f"ended {os.waitstatus_to_exitcode(status)}")


def tell(line: str) -> None:
    os.write(sys.stdout.fileno(), f"{line}\n".encode())


def portal(*arguments: str) -> None:
    """The portal's own command line."""
    portal_program(list(arguments))


def desks(folder: str, life: int) -> None:
    """Two desks and their portal at work without end: one writes and sends, the other receives; all on files.

    Whatever is committed is told right after: `HOME TRACE` for every new trace, `body ENTRY NUMBER` for every text.
    """
    place = Path(folder)
    secrets: dict[str, dict[str, str]] = json.loads((place / SECRETS).read_text("utf-8"))
    with reference_portal(place / PORTAL_FILE, first_id=life * 1_000_000) as served:
        writer, deputy = (
            Place(place / name, served, secrets[name], seed=2 * life + number) for number, name in enumerate(HOMES)
        )
        with writer.opened() as one, deputy.opened() as other:
            known: Mapping[str, set[str]] = {name: set(traces(place / name)) for name in HOMES}
            for number in count(1):
                for seat, step in _round(one, other, number):
                    step()
                    name = "writer" if seat is one else "deputy"
                    _tell_new(name, place / name, known[name])


def _round(one: Seat, other: Seat, number: int) -> list[tuple[Seat, Callable[[], object]]]:
    entry_id = one.article(number, "0 ")

    def save(version: int) -> None:
        one.write(entry_id, number, f"{version} " + "chữ " * (number * 97 % 700))
        tell(f"body {entry_id} {version}")

    return [
        (one, lambda: save(1)),
        (one, lambda: one.drafting.freeze_idle([entry_id])),
        (one, lambda: save(2)),
        (one, lambda: one.drafting.attach(entry_id, name="tệp", data=entry_id.encode())),
        (one, lambda: one.stages.give(entry_id, "submit")),
        (one, one.cycle.run),
        (other, other.cycle.run),
    ]


def _tell_new(name: str, home: Path, known: set[str]) -> None:
    for trace in sorted(traces(home) - known):
        known.add(trace)
        tell(f"{name} {trace}")


_ROLES: Final[dict[str, Callable[..., None]]] = {"desks": desks, "portal": portal}

if __name__ == "__main__":
    main()
