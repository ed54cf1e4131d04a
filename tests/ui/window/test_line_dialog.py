"""The line to the portal is tried by a button: the answer's time, the sentence of each reason, and giving up."""

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop.application.messages import sentence
from desktop.domain.errors import EnvironmentProblem, NotTrusted, Offline, ProxyFailed
from desktop.ui.window.line_dialog import LineDialog
from tests.ui.window.conftest import Open, Opened
from tests.ui.window.reach import TIMEOUT


def shown(opened: Opened) -> tuple[QLabel, QPushButton, QPushButton]:
    opened.window.table["network"].trigger()
    dialog = opened.window.findChild(LineDialog)
    assert dialog is not None
    said, test, stop = (
        dialog.findChild(QLabel, "line.said"),
        dialog.findChild(QPushButton, "line.test"),
        dialog.findChild(QPushButton, "line.stop"),
    )
    assert said is not None
    assert test is not None
    assert stop is not None
    return said, test, stop


def test_a_line_in_order_says_how_long_the_answer_took(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa")
    opened.seeded.line.goes.set()
    said, test, _ = shown(opened)
    test.click()
    qtbot.waitUntil(lambda: "250 ms" in said.text(), timeout=TIMEOUT)
    proxy = opened.window.findChild(QLabel, "line.proxy")
    assert proxy is not None
    assert proxy.text() == "Proxy: theo hệ thống"
    assert test.isEnabled()


@pytest.mark.parametrize(
    "problem",
    [
        Offline("x"),
        ProxyFailed("HTTP 407", code="proxy-auth"),
        ProxyFailed("x"),
        NotTrusted("10", code="certificate-expired", today="01/01/2020"),
    ],
    ids=lambda problem: problem.code,
)
def test_each_reason_has_its_sentence(qtbot: QtBot, open_window: Open, problem: EnvironmentProblem) -> None:
    opened = open_window("ctv.vanhoa")
    opened.seeded.line.fails = problem
    opened.seeded.line.goes.set()
    said, test, _ = shown(opened)
    test.click()
    wanted = sentence(problem, "vi")
    qtbot.waitUntil(lambda: said.text().startswith(wanted.title), timeout=TIMEOUT)
    assert wanted.todo in said.text()


def test_a_test_is_given_up_and_its_late_answer_says_nothing(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa")
    said, test, stop = shown(opened)
    test.click()
    assert not test.isEnabled()
    assert stop.isVisible()
    stop.click()
    words = said.text()
    with qtbot.waitSignal(opened.bridge.busy_changed, timeout=TIMEOUT):
        opened.seeded.line.goes.set()
    assert (said.text(), test.isEnabled(), stop.isVisible()) == (words, True, False)
