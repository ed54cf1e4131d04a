"""A queued command that is no longer valid when it arrives: one test per row of that table in the protocol.

Nothing is aimed anew, nothing becomes public that nobody read, every refusal leaves a card, and no words are lost. The rows of
delegations, roles and restored portals are in `test_workflow`, `test_scope` and `test_restored`.
"""

import json

import pytest
from sqlalchemy import select

from desktop.domain.ids import EntryId
from server_stub.store import tables as t
from tests.checker.cast import Seat
from tests.scenarios.scene import Scene

TEXT = "mở đầu\n\ngiữa\n\nkết"
CHECK, PUBLISH = "xac_thuc/waiting", "dang_tai/waiting"


def known_draft(scene: Scene, *names: str, body: str = TEXT) -> EntryId:
    """A draft of ctv1 that the portal and all of `names` have."""
    entry_id = scene.article("ctv1", body)
    scene.freeze("ctv1", entry_id)
    everybody(scene, "ctv1", *names)
    return entry_id


def everybody(scene: Scene, *names: str) -> None:
    for name in names:
        assert scene.sync(name) == "done"


def does(scene: Scene, name: str, entry_id: EntryId, *commands: str, reason: str = "") -> None:
    """A colleague with a network: hears, acts, sends."""
    for command in commands:
        everybody(scene, name)
        scene.give(name, entry_id, command, reason=reason if command in {"return", "unpublish"} else "")
        everybody(scene, name)


def waiting_for(scene: Scene, step: str, *names: str) -> EntryId:
    entry_id = known_draft(scene, *names)
    does(scene, "ctv1", entry_id, "submit")
    if step == PUBLISH:
        does(scene, "phoban", entry_id, "approve")
    everybody(scene, *names)
    assert {scene.phase(name, entry_id) for name in names} == {step}
    return entry_id


def elsewhere(scene: Scene, entry_id: EntryId, name: str, *, reason: str = "") -> None:
    """The chief gives a command at another device, while the first one has no network."""
    everybody(scene, "phoban")
    entry, chief = scene.entry("phoban", entry_id), Seat("truongban", 98)
    assert entry is not None
    head = entry.head
    told = {"on_rid": head.rid, "step": head.state.step} if name == "approve" else {"reason": reason}
    op = {
        "op_id": f"0193e9a0-0000-7000-8000-{head.state_ver:012d}", "device_seq": 1, "type": "command", "client_time": None,
        "entry_id": entry_id, "name": name, "on_state_ver": head.state_ver, **told,
    }  # fmt: skip
    request = {
        "protocol": 1, "epoch": scene.feed("phoban", "epoch"), "device_id": chief.device_id, "actor": chief.member_id,
        "cursor": None, "ops": [op],
    }  # fmt: skip
    (result,) = json.loads(scene.portal.sync(chief, json.dumps(request)))["results"]
    assert result["outcome"] == "applied", result


def who_moved_it(scene: Scene, name: str, entry_id: EntryId) -> tuple[str, str]:
    last = scene.open(name, entry_id).history[-1]
    assert last.server_time
    return last.name, last.actor_label


def test_submit_after_a_clean_change_of_a_colleague_is_withdrawn_and_the_text_merged() -> None:
    scene = Scene("ctv1", "phoban")
    entry_id = known_draft(scene, "phoban")
    scene.write("phoban", entry_id, "mở đầu\n\ngiữa\n\nkết 2")
    scene.freeze("phoban", entry_id)
    everybody(scene, "phoban")
    scene.write("ctv1", entry_id, "mở đầu 1\n\ngiữa\n\nkết")
    scene.give("ctv1", entry_id, "submit")
    everybody(scene, "ctv1", "phoban")
    assert ("put", "merged", "merged-unread") in scene.cards("ctv1")
    assert "submit" in [name for name, _, _ in scene.cards("ctv1")]
    assert {scene.phase(name, entry_id) for name in ("ctv1", "phoban")} == {"nhap_moi/draft"}
    merged = next(card for card in scene.clients["ctv1"].library.cards() if card.outcome == "merged")
    scene.clients["ctv1"].conflicts.dismiss(merged.id)
    scene.give("ctv1", entry_id, "submit")
    everybody(scene, "ctv1")
    assert scene.phase("ctv1", entry_id) == CHECK


def test_submit_after_a_change_at_the_same_place_waits_for_a_decision() -> None:
    scene = Scene("ctv1", "phoban")
    entry_id = known_draft(scene, "phoban")
    scene.write("phoban", entry_id, "mở đầu 2\n\ngiữa\n\nkết")
    scene.freeze("phoban", entry_id)
    everybody(scene, "phoban")
    scene.write("ctv1", entry_id, "mở đầu 1\n\ngiữa\n\nkết")
    scene.give("ctv1", entry_id, "submit")
    everybody(scene, "ctv1")
    assert ("put", "conflict", "conflict") in scene.cards("ctv1")
    assert scene.queued("ctv1", entry_id) == []
    head = scene.open("ctv1", entry_id).conflict
    scene.clients["ctv1"].conflicts.keep_mine(entry_id, seen_rid=head)
    scene.give("ctv1", entry_id, "submit")
    everybody(scene, "ctv1", "phoban")
    assert scene.phase("phoban", entry_id) == CHECK
    assert scene.open("phoban", entry_id).fields["body"] == "mở đầu 1\n\ngiữa\n\nkết"


def test_submit_of_what_a_colleague_has_submitted_says_who_did() -> None:
    scene = Scene("ctv1", "phoban")
    entry_id = known_draft(scene, "phoban")
    scene.give("ctv1", entry_id, "submit")
    does(scene, "phoban", entry_id, "submit")
    everybody(scene, "ctv1")
    assert scene.cards("ctv1") == [("submit", "invalid_state", "state-moved")]
    assert who_moved_it(scene, "ctv1", entry_id) == ("submit", "phoban")


def test_submit_of_what_was_published_meanwhile_keeps_the_text_for_a_draft_of_ones_own() -> None:
    scene = Scene("ctv1", "phoban", "truongban")
    entry_id = known_draft(scene, "phoban", "truongban")
    scene.write("ctv1", entry_id, "bản sửa lúc không có mạng")
    scene.give("ctv1", entry_id, "submit")
    does(scene, "phoban", entry_id, "submit", "approve")
    does(scene, "truongban", entry_id, "approve")
    everybody(scene, "ctv1")
    assert sorted((name, outcome) for name, outcome, _ in scene.cards("ctv1")) == [
        ("put", "invalid_state"),
        ("submit", "invalid_state"),
    ]
    assert scene.queued("ctv1", entry_id) == []
    document = scene.open("ctv1", entry_id)
    assert scene.phase("ctv1", entry_id) == "dang_tai/published"
    assert document.fields["body"] == "bản sửa lúc không có mạng"
    assert document.published is not None
    assert document.published.fields["body"] == TEXT
    made = scene.clients["ctv1"].drafting.copy_as_new(entry_id)
    assert scene.open("ctv1", made).fields["body"] == "bản sửa lúc không có mạng"
    scene.give("ctv1", made, "submit")
    everybody(scene, "ctv1")
    assert scene.phase("ctv1", made) == CHECK


def test_verifying_a_text_that_changed_since_it_was_read_is_stale() -> None:
    scene = Scene("ctv1", "phoban", "phoban#2")
    entry_id = waiting_for(scene, CHECK, "phoban", "phoban#2")
    read = scene.open("phoban", entry_id).facts.head_rid
    scene.give("phoban", entry_id, "approve")
    scene.write("phoban#2", entry_id, "sửa lại")
    scene.freeze("phoban#2", entry_id)
    everybody(scene, "phoban#2", "phoban")
    assert scene.cards("phoban") == [("approve", "stale_revision", "other-revision")]
    library = scene.clients["phoban"].library
    was = library.earlier(entry_id, read) if read else None
    assert was is not None
    assert (was.fields["body"], scene.open("phoban", entry_id).fields["body"]) == (TEXT, "sửa lại")  # both to be shown
    assert [choice.name for choice in scene.open("phoban", entry_id).choices if choice.allowed] == ["approve", "return"]


def test_verifying_what_was_recalled_says_who_did() -> None:
    scene = Scene("ctv1", "phoban")
    entry_id = waiting_for(scene, CHECK, "phoban")
    scene.give("phoban", entry_id, "approve")
    does(scene, "ctv1", entry_id, "recall")
    everybody(scene, "phoban")
    assert scene.cards("phoban") == [("approve", "invalid_state", "state-moved")]
    assert who_moved_it(scene, "phoban", entry_id) == ("recall", "ctv1")


def test_verifying_what_was_returned_says_why() -> None:
    scene = Scene("ctv1", "phoban", "btv")
    entry_id = waiting_for(scene, CHECK, "phoban", "btv")
    scene.give("phoban", entry_id, "approve")
    does(scene, "btv", entry_id, "return", reason="Thiếu nguồn")
    everybody(scene, "phoban")
    assert scene.cards("phoban") == [("approve", "invalid_state", "state-moved")]
    assert who_moved_it(scene, "phoban", entry_id) == ("return", "btv")
    assert scene.open("phoban", entry_id).history[-1].reason == "Thiếu nguồn"


def test_verifying_what_another_has_verified_is_no_second_vote() -> None:
    scene = Scene("ctv1", "phoban", "btv")
    entry_id = waiting_for(scene, CHECK, "phoban", "btv")
    scene.give("phoban", entry_id, "approve")
    does(scene, "btv", entry_id, "approve")
    everybody(scene, "phoban")
    assert scene.cards("phoban") == [("approve", "invalid_state", "state-moved")]
    assert scene.phase("phoban", entry_id) == PUBLISH
    assert who_moved_it(scene, "phoban", entry_id) == ("approve", "btv")


def test_publishing_what_was_reopened_changed_and_verified_again_makes_nothing_public() -> None:
    scene = Scene("ctv1", "phoban", "truongban")
    entry_id = waiting_for(scene, PUBLISH, "phoban", "truongban")
    read = scene.open("truongban", entry_id).facts.head_rid
    scene.give("truongban", entry_id, "approve")
    elsewhere(scene, entry_id, "return", reason="Sửa lại")
    everybody(scene, "ctv1")
    scene.write("ctv1", entry_id, "bản khác")
    does(scene, "ctv1", entry_id, "submit")
    does(scene, "phoban", entry_id, "approve")  # the same step waits again, for another text
    everybody(scene, "truongban")
    assert [name for name, _, _ in scene.cards("truongban")] == ["approve"]
    document = scene.open("truongban", entry_id)
    assert (document.published, scene.phase("truongban", entry_id)) == (None, PUBLISH)
    assert document.facts.head_rid != read
    assert document.fields["body"] == "bản khác"


def test_publishing_what_a_delegate_has_published_is_told_and_done_once() -> None:
    scene = Scene("ctv1", "phoban", "truongban")
    entry_id = waiting_for(scene, PUBLISH, "phoban", "truongban")
    scene.give("truongban", entry_id, "approve")
    elsewhere(scene, entry_id, "approve")
    everybody(scene, "truongban")
    assert scene.cards("truongban") == [("approve", "invalid_state", "state-moved")]
    assert scene.phase("truongban", entry_id) == "dang_tai/published"
    approvals = [step for step in scene.open("truongban", entry_id).history if step.name == "approve"]
    assert len(approvals) == 2  # verified once, published once


def remarks(scene: Scene, entry_id: EntryId) -> list[tuple[str, str, str]]:
    """What the portal keeps as remarks of an entry: on which text, by whom, the words."""
    with scene.portal.place.database.engine.connect() as db:
        rows = db.execute(select(t.comment).where(t.comment.c.entry_id == entry_id).order_by(t.comment.c.server_time))
        return [(row.on_rid, row.author, row.text) for row in rows]


@pytest.mark.parametrize("step", [CHECK, PUBLISH])
def test_the_reason_of_a_return_that_came_too_late_is_a_remark_on_the_text_it_was_about(step: str) -> None:
    scene = Scene("ctv1", "phoban", "btv", "truongban")
    entry_id = waiting_for(scene, CHECK, "phoban", "btv", "truongban")
    read = scene.open("phoban", entry_id).facts.head_rid
    scene.give("phoban", entry_id, "return", reason="Sai số liệu ở Điều 2")
    scene.write("btv", entry_id, "btv sửa rồi mới duyệt")
    does(scene, "btv", entry_id, "approve")
    if step == PUBLISH:
        does(scene, "truongban", entry_id, "approve")
    everybody(scene, "phoban")
    assert scene.cards("phoban") == [("return", "invalid_state", "state-moved")]
    assert scene.clients["phoban"].library.cards()[0].rule.params["reason"] == "Sai số liệu ở Điều 2"
    assert who_moved_it(scene, "phoban", entry_id)[0] == "approve"
    assert scene.phase("phoban", entry_id) == ("dang_tai/published" if step == PUBLISH else PUBLISH)
    assert remarks(scene, entry_id) == [(read, "u-phoban", "Sai số liệu ở Điều 2")]
    assert scene.queued("phoban", entry_id) == []


@pytest.mark.parametrize(
    "fault", ["lost-reply", "duplicate", "late-copy", "crash-while-applying", "crash-after-commit"]
)
def test_the_remark_of_a_late_return_is_made_once_whatever_the_line_does(fault: str) -> None:
    scene = Scene("ctv1", "phoban", "btv")
    entry_id = waiting_for(scene, CHECK, "phoban", "btv")
    scene.give("phoban", entry_id, "return", reason="Sai số liệu")
    does(scene, "btv", entry_id, "approve")
    for plan in ([fault], [None, fault], []):
        scene.sync("phoban", *plan)
    everybody(scene, "phoban")
    assert [text for _, _, text in remarks(scene, entry_id)] == ["Sai số liệu"]
    assert scene.cards("phoban") == [("return", "invalid_state", "state-moved")]
