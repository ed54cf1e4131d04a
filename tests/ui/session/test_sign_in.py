"""Signing in says what went wrong, has the first password changed, and keeps no password on the screen."""

import logging
from dataclasses import dataclass, field
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.application.session import Session
from desktop.domain.errors import NotOurPortal, Offline, PortalBusy, Problem, Rule, SignInRefused
from desktop.ui.background.bridge import Bridge
from desktop.ui.session.start_window import StartWindow
from tests.support.log_guard import ExpectLog

TIMEOUT = 10_000


@dataclass
class Door:
    """A portal's door: refuses with `problem`, or lets in; the first password must be changed when `first`."""

    problem: Problem | None = None
    first: bool = False
    told: list[tuple[str, ...]] = field(default_factory=list)

    def at(self, url: str) -> Session:
        self.told.append(("at", url))
        return cast("Session", self)  # the form uses these two methods

    def sign_in(self, username: str, password: str) -> bool:
        self.told.append(("sign-in", username, password))
        if self.problem is not None:
            raise self.problem
        return self.first

    def change_password(self, username: str, *, old: str, new: str) -> None:
        self.told.append(("change", username, old, new))
        if self.problem is not None:
            raise self.problem


def start(qtbot: QtBot, door: Door) -> tuple[StartWindow, Bridge]:
    bridge = Bridge()
    window = StartWindow(bridge, door.at, lang="vi", portal_url="")

    def shut(_window: object) -> None:
        assert bridge.shutdown()

    qtbot.addWidget(window, before_close_func=shut)
    window.show()
    return window, bridge


def line(window: QWidget, name: str) -> QLineEdit:
    found = window.findChild(QLineEdit, name)
    assert found is not None, name
    return found


def fill(window: QWidget, **values: str) -> None:
    for name, text in values.items():
        line(window, f"sign-in.{name}").setText(text)
    QTest.keyClick(line(window, "sign-in.password"), Qt.Key.Key_Return)


def message(window: QWidget, name: str) -> QLabel:
    found = window.findChild(QLabel, name)
    assert found is not None
    return found


def test_an_address_without_a_scheme_is_https_and_a_good_sign_in_is_told(qtbot: QtBot) -> None:
    door = Door()
    window, _ = start(qtbot, door)
    with qtbot.waitSignal(window.signed_in, timeout=TIMEOUT):
        fill(window, portal="cong.example", username="ctv.vanhoa", password="mat-khau-tot")
    assert door.told == [("at", "https://cong.example"), ("sign-in", "ctv.vanhoa", "mat-khau-tot")]
    assert line(window, "sign-in.password").text() == ""


@pytest.mark.parametrize(
    "problem", [Offline(), NotOurPortal(), PortalBusy(retry_after=3.0), SignInRefused(Rule("bad-credentials"))]
)
def test_what_went_wrong_is_said_and_one_can_try_again(qtbot: QtBot, problem: Problem) -> None:
    door = Door(problem)
    window, _ = start(qtbot, door)
    fill(window, portal="http://127.0.0.1:9", username="x", password="y")
    said = message(window, "sign-in.message")
    qtbot.waitUntil(said.isVisible, timeout=TIMEOUT)
    assert said.text()
    assert "…" not in said.text()
    assert window.focusWidget() is line(window, "sign-in.password")  # to be typed over
    assert line(window, "sign-in.password").selectedText()
    button = window.findChild(QPushButton, "sign-in.submit")
    assert button is not None
    assert button.isEnabled()
    door.problem = None
    with qtbot.waitSignal(window.signed_in, timeout=TIMEOUT):
        button.click()


@pytest.mark.parametrize("typed", ["không phải địa chỉ", "ftp://cong.example", "https://", "http://:80"])
def test_what_is_no_address_is_said_before_anything_is_asked(qtbot: QtBot, typed: str) -> None:
    door = Door()
    window, _ = start(qtbot, door)
    fill(window, portal=typed, username="ctv", password="y")
    assert door.told == []
    assert message(window, "sign-in.message").isVisible()
    assert window.focusWidget() is line(window, "sign-in.portal")


def test_nothing_is_sent_while_a_line_is_empty(qtbot: QtBot) -> None:
    door = Door()
    window, _ = start(qtbot, door)
    fill(window, portal="http://127.0.0.1:9", username="", password="y")
    assert door.told == []
    assert window.focusWidget() is line(window, "sign-in.username")


def test_the_first_password_is_changed_before_anything_else(qtbot: QtBot) -> None:
    door = Door(first=True)
    window, _ = start(qtbot, door)
    fill(window, portal="http://127.0.0.1:9", username="ctv", password="mot-lan")
    new, again = line(window, "password.new"), line(window, "password.again")
    qtbot.waitUntil(new.isVisible, timeout=TIMEOUT)
    new.setText("mat khau moi")
    again.setText("mat khau khac")
    QTest.keyClick(again, Qt.Key.Key_Return)
    assert message(window, "password.message").isVisible()
    again.setText("mat khau moi")
    with qtbot.waitSignal(window.signed_in, timeout=TIMEOUT):
        QTest.keyClick(again, Qt.Key.Key_Return)
    assert door.told[-1] == ("change", "ctv", "mot-lan", "mat khau moi")


def test_a_weak_password_is_refused_with_its_words(qtbot: QtBot) -> None:
    door = Door(first=True)
    window, _ = start(qtbot, door)
    fill(window, portal="http://127.0.0.1:9", username="ctv", password="mot-lan")
    new, again = line(window, "password.new"), line(window, "password.again")
    qtbot.waitUntil(new.isVisible, timeout=TIMEOUT)
    door.problem = SignInRefused(Rule("weak-password"))
    for field_line in (new, again):
        field_line.setText("x")
    QTest.keyClick(again, Qt.Key.Key_Return)
    said = message(window, "password.message")
    qtbot.waitUntil(said.isVisible, timeout=TIMEOUT)
    assert said.text()


def test_the_language_can_be_chosen_before_signing_in(qtbot: QtBot) -> None:
    window, _ = start(qtbot, Door())
    button = window.findChild(QPushButton, "start.language.en")
    assert button is not None
    with qtbot.waitSignal(window.language_chosen, timeout=TIMEOUT) as chosen:
        button.click()
    assert chosen.args == ["en"]


def test_a_bug_ends_the_wait_and_one_elsewhere_is_not_told_here(qtbot: QtBot, expect_log: ExpectLog) -> None:
    expect_log("a background job failed", level=logging.ERROR)
    window, bridge = start(qtbot, Door(problem=cast("Problem", ZeroDivisionError())))
    with qtbot.waitSignal(bridge.bug_met, timeout=TIMEOUT):
        bridge.store(lambda: 1 // 0)
    assert not message(window, "sign-in.message").isVisible()
    fill(window, portal="http://127.0.0.1:9", username="ctv", password="y")
    qtbot.waitUntil(message(window, "sign-in.message").isVisible, timeout=TIMEOUT)
    assert line(window, "sign-in.password").isEnabled()
