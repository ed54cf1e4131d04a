"""The workflow written a third time, from `docs/wire.md` and the generic profile's regulation, to judge both engines.

Small on purpose: one kind (article), three steps, and what a member may see.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.checker.cast import DELEGATION, MEMBERS

STEPS = ("nhap_moi", "xac_thuc", "dang_tai")
HOLDERS = (("ctv", "btv", "phoban", "truongban"), ("btv", "phoban"), ("truongban",))
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
APPLIED = "applied"


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
class Model:
    items: dict[str, Item] = field(default_factory=dict)

    def judge(self, op: Mapping[str, Any], member: str, now: str) -> str:
        """The outcome that `op` of `member` deserves at the portal's time `now`."""
        item = self.items.get(op["entry_id"])
        if op["type"] == "side":
            return APPLIED
        if op["type"] == "put":
            return self._judge_put(op, item, member, now)
        if item is None or not self.sees(item, member, now):
            return "gone"
        if op["type"] == "comment":
            return APPLIED if op["on_rid"] in item.texts else "stale_revision"
        return self._judge_command(op, item, member, now)

    def apply(self, op: Mapping[str, Any], member: str, device: str) -> None:
        """Carry out an operation that was judged applied; a remark or a side draft moves nothing."""
        if op["type"] in {"comment", "side"}:
            return
        if op["type"] == "put":
            item = self._written(op, member, device)
        else:
            item = self.items[op["entry_id"]]
            self._moved(op["name"], item, member)
            item.version += 1
        item.log.append((op["op_id"], device, (item.head, item.version)))

    def sees(self, item: Item, member: str, now: str) -> bool:
        if member == item.owner or member in item.authors or item.published is not None:
            return True
        return any(holds(step, member, item.section, now) for step in (1, 2))

    def _judge_put(self, op: Mapping[str, Any], item: Item | None, member: str, now: str) -> str:
        section = op["content"]["fields"].get("section")
        if item is None:
            if op["base_rid"] is not None:
                return "gone"
            return APPLIED if holds(0, member, section, now) else "forbidden"
        if not self.sees(item, member, now):
            return "gone"
        if item.phase not in {"draft", "waiting"}:
            return "invalid_state"
        allowed = (
            self._owns(item, member, now) if item.phase == "draft" else holds(item.step, member, item.section, now)
        )
        if not allowed or (section != item.section and not holds(0, member, section, now)):
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
                return holds(item.step, member, item.section, now)
            case "submit" if member == item.owner:
                return holds(0, member, item.section, now)
            case "submit":
                return self._owns(item, member, now)
            case "recall":
                return member == item.submitter
            case "discard":
                return member == item.owner and not item.ever_submitted
            case "restore" if item.phase == "discarded":
                return member == item.owner
        return has_role(ROLES[name], member, item.section)

    def _owns(self, item: Item, member: str, now: str) -> bool:
        return member == item.owner or any(holds(step, member, item.section, now) for step in (1, 2))

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


def has_role(roles: tuple[str, ...], member: str, section: str | None) -> bool:
    """Whether the member has one of `roles` in `section`; an entry without a section belongs to all of them."""
    held = [grant for grant in MEMBERS[member.removeprefix("u-")] if grant["role"] in roles]
    return any(grant["sections"] is None or section is None or section in grant["sections"] for grant in held)


def holds(step: int, member: str, section: str | None, now: str) -> bool:
    """Whether the member has the step in the section, by role or by the delegation while it lasts."""
    if has_role(HOLDERS[step], member, section):
        return True
    given = DELEGATION
    covered = section is None or section in given["sections"]
    in_time: bool = given["start"] <= now < given["end"]
    return member == given["to_member"] and STEPS[step] == given["step"] and covered and in_time


def complete(fields: Mapping[str, Any]) -> bool:
    """What an article needs from its submission on (QĐ 2567/2007/QĐ-UBND Điều 19.a for the source)."""
    source = fields.get("source") or {}
    filled = (fields.get("title"), fields.get("section"), fields.get("body"), source.get("name"))
    return all(isinstance(value, str) and value.strip() for value in filled)
