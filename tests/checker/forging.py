"""A dishonest or broken client: commands made by hand, sent past every check of the program, judged by the portal alone."""

import json

from desktop.domain.ids import uuid7
from server_stub.core.problems import Problem
from tests.checker.cast import Seat
from tests.checker.model import STEPS, Item
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
    op = _command(item, name, entry_id)
    spoilt = dice.pick(["", "", "on_state_ver", "reason", "on_rid"])
    if spoilt in op:
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
    return f"{name} {watch.name(entry_id)}"


def _command(item: Item, name: str, entry_id: str) -> dict[str, object]:
    op: dict[str, object] = {"type": "command", "entry_id": entry_id, "name": name, "on_state_ver": item.version}
    if name in {"submit", "approve", "unpublish"}:
        op["on_rid"] = item.published or item.head if name == "unpublish" else item.head
    if name == "approve":
        op["step"] = STEPS[item.step]
    if name in {"return", "unpublish"}:
        op["reason"] = "Thiếu nguồn"
    return op
