"""Roles, delegations and scope that change while somebody is offline: a card that says why, and no text lost."""

import json
from collections.abc import Sequence
from typing import Any

import pytest

from desktop.application.records import ListQuery
from desktop.domain.ids import EntryId
from server_stub.store import tables as t
from tests.checker.cast import CULTURE, DELEGATION, NEWS
from tests.scenarios.scene import Scene

SPOKESMAN = "0193e9a0-0000-7000-8000-00000000b0a1"


def appoint(scene: Scene, member: str, roles: Sequence[dict[str, Any]]) -> None:
    """The chief changes the board, at the portal."""
    op = {
        "op_id": SPOKESMAN, "device_seq": 10_000, "type": "board", "client_time": None, "member_id": f"u-{member}",
        "roles": list(roles), "label": {"vi": member, "en": member}, "active": True,
    }  # fmt: skip
    seat = scene.lines["truongban"].seat
    request = {
        "protocol": 1, "epoch": scene.feed("truongban", "epoch"), "device_id": seat.device_id, "actor": seat.member_id,
        "cursor": None, "ops": [op],
    }  # fmt: skip
    (result,) = json.loads(scene.portal.sync(seat, json.dumps(request)))["results"]
    assert result["outcome"] == "applied", result


def waiting_for_check(scene: Scene, section: str = NEWS) -> EntryId:
    entry_id = scene.article("ctv1", section=section)
    scene.give("ctv1", entry_id, "submit")
    assert scene.sync("ctv1") == "done"
    return entry_id


def test_an_approval_given_before_the_role_was_taken_is_a_card_with_its_rule() -> None:
    scene = Scene("ctv1", "btv", "truongban")
    entry_id = waiting_for_check(scene)
    assert scene.sync("btv") == "done"
    scene.give("btv", entry_id, "approve")
    appoint(scene, "btv", [])
    assert scene.sync("btv") == "done"
    assert scene.queued("btv", entry_id) == []
    assert scene.cards("btv") == [("approve", "forbidden", "role")]
    assert scene.listed("btv") == [entry_id]
    assert scene.sync("ctv1") == "done"
    assert scene.phase("ctv1", entry_id) == "xac_thuc/waiting"


def test_a_section_that_was_taken_while_writing_leaves_the_text_with_its_writer() -> None:
    scene = Scene("ctv1", "truongban")
    entry_id = scene.article("ctv1", "một")
    scene.give("ctv1", entry_id, "submit")
    appoint(scene, "ctv1", [{"role": "ctv", "sections": [CULTURE]}])
    assert scene.sync("ctv1") == "done"
    assert [(name, outcome, rule) for name, outcome, rule in scene.cards("ctv1") if name == "put"] == [
        ("put", "forbidden", "section")
    ]
    draft = scene.draft("ctv1", entry_id)
    assert draft is not None
    assert (draft.dirty, draft.fields["body"]) == (True, "một")
    assert scene.listed("ctv1") == [entry_id]
    # It is not tried again and again by itself, and may go elsewhere by hand.
    assert scene.clients["ctv1"].drafting.freeze_idle([entry_id]) == 0
    copy = scene.clients["ctv1"].drafting.copy_as_new(entry_id)
    assert scene.open("ctv1", copy).fields["body"] == "một"


def test_a_correction_in_an_entry_that_left_the_scope_stays_in_sight_once() -> None:
    scene = Scene("ctv1", "btv", "truongban")
    entry_id = waiting_for_check(scene)
    assert scene.sync("btv") == "done"
    scene.write("btv", entry_id, "một, đã sửa")
    scene.time.pass_by(7 * 3600.0)  # nor by the chief's delegation
    appoint(scene, "btv", [])
    for _ in range(3):
        assert scene.sync("btv") == "done"
        assert scene.clients["btv"].drafting.freeze_idle([entry_id]) == 0
    assert scene.cards("btv") == [("put", "gone", "gone")]
    assert scene.listed("btv") == [entry_id]
    assert scene.open("btv", entry_id).fields["body"] == "một, đã sửa"


def test_a_delegation_that_ended_on_the_way_is_a_card_and_decides_nothing() -> None:
    scene = Scene("ctv1", "phoban", "truongban", "btv")
    entry_id = waiting_for_check(scene)
    assert scene.sync("phoban") == "done"
    scene.give("phoban", entry_id, "approve")
    assert scene.sync("phoban") == scene.sync("btv") == "done"
    scene.give("btv", entry_id, "approve")  # the last step, by the chief's delegation
    scene.time.pass_by(7 * 3600.0)
    assert scene.portal.now() > DELEGATION["end"]
    assert scene.sync("btv") == "done"
    assert [card for card in scene.cards("btv") if card[0] == "approve"] == [
        ("approve", "forbidden", "delegation-expired")
    ]
    assert scene.portal.rows(t.publication.select()) == []
    (told,) = [card.rule.params for card in scene.clients["btv"].library.cards() if card.name == "approve"]
    assert (told["giver"], told["end"]) == (DELEGATION["from_member"], DELEGATION["end"])


@pytest.mark.parametrize("synced_before", [True, False])
def test_what_was_typed_into_an_entry_that_was_discarded_elsewhere_stays(*, synced_before: bool) -> None:
    scene = Scene("ctv1")
    entry_id = scene.article("ctv1", "một")
    scene.freeze("ctv1", entry_id)
    assert scene.sync("ctv1") == "done"
    scene.join("ctv1#2")
    scene.give("ctv1#2", entry_id, "discard")
    if synced_before:
        assert scene.sync("ctv1#2") == "done"
    scene.write("ctv1", entry_id, "hai")
    if not synced_before:
        scene.freeze("ctv1", entry_id)
    assert scene.sync("ctv1#2") == "done"
    assert scene.sync("ctv1") == "done"
    rows = {name: [code for _, _, code in scene.cards(name)] for name in ("ctv1", "ctv1#2")}
    assert rows["ctv1"], rows
    assert scene.open("ctv1", entry_id).fields["body"] == "hai"
    assert entry_id in [row.entry_id for row in scene.clients["ctv1"].library.rows(ListQuery(box="cards"))]
    copy = scene.clients["ctv1"].drafting.copy_as_new(entry_id)
    scene.freeze("ctv1", copy)
    assert scene.sync("ctv1") == "done"
    assert scene.phase("ctv1", copy) == "nhap_moi/draft"
