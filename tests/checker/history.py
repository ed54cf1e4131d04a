"""One history: a seed decides who sits where, what each does, and what the network does to them."""

import hashlib
import traceback
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import select

from desktop.domain.errors import EnvironmentProblem, SignInRefused
from server_stub.core.moment import stamp
from server_stub.store import tables as t
from tests.checker import final
from tests.checker.cast import SEATS, TABLES, Seat, seat
from tests.checker.client import Client, Machine, machine
from tests.checker.crashing import ClientCrash, CrashingStore
from tests.checker.forging import forge
from tests.checker.gestures import Hands
from tests.checker.network import LINE_FAULTS, Line
from tests.checker.office import office_of
from tests.checker.portal import Installation, Portal, installed
from tests.checker.times import Dice, TrueTime
from tests.checker.watch import Violation, Watch

STEPS = 80
ENGINE_STEPS = 30
TRIES = 4
ROUNDS = 4  # at the end, each seat syncs until nothing has happened since it last did
NOTHING = "nothing"
# What is given of a text before a history begins: the first of these that can be, by whoever can.
BEGINNINGS = (
    ["submit", "approve"],
    ["submit", "approve", "unpublish"],
    ["submit", "approve", "revise"],
    ["discard", "restore"],
)
WEIGHTS: Mapping[str, float] = {
    "sync": 24, "edit": 24, "give": 26, "create": 3, "resolve": 20, "freeze": 14, "late": 6, "time": 3, "forge": 5,
    "attach": 2, "clock-jump": 2, "crash-while-writing": 2, "dismiss": 1, "copy": 1, "restore": 5,
    "comment": 6, "assign": 3, "claim": 3, "delegate": 5, "revoke": 3, "board": 6,
}  # fmt: skip
# In how many histories a kind of step happens at all.
_RARE = {
    "forge": 0.5,
    "clock-jump": 0.5,
    "crash-while-writing": 0.5,
    "late": 0.7,
    "restore": 0.15,
    "delegate": 0.3,
    "revoke": 0.4,
    "board": 0.3,
}
FAULTS = (
    *LINE_FAULTS, "late-delivery", "reordered", "clock-jump", "crash-while-writing", "restore", "fork", "delegation-ends", "left-outside",
)  # fmt: skip
# Everybody writes in the same text.
CROWDED, CROWD = 0.25, {"edit": 40.0, "freeze": 30.0, "give": 12.0, "resolve": 40.0}
YEAR = 365 * 86400.0
FORKED = 0.3
_NUMBERS = select(t.portal.c.epoch, t.portal.c.seq)


@dataclass(frozen=True)
class Told:
    """What one history came to."""

    seed: int
    steps: int
    violations: tuple[Violation, ...]
    trace: tuple[str, ...]
    counts: Mapping[tuple[str, str], int]

    @property
    def digest(self) -> str:
        return hashlib.sha256("\n".join(self.trace).encode()).hexdigest()


@cache
def the_installation(*, quick: bool = False) -> Installation:
    return installed(quick=quick)


@cache
def machines(*, plain: bool = False) -> Mapping[Seat, Machine]:
    """A home for every seat, all made before the first history, since making one lays the portal back."""
    portal = Portal(the_installation(quick=plain), TrueTime(), lambda *_: None, lambda *_: None)
    nothing = CrashingStore(_NoStore())  # type: ignore[arg-type]  # a sign-in crashes nobody's store
    return {at: machine(at, Line(portal, at, nothing), plain=plain) for at in SEATS}


class _NoStore:
    """Stands for one where none is used."""


@dataclass
class History:
    seed: int
    skip: Collection[int] = ()
    stress: str = ""
    plain: bool = False
    portal_at: Installation | None = None
    time: TrueTime = field(default_factory=TrueTime)
    watch: Watch = field(default_factory=Watch)
    kept: Any = None

    def __post_init__(self) -> None:
        dice = Dice(self.seed, "table")
        self.machines = machines(plain=self.plain)
        read = lambda at, texts: self.watch.read(at, texts, stamp(self.time.moment))  # noqa: E731
        self.portal = Portal(self.portal_at or the_installation(quick=self.plain), self.time, self.watch.heard, read)
        self.hands = Hands(self.watch, more=office_of(self.time))
        self.clients = {name: self._client(seat(name)) for name in dice.pick(TABLES)}
        self.faults = dice.some(LINE_FAULTS)  # swarm: a fault that is always on hides the others
        self.danger = dice.pick([0.0, 0.3, 0.6, 0.9])
        self.most_entries = dice.pick([1, 2, 3, 6])  # the fewer, the more people meet in one
        self.begun = dice.pick([0, 0, 0, 2, 3])
        if self.stress in LINE_FAULTS:
            self.faults, self.danger = [self.stress], 0.9
        self.weights = {
            kind: weight
            for kind, weight in WEIGHTS.items()
            if dice.happens(_RARE.get(kind, 1.0)) or kind == self.stress
        }
        if dice.happens(CROWDED) or self.stress in {"crowd", "stale"}:
            self.most_entries = 1
            self.weights |= CROWD
        if self.stress in {"board", "revoke"}:
            self.weights |= {"board": 12.0, "delegate": 12.0, "revoke": 12.0}
        if self.stress in {"side", "lost-side"}:
            self.weights |= {**CROWD, "time": 20.0, "resolve": 2.0}
        if self.stress == "lost-side":
            self.weights["restore"] = 10.0
        if self.stress == "stale":
            self.hands.stale = 0.9
            self.weights["give"] = 40.0

    def run(self, steps: int = STEPS) -> Told:
        try:
            if self.begun:
                self._carry(Dice(self.seed, "begun"))
            for number in range(steps):
                if number not in self.skip:
                    self._step(Dice(self.seed, number))
            self._settle_down()
        except Exception:  # noqa: BLE001  whatever escapes a use case or the cycle is a finding
            self.watch.blame("I0", traceback.format_exc(limit=-6))
        return Told(self.seed, steps, tuple(self.watch.violations), tuple(self.watch.trace), Counter(self.watch.counts))

    def _carry(self, dice: Dice) -> None:
        """Somebody's text has come some way already, to where few histories of so few steps would bring one."""
        seats = list(self.clients.values())
        writer, words = dice.pick(seats), dice.pick(BEGINNINGS)
        self.hands.gesture("create", writer, dice)
        if "discard" in words:  # what never left its machine is gone for good
            self.hands.gesture("freeze", writer, dice)
        for _ in range(self.begun):
            for client in seats if self.hands.entries else ():  # whoever began may hold no section
                self._sync(client, dice, faulty=False)
                told = self.hands.forward(client, self.hands.entries[0], words)
                self.watch.note(f"{client.seat.name} begins: {told}")

    def _client(self, at: Seat) -> Client:
        place = self.machines[at]
        place.clock.true, place.clock.ahead = self.time, 0.0
        store = CrashingStore(place.home.store)
        return Client(place, store, Line(self.portal, at, store), Dice(self.seed, "client", at.name))

    def _step(self, dice: Dice) -> None:
        """One thing that one seat does; where it finds nothing to do it tries another, so that few steps are idle."""
        client = self.clients[dice.pick(list(self.clients))]
        for _ in range(TRIES):
            kind = dice.weighted(self.weights) if self.hands.entries else "create"
            result = self._do(kind, client, dice)
            if result != NOTHING:
                break
        self.watch.note(f"{client.seat.name} {kind}: {result}")
        if result != NOTHING:
            self.watch.counts["step", kind] += 1

    def _do(self, kind: str, client: Client, dice: Dice) -> str:
        match kind:
            case "sync":
                return self._sync(client, dice, faulty=True)
            case "late":
                return self._late(dice)
            case "time":
                return self._pass(dice.pick([60.0, 3600.0, 5 * 3600.0, 30 * 86400.0]))
            case "clock-jump":
                client.machine.clock.ahead = dice.uniform(-15 * YEAR, 15 * YEAR)
                self._count("clock-jump")
                return "jumps"
            case "forge":
                return forge(self.portal, self.watch, client.seat, dice)
            case "crash-while-writing":
                return self._crash(client, dice)
            case "restore":
                return self._restore(dice)
            case "create" if len(self.hands.entries) >= self.most_entries:
                return NOTHING
        return self.hands.gesture(kind, client, dice)

    def _pass(self, seconds: float) -> str:
        before = stamp(self.time.moment)
        self.time.pass_by(seconds)
        given = self.watch.model.board.given.values()
        here = {client.seat.member_id for client in self.clients.values()}
        if any(it.holder in here and not it.revoked and before < it.end <= stamp(self.time.moment) for it in given):
            self._count("delegation-ends")
        return "passes"

    def _sync(self, client: Client, dice: Dice, *, faulty: bool) -> str:
        line = client.line
        assert isinstance(line, Line)
        line.happened.clear()
        line.crash_depth = 1 + dice.below(60)
        line.plan = [self._fault(dice) for _ in range(4)] if faulty and dice.happens(self.danger) else []
        try:
            client.cycle.run()
            result = "done"
        except (EnvironmentProblem, SignInRefused) as problem:
            result = problem.code
        except ClientCrash:
            client.start()
            result = "crash"
        client.store.calm()
        line.plan = []
        for fault in line.happened:
            self._count(fault)
        if result == "not-our-portal" and "captive-portal" not in line.happened:
            self.watch.blame("I0", f"{client.seat.name} does not understand the portal")
        return " ".join([result, *line.happened])

    def _fault(self, dice: Dice) -> str | None:
        return dice.pick(self.faults) if self.faults and dice.happens(0.6) else None

    def _late(self, dice: Dice) -> str:
        if not self.portal.late:
            return NOTHING
        number = dice.below(len(self.portal.late))
        self._count("late-delivery")
        if number > 0:
            self._count("reordered")
        return self.portal.deliver_late(number)

    def _crash(self, client: Client, dice: Dice) -> str:
        client.store.crash_after(1 + dice.below(30))
        try:
            result = self.hands.gesture(dice.pick(["edit", "give", "freeze", "create"]), client, dice)
        except ClientCrash:
            self._count("crash-while-writing")
            client.start()
            return "crash"
        client.store.calm()
        return result

    def _restore(self, dice: Dice) -> str:
        """First a backup, later a return to it, of which the operator tells the portal or does not (a fork)."""
        if self.kept is None or dice.happens(0.3):
            self.portal.back_up()
            self.kept = self.watch.backed_up()
            return "backup"
        fault = "fork" if dice.happens(FORKED) else "restore"
        self.portal.restore(told=fault != "fork")
        self.watch.went_back(self.kept, untold_in=self.portal.identity()[0] if fault == "fork" else None)
        self._count(fault)
        return fault

    def _count(self, fault: str) -> None:
        self.watch.counts["fault", fault] += 1

    def _rests(self, client: Client) -> bool:
        """A sync without faults; whether it left nothing to be sent."""
        self.time.pass_by(3600.0)  # whatever was put off is due
        return self._sync(client, Dice(self.seed, "end"), faulty=False) == "done" and not client.waits()

    def _everything(self, name: str) -> tuple[object, ...]:
        """While this stands still, a seat that has synced has nothing to be told."""
        rights = self.watch.model.board.oversees(seat(name).member_id, stamp(self.time.moment))
        return *self.portal.rows(_NUMBERS)[0], *rights

    def _settle_down(self) -> None:
        self.watch.note("-- the faults stop")
        while self.portal.late:
            self.portal.deliver_late(0)
        rested: dict[str, Any] = {}
        for name in ROUNDS * list(self.clients):
            if rested.get(name) != self._everything(name):
                rested[name] = self._everything(name) if self._rests(self.clients[name]) else None
        final.check_portal(self.portal, self.watch)
        now = stamp(self.time())
        final.check_saved(self.portal, self.clients, self.watch)
        final.check_said(self.clients, self.watch)
        final.check_sides(self.clients, self.watch)
        for client in self.clients.values():
            final.check_answers(client, self.watch, self.portal.identity()[0])
            if not self.watch.model.board.people[client.seat.member_id].active:
                self._count("left-outside")
                continue  # what they have waits for them
            final.check_queue(client, self.hands)
            final.check_board(client, self.watch)
            final.check_view(client, self.hands, now)


def run(seed: int, steps: int = STEPS, *, skip: Collection[int] = (), stress: str = "", plain: bool = False) -> Told:
    """The history of `seed`, without the steps numbered in `skip`; `stress` is one fault that comes all the time.

    `plain` puts a store in dictionaries under the use cases and the cycle, and has the driver run the portal's statements.
    """
    return History(seed, skip, stress, plain).run(steps)
