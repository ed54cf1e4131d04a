"""What is under way when something fails: autosave, freeze, push-apply, feed-apply, attachments, migration.

Each script notes a fact after the product has told a person that something is done; whoever struck checks the facts.
"""

import random
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final, Protocol, TypeAlias

from desktop.application.records import Changes
from desktop.domain.ids import EntryId
from desktop.store.migrate import HEAD, MIGRATIONS
from tests.checker.images import Image
from tests.failure.lossy import PatientDisk
from tests.failure.portal import DEPUTY, WRITER, ReferencePortal
from tests.failure.seat import Place, Seat
from tests.failure.shim import mounted

_NEXT: Final = '''"""As a next version might: a column more, by making the table anew."""

import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{HEAD}"


def upgrade() -> None:
    with op.batch_alter_table("revision", recreate="always") as table:
        table.add_column(sa.Column("remark", sa.Text, nullable=False, server_default=""))
'''


class Note(Protocol):
    """`note("what was told", still_true)`: asked of the program when it has been started again."""

    def __call__(self, what: str, still_true: Callable[[Seat], bool]) -> None: ...


Step: TypeAlias = Callable[[], None]
"""What a person or a timer starts, and starts again when it failed."""


@dataclass
class Notes:
    facts: list[tuple[str, Callable[[Seat], bool]]] = field(default_factory=list)

    def __call__(self, what: str, still_true: Callable[[Seat], bool]) -> None:
        self.facts.append((what, still_true))

    def broken(self, seat: Seat) -> list[str]:
        return [what for what, still_true in self.facts if not still_true(seat)]


@dataclass(frozen=True)
class Script:
    """`prepare` makes the home as it is before; `steps` are struck while they run, `rounds` times as many as need be.

    `met_before`: the home has synced before. `during_opening`: what is struck is the opening itself, by a next version.
    """

    name: str
    member: str
    prepare: Callable[[Seat, ReferencePortal, int], None]
    steps: Callable[[Seat, int, Note], Sequence[Step]]
    page: int = 500
    met_before: bool = True
    during_opening: bool = False


@dataclass(frozen=True)
class Stage:
    """A script's home and portal before it runs; every run starts from copies of them."""

    script: Script
    home: Path
    secrets: dict[str, str]
    portal: ReferencePortal
    image: Image
    rounds: int
    migrations: Path = MIGRATIONS

    def set_up(self, home: Path) -> Place:
        place = Place(home, self.portal, dict(self.secrets), seed=2)
        self.lay_back(place)
        return place

    def lay_back(self, place: Place) -> None:
        """Home and portal as they are before the script; no file of the home may be open."""
        shutil.rmtree(place.home, ignore_errors=True)
        shutil.copytree(self.home, place.home)
        self.portal.lay(self.image)
        self.portal.page = self.script.page


Prepared: TypeAlias = Callable[[Script, int], Stage]
"""The stage of a script, so many rounds long."""


def stage(script: Script, folder: Path, portal: ReferencePortal, *, rounds: int = 1) -> Stage:
    """Prepare `script` in `folder`, which must not exist."""
    folder.mkdir(parents=True)
    place = Place(folder / "home", portal)
    with mounted(PatientDisk()), place.opened() as seat:
        seat.sign_in(script.member)
        if script.met_before:
            seat.cycle.run()
        script.prepare(seat, portal, rounds)
    migrations = _next_version(folder / "migrations") if script.during_opening else MIGRATIONS
    return Stage(script, place.home, place.secrets, portal, portal.image(), rounds, migrations)


def _next_version(folder: Path) -> Path:
    shutil.copytree(MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "next.py").write_text(_NEXT.replace("{HEAD}", HEAD), encoding="utf-8")
    return folder


def _text(number: int) -> str:
    """Of very different lengths, and told apart by its first word."""
    words = random.Random(number).randint(1, 900)  # noqa: S311  repeatable on purpose
    return f"{number} " + "chữ " * words


def _number(body: str) -> int:
    return int(body.partition(" ")[0])


def _entries(seat: Seat) -> list[EntryId]:
    with seat.store.read() as work:
        return [draft.entry_id for draft in work.drafts.dirty()]


# --- autosave ------------------------------------------------------------------------------------------------------


def _drafts(seat: Seat, _portal: ReferencePortal, rounds: int) -> None:
    for _ in range(max(2, rounds)):
        seat.article(0, "0 ")


def _autosave(seat: Seat, rounds: int, note: Note) -> Sequence[Step]:
    entries = _entries(seat)
    return [partial(_save, seat, note, entries[number % len(entries)], number) for number in range(1, 2 * rounds + 1)]


def _save(seat: Seat, note: Note, entry_id: EntryId, number: int) -> None:
    seat.write(entry_id, number, _text(number))
    note(f"text {number} is saved", lambda again: _number(again.body(entry_id)) >= number)


# --- freeze --------------------------------------------------------------------------------------------------------


def _freeze(seat: Seat, rounds: int, note: Note) -> Sequence[Step]:
    steps: list[Step] = []
    for number, entry_id in enumerate(_entries(seat)[:rounds], 1):
        steps.append(partial(_leave, seat, note, entry_id))
        steps.append(partial(_save, seat, note, entry_id, number))
        steps.append(partial(_submit, seat, note, entry_id))
    return steps


def _leave(seat: Seat, note: Note, entry_id: EntryId) -> None:
    seat.drafting.freeze_idle([entry_id])
    note(f"{entry_id} is frozen", lambda again: _queued(again, entry_id) >= 1)


def _submit(seat: Seat, note: Note, entry_id: EntryId) -> None:
    seat.stages.give(entry_id, "submit")
    note(f"{entry_id} is submitted", lambda again: _queued(again, entry_id) == len(("put", "put", "submit")))


def _queued(seat: Seat, entry_id: EntryId) -> int:
    with seat.store.read() as work:
        return len(work.queue.of(entry_id))


# --- push-apply ----------------------------------------------------------------------------------------------------


def _queued_work(seat: Seat, _portal: ReferencePortal, rounds: int) -> None:
    for number in range(1, rounds + 1):
        entry_id = seat.article(number, _text(number))
        seat.drafting.attach(entry_id, name="ảnh.png", data=f"bytes {number}".encode())
        seat.drafting.freeze_idle([entry_id])
        seat.write(entry_id, number, _text(number + 1))
        seat.stages.give(entry_id, "submit")


def _push(seat: Seat, _rounds: int, note: Note) -> Sequence[Step]:
    return [partial(_sync, seat, note)]


def _sync(seat: Seat, note: Note) -> None:
    def told(_changes: Changes) -> None:
        left, known = seat.waiting(), _known(seat)
        note(f"all but {left} operations are sent", lambda again: again.waiting() <= left)
        note(f"so many entries and texts are here: {known}", lambda again: _at_least(_known(again), known))

    seat.on_announce = told
    seat.cycle.run()
    note("everything is sent", lambda again: again.waiting() == 0)


def _known(seat: Seat) -> tuple[int, int]:
    with seat.store.read() as work:
        index = work.entries.index()
        return len(index), len(index) - len(work.entries.without_body(10_000))


def _at_least(known: tuple[int, int], told: tuple[int, int]) -> bool:
    return known[0] >= told[0] and known[1] >= told[1]


# --- feed-apply ----------------------------------------------------------------------------------------------------


def _colleagues_work(seat: Seat, portal: ReferencePortal, rounds: int) -> None:
    """Written and submitted by somebody else, at a home that is of no further interest."""
    elsewhere = Place(Path(seat.store._writer.url.database or "").parent.parent / "elsewhere", portal, seed=3)
    with elsewhere.opened() as other:
        other.sign_in(WRITER)
        other.cycle.run()
        _queued_work(other, portal, 2 * rounds)
        other.cycle.run()


def _feed(seat: Seat, _rounds: int, note: Note) -> Sequence[Step]:
    return [partial(_sync, seat, note)]


# --- attachments ---------------------------------------------------------------------------------------------------


def _attachments(seat: Seat, rounds: int, note: Note) -> Sequence[Step]:
    entry_id = _entries(seat)[0]
    return [partial(_attach, seat, note, entry_id, number) for number in range(1, rounds + 1)]


def _attach(seat: Seat, note: Note, entry_id: EntryId, number: int) -> None:
    data = f"{number} ".encode() * (4000 * number)
    sha256 = seat.drafting.attach(entry_id, name=f"tệp {number}.bin", data=data)
    note(f"attachment {sha256[:8]} is kept", lambda again: _blob(again, sha256) == data)


def _blob(seat: Seat, sha256: str) -> bytes | None:
    with seat.store.read() as work:
        return work.blobs.read(sha256)


# --- migration -----------------------------------------------------------------------------------------------------


def _something_of_everything(seat: Seat, portal: ReferencePortal, rounds: int) -> None:
    _queued_work(seat, portal, rounds)
    seat.article(0, _text(7))


def _opened(_seat: Seat, _rounds: int, _note: Note) -> Sequence[Step]:
    return []


AUTOSAVE: Final = Script("autosave", WRITER, _drafts, _autosave)
FREEZE: Final = Script("freeze", WRITER, _drafts, _freeze)
PUSH: Final = Script("push-apply", WRITER, _queued_work, _push)
FEED: Final = Script("feed-apply", DEPUTY, _colleagues_work, _feed, page=3, met_before=False)
BLOBS: Final = Script("attachments", WRITER, _drafts, _attachments)
MIGRATION: Final = Script("migration", WRITER, _something_of_everything, _opened, during_opening=True)
SCRIPTS: Final = (AUTOSAVE, FREEZE, PUSH, FEED, BLOBS, MIGRATION)
