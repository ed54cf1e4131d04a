"""Who manages accounts sees each device, and signs one out; nobody else does, and what it had not sent goes on elsewhere."""

import json
from pathlib import Path

from sqlalchemy import select

from desktop.store import open_store
from desktop.wiring import SystemClock
from server_stub.store import tables as t
from tests.contract.cli.conftest import Home, Opening
from tests.support.live_portal import LivePortal


def get_stuck(home: Home) -> None:
    """A text that the portal could not take: it is held, and what was built on it waits behind."""
    home("submit", home.article("Bị giữ lại"))
    store = open_store(home.path, clock=SystemClock())
    with store.write() as work:
        work.queue.hold(work.queue.all()[0].operation.op_id)
    store.close()
    home("sync")


def test_who_is_stuck_is_seen_and_a_lost_device_is_signed_out(
    signed_in: Opening, portal: LivePortal, tmp_path: Path
) -> None:
    writer, other, chief = signed_in("may-cu"), signed_in("may-moi"), signed_in("chief", member="truongban")
    get_stuck(writer)
    found = sorted(chief("devices")["devices"], key=lambda one: -one["waiting"])
    assert [(one["username"], one["waiting"], one["current"]) for one in found] == [
        ("ctv.vanhoa", 2, False),
        ("ctv.vanhoa", 0, False),
        ("truongban", 0, True),
    ]
    assert all(one["signed_in"] <= one["seen"] for one in found)

    lost = found[0]["id"]
    for _ in range(2):  # a lost reply is asked again
        assert len(chief("devices", "--revoke", lost)["devices"]) == 2
    with portal.portal.database.session() as session:
        bodies = [json.loads(body) for body in session.execute(select(t.record.c.body)).scalars()]
    told = [(body["actor"], body["target"]) for body in bodies if body["type"] == "device.revoke"]
    assert told == [("u-truongban", lost)]

    assert writer("sync", exits=1)["error"]["rule"] == "device-revoked"
    writer("export", str(tmp_path / "goi"))
    other("import", str(tmp_path / "goi"))
    assert other("sync")["waiting"] == 0


def test_an_editors_right_opens_no_door_here(signed_in: Opening) -> None:
    chief, deputy = signed_in("chief", member="truongban"), signed_in("deputy", member="phoban1")
    (mine,) = [one for one in chief("devices")["devices"] if one["current"]]
    for words in ((), ("--revoke", mine["id"])):
        refusal = deputy("devices", *words, exits=1)["error"]
        assert (refusal["rule"], "Điều 17" in refusal["clause"]) == ("role", True)
    assert chief("devices", "--revoke", "01930000-0000-7000-8000-ffffffffffff", exits=1)["error"]["rule"] == "not-found"
    assert chief("sync")["waiting"] == 0
