"""A home whose database the disk has changed: opened, read from end to end, and written to."""

import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pysqlite3.dbapi2

from desktop.application.library import Library
from desktop.application.records import ListQuery
from desktop.domain.errors import Problem
from desktop.store.opening import DATABASE
from tests.failure.scripts import Stage
from tests.failure.seat import Seat
from tests.failure.soundness import differences, rows_of

PAGE: Final = 4096
LOG: Final = f"{DATABASE}-wal"

_BOXES: Final = ("all", "drafts", "submitted", "published", "conflicts", "cards")


@dataclass(frozen=True)
class Damage:
    """What was done to which file, and what came of it: the problem that was told, or None; whether a value differs unnoticed."""

    what: str
    problem: type[Problem] | None = None
    at_opening: bool = False
    unnoticed: bool = False


def flip(data: bytearray, chance: random.Random) -> str:
    place = chance.randrange(len(data))
    data[place] ^= chance.randint(1, 255)
    return f"byte {place}"


def zero_a_page(data: bytearray, chance: random.Random) -> str:
    place = chance.randrange(0, len(data), PAGE)
    data[place : place + PAGE] = bytes(len(data[place : place + PAGE]))
    return f"zeros from {place}"


def foreign_sector(data: bytearray, chance: random.Random) -> str:
    place = chance.randrange(0, len(data), 512)
    data[place : place + 512] = chance.randbytes(len(data[place : place + 512]))
    return f"foreign bytes from {place}"


def cut_off(data: bytearray, chance: random.Random) -> str:
    place = chance.randrange(len(data))
    del data[place:]
    return f"cut off at {place}"


WAYS: Final[tuple[Callable[[bytearray, random.Random], str], ...]] = (
    flip, flip, flip, flip, zero_a_page, foreign_sector, cut_off,
)  # fmt: skip


def damaged(stage: Stage, home: Path, seed: int, *, names: tuple[str, ...] = (DATABASE,)) -> Damage:
    """Damage one of the files `names` of a fresh copy and use the home; anything but a Problem comes up as it is."""
    shutil.rmtree(home, ignore_errors=True)
    place = stage.set_up(home)
    chance = random.Random(seed)  # noqa: S311  repeatable on purpose
    path = home / chance.choice(names)
    data = bytearray(path.read_bytes())
    what = f"{path.name}: {chance.choice(WAYS)(data, chance)}"
    path.write_bytes(data)
    opened = False
    try:
        with place.opened() as seat:
            opened = True
            use(seat)
    except Problem as problem:
        assert path.exists()
        if not opened:
            assert path.read_bytes() == data, "the damaged file was changed"
        return Damage(what, type(problem), at_opening=not opened)
    return Damage(what, unnoticed=not _the_same(stage.home, home))


def _the_same(one: Path, other: Path) -> bool:
    """Whether every value of every table is what it was, also those that no window shows."""
    try:
        return differences(rows_of(one, exactly=True), rows_of(other, exactly=True)) == {}
    except pysqlite3.dbapi2.Error:
        return False


def use(seat: Seat) -> None:
    """Everything that a window shows at some time; nothing is written."""
    library = Library(seat.store)
    library.me(), library.people(), library.profile(), library.kinds(), library.cards(), library.bundle()
    library.counts(_BOXES)
    for query in (ListQuery(), ListQuery(text="tin"), *(ListQuery(box=box) for box in _BOXES)):
        library.rows(query)
    for row in library.rows(ListQuery(limit=1000)):
        seat.drafting.open(row.entry_id)
        seat.stages.choices(row.entry_id)
    seat.cycle.status()
    with seat.store.read() as work:
        entries = list(work.entries.index())
        work.entries.without_body(1000)
        for entry_id in entries:
            for revision in work.revisions.of(entry_id):
                assert revision.content is not None
            work.revisions.history(entry_id)
        work.queue.waiting(1000)
        for sha256, _size in work.blobs.unsent():
            work.blobs.read(sha256)
