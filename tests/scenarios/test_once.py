"""Each operation takes effect once, whatever the network does to requests and answers."""

import pytest
from sqlalchemy import select

from server_stub.store import tables as t
from tests.scenarios.scene import Scene


def effects(scene: Scene) -> list[str]:
    """What the portal has in its history, in order."""
    return [row.name or row.type for row in scene.portal.rows(select(t.history).order_by(t.history.c.id))]


@pytest.mark.parametrize("fault", ["lost-reply", "crash-after-commit", "crash-while-applying"])
def test_an_answer_lost_after_the_commit_costs_nothing(fault: str) -> None:
    scene = Scene("ctv1", "phoban")
    entry_id = scene.article("ctv1")
    scene.give("ctv1", entry_id, "submit")
    assert scene.sync("ctv1", fault) != "done"
    assert [item.operation.name for item in scene.queued("ctv1", entry_id)] == ["put", "submit"]
    assert scene.sync("ctv1") == "done"
    assert effects(scene) == ["put", "submit"]
    assert scene.queued("ctv1", entry_id) == []
    assert scene.cards("ctv1") == []
    assert scene.phase("ctv1", entry_id) == "xac_thuc/waiting"


@pytest.mark.parametrize(
    "fault", ["lost-request", "crash-before-send", "server-crash", "captive-portal", "portal-busy"]
)
def test_a_request_that_never_took_effect_is_sent_again_as_it_was(fault: str) -> None:
    scene = Scene("ctv1")
    entry_id = scene.article("ctv1")
    scene.give("ctv1", entry_id, "submit")
    before = [item.operation for item in scene.queued("ctv1", entry_id)]
    assert scene.sync("ctv1", fault) != "done"
    assert [item.operation for item in scene.queued("ctv1", entry_id)] == before
    assert scene.sync("ctv1") == "done"
    assert effects(scene) == ["put", "submit"]
    first, second = scene.lines["ctv1"].asked[:1], scene.lines["ctv1"].asked[-1:]
    assert first[0]["ops"] == second[0]["ops"]


def test_a_submission_delivered_twice_is_one() -> None:
    scene = Scene("ctv1")
    entry_id = scene.article("ctv1")
    scene.give("ctv1", entry_id, "submit")
    assert scene.sync("ctv1", "duplicate") == "done"
    assert effects(scene) == ["put", "submit"]
    assert scene.cards("ctv1") == []


def test_a_late_copy_after_a_recall_changes_nothing() -> None:
    scene = Scene("ctv1")
    entry_id = scene.article("ctv1")
    scene.give("ctv1", entry_id, "submit")
    assert scene.sync("ctv1", "late-copy") == "done"
    scene.give("ctv1", entry_id, "recall")
    assert scene.sync("ctv1") == "done"
    assert scene.portal.deliver_late(0) == "ok"
    assert scene.sync("ctv1") == "done"
    assert scene.phase("ctv1", entry_id) == "nhap_moi/draft"
    assert effects(scene) == ["put", "submit", "recall"]


def test_a_recall_before_sending_is_immediate_and_one_after_it_is_a_command() -> None:
    scene = Scene("ctv1")
    unsent, sent = scene.article("ctv1"), scene.article("ctv1")
    scene.give("ctv1", unsent, "submit")
    scene.give("ctv1", unsent, "recall")
    assert [item.operation.name for item in scene.queued("ctv1", unsent)] == ["put"]
    scene.give("ctv1", sent, "submit")
    assert scene.sync("ctv1", "lost-and-late") == "offline"
    scene.give("ctv1", sent, "recall")
    assert [item.operation.name for item in scene.queued("ctv1", sent)] == ["put", "submit", "recall"]
    scene.portal.deliver_late(0)  # the lost request arrives after all
    assert scene.sync("ctv1") == "done"
    assert scene.phase("ctv1", sent) == "nhap_moi/draft"
    assert scene.cards("ctv1") == []


def test_a_cut_between_two_pages_of_the_feed_leaves_nothing_out() -> None:
    scene = Scene("ctv1", "phoban")
    entries = [scene.article("ctv1", f"bài {number}") for number in range(7)]
    for entry_id in entries:
        scene.freeze("ctv1", entry_id)
    assert scene.sync("ctv1") == "done"
    line = scene.lines["phoban"]
    line.page = 3
    line.crash_depth = 9
    assert scene.sync("phoban", None, "crash-while-applying") == "crash"
    assert sum(scene.entry("phoban", entry_id) is not None for entry_id in entries) == 3
    assert scene.sync("phoban") == "done"
    assert all(scene.entry("phoban", entry_id) for entry_id in entries)
    assert {scene.open("phoban", entry_id).fields["body"] for entry_id in entries} == {f"bài {n}" for n in range(7)}
