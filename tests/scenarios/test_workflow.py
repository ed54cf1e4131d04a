"""Commands that meet a portal which has moved on: never aimed anew, never silent."""

import pytest

from desktop.domain.errors import NotAllowed
from desktop.domain.ids import EntryId
from tests.checker.cast import CULTURE
from tests.scenarios.scene import Scene

HALF_A_DAY = 43_200.0


def waiting_article(scene: Scene, *readers: str) -> EntryId:
    """An article that waits for its verification, known to `readers`."""
    entry_id = scene.article("ctv1")
    scene.give("ctv1", entry_id, "submit")
    for name in ("ctv1", *readers):
        assert scene.sync(name) == "done"
    return entry_id


def test_an_approval_of_an_older_text_is_held_back_with_a_card() -> None:
    scene = Scene("ctv1", "phoban", "phoban#2", "truongban")
    entry_id = waiting_article(scene, "phoban", "phoban#2")
    scene.give("phoban", entry_id, "approve")
    scene.write("phoban#2", entry_id, "một, sửa lại")
    scene.freeze("phoban#2", entry_id)
    assert scene.sync("phoban#2") == "done"
    assert scene.sync("phoban") == "done"
    assert scene.cards("phoban") == [("approve", "stale_revision", "other-revision")]
    assert scene.phase("phoban", entry_id) == "xac_thuc/waiting"
    assert scene.open("phoban", entry_id).fields["body"] == "một, sửa lại"
    assert scene.sync("truongban") == "done"
    assert scene.phase("truongban", entry_id) == "xac_thuc/waiting"


def test_an_approval_names_the_text_on_the_screen() -> None:
    scene = Scene("ctv1", "phoban", "phoban#2")
    entry_id = waiting_article(scene, "phoban", "phoban#2")
    read = scene.open("phoban", entry_id).facts.head_rid
    scene.write("phoban#2", entry_id, "một, sửa lại")
    scene.freeze("phoban#2", entry_id)
    assert scene.sync("phoban#2") == "done"
    assert scene.sync("phoban") == "done"
    with pytest.raises(NotAllowed) as refused:
        scene.clients["phoban"].stages.give(entry_id, "approve", read_rid=read)
    assert refused.value.rule.code == "other-revision"
    assert scene.queued("phoban", entry_id) == []


def test_a_text_whose_body_has_not_come_cannot_be_approved() -> None:
    scene = Scene("ctv1", "phoban", "phoban#2")
    entry_id = waiting_article(scene, "phoban", "phoban#2")
    scene.write("phoban#2", entry_id, "một, sửa lại")
    scene.freeze("phoban#2", entry_id)
    assert scene.sync("phoban#2") == "done"
    assert scene.sync("phoban", None, "lost-reply") == "offline"
    with pytest.raises(NotAllowed) as refused:
        scene.give("phoban", entry_id, "approve")
    assert refused.value.rule.code == "body-missing"


def test_a_correction_by_the_verifier_is_part_of_the_approval() -> None:
    scene = Scene("ctv1", "phoban", "truongban")
    entry_id = waiting_article(scene, "phoban")
    scene.write("phoban", entry_id, "một, sửa lại")
    scene.give("phoban", entry_id, "approve")
    assert [item.operation.name for item in scene.queued("phoban", entry_id)] == ["put", "approve"]
    for name in ("phoban", "truongban"):
        assert scene.sync(name) == "done"
    scene.give("truongban", entry_id, "approve")
    assert scene.sync("truongban") == "done"
    assert scene.phase("truongban", entry_id) == "dang_tai/published"
    published = scene.open("truongban", entry_id).published
    assert published is not None
    assert published.fields["body"] == "một, sửa lại"


def test_while_a_submission_waits_the_text_is_locked() -> None:
    scene = Scene("ctv1")
    entry_id = scene.article("ctv1")
    scene.give("ctv1", entry_id, "submit")
    assert scene.phase("ctv1", entry_id) == "xac_thuc/waiting"
    assert scene.open("ctv1", entry_id).writable is not None
    with pytest.raises(NotAllowed):
        scene.write("ctv1", entry_id, "hai")
    scene.give("ctv1", entry_id, "recall")
    scene.write("ctv1", entry_id, "hai")
    assert scene.open("ctv1", entry_id).fields["body"] == "hai"


def test_a_submission_that_a_section_editor_forestalled_becomes_a_card() -> None:
    scene = Scene("ctv1", "phoban")
    entry_id = scene.article("ctv1")
    scene.freeze("ctv1", entry_id)
    assert scene.sync("ctv1") == "done"
    assert scene.sync("phoban") == "done"
    scene.give("ctv1", entry_id, "submit")
    scene.give("phoban", entry_id, "submit")
    assert scene.sync("phoban") == "done"
    assert scene.sync("ctv1") == "done"
    assert scene.cards("ctv1") == [("submit", "invalid_state", "state-moved")]
    assert scene.phase("ctv1", entry_id) == "xac_thuc/waiting"


def test_what_was_built_on_a_refused_command_is_withdrawn_with_a_card_each() -> None:
    scene = Scene("ctv1", "phoban", "btv")
    entry_id = waiting_article(scene, "phoban", "btv")
    scene.give("phoban", entry_id, "return", reason="Thiếu nguồn")
    scene.give("phoban", entry_id, "submit")
    scene.give("btv", entry_id, "return", reason="Sai tên")
    assert scene.sync("btv") == "done"
    assert scene.sync("phoban") == "done"
    assert [(name, outcome) for name, outcome, _ in scene.cards("phoban")] == [
        ("return", "invalid_state"),
        ("submit", "withdrawn"),
    ]
    assert scene.queued("phoban", entry_id) == []
    assert scene.phase("phoban", entry_id) == "nhap_moi/draft"


def test_an_approval_by_a_delegation_that_ended_on_the_way_is_refused() -> None:
    scene = Scene("ctv1", "phoban", "btv")
    entry_id = waiting_article(scene, "phoban", "btv")
    scene.give("phoban", entry_id, "approve")
    assert scene.sync("phoban") == "done"
    assert scene.sync("btv") == "done"
    scene.give("btv", entry_id, "approve")
    scene.time.pass_by(HALF_A_DAY)
    assert scene.sync("btv") == "done"
    assert scene.cards("btv") == [("approve", "forbidden", "delegation-expired")]


def test_what_leaves_a_members_sight_leaves_the_lists() -> None:
    scene = Scene("ctv1", "btv")
    entry_id = scene.article("ctv1", section=CULTURE)
    scene.freeze("ctv1", entry_id)
    assert scene.sync("ctv1") == "done"
    assert scene.sync("btv") == "done"
    assert scene.listed("btv") == [entry_id]
    scene.time.pass_by(HALF_A_DAY)  # the delegation for that section ends
    assert scene.sync("btv") == "done"
    assert scene.listed("btv") == []


def test_own_work_on_what_left_ones_sight_stays_on_the_list() -> None:
    scene = Scene("ctv1", "btv")
    entry_id = scene.article("ctv1", section=CULTURE)
    scene.freeze("ctv1", entry_id)
    assert scene.sync("ctv1") == "done"
    assert scene.sync("btv") == "done"
    scene.write("btv", entry_id, "một và hai", section=CULTURE)
    scene.time.pass_by(HALF_A_DAY)
    assert scene.sync("btv") == "done"
    assert scene.listed("btv") == [entry_id]
    draft = scene.draft("btv", entry_id)
    assert draft is not None
    assert draft.fields["body"] == "một và hai"


def test_a_history_grows_on_every_machine() -> None:
    scene = Scene("ctv1", "phoban")
    entry_id = waiting_article(scene, "phoban")
    scene.give("phoban", entry_id, "return", reason="Thiếu nguồn")
    assert scene.sync("phoban") == "done"
    assert scene.sync("ctv1") == "done"
    for name in ("ctv1", "phoban"):
        assert [step.name for step in scene.open(name, entry_id).history] == ["put", "submit", "return"]
    assert scene.open("ctv1", entry_id).history[-1].reason == "Thiếu nguồn"


def test_the_public_text_of_a_revision_under_way_is_fetched_too() -> None:
    scene = Scene("ctv1", "phoban", "truongban")
    entry_id = waiting_article(scene, "phoban")
    for name in ("phoban", "truongban"):
        assert scene.sync(name) == "done"
        scene.give(name, entry_id, "approve")
        assert scene.sync(name) == "done"
    scene.give("truongban", entry_id, "revise")
    scene.write("truongban", entry_id, "bản mới")
    scene.freeze("truongban", entry_id)
    assert scene.sync("truongban") == "done"
    late = scene.join("phoban#2")
    document = scene.open(late, entry_id)
    assert document.fields["body"] == "bản mới"
    assert document.published is not None
    assert document.published.fields["body"] == "một"


def test_a_clock_ten_years_off_decides_nothing() -> None:
    scene = Scene("ctv1", "phoban", "truongban")
    for name, years in (("ctv1", -10), ("phoban", 10)):
        scene.clients[name].machine.clock.ahead = years * 365 * 86_400.0
    entry_id = waiting_article(scene, "phoban")
    scene.give("phoban", entry_id, "approve")
    for name in ("phoban", "truongban", "ctv1"):
        assert scene.sync(name) == "done"
        assert scene.phase(name, entry_id) == "dang_tai/waiting"
        assert scene.cards(name) == []


def test_a_submission_given_ten_times_is_one() -> None:
    scene = Scene("ctv1")
    entry_id = scene.article("ctv1")
    scene.give("ctv1", entry_id, "submit")
    for _ in range(9):
        with pytest.raises(NotAllowed) as refused:
            scene.give("ctv1", entry_id, "submit")
        assert refused.value.rule.code == "phase"
    assert [item.operation.name for item in scene.queued("ctv1", entry_id)] == ["put", "submit"]
