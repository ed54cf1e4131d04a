"""How much goes in one request, what waits for what, and that two runs are one."""

import threading
from collections.abc import Callable, Mapping

import pytest

from desktop.application.ports import SyncReport
from desktop.application.records import Place
from desktop.domain.digest import Json
from desktop.domain.errors import BadContent, Rule
from desktop.domain.ids import EntryId
from tests.scenarios.scene import Scene


def many(scene: Scene, count: int) -> list[EntryId]:
    entries = [scene.article("ctv1", f"bài {number}") for number in range(count)]
    for entry_id in entries:
        scene.freeze("ctv1", entry_id)
    return entries


def test_an_idle_sync_is_one_request() -> None:
    scene = Scene("ctv1")
    assert scene.sync("ctv1") == "done"
    assert scene.lines["ctv1"].sent == [[]]


def test_a_sync_that_finds_nothing_writes_nothing_but_the_time_now_and_then() -> None:
    scene = Scene("ctv1")
    before = scene.feed("ctv1", "server_time"), scene.feed("ctv1", "last_sync")
    for _ in range(4):
        scene.time.pass_by(60.0)
        assert scene.sync("ctv1") == "done"
        assert (scene.feed("ctv1", "server_time"), scene.feed("ctv1", "last_sync")) == before
    told = scene.clients["ctv1"].cycle.status().last_sync
    assert told > (before[1] or "")  # this run of the program knows better
    scene.time.pass_by(60.0)
    assert scene.sync("ctv1") == "done"
    assert (scene.feed("ctv1", "server_time") or "") > told


def test_an_ordinary_submission_is_one_request() -> None:
    scene = Scene("ctv1")
    scene.give("ctv1", scene.article("ctv1"), "submit")
    assert scene.sync("ctv1") == "done"
    assert scene.lines["ctv1"].sent == [["put", "submit"]]


def test_a_hundred_and_twenty_operations_go_in_three_requests_in_their_order() -> None:
    scene = Scene("ctv1")
    entries = many(scene, 120)
    report = scene.clients["ctv1"].cycle.run()
    assert report.sent == 120
    asked = scene.lines["ctv1"].asked
    ops = [request["ops"] for request in asked]
    assert [len(part) for part in ops if isinstance(part, list)] == [50, 50, 20]
    told = [op["entry_id"] for part in ops if isinstance(part, list) for op in part if isinstance(op, dict)]
    assert told == entries


def test_nothing_of_an_entry_follows_a_command_in_one_request() -> None:
    scene = Scene("phoban")
    entry_id = scene.article("phoban")
    scene.give("phoban", entry_id, "submit")
    scene.give("phoban", entry_id, "approve")
    assert scene.sync("phoban") == "done"
    assert scene.lines["phoban"].sent == [["put", "submit"], ["approve"]]
    assert scene.phase("phoban", entry_id) == "dang_tai/waiting"


def test_a_submission_waits_for_its_attachment_and_goes_in_the_same_sync() -> None:
    scene = Scene("ctv1", "phoban")
    entry_id = scene.article("ctv1")
    sha256 = scene.clients["ctv1"].drafting.attach(entry_id, name="biểu mẫu.pdf", data=b"%PDF-1.7")
    scene.give("ctv1", entry_id, "submit")
    assert scene.sync("ctv1") == "done"
    assert scene.queued("ctv1", entry_id) == []
    assert scene.cards("ctv1") == []
    assert scene.sync("phoban") == "done"
    assert scene.clients["phoban"].library.blob(sha256) == b"%PDF-1.7"


def test_an_operation_that_must_wait_holds_up_no_other_entry() -> None:
    scene = Scene("ctv1")
    waiting, free = scene.article("ctv1"), scene.article("ctv1")
    scene.clients["ctv1"].drafting.attach(waiting, name="a.pdf", data=b"%PDF-1.7")
    for entry_id in (waiting, free):
        scene.give("ctv1", entry_id, "submit")
    # The operations arrive, the attachment does not.
    assert scene.sync("ctv1", None, "lost-request") == "offline"
    assert [item.operation.name for item in scene.queued("ctv1", waiting)] == ["submit"]
    assert scene.queued("ctv1", free) == []
    scene.time.pass_by(3600.0)
    assert scene.sync("ctv1") == "done"
    assert scene.queued("ctv1", waiting) == []


@pytest.mark.parametrize(("code", "told"), [("too-large", "too-large"), ("invalid-request", "invalid-content")])
def test_one_operation_that_the_portal_will_not_read_is_found_and_held(code: str, told: str) -> None:
    scene = Scene("ctv1")
    entries = many(scene, 7)
    poison = entries[4]
    line = scene.lines["ctv1"]
    honest = line.sync

    def choosy(request: object) -> object:
        assert isinstance(request, dict)
        if any(op["entry_id"] == poison for op in request["ops"]):
            raise BadContent(Rule(code))
        return honest(request)

    line.sync = choosy  # type: ignore[method-assign, assignment]  # this portal has a smaller limit
    assert scene.sync("ctv1") == "done"
    assert scene.cards("ctv1") == [("put", "held", told)]
    assert [entry_id for entry_id in entries if scene.queued("ctv1", entry_id)] == [poison]


def test_each_version_of_the_program_offers_once_more_what_was_held() -> None:
    scene = Scene("ctv1")
    entry_id, *others = many(scene, 2)
    client, line = scene.clients["ctv1"], scene.lines["ctv1"]
    honest = line.sync

    def narrow(request: Mapping[str, Json]) -> Mapping[str, Json]:
        ops = request["ops"]
        assert isinstance(ops, list)
        if any(isinstance(op, dict) and op["entry_id"] == entry_id for op in ops):
            raise BadContent(Rule("too-large"))
        return honest(request)

    line.sync = narrow  # type: ignore[method-assign]  # until its limit is raised
    assert scene.sync("ctv1") == "done"
    assert scene.cards("ctv1") == [("put", "held", "too-large")]
    client.version = "2"
    client.start()
    assert scene.sync("ctv1") == "done"
    assert scene.cards("ctv1") == [("put", "held", "too-large")]  # one, not two
    line.sync = honest  # type: ignore[method-assign]
    assert scene.sync("ctv1") == "done"
    assert len(scene.queued("ctv1", entry_id)) == 1  # this version has tried
    client.version = "3"
    client.start()
    assert scene.sync("ctv1") == "done"
    assert scene.cards("ctv1") == []
    assert [scene.queued("ctv1", each) for each in (entry_id, *others)] == [[], []]


def test_a_second_run_at_once_asks_the_first_for_another_round() -> None:
    scene = Scene("ctv1")
    client, line = scene.clients["ctv1"], scene.lines["ctv1"]
    honest = line.sync
    nested: list[SyncReport] = []

    def meanwhile(request: object) -> object:
        reply = honest(request)  # type: ignore[arg-type]
        if not nested:
            nested.append(client.cycle.run())
        return reply

    line.sync = meanwhile  # type: ignore[method-assign, assignment]  # F5 while a sync is under way
    client.cycle.run()
    assert nested[0].sent == 0
    assert len(line.asked) == 2
    assert not client.cycle.status().running


def test_an_answer_for_a_home_that_moved_on_is_dropped_and_asked_again() -> None:
    scene = Scene("ctv1")
    entry_id = scene.article("ctv1")
    scene.give("ctv1", entry_id, "submit")
    client, line = scene.clients["ctv1"], scene.lines["ctv1"]
    honest, before = line.sync, scene.feed("ctv1", "cursor")

    def overtaken(request: object) -> object:
        reply = honest(request)  # type: ignore[arg-type]
        if len(line.asked) == 1:
            with client.store.write() as work:
                work.feed.set_value("cursor", None)  # a reconciliation has begun
        return reply

    line.sync = overtaken  # type: ignore[method-assign, assignment]
    assert scene.sync("ctv1") == "done"
    assert [request["cursor"] for request in line.asked[:2]] == [before, None]
    assert scene.queued("ctv1", entry_id) == []
    assert scene.cards("ctv1") == []


@pytest.mark.parametrize("size", [1, 2, 500])
def test_a_first_sync_takes_every_page_and_every_text(size: int) -> None:
    scene = Scene("ctv1")
    entries = many(scene, 5)
    assert scene.sync("ctv1") == "done"
    late = scene.join("phoban", page=size)
    assert {scene.open(late, entry_id).fields["body"] for entry_id in entries} == {f"bài {n}" for n in range(5)}


def test_a_request_that_is_refused_whatever_it_carries_holds_nothing() -> None:
    scene = Scene("ctv1")
    made = [scene.article("ctv1") for _ in range(3)]
    for entry_id in made:
        scene.give("ctv1", entry_id, "submit")
    line, stale = scene.lines["ctv1"], scene.feed("ctv1", "cursor")
    take = line.sync

    def forgetful(request: Mapping[str, Json]) -> Mapping[str, Json]:
        if request["cursor"] == stale:
            raise BadContent(Rule("invalid-request"))
        return take(request)

    line.sync = forgetful  # type: ignore[method-assign]  # a portal that reads its own cursor of yesterday no more
    assert scene.sync("ctv1") == "done"
    assert scene.cards("ctv1") == []
    assert [scene.phase("ctv1", entry_id) for entry_id in made] == ["xac_thuc/waiting"] * 3


def test_a_request_that_is_never_read_ends_the_sync_with_everything_waiting() -> None:
    scene = Scene("ctv1")
    entry_id = scene.article("ctv1")
    scene.give("ctv1", entry_id, "submit")
    asked: list[Mapping[str, Json]] = []

    def deaf(request: Mapping[str, Json]) -> Mapping[str, Json]:
        asked.append(request)
        raise BadContent(Rule("invalid-request"))

    scene.lines["ctv1"].sync = deaf  # type: ignore[method-assign]  # whatever it is asked
    with pytest.raises(BadContent):
        scene.clients["ctv1"].cycle.run()
    assert len(asked) <= 6
    assert scene.cards("ctv1") == []
    assert [item.operation.name for item in scene.queued("ctv1", entry_id)] == ["put", "submit"]
    assert all(item.place is Place.WAITING for item in scene.queued("ctv1", entry_id))


def test_of_fifty_approvals_the_three_that_may_not_be_are_cards() -> None:
    scene = Scene("ctv1", "phoban")
    waiting = [scene.article("ctv1", f"bài {number}") for number in range(50)]
    for entry_id in waiting:
        scene.give("ctv1", entry_id, "submit")
    for name in ("ctv1", "phoban"):
        assert scene.sync(name) == "done"
    recalled = {waiting[7], waiting[21], waiting[49]}
    for entry_id in recalled:
        scene.give("ctv1", entry_id, "recall")
    assert scene.sync("ctv1") == "done"
    for entry_id in waiting:
        scene.give("phoban", entry_id, "approve")
    assert scene.sync("phoban") == "done"
    assert {card.entry_id for card in scene.clients["phoban"].library.cards()} == recalled
    assert {entry_id for entry_id in waiting if scene.phase("phoban", entry_id) == "dang_tai/waiting"} == set(
        waiting
    ) - recalled


class Door:
    """A lock at whose release somebody else comes: while it is still held, or right after."""

    def __init__(self, *, before: Callable[[], None], after: Callable[[], None]) -> None:
        self._lock, self._before, self._after = threading.Lock(), before, after

    def acquire(self, *, blocking: bool) -> bool:
        return self._lock.acquire(blocking=blocking)

    def locked(self) -> bool:
        return self._lock.locked()

    def release(self) -> None:
        self._before()
        self._lock.release()
        self._after()


@pytest.mark.parametrize("moment", ["request", "before", "after"])
def test_two_syncs_at_once_are_one_after_the_other(moment: str) -> None:
    """Whoever comes while another syncs, or as it ends, has their work sent by the time it has ended; never two at once."""
    scene = Scene("ctv1")
    client, line = scene.clients["ctv1"], scene.lines["ctv1"]
    honest, written, under_way, most = line.sync, [scene.article("ctv1")], [0], [0]

    def come(at: str) -> None:
        if at == moment and len(written) == 1:
            written.append(scene.article("ctv1"))
            scene.freeze("ctv1", written[-1])
            client.cycle.run()

    def counted(request: Mapping[str, Json]) -> Mapping[str, Json]:
        under_way[0] += 1
        most[0] = max(most[0], under_way[0])
        reply = honest(request)
        come("request")
        under_way[0] -= 1
        return reply

    scene.freeze("ctv1", written[0])
    line.sync = counted  # type: ignore[method-assign]  # it is asked all the same
    client.cycle._lock = Door(before=lambda: come("before"), after=lambda: come("after"))  # type: ignore[assignment]
    client.cycle.run()
    assert most == [1]
    assert [scene.queued("ctv1", entry_id) for entry_id in written] == [[], []]
    assert not client.cycle.status().running
