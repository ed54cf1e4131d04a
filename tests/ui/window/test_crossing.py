"""A question or a command for one entry while another is on its way to the screen: neither is lost, neither hits the wrong one."""

import threading

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.domain.entry import Phase
from tests.ui.window.conftest import Open
from tests.ui.window.reach import TIMEOUT, first, open_first, rows, shows

CONTROL = Qt.KeyboardModifier.ControlModifier


def test_a_question_about_one_entry_goes_away_with_it(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("truongban")
    open_first(qtbot, opened, "step:dang_tai")
    other, gate = rows(opened)[1].entry_id, threading.Event()
    opened.bridge.store(lambda: gate.wait(60))
    opened.window.work.open(other)
    opened.window.table["return"].trigger()  # while the other one is on its way
    reason = opened.window.focusWidget()
    assert reason.objectName() == "ask.reason"
    QTest.keyClicks(reason, "Thieu nguon")
    gate.set()
    shows(qtbot, opened, other)
    assert not reason.isVisible()
    opened.window.stage.perform("return", "Thieu nguon", entry_id=rows(opened)[0].entry_id)
    with opened.store.read() as work:
        assert not work.queue.of(other)


def test_a_command_given_while_another_entry_is_on_its_way_is_carried_out_and_gives_the_keys_back(
    qtbot: QtBot, open_window: Open
) -> None:
    opened = open_window("ctv.vanhoa")
    entry_id = open_first(qtbot, opened, "returned")
    other, gate = first(opened, "drafts"), threading.Event()
    editor = opened.window.work.editor.editor
    editor.setFocus()
    opened.bridge.store(lambda: gate.wait(60))
    opened.window.work.open(other)
    QTest.keyClicks(editor, "Voi ")
    QTest.keyClick(editor, Qt.Key.Key_Return, CONTROL)
    gate.set()
    shows(qtbot, opened, other)
    editor.setFocus()
    QTest.keyClicks(editor, "Khac ")
    assert editor.toPlainText().startswith("Khac ")
    drafting = opened.seeded.desk.drafting
    qtbot.waitUntil(lambda: drafting.open(entry_id).facts.state.phase is Phase.WAITING, timeout=TIMEOUT)
    document = drafting.open(entry_id)
    assert document.content is not None
    assert str(document.content.fields["body"]).startswith("Voi ")
