"""The workflow written a third time, from `docs/wire.md` and the generic profile's regulation, to judge both engines.

Small on purpose: one kind (article), three steps, and what a member may see.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.checker.board import APPLIED, STEPS, Board, Turn

ROLES = {"revise": ("btv", "phoban", "truongban"), "unpublish": ("truongban",), "restore": ("truongban",)}
FROM = {
    "submit": ("draft",),
    "recall": ("waiting",),
    "approve": ("waiting",),
    "return": ("waiting",),
    "revise": ("published", "unpublished"),
    "restore": ("discarded", "unpublished"),
    "discard": ("draft",),
}
OF_PEOPLE = frozenset({"board", "delegation"})


@dataclass
class Text:
    """A revision: what it stands on, who wrote it on which device, and its fields."""

    base: str | None
    author: str
    device: str
    fields: Mapping[str, Any]


@dataclass
class Item:
    """An entry. `log` is every applied operation: its id, the device it came from, and (head, state_ver) after it."""

    owner: str
    section: str | None
    head: str
    step: int = 0
    phase: str = "draft"
    version: int = 0
    published: str | None = None
    last_published: str | None = None
    submitter: str | None = None
    assignee: str | None = None
    ever_submitted: bool = False
    texts: dict[str, Text] = field(default_factory=dict)
    log: list[tuple[str, str, tuple[str, int]]] = field(default_factory=list)

    @property
    def authors(self) -> set[str]:
        return {text.author for text in self.texts.values()}

    @property
    def place(self) -> str:
        return f"{STEPS[self.step]}/{self.phase}"


@dataclass
class Remark:
    """A comment: on which entry and text, by whom, and what it says."""

    entry_id: str
    on_rid: str
    author: str
    text: str


@dataclass
class Side:
    """A text that its writer could not settle, kept for them alone; without content it is forgotten."""

    writer: str
    entry_id: str
    content: Any


@dataclass
class Model:
    """`records` are the ids of personal data."""

    items: dict[str, Item] = field(default_factory=dict)
    board: Board = field(default_factory=Board)
    remarks: dict[str, Remark] = field(default_factory=dict)
    records: set[str] = field(default_factory=set)
    sides: dict[str, Side] = field(default_factory=dict)

    def judge(self, op: Mapping[str, Any], member: str, now: str) -> str:
        """The outcome that `op` of `member` deserves at the portal's time `now`."""
        if op["type"] == "board":
            return self.board.judge_board(op, member)
        if op["type"] == "delegation":
            return self.board.judge_delegation(op, member, now)
        item = self.items.get(op["entry_id"])
        if op["type"] == "side":
            return APPLIED if self.is_mine(op["side_id"], member) else "invalid"
        if op["type"] == "put":
            return self._judge_put(op, item, member, now)
        if op["type"] == "personal":
            return self._judge_personal(op, item, member, now)
        if item is None or not self.sees(item, member, now):
            return "gone"
        if op["type"] == "command":
            return self._judge_command(op, item, member, now)
        return self._judge_small(op, item, member, now)

    def apply(self, op: Mapping[str, Any], member: str, device: str, now: str) -> None:
        """Carry out an operation that was judged applied."""
        match op["type"]:
            case "board" | "delegation":
                self.board.apply(op, member)
                self.board.turns.append(Turn(now, device, op["op_id"]))
            case "comment":
                self.remarks[op["comment_id"]] = Remark(op["entry_id"], op["on_rid"], member, op["text"])
            case "assign":
                self.items[op["entry_id"]].assignee = op["assignee"]
                self.board.turns.append(Turn(now, device, op["op_id"], op["entry_id"]))
            case "side":
                self.sides[op["side_id"]] = Side(member, op["entry_id"], op["content"])
            case "personal":
                self.records.add(op["record_id"])
            case "put":
                item = self._written(op, member, device)
                item.log.append((op["op_id"], device, (item.head, item.version)))
            case "command":
                item = self.items[op["entry_id"]]
                self._moved(op["name"], item, member)
                item.version += 1
                item.log.append((op["op_id"], device, (item.head, item.version)))

    def is_mine(self, side_id: str, member: str) -> bool:
        """Nobody has a say about another's side draft, nor hears of it."""
        known = self.sides.get(side_id)
        return known is None or known.writer == member

    def _judge_small(self, op: Mapping[str, Any], item: Item, member: str, now: str) -> str:
        """A remark, an assignment or a claim, by who sees the entry."""
        if op["type"] == "comment":
            if not op["text"].strip():
                return "invalid"
            if op["on_rid"] not in item.texts:
                return "stale_revision"
            return "invalid" if op["comment_id"] in self.remarks else APPLIED
        if op["type"] == "claim":
            if item.phase != "waiting":
                return "invalid_state"
            return APPLIED if self.board.holds(item.step, member, item.section, now) else "forbidden"
        if not self._owns(item, member, now):
            return "forbidden"
        if op["assignee"] is None:
            return APPLIED
        to = self.board.people.get(op["assignee"])
        if to is None or not to.active:
            return "invalid"
        return APPLIED if self.board.holds(0, op["assignee"], item.section, now) else "forbidden"

    def _judge_personal(self, op: Mapping[str, Any], item: Item | None, member: str, now: str) -> str:
        """Whoever may write the entry may keep personal data beside it."""
        if item is not None and not self.sees(item, member, now):
            return "gone"
        if item is not None and item.phase not in {"draft", "waiting"}:
            return "invalid_state"
        if not self._writes(item, member, None if item is None else item.section, now):
            return "forbidden"
        return "invalid" if op["record_id"] in self.records else APPLIED

    def _writes(self, item: Item | None, member: str, section: str | None, now: str) -> bool:
        if item is None:
            return self.board.holds(0, member, section, now)
        if item.phase == "draft":
            return self._owns(item, member, now)
        return self.board.holds(item.step, member, item.section, now)

    def sees(self, item: Item, member: str, now: str) -> bool:
        if member in (item.owner, item.assignee) or member in item.authors or item.published is not None:
            return True
        return any(self.board.holds(step, member, item.section, now) for step in (1, 2))

    def _judge_put(self, op: Mapping[str, Any], item: Item | None, member: str, now: str) -> str:
        section = op["content"]["fields"].get("section")
        if item is None:
            if op["base_rid"] is not None:
                return "gone"
            return APPLIED if self.board.holds(0, member, section, now) else "forbidden"
        if not self.sees(item, member, now):
            return "gone"
        if item.phase not in {"draft", "waiting"}:
            return "invalid_state"
        if not self._writes(item, member, section, now) or (
            section != item.section and not self.board.holds(0, member, section, now)
        ):
            return "forbidden"
        return APPLIED if op["base_rid"] == item.head else "conflict"

    def _judge_command(self, op: Mapping[str, Any], item: Item, member: str, now: str) -> str:
        name = op["name"]
        if op["on_state_ver"] != item.version:
            return "invalid_state"
        if not (item.published if name == "unpublish" else item.phase in FROM.get(name, ())):
            return "invalid_state"
        if op.get("step") is not None and op["step"] != STEPS[item.step]:
            return "invalid_state"
        if op.get("on_rid") is not None and op["on_rid"] != (item.published if name == "unpublish" else item.head):
            return "stale_revision"
        if not self._may(name, item, member, now):
            return "forbidden"
        if name in {"return", "unpublish"} and not str(op.get("reason") or "").strip():
            return "invalid"
        if name in {"submit", "approve"} and not complete(item.texts[item.head].fields):
            return "invalid"
        return APPLIED

    def _may(self, name: str, item: Item, member: str, now: str) -> bool:
        match name:
            case "approve" | "return":
                return self.board.holds(item.step, member, item.section, now)
            case "submit" if member in (item.owner, item.assignee):
                return self.board.holds(0, member, item.section, now)
            case "submit":
                return self._owns(item, member, now)
            case "recall":
                return member == item.submitter
            case "discard":
                return member == item.owner and not item.ever_submitted
            case "restore" if item.phase == "discarded":
                return member == item.owner
        return self.board.has_role(ROLES[name], member, item.section)

    def _owns(self, item: Item, member: str, now: str) -> bool:
        return member in (item.owner, item.assignee) or any(
            self.board.holds(step, member, item.section, now) for step in (1, 2)
        )

    def _written(self, op: Mapping[str, Any], member: str, device: str) -> Item:
        fields = op["content"]["fields"]
        item = self.items.get(op["entry_id"])
        if item is None:
            item = self.items[op["entry_id"]] = Item(member, None, op["rid"])
        item.texts[op["rid"]] = Text(op["base_rid"], member, device, fields)
        item.head, item.section = op["rid"], fields.get("section")
        return item

    def _moved(self, name: str, item: Item, member: str) -> None:
        match name:
            case "submit":
                item.step, item.phase, item.submitter, item.ever_submitted = 1, "waiting", member, True
            case "recall" | "revise" | "return":
                item.step, item.phase = 0, "draft"
            case "approve" if item.step == 1:
                item.step = 2
            case "approve":
                item.phase, item.published, item.last_published = "published", item.head, item.head
            case "unpublish":
                item.published = None
                if item.phase == "published":
                    item.step, item.phase = 2, "unpublished"
            case "discard":
                item.step, item.phase = 0, "discarded"
            case "restore" if item.phase == "unpublished":
                item.phase, item.published = "published", item.last_published
            case "restore":
                item.step, item.phase = 0, "draft"


def complete(fields: Mapping[str, Any]) -> bool:
    """What an article needs from its submission on (QĐ 2567/2007/QĐ-UBND Điều 19.a for the source)."""
    source = fields.get("source") or {}
    filled = (fields.get("title"), fields.get("section"), fields.get("body"), source.get("name"))
    return all(isinstance(value, str) and value.strip() for value in filled)
