"""Sees everything that the portal answers and the clients do, and names what must not be (I1 to I9)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from desktop.domain.ids import EntryId, OpId, follows
from tests.checker.board import APPLIED
from tests.checker.cast import Seat
from tests.checker.model import Model

FINAL = frozenset(
    {"applied", "conflict", "stale_revision", "invalid_state", "forbidden", "invalid", "gone", "expired", "unsupported"}
)
DISCARDED, SET_ASIDE, TAKEN_BACK = "discarded", "set aside", "taken back"
WAITS = frozenset({"missing_blob", "busy"})
Basis = tuple[str | None, int] | None


@dataclass(frozen=True)
class Violation:
    name: str
    what: str


@dataclass(frozen=True)
class Born:
    """An operation as it was made: what its device knew of the entry, what waited before it, and in which epoch."""

    seat: Seat
    basis: Basis
    before: tuple[str, ...]
    overrides: bool = False
    epoch: str | None = None
    heard: str = ""  # the portal's time as its device had last heard it


@dataclass
class Saved:
    """A piece of text whose saving was acknowledged; `given_up` says how its writer let go of it, if so."""

    token: str
    seat: Seat
    entry_id: EntryId
    given_up: str = ""


@dataclass(frozen=True)
class Said:
    """A remark whose making was acknowledged."""

    comment_id: str
    seat: Seat
    entry_id: EntryId
    text: str


@dataclass
class Watch:
    """`names` gives ids short names by first appearance, so that a trace reads the same whatever the ids are."""

    model: Model = field(default_factory=Model)
    trace: list[str] = field(default_factory=list)
    violations: list[Violation] = field(default_factory=list)
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    born: dict[str, Born] = field(default_factory=dict)
    approved: dict[str, tuple[str, Mapping[str, Any]]] = field(default_factory=dict)
    forged: set[str] = field(default_factory=set)
    saved: list[Saved] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    settled: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    forked: set[str] = field(default_factory=set)  # epochs in which the portal went back and did not say so
    discarded: set[str] = field(default_factory=set)  # entries, by whomever, also in a past that the portal has lost
    has_gone_back: bool = False

    def name(self, identity: str | None, kind: str = "e") -> str:
        if identity is None:
            return "-"
        if identity not in self.names:
            number = sum(name.startswith(kind) for name in self.names.values()) + 1
            self.names[identity] = f"{kind}{number}"
        return self.names[identity]

    def note(self, line: str) -> None:
        self.trace.append(line)

    def blame(self, name: str, what: str) -> None:
        self.violations.append(Violation(name, what))
        self.trace.append(f"!! {name}: {what}")

    def heard(self, seat: Seat, request: Mapping[str, Any], reply: Mapping[str, Any]) -> None:
        """A request that the portal committed, and its answer."""
        now = reply["server_time"]
        if not self.model.board.people[seat.member_id].active:
            self.blame("I7", f"{seat.name} is served and does not work here any more")
        if request["ops"] and request["epoch"] != reply["epoch"]:
            self.blame("I2", f"{seat.name} was served in epoch {reply['epoch'][-2:]} and believes in another")
        for op, result in zip(request["ops"], reply["results"], strict=True):
            self._judge(seat, op, result, (now, reply["epoch"]))
        told = [result["head"]["entry_id"] for result in reply["results"] if result["head"] is not None]
        told += [change["target"] for change in reply["changes"] if change["type"] in {"entry", "claim"}]
        told += [change["comment"]["entry_id"] for change in reply["changes"] if change["type"] == "comment"]
        self._check_scope(seat, told, now)
        sides = [change["target"] for change in reply["changes"] if change["type"] == "side_draft"]
        if not all(self.model.is_mine(side_id, seat.member_id) for side_id in sides):
            self.blame("I8", f"{seat.name} is told of another's side draft")

    def read(self, seat: Seat, texts: Sequence[Mapping[str, Any]], now: str) -> None:
        self._check_scope(seat, [text["entry"]["entry_id"] for text in texts], now)

    def backed_up(self) -> tuple[Model, dict[str, str]]:
        return deepcopy(self.model), dict(self.settled)

    def went_back(self, kept: tuple[Model, dict[str, str]], *, untold_in: str | None = None) -> None:
        """The portal's database is that of the backup; `untold_in` is its epoch where it does not know of that."""
        self.model, self.settled = deepcopy(kept[0]), dict(kept[1])
        self.has_gone_back = True
        if untold_in is not None:
            self.forked.add(untold_in)

    def is_of_another_past(self, op_id: str, epoch: str) -> bool:
        """Whether its device believed things when it made the operation that the portal of `epoch` may not know."""
        born = self.born.get(op_id)
        return born is not None and (born.epoch != epoch or epoch in self.forked)

    def _judge(self, seat: Seat, op: Mapping[str, Any], result: Mapping[str, Any], at: tuple[str, str]) -> None:
        """`at` is the portal's time and epoch."""
        now, epoch = at
        op_id, outcome = op["op_id"], result["outcome"]
        label = f"{seat.name} {op.get('name', op['type'])} {self.about(op)}"
        earlier = self.settled.get(op_id)
        if earlier is not None or result["replay"]:
            self.counts["outcome", f"{outcome} (replay)"] += 1
            self.note(f"   portal: {label} -> {outcome} again")
            if earlier != outcome or not result["replay"]:
                self.blame("I2", f"{label}: carried out again ({earlier}, then {outcome})")
            return
        self._count(seat, op, outcome)
        self.note(f"   portal: {label} -> {outcome}")
        if outcome in WAITS:
            return
        if op_id not in self.born and op_id not in self.forged and not self._is_made_by_itself(op):
            self.blame("I2", f"{label}: no gesture made this operation")
        expected = self.model.judge(op, seat.member_id, now)
        if outcome != expected:
            name = "I7" if outcome == APPLIED else "I6"
            self.blame(name, f"{label}: the portal says {outcome}, the regulation {expected} ({result['rule']})")
        if outcome in FINAL:
            self.settled[op_id] = outcome
        if outcome == APPLIED:
            self._check_repeated(op, label, epoch)
            self._check_overwrite(op, label)
            self.model.apply(op, seat.member_id, seat.device_id, now)
            if op.get("name") == "discard":
                self.discarded.add(op["entry_id"])
            elif op.get("name") == "restore":
                self.discarded.discard(op["entry_id"])
        elif not self.is_of_another_past(op_id, epoch):
            self._check_cause(seat, op, label, outcome=outcome, now=now)

    def about(self, op: Mapping[str, Any]) -> str:
        """A short name of what the operation is about."""
        if op["type"] == "board":
            return str(op["member_id"])
        return self.name(op["delegation_id"], "d") if op["type"] == "delegation" else self.name(op["entry_id"])

    def _count(self, seat: Seat, op: Mapping[str, Any], outcome: str) -> None:
        what, item = op.get("name", op["type"]), self.model.items.get(op.get("entry_id", ""))
        self.counts["outcome", outcome] += 1
        if op["type"] in {"put", "command"}:
            self.counts["command", f"{item.place if item else 'new'} × {what}"] += 1
        else:
            self.counts["small", f"{what} × {outcome}"] += 1
            self.counts["place", f"{item.phase if item else 'none'} × {what}"] += 1
        self.counts["role", f"{seat.member.rstrip('12')} × {what}"] += 1

    def _is_made_by_itself(self, op: Mapping[str, Any]) -> bool:
        """Whether a client makes it without a gesture: a side draft, or the remark of a return that came too late."""
        is_remark = op["type"] == "comment" and any(follows(OpId(made), "comment") == op["op_id"] for made in self.born)
        return op["type"] == "side" or is_remark

    def _check_repeated(self, op: Mapping[str, Any], label: str, epoch: str) -> None:
        """After a restore texts are offered again, decisions never."""
        born = self.born.get(op["op_id"])
        if (
            op["type"] not in {"put", "comment", "personal", "side"}
            and born is not None
            and born.epoch not in {None, epoch}
        ):
            self.blame("I2", f"{label}: a decision of before the restore is carried out after it")

    def _check_overwrite(self, op: Mapping[str, Any], label: str) -> None:
        """A text contains everything of the text it stands on, since these people only ever add."""
        born, item = self.born.get(op["op_id"]), self.model.items.get(op.get("entry_id", ""))
        if op["type"] != "put" or item is None or born is None or born.overrides:
            return
        before = set(body_of(item.texts[item.head].fields).split())
        lost = before - set(body_of(op["content"]["fields"]).split())
        if lost:
            self.blame("I1", f"{label}: overwrites {sorted(lost)} unseen")

    def _check_cause(self, seat: Seat, op: Mapping[str, Any], label: str, *, outcome: str, now: str) -> None:
        """A refusal or a conflict needs somebody else's work, an earlier refusal, or rights that changed."""
        born, item = self.born.get(op["op_id"]), self.model.items.get(op.get("entry_id", ""))
        if (op["type"], outcome) == ("comment", "stale_revision"):
            return  # on a text of its own that was refused
        # What was made before it and is still to be settled was taken back: after a restore decisions are.
        unsettled = TAKEN_BACK if self.has_gone_back else APPLIED
        if born is None or any(self.settled.get(other, unsettled) != APPLIED for other in born.before):
            return
        log = item.log if item else []
        # A conflict is about the text the put stands on, any other refusal about the state its device knew.
        stood = [after[0] == op["base_rid"] if outcome == "conflict" else after == born.basis for _, _, after in log]
        since = max((n + 1 for n, stands in enumerate(stood) if stands), default=0)
        foreign = any(device != seat.device_id for _, device, _ in log[since:])
        if not foreign and (outcome in {"conflict", "stale_revision"} or not self._turned(seat, op, born.heard, now)):
            self.blame("I6", f"{label}: {outcome} though nobody else wrote since {born.basis}")

    def _turned(self, seat: Seat, op: Mapping[str, Any], heard: str, now: str) -> bool:
        """Whether rights have changed that this device had not heard of: by somebody else, or because a delegation ended."""
        board, of = self.model.board, op.get("entry_id")
        turned = any(
            turn.at > heard
            and (turn.device != seat.device_id or self._overtook(turn.op_id, op))
            and (turn.about is None or turn.about == of or of is None)
            for turn in board.turns
        )
        if op["type"] == "delegation" and heard < op["end"] <= now:
            return True
        return turned or any(
            given.holder == seat.member_id and heard < given.end <= now for given in board.given.values()
        )

    def _overtook(self, later: str, op: Mapping[str, Any]) -> bool:
        """Whether `later` was made after `op`, of something else: only what is of one entry keeps its order."""
        made = list(self.born)
        return later in self.born and op.get("entry_id") is not None and made.index(later) > made.index(op["op_id"])

    def _check_scope(self, seat: Seat, entry_ids: Sequence[str], now: str) -> None:
        for entry_id in entry_ids:
            item = self.model.items.get(entry_id)
            if item is None or not self.model.sees(item, seat.member_id, now):
                self.blame("I8", f"{seat.name} is told of {self.name(entry_id)}, which is none of theirs")


def body_of(fields: Mapping[str, Any]) -> str:
    body = fields.get("body")
    return body if isinstance(body, str) else ""
