"""Two people write on one text: both texts stay, nothing is sent again by itself, a person decides."""

from desktop.domain.ids import EntryId
from tests.scenarios.scene import Scene


def contended(scene: Scene) -> EntryId:
    """A draft that ctv1 and phoban have both changed; phoban's change is at the portal first."""
    entry_id = scene.article("ctv1")
    scene.freeze("ctv1", entry_id)
    assert scene.sync("ctv1") == "done"
    assert scene.sync("phoban") == "done"
    scene.write("ctv1", entry_id, "một của ctv1")
    scene.write("phoban", entry_id, "một của phoban")
    scene.freeze("phoban", entry_id)
    assert scene.sync("phoban") == "done"
    return entry_id


def test_the_feed_never_overwrites_what_is_being_typed() -> None:
    scene = Scene("ctv1", "phoban")
    entry_id = contended(scene)
    assert scene.sync("ctv1") == "done"
    document = scene.open("ctv1", entry_id)
    assert document.fields["body"] == "một của ctv1"
    assert document.dirty
    assert scene.cards("ctv1") == []


def test_an_unchanged_working_copy_makes_way_for_the_new_head() -> None:
    scene = Scene("ctv1", "phoban")
    entry_id = contended(scene)
    scene.write("ctv1", entry_id, "một")  # typed back to what it was
    assert scene.sync("ctv1") == "done"
    assert scene.open("ctv1", entry_id).fields["body"] == "một của phoban"


def test_a_conflict_keeps_both_texts_and_withdraws_what_was_built_on_mine() -> None:
    scene = Scene("ctv1", "phoban")
    entry_id = contended(scene)
    scene.give("ctv1", entry_id, "submit")
    assert scene.sync("ctv1") == "done"
    document = scene.open("ctv1", entry_id)
    assert document.fields["body"] == "một của ctv1"
    assert document.conflict == document.facts.head_rid
    theirs = scene.clients["ctv1"].library.earlier(document.entry_id, document.conflict) if document.conflict else None
    assert theirs is not None
    assert theirs.fields["body"] == "một của phoban"
    assert scene.cards("ctv1") == [("put", "conflict", "conflict"), ("submit", "stale_revision", "other-revision")]
    assert scene.queued("ctv1", entry_id) == []


def test_a_draft_in_conflict_is_not_sent_by_itself() -> None:
    scene = Scene("ctv1", "phoban")
    entry_id = contended(scene)
    scene.freeze("ctv1", entry_id)
    assert scene.sync("ctv1") == "done"
    assert scene.clients["ctv1"].drafting.freeze_idle([entry_id]) == 0
    scene.lines["ctv1"].asked.clear()
    assert scene.sync("ctv1") == "done"
    assert scene.lines["ctv1"].sent == [[]]


def test_mine_goes_on_from_theirs() -> None:
    scene = Scene("ctv1", "phoban")
    entry_id = contended(scene)
    scene.freeze("ctv1", entry_id)
    assert scene.sync("ctv1") == "done"
    head = scene.open("ctv1", entry_id).facts.head_rid
    scene.clients["ctv1"].conflicts.keep_mine(entry_id, seen_rid=head)
    assert scene.cards("ctv1") == []
    scene.freeze("ctv1", entry_id)
    for name in ("ctv1", "phoban"):
        assert scene.sync(name) == "done"
        assert scene.open(name, entry_id).fields["body"] == "một của ctv1"
    assert scene.cards("ctv1") == []


def test_theirs_stands_and_mine_is_in_the_history_of_this_machine() -> None:
    scene = Scene("ctv1", "phoban")
    entry_id = contended(scene)
    scene.freeze("ctv1", entry_id)
    assert scene.sync("ctv1") == "done"
    scene.clients["ctv1"].conflicts.take_theirs(entry_id)
    assert scene.open("ctv1", entry_id).fields["body"] == "một của phoban"
    with scene.clients["ctv1"].store.read() as work:
        kept = {text.content.fields["body"] for text in work.revisions.of(entry_id)}
    assert "một của ctv1" in kept


def test_what_is_typed_during_the_request_survives_its_conflict() -> None:
    scene = Scene("ctv1", "phoban")
    entry_id = contended(scene)
    scene.freeze("ctv1", entry_id)
    assert scene.sync("ctv1", "lost-reply") == "offline"
    scene.write("ctv1", entry_id, "một của ctv1, thêm nữa")
    assert scene.sync("ctv1") == "done"
    document = scene.open("ctv1", entry_id)
    assert document.fields["body"] == "một của ctv1, thêm nữa"
    assert document.conflict is not None
    draft, entry = scene.draft("ctv1", entry_id), scene.entry("ctv1", entry_id)
    assert draft is not None
    assert entry is not None
    assert draft.base_rid != entry.head.rid
    assert scene.entry("phoban", entry_id) is not None


def test_a_refused_text_is_the_draft_again_and_stays_on_the_machine() -> None:
    scene = Scene("ctv1", "phoban")
    entry_id = scene.article("ctv1")
    scene.freeze("ctv1", entry_id)
    assert scene.sync("ctv1") == "done"
    scene.write("ctv1", entry_id, "một và hai")
    scene.freeze("ctv1", entry_id)
    assert scene.sync("phoban") == "done"
    scene.give("phoban", entry_id, "submit")
    assert scene.sync("phoban") == "done"
    assert scene.sync("ctv1") == "done"
    assert [(name, outcome) for name, outcome, _ in scene.cards("ctv1")] == [("put", "forbidden")]
    assert scene.open("ctv1", entry_id).fields["body"] == "một và hai"
    assert scene.open("ctv1", entry_id).dirty
    assert scene.queued("ctv1", entry_id) == []
