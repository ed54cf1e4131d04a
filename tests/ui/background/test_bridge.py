"""The bridge with real threads: where work runs, where answers arrive, what is dropped."""

import logging
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QThread
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.application.records import Changes
from desktop.domain.errors import Bug, Offline
from desktop.domain.ids import EntryId
from desktop.ui.background.bridge import Bridge
from tests.support.log_guard import ExpectLog


@pytest.fixture
def bridge(qapp: QApplication) -> Iterator[Bridge]:
    del qapp
    made = Bridge()
    yield made
    assert made.shutdown()


class Listener(QObject):
    """Keeps what it was told and in which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[object] = []
        self.threads: list[object] = []

    def hear(self, value: object) -> None:
        self.told.append(value)
        self.threads.append(QThread.currentThread())


def test_a_job_runs_elsewhere_and_answers_in_the_gui_thread(bridge: Bridge, qtbot: QtBot) -> None:
    here = Listener()
    for lane in (bridge.store, bridge.network, bridge.pure, bridge.page, bridge.aside):
        lane(threading.get_ident, here.hear)
    qtbot.waitUntil(lambda: len(here.told) == 5)
    assert threading.get_ident() not in here.told
    assert set(here.threads) == {QThread.currentThread()}


def test_the_store_lane_is_serial_and_keeps_the_order(bridge: Bridge, qtbot: QtBot) -> None:
    here, order = Listener(), []
    for number in range(50):
        bridge.store(lambda number=number: order.append(number), here.hear)  # type: ignore[misc]
    qtbot.waitUntil(lambda: len(here.told) == 50)
    assert order == list(range(50))


def test_an_answer_never_comes_inside_the_call_that_asked(bridge: Bridge, qtbot: QtBot) -> None:
    here, ran = Listener(), threading.Event()
    bridge.store(ran.set, here.hear)
    assert ran.wait(10)
    assert here.told == []
    qtbot.waitUntil(lambda: here.told == [None])


def test_a_newer_job_of_the_slot_silences_the_older_answer_but_not_its_work(bridge: Bridge, qtbot: QtBot) -> None:
    here, gate, saved = Listener(), threading.Event(), []

    def save(text: str) -> str:
        assert gate.wait(10)
        saved.append(text)
        return text

    for text in ("a", "b", "c"):
        bridge.store(lambda text=text: save(text), here.hear, slot="save")  # type: ignore[misc]
    gate.set()
    qtbot.waitUntil(lambda: here.told == ["c"])
    assert saved == ["a", "b", "c"]


def test_a_superseded_pure_job_that_has_not_begun_is_skipped(bridge: Bridge, qtbot: QtBot) -> None:
    here, gate, begun, rendered = Listener(), threading.Event(), threading.Event(), []

    def render(text: str) -> str:
        begun.set()
        assert gate.wait(10)
        rendered.append(text)
        return text

    bridge.pure(lambda: render("first"), here.hear, slot="render")
    assert begun.wait(10)
    bridge.pure(lambda: render("second"), here.hear, slot="render")
    bridge.pure(lambda: render("third"), here.hear, slot="render")
    gate.set()
    qtbot.waitUntil(lambda: here.told == ["third"])
    assert rendered == ["first", "third"]


def test_the_page_waits_for_nothing_that_is_reckoned_or_brought_in(bridge: Bridge, qtbot: QtBot) -> None:
    here, gate = Listener(), threading.Event()
    for lane in (bridge.pure, bridge.aside):
        lane(lambda: gate.wait(10))
    bridge.page(lambda: "page", here.hear)
    bridge.aside(lambda: "picture", here.hear)
    qtbot.waitUntil(lambda: sorted(map(str, here.told)) == ["page", "picture"])
    gate.set()


def test_what_is_reckoned_goes_one_after_the_other(bridge: Bridge, qtbot: QtBot) -> None:
    here, at_once = Listener(), list[int]()
    working = threading.Semaphore(0)

    def reckon() -> None:
        working.release()
        at_once.append(working._value)
        working.acquire()

    for number in range(30):
        bridge.pure(reckon, here.hear, slot=f"{number}")
    qtbot.waitUntil(lambda: len(here.told) == 30)
    assert set(at_once) == {1}


def test_jobs_of_different_slots_do_not_disturb_each_other(bridge: Bridge, qtbot: QtBot) -> None:
    here = Listener()
    bridge.pure(lambda: "list", here.hear, slot="list")
    bridge.pure(lambda: "counts", here.hear, slot="counts")
    qtbot.waitUntil(lambda: sorted(map(str, here.told)) == ["counts", "list"])


def test_a_problem_goes_to_whoever_asked(bridge: Bridge, qtbot: QtBot) -> None:
    here, other = Listener(), Listener()
    problem = Offline("no line")

    def fail() -> None:
        raise problem

    bridge.network(fail, other.hear, here.hear)
    qtbot.waitUntil(lambda: here.told == [problem])
    assert other.told == []


def test_a_problem_nobody_asked_for_is_told_to_all(bridge: Bridge, qtbot: QtBot) -> None:
    def fail() -> None:
        raise Offline("no line")

    with qtbot.waitSignal(bridge.problem_met) as met:
        bridge.network(fail)
    assert isinstance(met.args[0], Offline)


@pytest.mark.parametrize("error", [ValueError("a slip"), Bug("known to be ours")])
def test_anything_else_is_our_bug_logged_with_its_traceback(
    bridge: Bridge, qtbot: QtBot, expect_log: ExpectLog, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    expect_log("a background job failed", level=logging.ERROR, logger="desktop.ui.background")
    here, ends = Listener(), Listener()

    def fail() -> None:
        raise error

    with qtbot.waitSignal(bridge.bug_met) as met:
        bridge.store(fail, here.hear, here.hear, on_end=lambda: ends.hear("end"))
    qtbot.waitUntil(lambda: ends.told == ["end"])
    assert isinstance(met.args[0], Bug)
    assert here.told == []
    assert "Traceback" in caplog.text


def test_a_cancelled_job_says_nothing(bridge: Bridge, qtbot: QtBot) -> None:
    here = Listener()
    bridge.store(lambda: "first", here.hear).cancel()
    bridge.store(lambda: "second", here.hear)
    qtbot.waitUntil(lambda: here.told == ["second"])


def test_an_answer_for_a_widget_that_is_gone_is_dropped(bridge: Bridge, qtbot: QtBot) -> None:
    gate, gone, here = threading.Event(), Listener(), Listener()
    bridge.store(lambda: gate.wait(10), gone.hear)
    with qtbot.waitSignal(gone.destroyed):
        gone.deleteLater()
    gate.set()
    bridge.store(lambda: "after", here.hear)
    qtbot.waitUntil(lambda: here.told == ["after"])
    assert gone.told == []


def test_changes_announced_in_a_worker_arrive_joined_in_the_gui_thread(bridge: Bridge, qtbot: QtBot) -> None:
    here = Listener()
    bridge.changes_announced.connect(here.hear)
    first, second = EntryId("e-1"), EntryId("e-2")

    def work() -> None:
        bridge.announce(Changes(entries=frozenset({first})))
        bridge.announce(Changes(entries=frozenset({second}), lists=True))

    worker = threading.Thread(target=work)
    worker.start()
    worker.join()
    qtbot.waitUntil(lambda: bool(here.told))
    assert here.told == [Changes(entries=frozenset({first, second}), lists=True)]
    assert here.threads == [QThread.currentThread()]


def test_busy_is_told_at_its_edges(bridge: Bridge, qtbot: QtBot) -> None:
    here: list[tuple[str, bool]] = []
    bridge.busy_changed.connect(lambda lane, busy: here.append((lane, busy)))
    bridge.network(lambda: None)
    bridge.network(lambda: None)
    qtbot.waitUntil(lambda: here == [("network", True), ("network", False)])


def test_shutdown_finishes_what_the_store_was_given_and_drops_the_rest(qapp: QApplication) -> None:
    del qapp
    bridge = Bridge()
    gate, in_request = threading.Event(), threading.Event()
    saved: list[int | str] = []

    def request() -> None:
        in_request.set()
        gate.wait(10)

    def never() -> None:
        saved.append("network")

    bridge.network(request)
    assert in_request.wait(10)
    bridge.network(never)
    for number in range(20):
        bridge.store(lambda number=number: saved.append(number))  # type: ignore[misc]
    assert bridge.shutdown()
    gate.set()
    assert saved == list(range(20))


def test_nothing_is_taken_after_shutdown(qapp: QApplication) -> None:
    del qapp
    bridge, here = Bridge(), Listener()
    bridge.shutdown()
    assert bridge.store(lambda: "late", here.hear).silenced
    bridge.announce(Changes(lists=True))
    assert here.told == []


def test_shutdown_says_when_the_store_does_not_finish(qapp: QApplication) -> None:
    del qapp
    bridge, gate = Bridge(), threading.Event()
    bridge.store(lambda: gate.wait(10))
    assert not bridge.shutdown(0.01)
    gate.set()
    assert bridge.shutdown()


def test_no_signal_is_on_its_way_when_the_bridge_has_shut_down(bridge: Bridge, monkeypatch: pytest.MonkeyPatch) -> None:
    """Qt may destroy the bridge then: a signal that another thread has not finished would end the process."""
    begun, go_on, order = threading.Event(), threading.Event(), []

    class Slow:
        def emit(self, *_told: object) -> None:
            begun.set()
            go_on.wait(10)
            order.append("told")

    def close() -> None:
        bridge.shutdown()
        order.append("shut down")

    monkeypatch.setattr(bridge, "_landed", Slow())
    bridge.page(int)
    assert begun.wait(10)
    closing = threading.Thread(target=close)
    closing.start()
    closing.join(0.3)  # time enough for what must not happen
    go_on.set()
    closing.join(10)
    assert order == ["told", "shut down"]
