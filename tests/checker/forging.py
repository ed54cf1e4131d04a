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
    entry_id = dice.pick(sorted(watch.model.items, key=lambda key: watch.name(key)))
    item, name = watch.model.items[entry_id], dice.pick(COMMANDS)
    request = {
        "protocol": 1, "epoch": portal.identity()[0], "device_id": seat.device_id, "actor": seat.member_id, "cursor": None,
        "ops": [{**_command(item, name, dice), "entry_id": entry_id}],
    }  # fmt: skip
    try:
        portal.sync(seat, json.dumps(request))
    except Problem as problem:
        return problem.code
    return f"{name} {watch.name(entry_id)}"


def _command(item: Item, name: str, dice: Dice) -> dict[str, object]:
    op: dict[str, object] = {
        "op_id": uuid7(milliseconds=dice.below(2**40), random=dice.bytes(10)), "device_seq": 1_000_000, "type": "command",
        "client_time": None, "name": name, "on_state_ver": item.version + (1 if dice.happens(0.1) else 0),
    }  # fmt: skip
    if name in {"submit", "approve", "unpublish"}:
        op["on_rid"] = item.published or item.head if name == "unpublish" else item.head
    if name == "approve":
        op["step"] = STEPS[item.step]
    if name in {"return", "unpublish"} and dice.happens(0.8):
        op["reason"] = "Thiếu nguồn"
    return op
