"""One member's program on a home, against a real portal on a socket: what the tests of a bad line sit at."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from desktop.application.drafting import Drafting
from desktop.application.freezing import Tools
from desktop.application.missing import Incoming
from desktop.application.ports import Store, SyncReport
from desktop.application.records import Changes
from desktop.application.session import Session
from desktop.application.stages import Stages
from desktop.application.transfers import Transfers
from desktop.domain.errors import EnvironmentProblem
from desktop.domain.ids import EntryId
from desktop.store import open_store
from desktop.sync.client import HttpPortal
from desktop.sync.cycle import Cycle
from desktop.sync.network import DIRECT, Way, WayOut
from desktop.sync.vault import KeyringVault
from desktop.wiring import SystemClock
from tests.support.live_portal import PASSWORD
from tests.support.offices import PlainRenderer, SeededChance
from tests.support.poll import rest

WRITER = "ctv.vanhoa"
_MANY = 400
# The beginning of an MP4; the rest may be anything.
_VIDEO = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom"


def video(path: Path, size: int, *, seed: int = 1) -> Path:
    chance = random.Random(seed)  # noqa: S311  repeatable on purpose
    with path.open("wb") as file:
        file.write(_VIDEO)
        left = size - len(_VIDEO)
        while left > 0:
            piece = chance.randbytes(min(left, 1 << 20))
            left -= file.write(piece)
    return path


@dataclass
class Desk:
    store: Store
    portal: HttpPortal
    vault: KeyringVault
    url: str
    chance: SeededChance
    clock: SystemClock = field(default_factory=SystemClock)
    told: list[Changes] = field(default_factory=list)
    syncs: int = 0
    when_told: Callable[[Changes], None] | None = None  # of what a sync has touched

    def __post_init__(self) -> None:
        tools = Tools(self.clock, self.chance, PlainRenderer())
        self.drafting = Drafting(self.store, tools, self.told.append)
        self.stages = Stages(self.store, tools, self.told.append)
        self.transfers = Transfers(self.store, self.clock, self.told.append)
        self.incoming = Incoming(self.store, self.clock, self.told.append)
        self.session = Session(
            self.store,
            self.portal,
            self.vault,
            tools,
            portal_url=self.url,
            device_name="máy",
            announce=self.told.append,
        )
        self.cycle = Cycle(
            self.store, self.portal, vault=self.vault, clock=self.clock, chance=tools.chance, announce=self._hear,
            merge=lambda: 0, version="1",
        )  # fmt: skip

    def _hear(self, changes: Changes) -> None:
        self.told.append(changes)
        if self.when_told is not None and changes.transfers:
            self.when_told(changes)

    def article(self, *files: Path) -> EntryId:
        entry_id = self.drafting.create("article", section="tin-hoat-dong")
        fields = {"title": "Tin", "section": "tin-hoat-dong", "body": "Một đoạn.", "source": {"name": "VP"}}
        self.drafting.save(entry_id, fields)  # type: ignore[arg-type]  # JSON
        for path in files:
            self.drafting.attach(entry_id, name=path.name, data=path)
        return entry_id

    def sync(self) -> SyncReport | None:
        """One; None where the line was in the way."""
        self.syncs += 1
        try:
            return self.cycle.run()
        except EnvironmentProblem:
            return None

    def sync_all(self) -> None:
        """Until nothing is on its way any more."""
        for _ in range(_MANY):
            report = self.sync()
            if report is not None and report.again_in is None:
                return
            rest(min(report.again_in or 0.0, 0.5) if report is not None else 0.0)
        raise AssertionError("it never ends")


@contextmanager
def desk(home: Path, url: str, *, tokens: str | None = None, member: str = WRITER, seed: int = 1) -> Iterator[Desk]:
    """The program, started on `home`; signed in already with `tokens`. Another `seed` draws other ids."""
    clock, vault, chance = SystemClock(), KeyringVault("home", None), SeededChance(seed)
    if tokens is not None:
        vault.write("tokens", tokens)
    store = open_store(home, clock=clock)
    with WayOut(lambda: Way(DIRECT)) as out:
        portal = HttpPortal(url, out, vault=vault, clock=clock, chance=chance, version="1")
        made = Desk(store, portal, vault, url, chance)
        try:
            if tokens is None:
                made.session.sign_in(member, PASSWORD)
            yield made
        finally:
            store.close()
