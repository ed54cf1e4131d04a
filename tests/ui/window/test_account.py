"""Signing in beside the window: whoever closes the form meanwhile is signed in all the same, and there is one form at a time."""

import threading

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.ui.session.sign_in import SignInDialog
from tests.ui.window.conftest import Open, Opened
from tests.ui.window.reach import TIMEOUT


def dialogs(opened: Opened) -> list[SignInDialog]:
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return [dialog for dialog in opened.window.findChildren(SignInDialog) if dialog.isVisible()]


def asked(qtbot: QtBot, opened: Opened) -> SignInDialog:
    before = dialogs(opened)
    opened.window.account.ask()
    qtbot.waitUntil(lambda: dialogs(opened) not in ([], before), timeout=TIMEOUT)
    return dialogs(opened)[-1]


def submit(dialog: SignInDialog) -> None:
    for line in dialog.findChildren(QLineEdit):
        if not line.text():
            line.setText("mat-khau-tot")
    password = dialog.findChild(QLineEdit, "sign-in.password")
    assert password is not None
    password.returnPressed.emit()


def test_a_form_closed_before_the_answer_signs_in_all_the_same(
    qtbot: QtBot, open_window: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = open_window("ctv.vanhoa")
    begun, gate = threading.Event(), threading.Event()

    def sign_in(_username: str, _password: str) -> bool:
        begun.set()
        gate.wait(60)
        return False

    monkeypatch.setattr(opened.seeded.desk.session, "sign_in", sign_in)
    dialog = asked(qtbot, opened)
    submit(dialog)
    qtbot.waitUntil(begun.is_set, timeout=TIMEOUT)
    dialog.close()
    assert dialogs(opened) == []
    with qtbot.waitSignal(opened.window.account.signed_in, timeout=TIMEOUT):
        gate.set()


def test_a_second_form_replaces_the_first_and_is_put_away_after_the_sign_in(
    qtbot: QtBot, open_window: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = open_window("ctv.vanhoa")
    monkeypatch.setattr(opened.seeded.desk.session, "sign_in", lambda _username, _password: False)
    asked(qtbot, opened)
    second = asked(qtbot, opened)
    assert dialogs(opened) == [second]
    with qtbot.waitSignal(opened.window.account.signed_in, timeout=TIMEOUT):
        submit(second)
    assert dialogs(opened) == []
