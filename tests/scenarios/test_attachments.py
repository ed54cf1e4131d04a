"""An attachment that the portal does not take holds up nothing else."""

import pytest

from desktop.domain.errors import Problem
from desktop.domain.ids import EntryId
from desktop.sync.faults import from_problem
from tests.scenarios.scene import Scene


def with_file(scene: Scene, name: str, data: bytes) -> EntryId:
    entry_id = scene.article("ctv1")
    scene.clients["ctv1"].drafting.attach(entry_id, name=name, data=data)
    scene.give("ctv1", entry_id, "submit")
    return entry_id


@pytest.mark.parametrize(("code", "told"), [("too-large", ["attachment-refused"]), ("checksum-mismatch", [])])
def test_a_refused_file_stays_here_and_the_others_go_on(code: str, told: list[str]) -> None:
    scene = Scene("ctv1")
    refused, taken = with_file(scene, "phim.mp4", b"too much"), with_file(scene, "anh.png", b"a picture")
    line = scene.lines["ctv1"]
    take = line.send_blob
    problem: list[Problem] = [from_problem(413 if code == "too-large" else 422, code)]

    def choosy(sha256: str, data: bytes) -> None:
        if data == b"too much" and problem:
            raise problem[0]
        take(sha256, data)

    line.send_blob = choosy  # type: ignore[method-assign]  # the portal's own limit is 64 MiB
    assert scene.sync("ctv1") == "done"
    assert scene.phase("ctv1", taken) == "xac_thuc/waiting"
    assert scene.queued("ctv1", taken) == []
    assert [item.operation.name for item in scene.queued("ctv1", refused)] == ["submit"]
    notices = scene.clients["ctv1"].cycle.status().notices
    assert [notice.rule.code for notice in notices] == told
    problem.clear()
    assert scene.sync("ctv1") == "done"
    assert scene.queued("ctv1", refused) == []


def test_a_file_that_was_thought_to_be_there_goes_up_when_the_portal_misses_it() -> None:
    """As after a copy of an entry that has left this member's sight: its file was fetched, and never sent from here."""
    scene = Scene("ctv1")
    entry_id = with_file(scene, "anh.png", b"a picture")
    with scene.clients["ctv1"].store.write() as work:
        for sha256, _size in work.blobs.unsent():
            work.blobs.mark_sent(sha256)
    assert scene.sync("ctv1") == "done"
    assert scene.queued("ctv1", entry_id) == []
    assert scene.phase("ctv1", entry_id) == "xac_thuc/waiting"
