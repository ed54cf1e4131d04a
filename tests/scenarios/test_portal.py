"""A portal that is closed for a while, has forgotten, or lost its sense of time; and a week without it."""

from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select

from desktop.domain.digest import Json
from desktop.domain.ids import EntryId
from desktop.sync.faults import from_problem
from server_stub.core import record
from server_stub.store import tables as t
from tests.checker.times import TrueTime
from tests.scenarios.scene import Scene, Twist

DAY = 86_400.0
YEAR = timedelta(days=365)


def refusing(status: int, code: str, *, wish: float | None = None) -> Twist:
    def twist(_reply: dict[str, Any]) -> dict[str, Json]:
        raise from_problem(status, code, wish=wish)

    return twist


def waiting_article(scene: Scene, *names: str) -> EntryId:
    entry_id = scene.article("ctv1")
    scene.give("ctv1", entry_id, "submit")
    for name in ("ctv1", *names):
        assert scene.sync(name) == "done"
    return entry_id


def test_a_portal_in_maintenance_says_so_and_work_goes_on() -> None:
    scene = Scene("ctv1")
    entry_id = scene.article("ctv1")
    scene.give("ctv1", entry_id, "submit")
    scene.lines["ctv1"].twists = [refusing(503, "maintenance", wish=1800.0)]
    assert scene.sync("ctv1") == "maintenance"
    assert scene.clients["ctv1"].cycle.status().problem == "maintenance"
    another = scene.article("ctv1", "viết trong lúc chờ")
    assert scene.sync("ctv1") == "done"
    assert scene.queued("ctv1", entry_id) == []
    assert scene.open("ctv1", another).fields["body"] == "viết trong lúc chờ"


def test_a_sign_in_that_ended_keeps_the_queue_until_the_next_one() -> None:
    scene = Scene("ctv1")
    entry_id = scene.article("ctv1")
    scene.give("ctv1", entry_id, "submit")
    before = [item.operation.payload for item in scene.queued("ctv1", entry_id)]
    scene.lines["ctv1"].twists = [refusing(401, "token-expired")]
    assert scene.sync("ctv1") == "sign-in-refused"
    assert [item.operation.payload for item in scene.queued("ctv1", entry_id)] == before
    scene.write("ctv1", scene.article("ctv1"), "một bài nữa")
    assert scene.sync("ctv1") == "done"
    assert scene.queued("ctv1", entry_id) == []
    assert scene.cards("ctv1") == []


def test_what_the_ledger_forgot_overwrites_nothing_and_publishes_nothing() -> None:
    """Copies that come after the portal has cleared its ledger: base and state refuse them."""
    scene = Scene("ctv1", "phoban")
    entry_id = scene.article("ctv1")
    scene.freeze("ctv1", entry_id)
    assert scene.sync("ctv1", "late-copy") == "done"
    scene.write("ctv1", entry_id, "hai")
    scene.give("ctv1", entry_id, "submit")
    assert scene.sync("ctv1", "late-copy") == "done"
    assert scene.sync("phoban") == "done"
    scene.give("phoban", entry_id, "return", reason="Thiếu nguồn")
    assert scene.sync("phoban") == "done"
    head = scene.portal.rows(select(t.entry.c.head_rid, t.entry.c.phase, t.entry.c.state_ver))
    with scene.portal.place.database.session(write=True) as session:
        session.execute(delete(t.ledger))
        session.commit()
    while scene.portal.late:
        assert scene.portal.deliver_late(0) == "ok"
    assert scene.portal.rows(select(t.entry.c.head_rid, t.entry.c.phase, t.entry.c.state_ver)) == head
    assert scene.portal.rows(select(t.publication)) == []


def test_a_portal_whose_clock_jumps_keeps_its_order() -> None:
    scene = Scene("ctv1", "phoban", "truongban")
    entry_id = waiting_article(scene, "phoban")
    scene.portal.time = TrueTime(scene.time.moment + YEAR)
    scene.give("phoban", entry_id, "approve")
    assert scene.sync("phoban") == "done"
    scene.portal.time = TrueTime(scene.time.moment - YEAR)
    assert scene.sync("truongban") == "done"
    scene.give("truongban", entry_id, "approve")
    for name in ("truongban", "phoban", "ctv1"):
        assert scene.sync(name) == "done"
        assert [step.name for step in scene.open(name, entry_id).history] == ["put", "submit", "approve", "approve"]
        assert scene.phase(name, entry_id) == "dang_tai/published"
    with scene.portal.place.database.session() as session:
        assert list(record.faults(session.connection())) == []


def test_seven_days_offline_are_one_sync() -> None:
    """Three hundred edits and forty commands, some taken back again; every second answer is lost."""
    scene = Scene("ctv1", "phoban")
    entries = [scene.article("ctv1") for _ in range(20)]
    for number in range(300):
        entry_id = entries[number % 20]
        scene.write("ctv1", entry_id, f"lần {number}")
        if number % 7 == 0:
            scene.freeze("ctv1", entry_id)
        scene.time.pass_by(7 * DAY / 300)
    for command in ("submit", "recall"):
        for entry_id in entries:
            scene.give("ctv1", entry_id, command)
    for entry_id in entries[:10]:
        scene.give("ctv1", entry_id, "submit")
    for _ in range(4):
        assert scene.sync("ctv1", None, "lost-reply") == "offline"
    assert scene.sync("ctv1") == "done"
    assert scene.sync("phoban") == "done"
    assert scene.cards("ctv1") == []
    assert [scene.queued("ctv1", entry_id) for entry_id in entries] == [[]] * 20
    for number, entry_id in enumerate(entries):
        last = "xac_thuc/waiting" if number < 10 else "nhap_moi/draft"
        assert scene.phase("ctv1", entry_id) == scene.phase("phoban", entry_id) == last
        assert scene.open("phoban", entry_id).fields["body"] == f"lần {280 + number}"
    ops = [row.op_id for row in scene.portal.rows(select(t.history.c.op_id))]
    assert len(ops) == len(set(ops))
    assert [row.name for row in scene.portal.rows(select(t.history.c.name))].count("submit") == 10
