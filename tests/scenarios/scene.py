"""A few seats and the real portal, on the checker's harness, for what is played by name instead of at random."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from desktop.application.records import Document, Draft, Entry, ListQuery, Queued
from desktop.domain.digest import Json
from desktop.domain.errors import EnvironmentProblem, SignInRefused
from desktop.domain.ids import EntryId
from tests.checker.cast import NEWS, seat
from tests.checker.client import Client
from tests.checker.crashing import ClientCrash, CrashingStore
from tests.checker.history import machines, the_installation
from tests.checker.network import Line
from tests.checker.portal import Portal
from tests.checker.times import Dice, TrueTime

Twist = Callable[[dict[str, Any]], Mapping[str, Json]]


@dataclass
class TwistedLine(Line):
    """A line that keeps what was asked, cuts the feed into pages, and may change an answer on its way."""

    asked: list[Mapping[str, Json]] = field(default_factory=list)
    twists: list[Twist] = field(default_factory=list)
    page: int = 500

    def sync(self, request: Mapping[str, Json]) -> Mapping[str, Json]:
        self.asked.append(request)
        reply = super().sync({**request, "limit": self.page})
        return self.twists.pop(0)(dict(reply)) if self.twists else reply

    @property
    def sent(self) -> list[list[str]]:
        """The names of the operations of each request so far."""
        found = []
        for request in self.asked:
            ops = request["ops"]
            assert isinstance(ops, list)
            found.append([str(op.get("name", op["type"])) for op in ops if isinstance(op, dict)])
        return found


class Scene:
    """`Scene("ctv1", "phoban")`: two signed-in seats that have synced once."""

    def __init__(self, *names: str) -> None:
        self.time, self.machines = TrueTime(), machines()
        self.portal = Portal(the_installation(), self.time, lambda *_: None, lambda *_: None)
        self.clients: dict[str, Client] = {}
        self.lines: dict[str, TwistedLine] = {}
        for name in names:
            self.join(name)

    def join(self, name: str, *, page: int = 500) -> str:
        """A seat signs in and syncs for the first time, with a feed of `page` changes a page; its name."""
        place = self.machines[seat(name)]
        place.clock.true, place.clock.ahead = self.time, 0.0
        store = CrashingStore(place.home.store)
        self.lines[name] = TwistedLine(self.portal, seat(name), store, page=page)
        self.clients[name] = Client(place, store, self.lines[name], Dice("scene", name))
        assert self.sync(name) == "done"
        self.lines[name].asked.clear()
        return name

    def sync(self, name: str, *faults: str | None) -> str:
        """One sync of a seat, its first requests under `faults`; "done", or the code of what stopped it."""
        self.lines[name].plan = list(faults)
        try:
            self.clients[name].cycle.run()
        except (EnvironmentProblem, SignInRefused) as problem:
            return problem.code
        except ClientCrash:
            self.clients[name].start()
            return "crash"
        finally:
            self.lines[name].plan = []
            self.clients[name].store.calm()
        return "done"

    def article(self, name: str, body: str = "một", *, section: str = NEWS) -> EntryId:
        """A complete article of that seat, saved and not sent."""
        entry_id = self.clients[name].drafting.create("article", section=section)
        self.write(name, entry_id, body, section=section)
        return entry_id

    def write(self, name: str, entry_id: EntryId, body: str, *, section: str = NEWS) -> None:
        fields: dict[str, Json] = {"title": "Tin", "section": section, "source": {"name": "VP"}, "body": body}
        self.clients[name].drafting.save(entry_id, fields)

    def give(self, name: str, entry_id: EntryId, command: str, *, reason: str = "") -> None:
        self.clients[name].stages.give(entry_id, command, reason=reason)

    def freeze(self, name: str, entry_id: EntryId) -> None:
        assert self.clients[name].drafting.freeze_idle([entry_id]) == 1

    def open(self, name: str, entry_id: EntryId) -> Document:
        return self.clients[name].drafting.open(entry_id)

    def phase(self, name: str, entry_id: EntryId) -> str:
        state = self.open(name, entry_id).facts.state
        return f"{state.step}/{state.phase.value}"

    def listed(self, name: str) -> list[EntryId]:
        return [row.entry_id for row in self.clients[name].library.rows(ListQuery())]

    def cards(self, name: str) -> list[tuple[str, str, str]]:
        """Of each open card: the operation's name, the outcome, the rule."""
        return [(card.name, card.outcome, card.rule.code) for card in self.clients[name].library.cards()]

    def queued(self, name: str, entry_id: EntryId) -> list[Queued]:
        return list(self.clients[name].queued(entry_id))

    def draft(self, name: str, entry_id: EntryId) -> Draft | None:
        with self.clients[name].store.read() as work:
            return work.drafts.get(entry_id)

    def entry(self, name: str, entry_id: EntryId) -> Entry | None:
        with self.clients[name].store.read() as work:
            return work.entries.get(entry_id)

    def feed(self, name: str, key: str) -> str | None:
        with self.clients[name].store.read() as work:
            return work.feed.value(key)
