"""A text that stays unsettled for a day is kept by the portal for its writer's own devices, and for nobody else."""

import json

from sqlalchemy import select

from desktop.domain.errors import Rule
from desktop.domain.ids import EntryId, OpId
from desktop.domain.operation import Stamp, side
from desktop.sync.apply_results import hold, release_held
from server_stub.store import tables as t
from tests.checker.cast import CULTURE, seat
from tests.scenarios.scene import Scene
from tests.scenarios.test_strangers import answering

AN_HOUR, A_DAY = 3600.0, 25 * 3600.0
MINE, THEIRS = "bản của phó ban", "bản của cộng tác viên"


def everybody(scene: Scene, *names: str) -> None:
    for name in names:
        assert scene.sync(name) == "done"


def contested(scene: Scene) -> EntryId:
    """An article of ctv1 that phoban changed at the same place, who has not decided yet."""
    entry_id = scene.article("ctv1")
    scene.freeze("ctv1", entry_id)
    everybody(scene, "ctv1", "phoban")
    scene.write("ctv1", entry_id, THEIRS)
    scene.freeze("ctv1", entry_id)
    scene.write("phoban", entry_id, MINE)
    scene.freeze("phoban", entry_id)
    everybody(scene, "ctv1", "phoban")
    assert scene.open("phoban", entry_id).conflict is not None
    return entry_id


def kept(scene: Scene) -> list[str | None]:
    """The bodies of the side drafts that the portal keeps; None for one that is settled."""
    rows = scene.portal.rows(select(t.side_draft.c.content))
    return [None if row[0] is None else json.loads(row[0])["fields"]["body"] for row in rows]


def a_day_later(scene: Scene, *names: str) -> None:
    everybody(scene, *names)
    scene.time.pass_by(A_DAY)
    for _ in range(3):  # the portal's time is heard, the text frozen, and sent
        everybody(scene, *names)


def told_of(scene: Scene, name: str) -> list[str]:
    """The types of all that the portal tells that member from the beginning."""
    who = seat(name)
    request: dict[str, object] = {
        "protocol": 1, "epoch": None, "device_id": who.device_id, "actor": who.member_id, "cursor": None, "ops": [],
    }  # fmt: skip
    return [change["type"] for change in json.loads(scene.portal.sync(who, json.dumps(request)))["changes"]]


def test_a_conflict_of_a_day_reaches_a_fresh_home_of_its_writer_and_nobody_else() -> None:
    scene = Scene("ctv1", "phoban")
    entry_id = contested(scene)
    scene.clients["phoban"].machine.clock.ahead = 10 * 365 * 86_400.0  # this machine's clock means nothing
    for _ in range(3):
        scene.time.pass_by(AN_HOUR)
        everybody(scene, "phoban")
    assert kept(scene) == []
    a_day_later(scene, "phoban")
    assert kept(scene) == [MINE]
    assert (scene.portal.rows(select(t.entry.c.state_ver)), scene.cards("phoban")) == (
        [(0,)], [("put", "conflict", "conflict")],
    )  # fmt: skip
    everybody(scene, "ctv1")
    assert scene.open("ctv1", entry_id).fields["body"] == THEIRS
    assert ("side_draft" in told_of(scene, "phoban"), "side_draft" in told_of(scene, "ctv1")) == (True, False)
    fresh = scene.join("phoban#2")
    document = scene.open(fresh, entry_id)
    assert (document.fields["body"], document.conflict) == (MINE, document.facts.head_rid)
    assert scene.cards(fresh) == [("put", "conflict", "side-draft")]
    copy = scene.clients[fresh].drafting.copy_as_new(entry_id)
    assert scene.open(fresh, copy).fields["body"] == MINE
    a_day_later(scene, "phoban", fresh)
    assert kept(scene) == [MINE]  # what was taken up is not kept twice


def test_what_is_settled_on_one_device_is_gone_from_the_portal_and_the_others() -> None:
    for settles in ("phoban", "phoban#2"):
        scene = Scene("ctv1", "phoban")
        entry_id = contested(scene)
        a_day_later(scene, "phoban")
        fresh = scene.join("phoban#2")
        document = scene.open(settles, entry_id)
        scene.clients[settles].conflicts.keep_mine(entry_id, seen_rid=document.conflict)
        scene.freeze(settles, entry_id)
        everybody(scene, settles, settles)
        assert kept(scene) == [None]
        other = fresh if settles == "phoban" else "phoban"
        everybody(scene, other)
        assert scene.open(other, entry_id).fields["body"] == MINE
        if settles == "phoban":
            assert (scene.draft(fresh, entry_id), scene.cards(fresh)) == (None, [])


def test_ones_own_work_on_another_device_is_not_touched() -> None:
    scene = Scene("ctv1", "phoban", "phoban#2")
    entry_id = contested(scene)
    everybody(scene, "phoban#2")
    scene.write("phoban#2", entry_id, "đang viết ở máy thứ hai")
    a_day_later(scene, "phoban")
    everybody(scene, "phoban#2")
    assert scene.open("phoban#2", entry_id).fields["body"] == "đang viết ở máy thứ hai"


def test_a_text_whose_right_was_lost_is_kept_too() -> None:
    scene = Scene("ctv1", "btv")
    entry_id = scene.article("ctv1", section=CULTURE)
    scene.freeze("ctv1", entry_id)
    everybody(scene, "ctv1", "btv")
    scene.write("btv", entry_id, "một và hai", section=CULTURE)
    scene.time.pass_by(43_200.0)  # the delegation for that section ends
    a_day_later(scene, "btv")
    assert kept(scene) == ["một và hai"]


def test_a_restored_portal_is_given_the_side_drafts_again_at_once() -> None:
    """Seed 700014 of eighty: it was given them after another day."""
    scene = Scene("ctv1", "phoban")
    contested(scene)
    everybody(scene, "phoban")
    scene.portal.back_up()
    a_day_later(scene, "phoban")
    assert kept(scene) == [MINE]
    scene.portal.restore()
    assert kept(scene) == []
    everybody(scene, "phoban", "phoban")
    assert kept(scene) == [MINE]


def test_a_frozen_text_that_the_portal_did_not_take_is_kept_until_it_does() -> None:
    scene = Scene("ctv1")
    entry_id = scene.article("ctv1", "giữ lại vì Cổng trả lời lạ")
    scene.freeze("ctv1", entry_id)
    scene.lines["ctv1"].twists = [answering("rid_mismatch")]
    everybody(scene, "ctv1")
    assert (scene.queued("ctv1", entry_id)[0].place, kept(scene)) == ("held", [])
    a_day_later(scene, "ctv1")
    assert kept(scene) == ["giữ lại vì Cổng trả lời lạ"]
    fresh = scene.join("ctv1#2")
    assert scene.open(fresh, entry_id).fields["body"] == "giữ lại vì Cổng trả lời lạ"
    release_held(scene.clients["ctv1"].store, "the next version", at="2026-11-22T00:00:00Z")
    everybody(scene, "ctv1", "ctv1")
    assert (scene.queued("ctv1", entry_id), kept(scene)) == ([], [None])


def test_two_devices_that_write_on_from_one_side_draft_keep_both_and_one_follows_the_other() -> None:
    scene = Scene("ctv1", "phoban")
    entry_id = contested(scene)
    a_day_later(scene, "phoban")
    fresh = scene.join("phoban#2")
    scene.write(fresh, entry_id, "viết tiếp ở máy thứ hai")
    a_day_later(scene, fresh)
    assert sorted(filter(None, kept(scene))) == sorted([MINE, "viết tiếp ở máy thứ hai"])
    everybody(scene, "phoban")
    document = scene.open("phoban", entry_id)
    assert document.fields["body"] == MINE
    scene.clients["phoban"].conflicts.keep_mine(entry_id, seen_rid=document.conflict)
    scene.freeze("phoban", entry_id)
    everybody(scene, "phoban", "phoban")
    assert scene.open("phoban", entry_id).fields["body"] == "viết tiếp ở máy thứ hai"
    assert scene.cards("phoban") == [("put", "conflict", "side-draft")]
    assert scene.open(fresh, entry_id).fields["body"] == "viết tiếp ở máy thứ hai"
    assert list(filter(None, kept(scene))) == ["viết tiếp ở máy thứ hai"]


def test_a_side_draft_that_the_portal_does_not_read_has_no_card() -> None:
    scene = Scene("ctv1")
    entry_id = scene.article("ctv1")
    store = scene.clients["ctv1"].store
    with store.write() as work:
        given = side(
            Stamp(OpId("op-side"), work.queue.next_seq(), "2026-11-22T00:00:00Z"), "a-side", entry_id, None, base=None
        )
        work.queue.add(given, at="2026-11-22T00:00:00Z")
        hold(work, given, Rule("too-large"), at="2026-11-22T00:00:00Z")
        assert (work.queue.count(), list(work.cards.open())) == (0, [])
