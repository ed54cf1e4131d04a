"""Answers that are not what was expected: another network, another member, another portal, another version."""

import json
from typing import Any

import pytest
from sqlalchemy import select

from desktop.domain.digest import Json
from desktop.domain.ids import EntryId, MemberId
from desktop.store.tables import unknown_change
from desktop.sync.faults import from_problem
from server_stub.store import tables as t
from tests.checker.cast import Seat, seat
from tests.checker.homes import SqlHome
from tests.scenarios.scene import Scene, Twist

ELSEWHERE = "0193e9a0-0000-7000-8000-00000000beef"


def submitted(scene: Scene) -> EntryId:
    entry_id = scene.article("ctv1")
    scene.give("ctv1", entry_id, "submit")
    return entry_id


def answering(outcome: str) -> Twist:
    """The first operation's answer replaced."""

    def twist(reply: dict[str, Any]) -> dict[str, Any]:
        first = {**reply["results"][0], "outcome": outcome}
        return {**reply, "results": [first, *reply["results"][1:]]}

    return twist


def test_a_captive_network_counts_as_offline_and_nothing_is_lost() -> None:
    scene = Scene("ctv1")
    entry_id = submitted(scene)
    assert scene.sync("ctv1", "captive-portal") == "not-our-portal"
    status = scene.clients["ctv1"].cycle.status()
    assert (status.online, status.problem, status.waiting) == (False, "not-our-portal", 2)
    assert scene.sync("ctv1") == "done"
    assert scene.clients["ctv1"].cycle.status().online
    assert scene.phase("ctv1", entry_id) == "xac_thuc/waiting"


def test_a_queue_is_never_sent_by_another_member() -> None:
    scene = Scene("ctv1", "phoban")
    entry_id = submitted(scene)
    scene.lines["ctv1"].seat = scene.lines["phoban"].seat  # the token of another is in the vault
    assert scene.sync("ctv1") == "sign-in-refused"
    assert [item.operation.name for item in scene.queued("ctv1", entry_id)] == ["put", "submit"]
    assert scene.portal.rows(select(t.entry)) == []


def test_a_change_of_a_later_version_is_kept_and_skipped() -> None:
    scene = Scene("ctv1")
    stranger: dict[str, Json] = {"seq": 999, "type": "weather", "target": "hanoi", "rain": True}
    scene.lines["ctv1"].twists = [lambda reply: {**reply, "changes": [*reply["changes"], stranger]}]
    assert scene.sync("ctv1") == "done"
    home = scene.clients["ctv1"].machine.home
    assert isinstance(home, SqlHome)
    with home.store._writer.connect() as connection:
        assert "weather" in str(connection.execute(select(unknown_change.c.change)).all())


def test_an_id_that_another_operation_has_loses_no_text_and_doubles_nothing() -> None:
    scene = Scene("ctv1")
    taken, free = submitted(scene), submitted(scene)
    put = scene.queued("ctv1", taken)[0].operation.payload
    request = {
        "protocol": 1, "epoch": scene.feed("ctv1", "epoch"), "device_id": "copy", "actor": "u-ctv1", "cursor": None,
        "ops": [{**put, "auto": True}],
    }  # fmt: skip
    scene.portal.sync(scene.lines["ctv1"].seat, json.dumps(request))
    assert scene.sync("ctv1") == "done"
    assert ("put", "key_reused", "key-reused") in scene.cards("ctv1")
    draft = scene.draft("ctv1", taken)
    assert draft is not None
    assert (draft.dirty, draft.fields["body"]) == (True, "một")
    assert scene.queued("ctv1", free) == []
    assert len(scene.portal.rows(select(t.revision))) == 2


def test_a_portal_that_needs_a_newer_version_is_told_until_it_answers_again() -> None:
    scene = Scene("ctv1")
    entry_id = submitted(scene)

    def too_old(_reply: dict[str, Any]) -> dict[str, Json]:
        raise from_problem(400, "client-too-old")

    scene.lines["ctv1"].twists = [too_old]
    assert scene.sync("ctv1") == "client-too-old"
    status = scene.clients["ctv1"].cycle.status()
    assert [notice.rule.code for notice in status.notices] == [status.problem] == ["client-too-old"]
    assert len(scene.queued("ctv1", entry_id)) == 2
    assert scene.sync("ctv1") == "done"
    assert scene.clients["ctv1"].cycle.status().notices == ()
    assert scene.queued("ctv1", entry_id) == []


def test_what_an_earlier_version_kept_is_applied_by_one_that_knows_it() -> None:
    scene = Scene("ctv1")
    store = scene.clients["ctv1"].store
    newcomer: dict[str, Json] = {"id": "u-moi", "username": "moi", "label": {"vi": "Mới"}, "roles": [], "active": True}
    weather: dict[str, Json] = {"seq": 7, "type": "weather", "target": "hanoi", "rain": True}
    broken: dict[str, Json] = {"seq": 8, "type": "board", "target": "u-hong", "member": "?"}
    with store.write() as work:
        for active in (True, False):  # the latest of a target counts
            member: dict[str, Json] = {**newcomer, "active": active}
            work.feed.keep_unknown({"seq": 6, "type": "board", "target": "u-moi", "member": member})
        work.feed.keep_unknown(weather)
        work.feed.keep_unknown(broken)
        work.feed.set_value("change_types", "entry,tombstone")  # all that the earlier version knew
    scene.clients["ctv1"].start()  # as the later version
    assert scene.sync("ctv1") == "done"
    found = scene.clients["ctv1"].library.people()[MemberId("u-moi")]
    assert (found.label["vi"], found.active) == ("Mới", False)
    with store.write() as work:
        assert sorted(str(raw["type"]) for raw in work.feed.take_unknown()) == ["board", "weather"]


@pytest.mark.parametrize("outcome", ["rid_mismatch", "of_a_later_version"])
def test_an_answer_that_should_not_be_holds_that_entry_and_no_other(outcome: str) -> None:
    scene = Scene("ctv1")
    held, free = submitted(scene), submitted(scene)
    scene.lines["ctv1"].twists = [answering(outcome)]
    assert scene.sync("ctv1") == "done"
    assert [(name, found) for name, found, _ in scene.cards("ctv1")] == [("put", outcome)]
    assert scene.queued("ctv1", free) == []
    assert scene.queued("ctv1", held)[0].place == "held"
    scene.lines["ctv1"].asked.clear()
    assert scene.sync("ctv1") == "done"
    assert scene.lines["ctv1"].sent == [[]]


@pytest.mark.parametrize(
    "twist",
    [
        lambda reply: {**reply, "results": reply["results"][:1]},
        lambda reply: {**reply, "results": list(reversed(reply["results"]))},
        lambda reply: {**reply, "has_more": "no"},
        lambda reply: {**reply, "epoch": "one"},
        lambda reply: {**reply, "bundle_rev": None},
        lambda reply: {**reply, "changes": [{"seq": 1, "type": "entry", "target": "../../etc"}]},
        lambda reply: {**reply, "changes": [{"seq": 1, "type": "entry", "target": ELSEWHERE, "head": {}, "meta": {}}]},
        lambda reply: {**reply, "changes": [{"seq": 1, "type": "tombstone", "target": "hanoi"}]},
        lambda reply: {**reply, "changes": [{}] * 501},
        lambda _reply: {},
    ],
)  # fmt: skip
def test_a_malformed_answer_changes_nothing(twist: Twist) -> None:
    scene = Scene("ctv1")
    entry_id = submitted(scene)
    cursor = scene.feed("ctv1", "cursor")
    scene.lines["ctv1"].twists = [twist]
    assert scene.sync("ctv1") == "not-our-portal"
    assert scene.feed("ctv1", "cursor") == cursor
    assert len(scene.queued("ctv1", entry_id)) == 2
    assert scene.sync("ctv1") == "done"
    assert scene.queued("ctv1", entry_id) == []


def test_a_feed_that_says_more_and_stands_still_does_not_keep_us_for_ever() -> None:
    scene = Scene("ctv1")
    cursor = scene.feed("ctv1", "cursor")
    scene.lines["ctv1"].twists = [lambda reply: {**reply, "has_more": True, "next_cursor": cursor}]
    assert scene.sync("ctv1") == "done"
    assert len(scene.lines["ctv1"].asked) == 1


def test_a_portal_that_has_met_a_copy_of_this_home_makes_it_another_device() -> None:
    scene = Scene("ctv1")
    entry_id = submitted(scene)
    client = scene.clients["ctv1"]
    waiting = [item.operation.payload for item in scene.queued("ctv1", entry_id)]
    with client.store.read() as work:
        before = work.feed.account()

    def cloned(_reply: dict[str, Any]) -> dict[str, Json]:
        raise from_problem(409, "device-cloned")

    scene.lines["ctv1"].twists = [cloned]
    assert scene.sync("ctv1") == "sign-in-refused"
    with client.store.read() as work:
        after = work.feed.account()
    assert before is not None
    assert after is not None
    assert after.device_id != before.device_id
    assert [notice.rule.code for notice in client.cycle.status().notices] == ["device-cloned"]
    assert [item.operation.payload for item in scene.queued("ctv1", entry_id)] == waiting
    assert scene.sync("ctv1") == "done"  # after a sign-in; the operations had arrived and are answered from the ledger
    assert scene.queued("ctv1", entry_id) == []
    assert scene.portal.rows(select(t.entry.c.state_ver)) == [(1,)]


def test_two_homes_under_one_device_are_told_apart_at_the_first_number_that_both_have_given() -> None:
    """A copy that nothing here can notice: a machine laid back to a snapshot, at the same place, under the same name."""
    scene = Scene("phoban", "phoban#2")
    scene.lines["phoban#2"].seat = seat("phoban")  # its tokens are the other's
    first, second = scene.article("phoban"), scene.article("phoban#2")
    for name, entry_id in (("phoban", first), ("phoban#2", second)):
        scene.freeze(name, entry_id)
    assert scene.sync("phoban") == "done"
    assert scene.sync("phoban#2") == "sign-in-refused"
    assert scene.portal.rows(select(t.entry.c.id)) == [(first,)]
    client = scene.clients["phoban#2"]
    assert [notice.rule.code for notice in client.cycle.status().notices] == ["device-cloned"]
    assert [item.operation.name for item in scene.queued("phoban#2", second)] == ["put"]
    scene.lines["phoban#2"].seat = Seat("phoban", 77)  # signed in again, as the device that it has become
    assert scene.sync("phoban#2") == "done"
    assert scene.queued("phoban#2", second) == []
    scene.write("phoban", first, "một và hai")
    scene.freeze("phoban", first)
    assert scene.sync("phoban") == "done"  # the other goes on as it was
    assert scene.queued("phoban", first) == []


def test_a_revoked_device_keeps_its_work_and_sends_it_after_a_sign_in() -> None:
    scene = Scene("ctv1")
    entry_id, other = submitted(scene), scene.article("ctv1", "chưa gửi")

    def revoked(_reply: dict[str, Any]) -> dict[str, Json]:
        raise from_problem(401, "device-revoked")

    waiting = [item.operation.payload for item in scene.queued("ctv1", entry_id)]
    scene.lines["ctv1"].twists = [revoked]
    assert scene.sync("ctv1") == "sign-in-refused"
    assert [item.operation.payload for item in scene.queued("ctv1", entry_id)] == waiting
    assert scene.open("ctv1", other).fields["body"] == "chưa gửi"
    copy = scene.clients["ctv1"].drafting.copy_as_new(other)  # it can be worked with and taken away all the same
    assert scene.open("ctv1", copy).fields["body"] == "chưa gửi"
    assert scene.sync("ctv1") == "done"
    assert (scene.queued("ctv1", entry_id), scene.phase("ctv1", entry_id)) == ([], "xac_thuc/waiting")
