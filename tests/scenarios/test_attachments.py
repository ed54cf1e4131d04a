"""Attachments: one that the portal does not take holds up nothing else, and each is known by its bytes."""

import unicodedata
from pathlib import Path

import pytest
from sqlalchemy import select

from desktop.domain.errors import BadContent, NotAllowed, NotFound, Problem, Rule
from desktop.domain.ids import EntryId
from desktop.sync.faults import from_problem
from server_stub.store import tables as t
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


def test_a_file_that_was_attached_needs_its_original_no_more(tmp_path: Path) -> None:
    scene, original = Scene("ctv1", "phoban"), tmp_path / "anh.png"
    original.write_bytes(b"a picture")
    entry_id = with_file(scene, original.name, original.read_bytes())
    original.unlink()
    for name in ("ctv1", "phoban"):
        assert scene.sync(name) == "done"
    assert scene.queued("ctv1", entry_id) == []
    assert file_of(scene, "phoban", entry_id) == b"a picture"


def test_a_file_in_fifty_entries_goes_up_once() -> None:
    scene = Scene("ctv1")
    line, sent = scene.lines["ctv1"], []
    take = line.send_blob

    def counted(sha256: str, data: bytes) -> None:
        sent.append(data)
        take(sha256, data)

    line.send_blob = counted  # type: ignore[method-assign]  # the portal takes it all the same
    entries = [with_file(scene, f"quyết định {number}.pdf", b"%PDF-1.7 the same") for number in range(50)]
    assert scene.sync("ctv1") == "done"
    later = with_file(scene, "quyết định.pdf", b"%PDF-1.7 the same")
    assert scene.sync("ctv1") == "done"
    assert [scene.queued("ctv1", entry_id) for entry_id in (*entries, later)] == [[]] * 51
    assert sent == [b"%PDF-1.7 the same"]
    assert len(scene.portal.rows(select(t.blob.c.sha256))) == 1


def test_a_file_of_no_bytes_travels_like_any_other() -> None:
    scene = Scene("ctv1", "phoban")
    entry_id = with_file(scene, "trống.txt", b"")
    for name in ("ctv1", "phoban"):
        assert scene.sync(name) == "done"
    assert scene.queued("ctv1", entry_id) == []
    assert file_of(scene, "phoban", entry_id) == b""


def test_files_whose_names_look_alike_are_both_kept() -> None:
    """Composed and decomposed, large and small letters: names are words, the bytes say which file it is."""
    scene = Scene("ctv1", "phoban")
    entry_id = scene.article("ctv1")
    names = ["Đường.pdf", unicodedata.normalize("NFD", "Đường.pdf"), "ĐƯỜNG.PDF"]
    for number, name in enumerate(names):
        scene.clients["ctv1"].drafting.attach(entry_id, name=name, data=f"%PDF-1.7 {number}".encode())
    scene.give("ctv1", entry_id, "submit")
    for name in ("ctv1", "phoban"):
        assert scene.sync(name) == "done"
    files = scene.open("phoban", entry_id).attachments
    assert [file["name"] for file in files] == ["Đường.pdf", "Đường.pdf", "ĐƯỜNG.PDF"]
    assert len({file["sha256"] for file in files}) == 3


def file_of(scene: Scene, name: str, entry_id: EntryId) -> bytes | None:
    """The bytes of an entry's first file, at another seat."""
    (file, *_) = scene.open(name, entry_id).attachments
    with scene.clients[name].store.read() as work:
        return work.blobs.read(str(file["sha256"]))


def test_a_file_of_a_type_that_the_portal_does_not_take_ends_no_sync() -> None:
    """Found by the random histories when the portal began to look at first bytes."""
    scene = Scene("ctv1", "phoban")
    entry_id = scene.article("ctv1")
    scene.clients["ctv1"].drafting.attach(entry_id, name="la.bin", data=b"\x00\x01\x02\x03")
    scene.freeze("ctv1", entry_id)
    assert scene.sync("ctv1") == scene.sync("phoban") == "done"
    assert entry_id in scene.listed("phoban")


def test_a_file_of_a_type_that_the_portal_does_not_take_is_told_once_and_sent_again_when_it_is_attached_again() -> None:
    scene = Scene("ctv1")
    program = b"\x00\x01\x02\x03"
    sent: list[bytes] = []
    line, seat = scene.lines["ctv1"], scene.clients["ctv1"]
    take = line.send_blob

    def counted(sha256: str, data: bytes) -> None:
        sent.append(data)
        take(sha256, data)

    line.send_blob = counted  # type: ignore[method-assign]  # what the portal is sent, counted
    entry_id = with_file(scene, "la.bin", program)
    for _ in range(3):
        assert scene.sync("ctv1") == "done"
    (notice,) = seat.cycle.status().notices
    assert (notice.rule.code, notice.rule.params["name"]) == ("file-type", "la.bin")
    assert [item.operation.name for item in scene.queued("ctv1", entry_id)] == ["submit"]
    assert sent == [program]
    scene.give("ctv1", entry_id, "recall")
    seat.drafting.attach(entry_id, name="la.bin", data=program)
    assert scene.sync("ctv1") == "done"
    assert sent == [program, program]
