"""The portal came back from an older backup: lost texts go up again, decisions never, and nothing that was written is lost."""

from typing import Any

import pytest
from sqlalchemy import select

from desktop.domain.entry import Phase
from desktop.domain.ids import EntryId
from server_stub.store import tables as t
from tests.scenarios.scene import Scene

ELSEWHERE = "0193e9a0-0000-7000-8000-00000000beef"
NOT_REPEATED = ("submit", "withdrawn", "not-repeated")


def frozen(scene: Scene, name: str, body: str) -> EntryId:
    """An article that the portal has."""
    entry_id = scene.article(name, body)
    scene.freeze(name, entry_id)
    assert scene.sync(name) == "done"
    return entry_id


def bodies_at_portal(scene: Scene) -> list[str]:
    return [row.content for row in scene.portal.rows(select(t.revision.c.content).order_by(t.revision.c.rev_no))]


def commands_sent(scene: Scene, name: str) -> list[str]:
    return [op for request in scene.lines[name].sent for op in request if op != "put"]


def told(scene: Scene, name: str) -> list[tuple[str, dict[str, str]]]:
    return [(item.rule.code, dict(item.rule.params)) for item in scene.clients[name].cycle.status().notices]


def test_texts_that_the_portal_lost_are_offered_again_byte_for_byte() -> None:
    scene = Scene("ctv1")
    entry_id = frozen(scene, "ctv1", "một")
    scene.portal.back_up()
    for body in ("hai", "ba"):
        scene.write("ctv1", entry_id, body)
        scene.freeze("ctv1", entry_id)
        assert scene.sync("ctv1") == "done"
    before = scene.entry("ctv1", entry_id)
    scene.portal.restore()
    assert len(bodies_at_portal(scene)) == 1
    scene.lines["ctv1"].asked.clear()
    assert scene.sync("ctv1") == "done"
    after = scene.entry("ctv1", entry_id)
    assert before is not None
    assert after is not None
    assert after.head.rid == before.head.rid  # the same op_id, base and content make the same id
    assert [body for body in bodies_at_portal(scene) if "ba" in body]
    assert scene.lines["ctv1"].sent[-1:] == [["put", "put"]] or ["put", "put"] in scene.lines["ctv1"].sent
    assert scene.queued("ctv1", entry_id) == []
    assert scene.cards("ctv1") == []
    assert told(scene, "ctv1") == [("portal-restored", {"texts": "2", "decisions": "0"})]


def test_nothing_is_sent_before_the_portal_has_told_what_it_knows() -> None:
    scene = Scene("ctv1")
    scene.portal.back_up()
    entry_id = frozen(scene, "ctv1", "một")
    scene.portal.restore()
    scene.write("ctv1", entry_id, "hai")
    scene.freeze("ctv1", entry_id)
    scene.lines["ctv1"].asked.clear()
    # refused; the feed anew; the question what is known gets lost
    assert scene.sync("ctv1", None, None, "lost-request") == "offline"
    assert scene.lines["ctv1"].sent == [["put"], []]
    assert bodies_at_portal(scene) == []
    assert scene.sync("ctv1", "lost-reply") == "offline"
    assert scene.lines["ctv1"].sent[2:] == [[]]
    assert scene.sync("ctv1") == "done"
    assert scene.lines["ctv1"].sent[3:5] == [[], ["put", "put"]]
    assert len(bodies_at_portal(scene)) == 2


def test_a_command_that_was_confirmed_and_lost_becomes_a_card() -> None:
    scene = Scene("ctv1")
    scene.portal.back_up()
    entry_id = scene.article("ctv1")
    scene.give("ctv1", entry_id, "submit")
    assert scene.sync("ctv1") == "done"
    scene.portal.restore()
    scene.lines["ctv1"].asked.clear()
    assert scene.sync("ctv1") == "done"
    assert commands_sent(scene, "ctv1") == []
    assert scene.phase("ctv1", entry_id) == "nhap_moi/draft"
    assert scene.cards("ctv1") == [NOT_REPEATED]
    assert scene.listed("ctv1") == [entry_id]
    assert told(scene, "ctv1") == [("portal-restored", {"texts": "1", "decisions": "1"})]
    scene.give("ctv1", entry_id, "submit")  # the person decides again
    assert scene.sync("ctv1") == "done"
    assert scene.phase("ctv1", entry_id) == "xac_thuc/waiting"


def test_a_command_that_was_never_answered_is_not_sent_either() -> None:
    scene = Scene("ctv1")
    entry_id = frozen(scene, "ctv1", "một")
    scene.portal.back_up()
    scene.give("ctv1", entry_id, "submit")
    scene.portal.restore()
    scene.lines["ctv1"].asked.clear()
    assert scene.sync("ctv1") == "done"
    assert commands_sent(scene, "ctv1") == ["submit"]  # in the request that was refused as a whole
    assert scene.cards("ctv1") == [NOT_REPEATED]
    assert scene.phase("ctv1", entry_id) == "nhap_moi/draft"


def test_a_command_of_the_backup_has_no_card() -> None:
    scene = Scene("ctv1", "phoban")
    entry_id = scene.article("ctv1")
    scene.give("ctv1", entry_id, "submit")
    assert scene.sync("ctv1") == scene.sync("phoban") == "done"
    scene.portal.back_up()
    scene.give("phoban", entry_id, "approve")
    assert scene.sync("phoban") == scene.sync("ctv1") == "done"
    assert scene.phase("ctv1", entry_id) == "dang_tai/waiting"
    scene.portal.restore()
    assert scene.sync("ctv1") == scene.sync("phoban") == "done"
    assert scene.cards("ctv1") == []
    assert scene.cards("phoban") == [("approve", "withdrawn", "not-repeated")]
    assert {scene.phase(name, entry_id) for name in ("ctv1", "phoban")} == {"xac_thuc/waiting"}


def test_a_draft_stays_and_goes_up_after_what_it_stands_on() -> None:
    scene = Scene("ctv1")
    scene.portal.back_up()
    entry_id = frozen(scene, "ctv1", "một")
    scene.write("ctv1", entry_id, "một hai")
    scene.portal.restore()
    assert scene.sync("ctv1") == "done"
    draft = scene.draft("ctv1", entry_id)
    assert draft is not None
    assert (draft.dirty, draft.fields["body"]) == (True, "một hai")
    scene.freeze("ctv1", entry_id)
    assert scene.sync("ctv1") == "done"
    assert len(bodies_at_portal(scene)) == 2
    assert scene.cards("ctv1") == []


def test_who_wrote_on_the_restored_portal_meanwhile_makes_a_conflict_as_usual() -> None:
    scene = Scene("ctv1", "btv")
    entry_id = frozen(scene, "ctv1", "một")
    assert scene.sync("btv") == "done"
    scene.portal.back_up()
    scene.write("ctv1", entry_id, "của tôi")
    scene.freeze("ctv1", entry_id)
    assert scene.sync("ctv1") == "done"
    scene.portal.restore()
    assert scene.sync("btv") == "done"
    scene.write("btv", entry_id, "của họ")
    scene.freeze("btv", entry_id)
    assert scene.sync("btv") == "done"
    assert scene.sync("ctv1") == "done"
    draft = scene.draft("ctv1", entry_id)
    assert draft is not None
    assert draft.fields["body"] == "của tôi"
    assert draft.conflict is not None
    assert [code for _, _, code in scene.cards("ctv1")] == ["conflict"]


def test_a_colleagues_text_that_is_gone_leaves_the_list_and_stays_readable_where_work_hangs_on_it() -> None:
    scene = Scene("ctv1", "phoban")
    scene.portal.back_up()
    read, written = scene.article("ctv1"), scene.article("ctv1")
    for entry_id in (read, written):
        scene.give("ctv1", entry_id, "submit")
    assert scene.sync("ctv1") == scene.sync("phoban") == "done"
    scene.write("phoban", written, "phó ban sửa")
    scene.portal.restore()
    assert scene.sync("phoban") == "done"
    assert scene.listed("phoban") == [written]
    draft = scene.draft("phoban", written)
    assert draft is not None
    assert draft.fields["body"] == "phó ban sửa"
    assert scene.sync("ctv1") == "done"  # whose texts they are: both come back
    assert scene.sync("phoban") == "done"


def test_a_published_text_that_is_public_no_more_is_not_published_again() -> None:
    scene = Scene("ctv1", "phoban", "truongban")
    entry_id = scene.article("ctv1")
    scene.give("ctv1", entry_id, "submit")
    assert scene.sync("ctv1") == scene.sync("phoban") == "done"
    scene.give("phoban", entry_id, "approve")
    assert scene.sync("phoban") == scene.sync("truongban") == "done"
    scene.portal.back_up()
    scene.give("truongban", entry_id, "approve")
    assert scene.sync("truongban") == "done"
    scene.portal.restore()
    for name in ("truongban", "phoban", "ctv1"):
        assert scene.sync(name) == "done"
    assert scene.portal.rows(select(t.publication)) == []
    assert scene.cards("truongban") == [("approve", "withdrawn", "not-repeated")]
    assert scene.phase("truongban", entry_id) == "dang_tai/waiting"


def test_an_answer_of_another_epoch_is_not_applied() -> None:
    scene = Scene("ctv1")
    entry_id = scene.article("ctv1")
    scene.give("ctv1", entry_id, "submit")
    scene.lines["ctv1"].twists = [lambda reply: {**reply, "epoch": ELSEWHERE}]
    assert scene.sync("ctv1") == "done"
    assert scene.feed("ctv1", "epoch") != ELSEWHERE
    # The put had arrived and replays; the command had arrived too, and is not given a second time.
    assert scene.phase("ctv1", entry_id) == "xac_thuc/waiting"
    assert scene.portal.rows(select(t.entry.c.state_ver)) == [(1,)]


@pytest.mark.parametrize("later", [0, 6])
def test_a_portal_that_went_back_under_the_same_epoch_is_found_out(later: int) -> None:
    scene = Scene("ctv1", "btv")
    entry_id = frozen(scene, "ctv1", "một")
    scene.portal.back_up()
    for body in ("hai", "ba"):
        scene.write("ctv1", entry_id, body)
        scene.freeze("ctv1", entry_id)
        assert scene.sync("ctv1") == "done"
    saved = scene.portal.saved
    assert saved is not None
    saved.lay_into(scene.portal.place.database.engine)  # and nobody told the portal
    for _ in range(later):
        frozen(scene, "btv", "khác")
    assert scene.sync("ctv1") == "done"
    found = scene.entry("ctv1", entry_id)
    assert found is not None
    assert found.head.state.phase is Phase.DRAFT
    assert [body for body in bodies_at_portal(scene) if '"ba"' in body]
    assert [code for code, _ in told(scene, "ctv1")] == ["portal-restored"]


def test_a_crash_at_any_step_of_the_recovery_loses_and_doubles_nothing() -> None:
    for depth in range(1, 200, 7):
        scene = Scene("ctv1")
        scene.portal.back_up()
        entry_id = scene.article("ctv1", "một")
        scene.give("ctv1", entry_id, "submit")
        assert scene.sync("ctv1") == "done"
        scene.portal.restore()
        scene.clients["ctv1"].store.crash_after(depth)
        crashed = scene.sync("ctv1")
        assert scene.sync("ctv1") == "done"
        assert scene.cards("ctv1") == [NOT_REPEATED], depth
        assert len(bodies_at_portal(scene)) == 1
        assert scene.phase("ctv1", entry_id) == "nhap_moi/draft"
        if crashed == "done":
            break
    else:
        pytest.fail("the recovery is longer than was tried")


@pytest.mark.parametrize("member", ["server_seq", "seq", "rid"])
def test_an_answer_that_denies_what_was_said_before_counts_as_a_restored_portal(member: str) -> None:
    scene = Scene("ctv1")
    entry_id = frozen(scene, "ctv1", "một")
    known = scene.entry("ctv1", entry_id)
    assert known is not None

    def twist(reply: dict[str, Any]) -> dict[str, Any]:
        if member == "server_seq":
            return {**reply, "server_seq": 0}
        head = {**reply["changes"][0]["head"], **({"seq": 0} if member == "seq" else {"seq": known.head.seq})}
        return {**reply, "changes": [{**reply["changes"][0], "head": head}]}

    scene.write("ctv1", entry_id, "hai")
    scene.freeze("ctv1", entry_id)
    scene.lines["ctv1"].twists = [twist]
    assert scene.sync("ctv1") == "done"
    assert [code for code, _ in told(scene, "ctv1")] == ["portal-restored"]
    assert len(bodies_at_portal(scene)) == 2
    assert scene.sync("ctv1") == "done"
    assert scene.cards("ctv1") == []
