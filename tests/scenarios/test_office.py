"""Remarks, assignments, delegations and the board, given offline: carried, judged there, never lost, never repeated."""

from datetime import timedelta

import pytest

from desktop.domain.board import Grant
from desktop.domain.errors import NotAllowed
from desktop.domain.ids import EntryId, MemberId
from server_stub.core.accounts import set_roles
from server_stub.core.moment import stamp
from tests.checker.cast import CULTURE, NEWS
from tests.checker.times import START
from tests.scenarios.scene import Scene

CTV1, BTV, PHOBAN = MemberId("u-ctv1"), MemberId("u-btv"), MemberId("u-phoban")


def sent(scene: Scene, *, section: str = NEWS) -> EntryId:
    """An article of ctv1 that waits for verification."""
    entry_id = scene.article("ctv1", section=section)
    scene.give("ctv1", entry_id, "submit")
    assert scene.sync("ctv1") == "done"
    return entry_id


def said(scene: Scene, name: str) -> set[str]:
    return scene.clients[name].machine.home.told()


def test_a_remark_made_offline_arrives_and_is_told_to_whoever_sees_the_entry() -> None:
    scene = Scene("ctv1", "phoban")
    entry_id = sent(scene)
    assert scene.sync("phoban") == "done"
    made = scene.clients["phoban"].remarks.comment(entry_id, "Thiếu nguồn?")
    assert scene.sync("phoban", "lost-reply") == "offline"
    assert scene.sync("phoban") == scene.sync("ctv1") == "done"
    assert said(scene, "ctv1") == {made}
    assert scene.queued("phoban", entry_id) == []


def test_a_remark_that_is_refused_stands_on_its_card_word_for_word() -> None:
    scene = Scene("ctv1", "truongban", "btv")
    entry_id = sent(scene)
    assert scene.sync("btv") == scene.sync("truongban") == "done"
    scene.clients["btv"].remarks.comment(entry_id, "Xem lại ảnh")
    scene.clients["truongban"].office.change(BTV, grants=(Grant("btv", frozenset({CULTURE})),))
    scene.clients["truongban"].office.revoke("0193e9a0-0000-7000-8000-00000000d001")
    assert scene.sync("truongban") == scene.sync("btv") == "done"
    (card,) = scene.clients["btv"].library.cards()
    assert (card.name, card.outcome, card.rule.params["reason"]) == ("comment", "gone", "Xem lại ảnh")


def test_who_gives_an_entry_away_is_not_told_of_it_any_more() -> None:
    scene = Scene("ctv1", "phoban", "ctv2")
    entry_id = sent(scene)
    assert scene.sync("phoban") == "done"
    scene.give("phoban", entry_id, "return", reason="Viết lại")
    scene.clients["phoban"].remarks.assign(entry_id, MemberId("u-ctv2"))
    assert scene.sync("phoban") == scene.sync("ctv2") == "done"
    assert entry_id in scene.listed("ctv2")
    scene.clients["ctv2"].remarks.assign(entry_id, None)
    with pytest.raises(NotAllowed):
        scene.clients["ctv2"].remarks.comment(entry_id, "Thôi")
    assert scene.sync("ctv2") == "done"
    assert entry_id not in scene.listed("ctv2")


def test_a_member_who_left_is_not_served_and_keeps_what_waits() -> None:
    scene = Scene("ctv1", "truongban")
    entry_id = sent(scene)
    scene.give("ctv1", entry_id, "recall")
    scene.clients["truongban"].office.change(CTV1, grants=(Grant("ctv", frozenset({NEWS})),), active=False)
    assert scene.sync("truongban") == "done"
    assert scene.sync("ctv1") != "done"
    assert [item.operation.name for item in scene.queued("ctv1", entry_id)] == ["recall"]


def test_the_board_is_predicted_with_what_waits() -> None:
    """Two offline promotions of which the second is one too many: it is refused here, not later."""
    scene = Scene("truongban")
    office = scene.clients["truongban"].office
    office.change(CTV1, grants=(Grant("phoban"),))
    with pytest.raises(NotAllowed) as refused:
        office.change(BTV, grants=(Grant("phoban"),))
    assert refused.value.rule.code == "board-limit"
    office.change(CTV1, grants=(Grant("ctv", frozenset({NEWS})),), active=False)
    with pytest.raises(NotAllowed):
        office.delegate(CTV1, "dang_tai", sections=None, start=stamp(START), end=stamp(START + timedelta(days=1)))


def test_a_delegation_ends_with_the_right_of_its_giver_or_when_it_is_taken_back() -> None:
    scene = Scene("phoban", "truongban")
    office, end = scene.clients["truongban"].office, stamp(START + timedelta(days=1))
    given = office.delegate(PHOBAN, "dang_tai", sections=None, start=stamp(START - timedelta(days=1)), end=end)
    assert scene.sync("truongban") == scene.sync("phoban") == "done"
    entry_id = scene.article("phoban")
    for command in ("submit", "approve", "approve"):
        scene.give("phoban", entry_id, command)
    assert scene.sync("phoban") == "done"
    assert scene.phase("phoban", entry_id) == "dang_tai/published"
    office.revoke(given)
    assert scene.sync("truongban") == scene.sync("phoban") == "done"
    other = scene.article("phoban")
    for command in ("submit", "approve"):
        scene.give("phoban", other, command)
    with pytest.raises(NotAllowed):
        scene.give("phoban", other, "approve")


def test_a_restored_portal_is_told_the_remarks_again_and_no_decision() -> None:
    scene = Scene("ctv1", "truongban", "phoban")
    entry_id = sent(scene)
    assert scene.sync("truongban") == scene.sync("phoban") == "done"
    scene.portal.back_up()
    chief = scene.clients["truongban"]
    made = chief.remarks.comment(entry_id, "Tốt")
    chief.remarks.assign(entry_id, MemberId("u-ctv2"))
    end = stamp(START + timedelta(days=1))
    chief.office.delegate(PHOBAN, "dang_tai", sections=None, start=stamp(START - timedelta(days=1)), end=end)
    assert scene.sync("truongban") == scene.sync("phoban") == "done"
    scene.portal.restore()
    chief.office.change(CTV1, grants=(Grant("btv", frozenset({NEWS})),))
    assert scene.sync("truongban") == scene.sync("phoban") == scene.sync("ctv1") == "done"
    assert said(scene, "ctv1") == {made}
    lost = {
        name for name, outcome, rule in scene.cards("truongban") if (outcome, rule) == ("withdrawn", "not-repeated")
    }
    assert lost == {"assign", "delegation", "board"}
    with scene.clients["phoban"].store.read() as work:
        assert [item for item in work.board.delegations(PHOBAN) if not item.revoked] == []


def test_a_delegation_is_worth_nothing_once_its_giver_has_lost_the_right_to_give_it() -> None:
    """The holder's machine is told of the giver's new roles, refuses what it gave before, and the portal would refuse it too."""
    scene = Scene("phoban", "truongban")
    end = stamp(START + timedelta(days=1))
    scene.clients["truongban"].office.delegate(
        PHOBAN, "dang_tai", sections=None, start=stamp(START - timedelta(days=1)), end=end
    )
    assert scene.sync("truongban") == scene.sync("phoban") == "done"
    entry_id, other = scene.article("phoban"), scene.article("phoban")
    for each in (entry_id, other):
        for command in ("submit", "approve"):
            scene.give("phoban", each, command)
    assert scene.sync("phoban") == "done"
    scene.give("phoban", entry_id, "approve")  # offline, by a right that its giver loses meanwhile
    with scene.portal.place.database.session(write=True) as session:
        set_roles(session, "truongban", roles=[{"role": "phoban"}], clock=scene.time, ids=lambda: "by-hand")
    assert scene.sync("phoban") == "done"
    assert scene.phase("phoban", entry_id) == "dang_tai/waiting"
    assert [(name, outcome) for name, outcome, _ in scene.cards("phoban")] == [("approve", "forbidden")]
    with pytest.raises(NotAllowed):
        scene.give("phoban", other, "approve")
