"""A colleague's text that comes in under an open screen is neither sent on unread nor reverted by what the screen still shows."""

import pytest

from desktop.application.records import Document
from desktop.domain.errors import NotAllowed
from desktop.domain.ids import EntryId
from tests.scenarios.scene import Scene

TEXT = "mở đầu\n\ngiữa\n\nkết"
THEIRS = "mở đầu\n\ngiữa\n\nkết 2"


def screen_of(scene: Scene) -> Document:
    """ctv1's window on a text that both have; phoban has changed its end since, and the portal has it."""
    entry_id = scene.article("ctv1", TEXT)
    scene.freeze("ctv1", entry_id)
    for name in ("ctv1", "phoban"):
        assert scene.sync(name) == "done"
    screen = scene.open("ctv1", entry_id)
    scene.write("phoban", entry_id, THEIRS)
    scene.freeze("phoban", entry_id)
    assert scene.sync("phoban") == "done"
    return screen


def settled(scene: Scene, entry_id: EntryId) -> Document:
    scene.clients["ctv1"].drafting.freeze_idle([entry_id])
    for _ in range(2):
        assert scene.sync("ctv1") == "done"
    return scene.open("ctv1", entry_id)


def test_a_letter_typed_and_undone_shows_what_came_in_and_sends_nothing_else() -> None:
    scene = Scene("ctv1", "phoban")
    screen = screen_of(scene)
    entry_id, client = screen.entry_id, scene.clients["ctv1"]
    client.drafting.save(entry_id, {**screen.fields, "body": TEXT + "x"}, seen_rid=screen.base_rid)
    assert scene.sync("ctv1") == "done"
    client.drafting.save(entry_id, screen.fields, seen_rid=screen.base_rid)
    shown = scene.open("ctv1", entry_id)
    assert (shown.fields["body"], shown.base_rid) == (THEIRS, shown.facts.head_rid)
    with pytest.raises(NotAllowed) as caught:
        client.stages.give(entry_id, "submit", read_rid=screen.facts.head_rid)
    assert caught.value.rule.code == "other-revision"


@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize("typed", ["", " 1"])
def test_a_picture_dropped_while_a_colleagues_text_comes_in_reverts_nothing(*, named: bool, typed: str) -> None:
    scene = Scene("ctv1", "phoban")
    screen = screen_of(scene)
    entry_id, client = screen.entry_id, scene.clients["ctv1"]
    assert scene.sync("ctv1") == "done"  # while the file is read
    seen = screen.base_rid if named else None
    sha256 = client.drafting.attach(entry_id, name="ảnh.png", data=b"\x89PNG", role="image", seen_rid=seen)
    body = f"mở đầu{typed}\n\n![](/_blob/{sha256})\n\ngiữa\n\nkết"
    client.drafting.save(entry_id, {**screen.fields, "body": body}, seen_rid=screen.base_rid)
    shown = settled(scene, entry_id)
    assert shown.fields["body"] == f"mở đầu{typed}\n\n![](/_blob/{sha256})\n\ngiữa\n\nkết 2"
    assert [item["sha256"] for item in shown.attachments] == [sha256]
    assert scene.cards("ctv1") == [("put", "merged", "merged-unread")]


def test_a_picture_alone_is_added_to_the_text_on_the_screen_and_meets_the_other() -> None:
    scene = Scene("ctv1", "phoban")
    screen = screen_of(scene)
    assert scene.sync("ctv1") == "done"
    client = scene.clients["ctv1"]
    client.drafting.attach(screen.entry_id, name="a.txt", data=b"a", seen_rid=screen.base_rid)
    assert scene.open("ctv1", screen.entry_id).base_rid == screen.base_rid
    assert settled(scene, screen.entry_id).fields["body"] == THEIRS
