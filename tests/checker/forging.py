"""A dishonest or broken client: commands made by hand, sent past every check of the program, judged by the portal alone."""

import json

from desktop.domain.ids import uuid7
from server_stub.core.problems import Problem
from tests.checker.board import STEPS
from tests.checker.cast import DELEGATION, MEMBERS, Seat
from tests.checker.model import Item
from tests.checker.portal import Portal
from tests.checker.times import Dice
from tests.checker.watch import Watch

COMMANDS = ("submit", "recall", "approve", "return", "revise", "unpublish", "restore", "discard")


def forge(portal: Portal, watch: Watch, seat: Seat, dice: Dice) -> str:
    """Send a command of this member that fits the entry as it stands, whoever they are and whatever they may."""
    seat = seat.forger
    if not watch.model.items:
        return "nothing"
    entry_id = dice.pick(sorted(watch.model.items, key=watch.name))
    item = watch.model.items[entry_id]
    fitting = [
        name
        for name in COMMANDS
        if watch.model.judge(_command(item, name, entry_id), seat.member_id, portal.now()) == "applied"
    ]
    name = dice.pick(fitting if fitting and dice.happens(0.5) else COMMANDS)
    op = _command(item, name, entry_id) if dice.happens(0.5) else _small(item, entry_id, seat, dice)
    spoilt = dice.pick(["", "", "on_state_ver", "reason", "on_rid"])
    if spoilt in op and (op["type"] == "command" or spoilt == "on_rid"):
        op[spoilt] = {"on_state_ver": item.version + 1, "reason": " ", "on_rid": "0" * 64}[spoilt]
    op |= {
        "op_id": uuid7(milliseconds=dice.below(2**40), random=dice.bytes(10)),
        "device_seq": 1_000_000 + len(watch.forged),
        "client_time": None,
    }
    watch.forged.add(str(op["op_id"]))
    request = {
        "protocol": 1, "epoch": portal.identity()[0], "device_id": seat.device_id, "actor": seat.member_id, "cursor": None, "ops": [op],
    }  # fmt: skip
    try:
        portal.sync(seat, json.dumps(request))
    except Problem as problem:
        return problem.code
    return f"{op.get('name', op['type'])} {watch.about(op)}"


def _command(item: Item, name: str, entry_id: str) -> dict[str, object]:
    op: dict[str, object] = {"type": "command", "entry_id": entry_id, "name": name, "on_state_ver": item.version}
    if name in {"submit", "approve", "unpublish"}:
        op["on_rid"] = item.published or item.head if name == "unpublish" else item.head
    if name == "approve":
        op["step"] = STEPS[item.step]
    if name in {"return", "unpublish"}:
        op["reason"] = "Thiếu nguồn"
    return op


def _small(item: Item, entry_id: str, seat: Seat, dice: Dice) -> dict[str, object]:
    """Anything but a text or a command, by whoever this is. No kind has personal data yet, so only this sends any."""
    fresh = uuid7(milliseconds=dice.below(2**40), random=dice.bytes(10))
    members = [f"u-{name}" for name in (*MEMBERS, "nobody")]
    ops: list[dict[str, object]] = [
        {"type": "comment", "comment_id": fresh, "entry_id": entry_id, "on_rid": item.head, "text": dice.pick(["x", " "])},
        {"type": "assign", "entry_id": entry_id, "assignee": dice.pick([None, *members])},
        {"type": "claim", "entry_id": entry_id, "release": dice.happens(0.5)},
        {"type": "personal", "entry_id": entry_id, "record_id": fresh, "salt": "s", "fields": {"phone": "1"}},
        {
            "type": "delegation", "delegation_id": dice.pick([fresh, str(DELEGATION["id"])]), "to": dice.pick(members),
            "step": dice.pick(STEPS), "sections": None, "start": DELEGATION["start"],
            "end": dice.pick([DELEGATION["start"], "2026-11-22T00:59:00.000000Z", "2026-12-24T00:00:00.000000Z"]),
            "reason": "", "revoke": dice.happens(0.3),
        },
        {
            "type": "board", "member_id": dice.pick([each for each in members if each != seat.member_id]),
            "roles": [{"role": dice.pick(["ctv", "phoban", "truongban"]), "sections": None}], "label": {"vi": seat.member},
            "active": True,
        },
    ]  # fmt: skip
    return dice.pick(ops)
