"""A portal, three members and the line between them, each a process or a socket of its own; a seed decides what befalls them."""

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from server_stub.settings import settings_for
from tests.contract.line.desks import desk
from tests.processes.judging import faults_of_entry, faults_of_portal
from tests.processes.lives import Ended, Life, Nursery
from tests.support.live_portal import install_in
from tests.support.poll import rest
from tests.support.proxy import CALM, Fault, FaultProxy, Weather

MEMBERS: Final = ("ctv.vanhoa", "phoban1", "truongban")
STEPS: Final = 12
_ROUNDS: Final = 3
_TRIES: Final = 60
_FAULTS: Final = (
    Fault.LOST_REQUEST, Fault.LOST_REPLY, Fault.DUPLICATE, Fault.LATE_COPY, Fault.LOST_AND_LATE, Fault.CAPTIVE,
    Fault.REDIRECT, Fault.STORM, Fault.CUT_REPLY, Fault.RESET,
)  # fmt: skip
_WEATHERS: Final = (
    CALM, CALM, Weather(cut_up=(50, 3000), reset=True), Weather(cut_down=(20, 3000)), Weather(latency=0.01, jitter=0.005),
)  # fmt: skip


@dataclass
class Household:
    folder: Path
    nursery: Nursery
    line: FaultProxy
    tokens: dict[str, str]
    lives: dict[str, Life] = field(default_factory=dict)
    portal: Life | None = None
    started: int = 0
    words: int = 0
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def database(self) -> Path:
        return self.folder / "portal.sqlite"

    def open_portal(self) -> None:
        self.portal = self.nursery.start("portal", "serve", "--database", self.database, "--port", 0)
        ready = self.portal.line()
        self.line.target = int(ready.rpartition(":")[2])

    def open_member(self, name: str) -> None:
        self.started += 1
        home, seed = self.folder / name, self.started + 1000 * MEMBERS.index(name)
        self.lives[name] = self.nursery.start("member", home, self.line.url, self.tokens[name], seed)

    def ask(self, name: str, **order: object) -> dict[str, Any]:
        """An order carried out to its end."""
        self.lives[name].ask(**order)
        answer = self.lives[name].answer()
        return {**answer, **self.lives[name].answer()} if "begun" in answer else answer


@dataclass
class History:
    """Some steps of one household; its entries are its own."""

    house: Household
    chance: random.Random
    entries: list[str] = field(default_factory=list)
    saved: dict[str, set[str]] = field(default_factory=dict)

    def run(self) -> list[str]:
        """The faults found at its end."""
        for _ in range(STEPS):
            self._step()
        return self._settled()

    def _step(self) -> None:
        self.house.line.weather = self.chance.choice(_WEATHERS)
        self.house.line.plan(*(self.chance.choice((None, *_FAULTS)) for _ in range(self.chance.randrange(4))))
        name, order = self._order()
        self.house.counts[str(order["do"])] += 1
        match self.chance.random():
            case drawn if drawn < 0.15:
                self._kill_member(name, order)
            case drawn if drawn < 0.21:
                self._kill_portal(name, order)
            case _:
                self._note(self.house.ask(name, **order))

    def _order(self) -> tuple[str, dict[str, Any]]:
        if not self.entries:
            return MEMBERS[0], self._writing(None)
        entry = self.chance.choice(self.entries)
        kind = self.chance.choices(["sync", "write", "give", "freeze", "attach", "begin"], [9, 3, 6, 2, 1, 1])[0]
        name = MEMBERS[0] if kind in {"write", "freeze", "attach", "begin"} else self.chance.choice(MEMBERS)
        match kind:
            case "begin":
                return name, self._writing(None)
            case "write":
                return name, self._writing(entry)
            case "give":
                return name, {"do": "give", "entry": entry, "draw": self.chance.randrange(6) // 4}
            case "attach":
                self.house.words += 1
                return name, {"do": "attach", "entry": entry, "word": f"w{self.house.words}"}
        return name, {"do": kind, "entry": entry}

    def _writing(self, entry: str | None) -> dict[str, Any]:
        self.house.words += 1
        return {"do": "write", "entry": entry, "word": f"w{self.house.words}"}

    def _note(self, answer: dict[str, Any]) -> None:
        begun = answer.get("begun")
        if begun is not None and begun not in self.entries:
            self.entries.append(begun)
        if "saved" in answer:
            self.saved.setdefault(answer["entry"], set()).add(answer["saved"])
        self.house.counts[f"problem {answer['problem']}" if "problem" in answer else "done"] += 1

    def _kill_member(self, name: str, order: dict[str, Any]) -> None:
        """At a moment within the order; what it had answered by then counts."""
        life = self.house.lives[name]
        life.ask(**order)
        rest(self.chance.uniform(0, 0.05))
        for answer in life.kill():
            self._note(answer)
        self.house.counts["kill member"] += 1
        self.house.open_member(name)

    def _kill_portal(self, name: str, order: dict[str, Any]) -> None:
        life, portal = self.house.lives[name], self.house.portal
        assert portal is not None
        life.ask(**order)
        rest(self.chance.uniform(0, 0.03))
        portal.kill()
        self.house.counts["kill portal"] += 1
        answer = life.answer()
        self._note({**answer, **life.answer()} if "begun" in answer else answer)
        self.house.open_portal()

    def _settled(self) -> list[str]:
        self.house.line.plan()
        self.house.line.weather = CALM
        self.house.line.cut()
        self.house.line.deliver_late()
        for name in MEMBERS * _ROUNDS:
            self._sync(name)
        told: dict[str, dict[str, dict[str, Any]]] = {
            entry: {name: self.house.ask(name, do="tell", entry=entry) for name in MEMBERS} for entry in self.entries
        }
        found = faults_of_portal(self.house.database, self.entries)
        for entry, answers in told.items():
            found += faults_of_entry(self.house.database, entry, answers, self.saved.get(entry, set()))
        return found

    def _sync(self, name: str) -> None:
        """Until nothing of these entries waits without a card: what was put off is due a little later."""
        for _ in range(_TRIES):
            answer = self.house.ask(name, do="sync")
            told = [self.house.ask(name, do="tell", entry=entry) for entry in self.entries]
            if "problem" not in answer and all(not item["waiting"] or item["cards"] for item in told):
                return
            rest(0.2)


@contextmanager
def household(folder: Path, *, seed: int) -> Iterator[Household]:
    """Signed in, each member once; everything runs until the block ends."""
    folder.mkdir(parents=True, exist_ok=True)
    install_in(settings_for(folder / "portal.sqlite"))
    with Nursery() as nursery, FaultProxy(1, seed=seed) as line:
        house = Household(folder, nursery, line, {})
        house.open_portal()
        for number, name in enumerate(MEMBERS):
            with desk(folder / name, line.url, member=name, seed=900 + number) as seat:
                seat.cycle.run()
                house.tokens[name] = seat.vault.read("tokens") or ""
            house.open_member(name)
        yield house


def run(folder: Path, *, seed: int, histories: int) -> Counter[str]:
    """So many histories of one household; AssertionError names the first that goes wrong. Returns what happened."""
    with household(folder, seed=seed) as house:
        for number in range(histories):
            chance = random.Random(f"{seed}:{number}")  # noqa: S311  repeatable on purpose
            history = History(house, chance)
            try:
                found = history.run()
            except Ended as ended:
                found = [f"a program ended by itself: {ended}"]
            assert found == [], f"seed {seed}, history {number}: {found}"
        return house.counts + house.line.counts
