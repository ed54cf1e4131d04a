"""Who has the keyboard: it goes back where it was, and what is typed between a command and its answer belongs to nobody."""

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.entry import Phase
from tests.ui.window.conftest import Open, Opened
from tests.ui.window.reach import TIMEOUT, kept, open_first, stored

CONTROL = Qt.KeyboardModifier.ControlModifier


def field(opened: Opened, name: str) -> QWidget:
    found = opened.window.findChild(QWidget, name)
    assert found is not None, name
    return found


@pytest.mark.parametrize("leave", [Qt.Key.Key_Escape, None])
def test_leaving_the_question_gives_the_keyboard_back(qtbot: QtBot, open_window: Open, *, leave: Qt.Key | None) -> None:
    opened = open_window("truongban")
    open_first(qtbot, opened, "step:dang_tai")
    rows = opened.window.list.view
    rows.setFocus()
    QTest.keyClick(rows, Qt.Key.Key_Backspace, CONTROL)
    opened.window.table["return"].trigger()  # asked twice, answered once
    assert opened.window.focusWidget().objectName() == "ask.reason"
    if leave is None:
        QTest.mouseClick(field(opened, "ask.cancel"), Qt.MouseButton.LeftButton)
    else:
        QTest.keyClick(opened.window.focusWidget(), leave)
    assert opened.window.focusWidget() is rows


def test_what_is_typed_between_sending_and_its_answer_goes_nowhere(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa")
    entry_id = open_first(qtbot, opened, "returned")
    editor, gate = opened.window.work.editor.editor, threading.Event()
    editor.setFocus()
    before = editor.toPlainText()
    opened.bridge.store(lambda: gate.wait(60))  # the disk is slow
    QTest.keyClick(editor, Qt.Key.Key_Return, CONTROL)
    QTest.keyClicks(editor, "nham")
    assert editor.toPlainText() == before
    with qtbot.waitSignal(opened.window.table["palette"].triggered, timeout=TIMEOUT):  # the window's keys go on working
        QTest.keyClick(editor, Qt.Key.Key_P, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    opened.window.palette_panel.hide()
    gate.set()
    qtbot.waitUntil(lambda: not opened.window.work.writing, timeout=TIMEOUT)
    assert not opened.window.notice.isVisible()
    document = opened.window.work.document
    assert document is not None
    assert (document.entry_id, document.facts.state.phase, document.dirty) == (entry_id, Phase.WAITING, False)


def test_what_is_typed_while_a_new_entry_is_made_is_not_written_into_the_old_one(
    qtbot: QtBot, open_window: Open
) -> None:
    opened = open_window("ctv.vanhoa")
    old = open_first(qtbot, opened, "drafts")
    editor, gate = opened.window.work.editor.editor, threading.Event()
    editor.setFocus()
    opened.bridge.store(lambda: gate.wait(60))
    opened.window.composing.compose("article")
    QTest.keyClicks(editor, "nham")
    gate.set()
    title = field(opened, "field.title")
    qtbot.waitUntil(lambda: opened.window.focusWidget() is title, timeout=TIMEOUT)
    QTest.keyClicks(title, "Moi")
    kept(qtbot, opened)
    assert opened.window.work.document is not None
    assert stored(opened, opened.window.work.document.entry_id)["title"] == "Moi"
    assert "nham" not in str(stored(opened, old).get("body", ""))


def test_a_refused_command_gives_the_keys_back(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa")
    open_first(qtbot, opened, "drafts")  # its source is missing
    editor = opened.window.work.editor.editor
    editor.setFocus()
    opened.window.stage.perform("submit")
    qtbot.waitUntil(opened.window.notice.isVisible, timeout=TIMEOUT)
    QTest.keyClicks(editor, "Tiep ")
    assert editor.toPlainText().startswith("Tiep ")


@pytest.mark.parametrize("name", ["ask.reason", "editor", "field.title", "field.source.author", "list.search"])
def test_ctrl_backspace_deletes_a_word_wherever_one_writes(qtbot: QtBot, open_window: Open, *, name: str) -> None:
    opened = open_window("truongban")
    open_first(qtbot, opened, "step:dang_tai")
    back = opened.window.table["return"]
    if name == "ask.reason":
        back.trigger()
    else:
        opened.window.table["edit"].trigger()
        qtbot.waitUntil(lambda: opened.window.work.writing, timeout=TIMEOUT)
    written = opened.window.work.editor.editor if name == "editor" else opened.window.findChild(QWidget, name)
    assert isinstance(written, (QLineEdit, QPlainTextEdit)), name
    written.setFocus()
    QTest.keyClicks(written, "mot hai")
    assert back.isEnabled()
    with qtbot.assertNotEmitted(back.triggered):
        QTest.keyClick(written, Qt.Key.Key_Backspace, CONTROL)
    text = written.text() if isinstance(written, QLineEdit) else written.toPlainText()
    assert "mot" in text
    assert "hai" not in text


def test_a_question_asked_twice_keeps_the_reason_that_was_begun(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("truongban")
    open_first(qtbot, opened, "step:dang_tai")
    opened.window.table["return"].trigger()
    reason = field(opened, "ask.reason")
    assert isinstance(reason, QPlainTextEdit)
    QTest.keyClicks(reason, "Thieu nguon")
    opened.window.table["return"].trigger()
    assert reason.toPlainText() == "Thieu nguon"


def test_the_palette_opened_twice_gives_the_keyboard_back(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("truongban")
    open_first(qtbot, opened, "step:dang_tai")
    rows = opened.window.list.view
    rows.setFocus()
    opened.window.table["palette"].trigger()
    opened.window.table["palette"].trigger()
    QTest.keyClick(field(opened, "palette.search"), Qt.Key.Key_Escape)
    assert opened.window.focusWidget() is rows
