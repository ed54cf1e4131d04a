"""One seat's machine: the real use cases and the real cycle on a real store; a crash costs everything but the store."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Literal

from desktop.application.conflicts import Conflicts
from desktop.application.drafting import Drafting
from desktop.application.freezing import Tools
from desktop.application.library import Library
from desktop.application.merging import Merging
from desktop.application.office import Office
from desktop.application.ports import Portal
from desktop.application.records import Changes, Place, Queued
from desktop.application.remarks import Remarks
from desktop.application.session import Session
from desktop.application.stages import Stages
from desktop.domain.ids import EntryId
from desktop.store import open_store
from desktop.sync.cycle import Cycle
from desktop.sync.vault import KeyringVault
from tests.checker.cast import Seat
from tests.checker.crashing import CrashingStore
from tests.checker.homes import Home, PlainHome, SqlHome
from tests.checker.times import Dice, WrongClock
from tests.support.plain_store import PlainStore

ADDRESS = "http://127.0.0.1:1"


@dataclass(frozen=True)
class Paragraphs:
    """A renderer that is fast: what is rendered is not the question here."""

    rev: int = 1

    def render(self, text: str, dialect: Literal["prose", "legal"]) -> str:
        del dialect
        return "".join(f"<p>{escape(part, quote=False)}</p>" for part in text.split("\n\n"))


@dataclass
class Machine:
    """The home and the clock of a seat, used by history after history."""

    seat: Seat
    clock: WrongClock
    home: Home


def machine(seat: Seat, portal: Portal, *, plain: bool = False) -> Machine:
    """A home after its first sign-in and sync; slow, done once per process and seat. `plain`: a store in dictionaries."""
    clock = WrongClock()
    store = PlainStore() if plain else open_store(None, clock=clock)
    tools = Tools(clock, Dice("sign-in", seat.name), Paragraphs())
    vault = KeyringVault(seat.name, None)
    session = Session(store, portal, vault, tools, portal_url=ADDRESS, device_name=seat.name, announce=_nobody)
    with store.write() as work:
        work.feed.set_value("device_id", seat.device_id)
    session.sign_in(seat.member, "mat-khau")
    Cycle(
        store,
        portal,
        vault=vault,
        clock=clock,
        chance=Dice("first", seat.name),
        announce=_nobody,
        merge=lambda: 0,
        version="1",
    ).run()
    return Machine(seat, clock, PlainHome(store) if isinstance(store, PlainStore) else SqlHome(store))


def _nobody(_changes: Changes) -> None:
    pass


@dataclass
class Client:
    """`machine` is laid back to its first image; `line` is the portal as this seat reaches it."""

    machine: Machine
    store: CrashingStore
    line: Portal
    dice: Dice
    starts: int = 0
    version: str = "1"
    drafting: Drafting = field(init=False)
    stages: Stages = field(init=False)
    conflicts: Conflicts = field(init=False)
    library: Library = field(init=False)
    remarks: Remarks = field(init=False)
    office: Office = field(init=False)
    cycle: Cycle = field(init=False)

    def __post_init__(self) -> None:
        self.machine.home.lay_back()
        self.start()

    @property
    def seat(self) -> Seat:
        return self.machine.seat

    @property
    def moment(self) -> tuple[int, int]:
        """(starts of the program, transactions written): nothing that is read here changes before this does."""
        return self.starts, self.store.writes

    def start(self) -> None:
        """The program starts (again): only the store is what it was."""
        self.starts += 1
        self.store.calm()
        tools = Tools(self.machine.clock, self.dice, Paragraphs())
        self.drafting = Drafting(self.store, tools, _nobody)
        self.stages = Stages(self.store, tools, _nobody)
        self.conflicts = Conflicts(self.store, tools, _nobody)
        self.library = Library(self.store)
        self.remarks = Remarks(self.store, tools, _nobody)
        self.office = Office(self.store, tools, _nobody)
        self.cycle = Cycle(
            self.store,
            self.line,
            vault=KeyringVault(self.seat.name, None),
            clock=self.machine.clock,
            chance=self.dice,
            announce=_nobody,
            merge=Merging(self.store, tools, _nobody).merge_all,
            version=self.version,
        )

    def waits(self) -> int:
        """How many operations wait here, those aside that are held."""
        with self.store.read() as work:
            return sum(item.place is Place.WAITING for item in work.queue.all())

    def queued(self, entry_id: EntryId) -> Sequence[Queued]:
        """What waits here of one entry."""
        with self.store.read() as work:
            return work.queue.of(entry_id)
