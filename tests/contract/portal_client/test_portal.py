"""What the cycle relies on, asked of every portal that it may be given."""

import hashlib
import uuid

import pytest

from desktop.domain.digest import Json
from desktop.domain.errors import BadContent, NotFound, PortalRestored, Refusal
from desktop.domain.ids import EntryId, OpId, Rid
from desktop.domain.operation import Stamp, command, put
from desktop.domain.revision import Content
from desktop.domain.workflow import Command
from desktop.sync.wire import Reply, body_from_json, bundle_from_json, reply_from_json
from tests.contract.portal_client.conftest import Subject


def new_id() -> str:
    return str(uuid.uuid4())


def request(subject: Subject, epoch: str | None, *ops: dict[str, Json], cursor: str | None = None) -> dict[str, Json]:
    return {
        "protocol": 1, "epoch": epoch, "device_id": subject.device_id, "actor": f"u-{subject.username}", "cursor": cursor,
        "limit": 500, "ops": list(ops),
    }  # fmt: skip


def first_put(subject: Subject, entry_id: str, *attachments: dict[str, Json]) -> tuple[dict[str, Json], Rid]:
    fields: dict[str, Json] = {"title": "Tin", "section": subject.section, "body": "Chữ.", "source": {"name": "VP"}}
    content = Content("article", "vi", fields, {"body": "<p>Chữ.</p>"}, tuple(attachments))
    operation = put(
        Stamp(OpId(new_id()), 1, "2026-11-22T00:00:00Z"), EntryId(entry_id), content, base=None, render_rev=1
    )
    assert operation.rid is not None
    return dict(operation.payload), operation.rid


def synced(subject: Subject, *ops: dict[str, Json]) -> Reply:
    """The first contact, then `ops`."""
    meeting = reply_from_json(subject.portal.sync(request(subject, None)), sent=[])
    answer = subject.portal.sync(request(subject, meeting.epoch, *ops, cursor=meeting.next_cursor))
    return reply_from_json(answer, sent=[OpId(str(op["op_id"])) for op in ops])


def test_the_first_contact_tells_epoch_board_and_rules(subject: Subject) -> None:
    meeting = reply_from_json(subject.portal.sync(request(subject, None)), sent=[])
    assert f"u-{subject.username}" in {change.target for change in meeting.changes if change.type == "board"}
    bundle = subject.portal.bundle(None)
    assert bundle is not None
    assert bundle_from_json(bundle).rev == meeting.bundle_rev
    assert subject.portal.bundle(meeting.bundle_rev) is None


def test_operations_without_an_epoch_are_refused(subject: Subject) -> None:
    op, _ = first_put(subject, new_id())
    with pytest.raises(BadContent):
        subject.portal.sync(request(subject, None, op))


def test_another_epoch_means_a_restored_portal(subject: Subject) -> None:
    with pytest.raises(PortalRestored):
        subject.portal.sync(request(subject, new_id()))


def test_a_put_and_a_command_are_applied_and_announced(subject: Subject) -> None:
    entry_id = new_id()
    op, rid = first_put(subject, entry_id)
    given = Command("submit", on_state_ver=0, on_rid=rid)
    then = command(Stamp(OpId(new_id()), 2, "2026-11-22T00:00:00Z"), EntryId(entry_id), given)
    reply = synced(subject, op, dict(then.payload))
    assert [result.outcome for result in reply.results] == ["applied", "applied"]
    head = reply.results[1].head
    assert head is not None
    assert (head.rid, head.state_ver, head.state.phase) == (rid, 1, "waiting")
    assert head in [change.head for change in reply.changes]


def test_the_same_operation_twice_has_one_effect_and_two_answers(subject: Subject) -> None:
    op, rid = first_put(subject, new_id())
    first, second = synced(subject, op), synced(subject, op)
    assert (first.results[0].replay, second.results[0].replay) == (False, True)
    assert second.results[0].outcome == "applied"
    assert second.results[0].head is not None
    assert second.results[0].head.rid == rid


def test_texts_come_with_their_ids_and_history(subject: Subject) -> None:
    entry_id = new_id()
    op, rid = first_put(subject, entry_id)
    synced(subject, op)
    bodies = [body_from_json(item) for item in subject.portal.entries([EntryId(entry_id), EntryId(new_id())])]
    assert [body.revision.rid for body in bodies if body.revision] == [rid]
    assert [step.type for step in bodies[0].steps] == ["put"]
    single = subject.portal.entry(EntryId(entry_id), rid)
    assert single is not None
    assert body_from_json(single).revision == bodies[0].revision


def test_an_unknown_entry_is_none(subject: Subject) -> None:
    assert subject.portal.entry(EntryId(new_id()), None) is None


def test_a_command_waits_for_its_attachment(subject: Subject) -> None:
    data = new_id().encode()
    sha256, entry_id = hashlib.sha256(data).hexdigest(), new_id()
    file: dict[str, Json] = {"sha256": sha256, "size": len(data), "name": "a.txt", "alt": "", "role": "attachment"}
    op, rid = first_put(subject, entry_id, file)
    given = Command("submit", on_state_ver=0, on_rid=rid)
    then = dict(command(Stamp(OpId(new_id()), 2, "2026-11-22T00:00:00Z"), EntryId(entry_id), given).payload)
    assert [result.outcome for result in synced(subject, op, then).results] == ["applied", "missing_blob"]
    assert list(subject.portal.missing_blobs([(sha256, len(data))])) == [sha256]
    subject.portal.send_blob(sha256, data)
    assert list(subject.portal.missing_blobs([(sha256, len(data))])) == []
    assert subject.portal.fetch_blob(sha256) == data
    assert synced(subject, then).results[0].outcome == "applied"


def test_more_files_are_asked_about_than_one_request_holds(subject: Subject) -> None:
    blobs = [(hashlib.sha256(str(number).encode()).hexdigest(), 4) for number in range(1001)]
    assert list(subject.portal.missing_blobs(blobs)) == [sha256 for sha256, _size in blobs]


def test_an_attachment_that_is_not_there_is_not_found(subject: Subject) -> None:
    with pytest.raises(NotFound):
        subject.portal.fetch_blob("0" * 64)


def test_bytes_that_are_not_what_they_say_are_refused(subject: Subject) -> None:
    with pytest.raises(Refusal):
        subject.portal.send_blob("0" * 64, b"anything")
