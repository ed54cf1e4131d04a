"""A feed that would take much away stops and asks first; nothing leaves this machine's lists before the member says so."""

from typing import Any

import pytest

from desktop.application.notices import Notices
from desktop.domain.errors import NotFound
from desktop.domain.ids import EntryId
from desktop.sync import removals
from tests.scenarios.scene import Scene, Twist

MANY = removals.FEW + 1


def notices(scene: Scene) -> Notices:
    client = scene.clients["ctv1"]
    return Notices(client.store, lambda _changes: None)


def peopled(count: int) -> tuple[Scene, list[EntryId]]:
    scene = Scene("ctv1")
    made = [scene.article("ctv1") for _ in range(count)]
    assert scene.clients["ctv1"].drafting.freeze_idle(made) == count
    assert scene.sync("ctv1") == "done"
    return scene, made


def taking(entry_ids: list[EntryId], kind: str = "out_of_scope") -> Twist:
    """The next answer takes these away."""

    def twist(reply: dict[str, Any]) -> dict[str, Any]:
        gone = [{"seq": 9_000 + n, "type": kind, "target": entry_id} for n, entry_id in enumerate(entry_ids)]
        return {**reply, "changes": [*reply["changes"], *gone]}

    return twist


@pytest.mark.parametrize("kind", ["out_of_scope", "tombstone"])
def test_a_feed_that_removes_many_stops_and_asks(kind: str) -> None:
    scene, made = peopled(MANY)
    cursor = scene.feed("ctv1", "cursor")
    scene.lines["ctv1"].twists = [taking(made, kind)]
    assert scene.sync("ctv1") == "mass-removal"
    assert sorted(scene.listed("ctv1")) == sorted(made)
    assert scene.feed("ctv1", "cursor") == cursor
    (asked,) = scene.clients["ctv1"].cycle.status().notices
    assert (asked.rule.code, asked.asks, dict(asked.rule.params)) == (
        "mass-removal", True, {"count": str(MANY), "total": str(MANY)},
    )  # fmt: skip
    scene.lines["ctv1"].asked.clear()
    assert scene.sync("ctv1") == "mass-removal"  # over any number of syncs, and without a word to the portal
    assert scene.lines["ctv1"].asked == []
    assert scene.clients["ctv1"].cycle.status().problem == "mass-removal"


def test_the_members_yes_lets_them_go_and_the_next_time_is_asked_anew() -> None:
    scene, made = peopled(2 * MANY)
    scene.lines["ctv1"].twists = [taking(made[:MANY])]
    assert scene.sync("ctv1") == "mass-removal"
    notices(scene).confirm("mass-removal")
    scene.lines["ctv1"].twists = [taking(made[:MANY])]
    assert scene.sync("ctv1") == "done"
    assert sorted(scene.listed("ctv1")) == sorted(made[MANY:])
    scene.lines["ctv1"].twists = [taking(made[MANY:])]
    assert scene.sync("ctv1") == "mass-removal"


def test_a_yes_is_to_as_many_as_were_asked_about() -> None:
    scene, made = peopled(2 * MANY)
    scene.lines["ctv1"].twists = [taking(made[:MANY])]
    assert scene.sync("ctv1") == "mass-removal"
    notices(scene).confirm("mass-removal")
    scene.lines["ctv1"].twists = [taking(made)]  # meanwhile the portal would take everything
    assert scene.sync("ctv1") == "mass-removal"
    assert sorted(scene.listed("ctv1")) == sorted(made)
    (asked,) = scene.clients["ctv1"].cycle.status().notices
    assert asked.rule.params["count"] == str(2 * MANY)
    notices(scene).confirm("mass-removal")
    scene.lines["ctv1"].twists = [taking(made)]
    assert scene.sync("ctv1") == "done"
    assert scene.listed("ctv1") == []


def test_the_members_no_keeps_everything_and_the_portal_is_asked_again() -> None:
    scene, made = peopled(MANY)
    scene.lines["ctv1"].twists = [taking(made)]
    assert scene.sync("ctv1") == "mass-removal"
    notices(scene).decline("mass-removal")
    assert sorted(scene.listed("ctv1")) == sorted(made)
    assert scene.sync("ctv1") == "done"  # the portal has thought better of it
    assert sorted(scene.listed("ctv1")) == sorted(made)
    scene.lines["ctv1"].twists = [taking(made)]
    assert scene.sync("ctv1") == "mass-removal"


def test_what_was_sent_with_the_stopped_request_is_neither_lost_nor_doubled() -> None:
    scene, made = peopled(MANY)
    scene.write("ctv1", made[0], "hai")
    scene.freeze("ctv1", made[0])
    scene.lines["ctv1"].twists = [taking(made[1:] + made[:1])]
    assert scene.sync("ctv1") == "mass-removal"
    assert len(scene.queued("ctv1", made[0])) == 1
    notices(scene).decline("mass-removal")
    assert scene.sync("ctv1") == "done"
    assert scene.queued("ctv1", made[0]) == []
    assert scene.cards("ctv1") == []


def test_pages_of_one_sync_count_together() -> None:
    scene, made = peopled(MANY)
    half = MANY // 2
    scene.write("ctv1", made[0], "hai")
    scene.freeze("ctv1", made[0])  # so that the feed has moved when the first page ends
    scene.lines["ctv1"].twists = [lambda reply: {**taking(made[:half])(reply), "has_more": True}, taking(made[half:])]
    assert scene.sync("ctv1") == "mass-removal"
    assert set(made[half:]) <= set(scene.listed("ctv1"))


def test_a_few_go_unasked() -> None:
    scene, made = peopled(MANY)
    scene.lines["ctv1"].twists = [taking(made[: removals.FEW])]
    assert scene.sync("ctv1") == "done"
    assert scene.listed("ctv1") == made[removals.FEW :]


def test_a_restored_portal_that_is_empty_takes_nothing_from_a_reader_unasked() -> None:
    scene = Scene("ctv1", "phoban")
    scene.portal.back_up()
    made = [scene.article("ctv1") for _ in range(MANY)]
    for entry_id in made:
        scene.give("ctv1", entry_id, "submit")
    assert scene.sync("ctv1") == scene.sync("phoban") == "done"
    scene.portal.restore()
    assert scene.sync("phoban") == "mass-removal"
    assert sorted(scene.listed("phoban")) == sorted(made)
    client = scene.clients["phoban"]
    Notices(client.store, lambda _changes: None).confirm("mass-removal")
    assert scene.sync("phoban") == "done"
    assert scene.listed("phoban") == []
    assert scene.sync("ctv1") == "done"  # whose texts they are
    assert len(scene.listed("ctv1")) == MANY


def test_only_what_is_open_can_be_answered() -> None:
    scene, made = peopled(MANY)
    with pytest.raises(NotFound):
        notices(scene).confirm("mass-removal")
    scene.lines["ctv1"].twists = [taking(made)]
    assert scene.sync("ctv1") == "mass-removal"
    with pytest.raises(NotFound):
        notices(scene).dismiss("mass-removal")
    assert len(notices(scene).open()) == 1
