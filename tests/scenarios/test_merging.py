"""A conflict where two people touched different places is merged after the sync, and must be read before it goes on."""

import pytest

from desktop.domain.conflict import Decision, Side
from desktop.domain.errors import NotAllowed
from desktop.domain.ids import EntryId
from tests.scenarios.scene import Scene

TEXT = "mở đầu\n\ngiữa\n\nkết"


def changed_by_both(scene: Scene, mine: str, theirs: str) -> EntryId:
    """ctv1's draft, changed by ctv1 and by phoban, whose text is at the portal first."""
    entry_id = scene.article("ctv1", TEXT)
    scene.freeze("ctv1", entry_id)
    for name in ("ctv1", "phoban"):
        assert scene.sync(name) == "done"
    scene.write("ctv1", entry_id, mine)
    scene.write("phoban", entry_id, theirs)
    scene.freeze("phoban", entry_id)
    assert scene.sync("phoban") == "done"
    return entry_id


def body(scene: Scene, name: str, entry_id: EntryId) -> object:
    return scene.open(name, entry_id).fields["body"]


def test_a_submission_that_met_anothers_change_is_merged_read_and_submitted_again() -> None:
    scene = Scene("ctv1", "phoban")
    entry_id = changed_by_both(scene, "mở đầu 1\n\ngiữa\n\nkết", "mở đầu\n\ngiữa\n\nkết 2")
    scene.give("ctv1", entry_id, "submit")
    assert scene.sync("ctv1") == "done"
    assert body(scene, "ctv1", entry_id) == "mở đầu 1\n\ngiữa\n\nkết 2"
    assert sorted(scene.cards("ctv1")) == [
        ("put", "merged", "merged-unread"),
        ("submit", "stale_revision", "other-revision"),
    ]
    assert [card.rule.params for card in scene.clients["ctv1"].library.cards() if card.name == "put"] == [
        {"by": "phoban"}
    ]
    assert scene.phase("ctv1", entry_id) == "nhap_moi/draft"
    with pytest.raises(NotAllowed) as refused:
        scene.give("ctv1", entry_id, "submit")
    assert refused.value.rule.code == "merged-unread"
    assert scene.sync("ctv1") == "done"
    assert scene.sync("phoban") == "done"
    assert body(scene, "phoban", entry_id) == "mở đầu\n\ngiữa\n\nkết 2"  # nothing unread has left this machine

    client = scene.clients["ctv1"]
    client.conflicts.confirm(entry_id, seen_at=scene.open("ctv1", entry_id).saved_at)
    scene.give("ctv1", entry_id, "submit")
    for name in ("ctv1", "phoban"):
        assert scene.sync(name) == "done"
        assert body(scene, name, entry_id) == "mở đầu 1\n\ngiữa\n\nkết 2"
        assert scene.phase(name, entry_id) == "xac_thuc/waiting"
    with client.store.read() as work:
        kept = {text.content.fields["body"] for text in work.revisions.of(entry_id)}
    assert kept >= {TEXT, "mở đầu 1\n\ngiữa\n\nkết", "mở đầu\n\ngiữa\n\nkết 2", "mở đầu 1\n\ngiữa\n\nkết 2"}


def test_an_idle_draft_whose_head_moved_is_merged_in_the_sync_that_sends_it() -> None:
    scene = Scene("ctv1", "phoban")
    entry_id = changed_by_both(scene, "mở đầu 1\n\ngiữa\n\nkết", "mở đầu\n\ngiữa\n\nkết 2")
    assert scene.sync("ctv1") == "done"
    assert body(scene, "ctv1", entry_id) == "mở đầu 1\n\ngiữa\n\nkết"  # it may be open and typed in
    scene.freeze("ctv1", entry_id)
    assert scene.sync("ctv1") == "done"
    assert body(scene, "ctv1", entry_id) == "mở đầu 1\n\ngiữa\n\nkết 2"
    assert scene.cards("ctv1") == [("put", "merged", "merged-unread")]


def test_what_both_touched_waits_for_a_person_and_their_answers_are_the_next_text() -> None:
    scene = Scene("ctv1", "phoban")
    entry_id = changed_by_both(scene, "mở đầu 1\n\ngiữa\n\nkết 1", "mở đầu 2\n\ngiữa\n\nkết 2")
    scene.freeze("ctv1", entry_id)
    assert scene.sync("ctv1") == "done"
    assert scene.cards("ctv1") == [("put", "conflict", "conflict")]
    conflicts = scene.clients["ctv1"].conflicts
    view = conflicts.view(entry_id)
    (question,) = view.merged.conflicts
    first, last = (question.hunk_pointer(number) for number in question.open_hunks)
    choices = {first: Decision(Side.THEIRS), last: Decision(Side.EDITED, "kết của cả hai")}
    conflicts.resolve(entry_id, seen_rid=view.head_rid, seen_mine=view.mine_seen, choices=choices)
    assert scene.cards("ctv1") == []
    scene.freeze("ctv1", entry_id)
    for name in ("ctv1", "phoban"):
        assert scene.sync(name) == "done"
        assert body(scene, name, entry_id) == "mở đầu 2\n\ngiữa\n\nkết của cả hai"


def test_a_lost_reply_merges_once_and_the_newest_typing_is_in_it() -> None:
    scene = Scene("ctv1", "phoban")
    entry_id = changed_by_both(scene, "mở đầu 1\n\ngiữa\n\nkết", "mở đầu\n\ngiữa\n\nkết 2")
    scene.freeze("ctv1", entry_id)
    assert scene.sync("ctv1", "lost-reply") == "offline"
    scene.write("ctv1", entry_id, "mở đầu 1, thêm\n\ngiữa\n\nkết")
    assert scene.sync("ctv1") == "done"
    assert body(scene, "ctv1", entry_id) == "mở đầu 1, thêm\n\ngiữa\n\nkết 2"
    assert scene.cards("ctv1") == [("put", "merged", "merged-unread")]


def test_a_cut_before_the_text_came_leaves_the_conflict_to_the_next_sync() -> None:
    scene = Scene("ctv1", "phoban")
    entry_id = changed_by_both(scene, "mở đầu 1\n\ngiữa\n\nkết", "mở đầu\n\ngiữa\n\nkết 2")
    scene.freeze("ctv1", entry_id)
    assert scene.sync("ctv1", None, "lost-request") == "offline"
    assert scene.cards("ctv1") == [("put", "conflict", "conflict")]
    assert scene.sync("ctv1") == "done"
    assert scene.cards("ctv1") == [("put", "merged", "merged-unread")]


def test_a_screen_that_has_not_seen_the_merge_overwrites_nothing() -> None:
    scene = Scene("ctv1", "phoban")
    entry_id = changed_by_both(scene, "mở đầu 1\n\ngiữa\n\nkết", "mở đầu\n\ngiữa\n\nkết 2")
    scene.freeze("ctv1", entry_id)
    screen = scene.open("ctv1", entry_id)
    assert scene.sync("ctv1") == "done"
    client = scene.clients["ctv1"]
    client.conflicts.dismiss(client.library.cards()[0].id)
    typed = {**screen.fields, "body": "mở đầu 3\n\ngiữa\n\nkết"}
    client.drafting.save(entry_id, typed, seen_rid=screen.base_rid)
    for _ in range(2):
        client.drafting.freeze_idle([entry_id])
        assert scene.sync("ctv1") == "done"
    assert body(scene, "ctv1", entry_id) == "mở đầu 3\n\ngiữa\n\nkết 2"
    assert scene.cards("ctv1") == [("put", "merged", "merged-unread")]


def test_the_protected_fields_of_a_document_are_never_merged_by_the_machine() -> None:
    """One changes the number and the other the date: nothing met, and a person is asked about both all the same."""
    scene = Scene("phoban", "truongban")
    drafting = scene.clients["phoban"].drafting
    entry_id = drafting.create("legal-document", section="van-ban-quy-pham")
    fields = {**scene.open("phoban", entry_id).fields, "so_hieu": "1/QĐ", "ngay_ban_hanh": "2026-01-01"}
    drafting.save(entry_id, fields)
    scene.freeze("phoban", entry_id)
    for name in ("phoban", "truongban"):
        assert scene.sync(name) == "done"
    for name, changed in (("truongban", {"ngay_ban_hanh": "2026-02-02"}), ("phoban", {"so_hieu": "2/QĐ"})):
        scene.clients[name].drafting.save(entry_id, {**fields, **changed})
        scene.freeze(name, entry_id)
        assert scene.sync(name) == "done"
    assert scene.cards("phoban") == [("put", "conflict", "conflict")]
    view = scene.clients["phoban"].conflicts.view(entry_id)
    assert {question.pointer for question in view.merged.conflicts} == {"/so_hieu", "/ngay_ban_hanh"}


def test_one_person_at_two_devices_is_merged_like_two() -> None:
    scene = Scene("ctv1", "ctv1#2")
    entry_id = scene.article("ctv1", TEXT)
    scene.freeze("ctv1", entry_id)
    for name in ("ctv1", "ctv1#2"):
        assert scene.sync(name) == "done"
    scene.write("ctv1", entry_id, "mở đầu 1\n\ngiữa\n\nkết")
    scene.write("ctv1#2", entry_id, "mở đầu\n\ngiữa\n\nkết 2")
    for name in ("ctv1#2", "ctv1"):
        scene.freeze(name, entry_id)
        assert scene.sync(name) == "done"
    assert body(scene, "ctv1", entry_id) == "mở đầu 1\n\ngiữa\n\nkết 2"
    assert [rule for _, _, rule in scene.cards("ctv1")] == ["merged-unread"]
    with scene.clients["ctv1"].store.read() as work:
        kept = {text.content.fields["body"] for text in work.revisions.of(entry_id)}
    assert kept >= {"mở đầu 1\n\ngiữa\n\nkết", "mở đầu\n\ngiữa\n\nkết 2"}
