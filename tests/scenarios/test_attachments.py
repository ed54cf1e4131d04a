"""An attachment that the portal does not take holds up nothing else."""

import pytest

from desktop.domain.errors import BadContent, NotAllowed, NotFound, Problem, Rule
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


HALF_AN_HOUR = 1800.0


def test_what_the_portal_has_put_off_ten_times_is_told_once_and_goes_on_waiting() -> None:
    scene = Scene("ctv1")
    entry_id = with_file(scene, "anh.png", b"a picture")
    line, client = scene.lines["ctv1"], scene.clients["ctv1"]
    take = line.send_blob

    def refuse(_sha256: str, _data: bytes) -> None:
        raise BadContent(Rule("checksum-mismatch"))

    line.send_blob = refuse  # type: ignore[method-assign, assignment]  # a file that changes on its way every time
    for number in range(12):
        assert scene.cards("ctv1") == ([("submit", "missing_blob", "blob-missing")] if number >= 10 else [])
        assert scene.sync("ctv1") == "done"
        scene.time.pass_by(HALF_AN_HOUR)
        if number == 5:
            client.start()  # a restart forgets no refusal
    assert [item.operation.name for item in scene.queued("ctv1", entry_id)] == ["submit"]
    line.send_blob = take  # type: ignore[method-assign]
    assert scene.sync("ctv1") == "done"
    assert (scene.queued("ctv1", entry_id), scene.cards("ctv1")) == ([], [])
    assert scene.phase("ctv1", entry_id) == "xac_thuc/waiting"


@pytest.mark.parametrize("fault", [BadContent(Rule("checksum-mismatch")), NotFound(Rule("not-found"))])
def test_a_text_is_not_approved_without_its_file_which_is_fetched_again_by_itself(fault: Problem) -> None:
    scene = Scene("ctv1", "phoban")
    entry_id = with_file(scene, "anh.png", b"a picture")
    assert scene.sync("ctv1") == "done"
    line = scene.lines["phoban"]
    give, asked = line.fetch_blob, list[str]()

    def spoilt(sha256: str) -> bytes:
        asked.append(sha256)
        raise fault

    line.fetch_blob = spoilt  # type: ignore[method-assign]
    for _ in range(8):
        assert scene.sync("phoban") == "done"
    assert len(asked) == 4  # with its text, then after one sync, two, four
    choice = next(choice for choice in scene.open("phoban", entry_id).choices if choice.name == "approve")
    assert (choice.allowed, choice.rule) == (False, Rule("file-missing", params={"name": "anh.png"}))
    with pytest.raises(NotAllowed) as refused:
        scene.give("phoban", entry_id, "approve")
    assert refused.value.rule.code == "file-missing"
    line.fetch_blob = give  # type: ignore[method-assign]
    scene.clients["phoban"].start()
    for _ in range(8):
        assert scene.sync("phoban") == "done"
    assert scene.clients["phoban"].cycle.status().notices == ()
    scene.give("phoban", entry_id, "approve")
    assert scene.sync("phoban") == "done"
    assert scene.phase("phoban", entry_id) == "dang_tai/waiting"
