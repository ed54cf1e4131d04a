"""One member's program on a home: the real store, use cases and cycle; the reference portal, a fixed clock, seeded chance."""

import random
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from desktop.application.drafting import Drafting
from desktop.application.freezing import Tools
from desktop.application.merging import Merging
from desktop.application.records import Changes
from desktop.application.session import Session
from desktop.application.stages import Stages
from desktop.domain.digest import Json
from desktop.domain.ids import EntryId
from desktop.store import open_store
from desktop.store.connecting import set_pragma
from desktop.store.migrate import MIGRATIONS
from desktop.store.opening import open_or_recover
from desktop.store.transactions import SqlStore
from desktop.sync.client import HttpPortal
from desktop.sync.cycle import Cycle
from desktop.sync.vault import KeyringVault
from tests.failure.portal import ADDRESS, PASSWORD, SECTION, ReferencePortal
from tests.support.offices import PlainRenderer, SeededChance

_TOKENS: Final = "tokens"


@dataclass
class StillClock:
    """Nothing that is written depends on how often something was tried; only waiting takes time."""

    waited: float = 0.0

    def now(self) -> str:
        return "2026-11-22T05:00:00.000000Z"

    def milliseconds(self) -> int:
        return 1_795_000_000_000

    def monotonic(self) -> float:
        return self.waited


@dataclass
class Seat:
    """`heard` is called after each transaction that a use case or the cycle announces."""

    store: SqlStore
    portal: HttpPortal
    vault: KeyringVault
    tools: Tools
    seed: int
    heard: list[Changes] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.clock = self.tools.clock
        self.drafting = Drafting(self.store, self.tools, self._announce)
        self.stages = Stages(self.store, self.tools, self._announce)
        self.start()
        self.on_announce = self.heard.append

    def start(self) -> None:
        """As the program starts: it remembers nothing, and draws the same ids as last time."""
        self.luck.seed(self.seed)
        self.cycle = Cycle(
            self.store,
            self.portal,
            vault=self.vault,
            clock=self.clock,
            chance=self.tools.chance,
            announce=self._announce,
            merge=Merging(self.store, self.tools, self._announce).merge_all,
            version="1",
        )

    def sign_in(self, username: str) -> None:
        Session(
            self.store, self.portal, self.vault, self.tools,
            portal_url=ADDRESS, device_name=username, announce=self._announce,
        ).sign_in(username, PASSWORD)  # fmt: skip

    def wait(self) -> None:
        """Long enough for everything that was put off."""
        assert isinstance(self.clock, StillClock)
        self.clock.waited += 3600.0

    @property
    def luck(self) -> random.Random:
        """Where ids come from: set back, a repeated step is repeated exactly."""
        assert isinstance(self.tools.chance, SeededChance)
        return self.tools.chance.source

    def article(self, number: int, body: str) -> EntryId:
        entry_id = self.drafting.create("article", section=SECTION)
        self.write(entry_id, number, body)
        return entry_id

    def write(self, entry_id: EntryId, number: int, body: str) -> None:
        self.drafting.save(entry_id, article(number, body))

    def body(self, entry_id: EntryId) -> str:
        return str(self.drafting.open(entry_id).fields.get("body"))

    def waiting(self) -> int:
        with self.store.read() as work:
            return work.queue.count()

    def let_go(self) -> None:
        """Close every file; the store opens them again when it needs them."""
        self.store._writer.dispose()
        if self.store._readers is not None:
            self.store._readers.dispose()

    def set_pragma(self, setting: str) -> None:
        with self.store._writer.connect() as connection:
            set_pragma(connection, setting)

    def _announce(self, changes: Changes) -> None:
        self.on_announce(changes)


def article(number: int, body: str) -> Mapping[str, Json]:
    return {"title": f"Tin {number}", "section": SECTION, "body": body, "source": {"name": "Văn phòng"}}


@dataclass
class Place:
    """A home on the disk, the secrets that go with it, and the portal it knows."""

    home: Path
    portal: ReferencePortal
    secrets: dict[str, str] = field(default_factory=dict)
    seed: int = 1

    @contextmanager
    def opened(self, *, migrations: Path = MIGRATIONS, recovering: bool = False) -> Iterator[Seat]:
        """The program, started here and ended after the block; its secrets stay with the place.

        `recovering`: as a window starts it, which makes a damaged home sound first.
        """
        vault = KeyringVault("here", None)
        for name, secret in self.secrets.items():
            vault.write(name, secret)
        tools = Tools(StillClock(), SeededChance(self.seed), PlainRenderer())
        opening = open_or_recover if recovering else open_store
        store = opening(self.home, clock=tools.clock, migrations=migrations)
        with self.portal.session() as network:
            client = HttpPortal(ADDRESS, network, vault=vault, clock=tools.clock, chance=tools.chance, version="0")
            try:
                yield Seat(store, client, vault, tools, self.seed)
            finally:
                self.secrets = {_TOKENS: vault.read(_TOKENS) or ""}
                store.close()
