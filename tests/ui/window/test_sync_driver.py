"""The driver syncs when the pace says so, tells what became of it, and never runs two at once."""

import logging
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.application.ports import SyncReport
from desktop.domain.errors import NotAllowed, Offline, PortalBusy, Problem, Rule, SignInRefused
from desktop.domain.ids import EntryId
from desktop.ui.background.bridge import Bridge
from desktop.ui.shell import Shell, read_bearings
from desktop.ui.sync_driver import SyncDriver
from tests.support.log_guard import ExpectLog
from tests.support.seeded_desk import Seeded, seeded

TIMEOUT = 10_000
Driven = tuple[SyncDriver, Seeded, Bridge]


@pytest.fixture
def driven(qapp: QApplication) -> Iterator[Driven]:
    del qapp  # the bridge needs it
    bridge = Bridge()
    for given in seeded(None, "ctv.vanhoa", bridge.announce):
        shell = Shell(given.desk, bridge)
        shell.adopt(read_bearings(given.desk))
        yield SyncDriver(shell, bridge), given, bridge
        assert bridge.shutdown()
    bridge.deleteLater()


def fail(problem: Problem) -> object:
    def run() -> SyncReport:
        raise problem

    return run


def test_f5_syncs_at_once_and_tells_the_pace(qtbot: QtBot, driven: Driven) -> None:
    driver, given, _ = driven
    given.exchange.answer = SyncReport
    with qtbot.waitSignal(driver.ended, timeout=TIMEOUT) as ended:
        driver.sync_now()
    assert ended.args == [True]
    assert given.pace.told == ["asked", "succeeded"]


def test_a_portal_that_is_away_is_told_only_to_whom_asked(qtbot: QtBot, driven: Driven) -> None:
    driver, given, _ = driven
    with qtbot.waitSignals([driver.ended, driver.problem_met], timeout=TIMEOUT):
        driver.sync_now()
    given.pace.due = 0.0
    with qtbot.assertNotEmitted(driver.problem_met), qtbot.waitSignal(driver.ended, timeout=TIMEOUT):
        driver.gesture()
    assert given.pace.told == ["asked", "failed", "gesture", "failed"]


@pytest.mark.parametrize(
    ("problem", "told", "sign_in"),
    [
        (PortalBusy(retry_after=7.0), "failed", False),
        (SignInRefused(Rule("token-expired")), "stopped", True),
        (NotAllowed(Rule("phase")), "failed", False),
    ],
)
def test_what_the_portal_answers_reaches_the_pace(
    qtbot: QtBot, driven: Driven, problem: Problem, told: str, *, sign_in: bool
) -> None:
    driver, given, _ = driven
    needed: list[bool] = []
    driver.sign_in_needed.connect(lambda: needed.append(True))
    given.exchange.answer = fail(problem)  # type: ignore[assignment]  # raises instead of answering
    with qtbot.waitSignal(driver.ended, timeout=TIMEOUT):
        driver.sync_now()
    assert given.pace.told[-1] == told
    assert bool(needed) is sign_in


def test_a_bug_in_a_sync_ends_it_too(qtbot: QtBot, driven: Driven, expect_log: ExpectLog) -> None:
    driver, given, _ = driven
    expect_log("a background job failed", level=logging.ERROR)

    def broken() -> SyncReport:
        raise ZeroDivisionError

    given.exchange.answer = broken
    with qtbot.waitSignal(driver.ended, timeout=TIMEOUT):
        driver.sync_now()
    assert not driver.running
    assert given.pace.told[-1] == "failed"


def test_a_gesture_during_a_sync_asks_for_one_more_and_never_for_two_at_once(qtbot: QtBot, driven: Driven) -> None:
    driver, given, _ = driven
    gate, together, most = threading.Event(), [0], [0]

    def slow() -> SyncReport:
        together[0] += 1
        most[0] = max(most[0], together[0])
        gate.wait(60)
        together[0] -= 1
        return SyncReport()

    given.exchange.answer = slow
    driver.sync_now()
    qtbot.waitUntil(lambda: given.exchange.runs == 1, timeout=TIMEOUT)
    given.pace.due = 0.0
    driver.gesture()
    driver.gesture()
    gate.set()
    qtbot.waitUntil(lambda: "gesture" in given.pace.told[2:] and not driver.running, timeout=TIMEOUT)
    assert most == [1]


def test_f5_during_a_sync_tells_how_the_next_one_ended(qtbot: QtBot, driven: Driven) -> None:
    driver, given, _ = driven
    gate, told = threading.Event(), list[Problem]()
    driver.problem_met.connect(told.append)

    def slow() -> SyncReport:
        gate.wait(60)
        raise Offline

    given.exchange.answer = slow
    given.pace.due = 0.0
    driver.start()
    qtbot.waitUntil(lambda: given.exchange.runs == 1, timeout=TIMEOUT)
    driver.sync_now()
    with qtbot.waitSignal(driver.ended, timeout=TIMEOUT):
        gate.set()
    assert told == []  # nobody asked for this one
    given.pace.due = 0.0
    driver.gesture()
    qtbot.waitUntil(lambda: given.exchange.runs == 2 and not driver.running, timeout=TIMEOUT)
    assert [type(problem) for problem in told] == [Offline]


def test_what_was_closed_is_frozen_and_sent(qtbot: QtBot, driven: Driven) -> None:
    driver, given, _ = driven
    entry_id = given.desk.drafting.create("article")
    given.desk.drafting.save(entry_id, {"title": "Tin"})
    driver.freeze(frozenset({EntryId(entry_id)}))
    qtbot.waitUntil(lambda: "gesture" in given.pace.told, timeout=TIMEOUT)
    with given.store.read() as work:
        assert [item.operation.payload["auto"] for item in work.queue.of(entry_id)] == [True]


def test_the_status_counts_what_waits(qtbot: QtBot, driven: Driven) -> None:
    driver, given, _ = driven
    entry_id = given.desk.drafting.create("article")
    given.desk.drafting.save(entry_id, {"title": "Tin"})
    given.desk.drafting.freeze_idle({entry_id})
    qtbot.waitUntil(lambda: driver.status.waiting == 1, timeout=TIMEOUT)
