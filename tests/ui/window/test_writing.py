"""What is typed is on disk, the window says so only then, and nothing that is being typed is ever replaced."""

import logging
import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWebEngineCore import QWebEngineScript
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.errors import NotAllowed, Rule, StorageProblem
from desktop.editor.widgets.preview_view import PreviewView
from desktop.ui.document.controls import LineControl
from desktop.ui.presenters.form import FormField
from desktop.ui.presenters.header import Saved
from tests.support.log_guard import ExpectLog
from tests.ui.window.conftest import Open, Opened
from tests.ui.window.reach import TIMEOUT, first, kept, open_first, shows, stored


def test_what_is_typed_is_stored_and_only_then_called_saved(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa")
    entry_id = open_first(qtbot, opened, "drafts")
    pane = opened.window.work.document_pane
    editor = opened.window.work.editor.editor
    editor.setFocus()
    QTest.keyClicks(editor, "Khai mac ")
    assert (pane.autosave.state, opened.window.isWindowModified()) == (Saved.CHANGED, True)
    kept(qtbot, opened)
    assert (pane.autosave.state, opened.window.isWindowModified()) == (Saved.KEPT, False)
    assert str(stored(opened, entry_id)["body"]).startswith("Khai mac ")


def test_fields_of_the_form_and_the_title_are_stored_too(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa")
    entry_id = open_first(qtbot, opened, "drafts")
    for name, text in (
        ("field.title", "Moi: "),
        ("field.source.author", "Phong Tin"),
        ("field.source.name", "Theo Cong"),
    ):
        field = opened.window.findChild(QWidget, name)
        assert field is not None, name
        field.setFocus()
        QTest.keyClicks(field, text)
    kept(qtbot, opened)
    fields = stored(opened, entry_id)
    assert str(fields["title"]).startswith("Moi: ")
    assert fields["source"] == {"name": "Theo Cong", "author": "Phong Tin"}
    assert opened.window.windowTitle().startswith("Moi: ")


def test_the_page_goes_where_the_text_goes(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa")
    open_first(qtbot, opened, "drafts")
    preview = next(view for view in opened.window.findChildren(PreviewView) if view.isVisible())
    editor = opened.window.work.editor.editor
    with qtbot.waitSignal(preview.main_shown, timeout=TIMEOUT):
        editor.insert_text("Mot doan.\n\n" * 200)
    bar = editor.verticalScrollBar()
    qtbot.waitUntil(lambda: asked(qtbot, preview, "document.documentElement.scrollHeight") > 2_000, timeout=TIMEOUT)
    bar.setValue(bar.maximum())
    qtbot.waitUntil(lambda: asked(qtbot, preview, "window.scrollY") > 1_000, timeout=TIMEOUT)
    bar.setValue(0)
    qtbot.waitUntil(lambda: asked(qtbot, preview, "window.scrollY") == 0, timeout=TIMEOUT)


def asked(qtbot: QtBot, preview: PreviewView, script: str) -> float:
    answers: list[float] = []
    assert preview.page is not None
    preview.page.runJavaScript(script, QWebEngineScript.ScriptWorldId.ApplicationWorld.value, answers.append)
    qtbot.waitUntil(lambda: bool(answers), timeout=TIMEOUT)
    return answers[0]


def test_leaving_for_another_entry_writes_first(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa")
    entry_id = open_first(qtbot, opened, "drafts")
    QTest.keyClicks(opened.window.work.editor.editor, "Voi ")
    open_first(qtbot, opened, "returned")
    assert str(stored(opened, entry_id)["body"]).startswith("Voi ")


def test_closing_the_window_writes_first(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa")
    entry_id = open_first(qtbot, opened, "drafts")
    QTest.keyClicks(opened.window.work.editor.editor, "Voi ")
    opened.window.close()
    assert opened.bridge.shutdown()
    assert str(stored(opened, entry_id)["body"]).startswith("Voi ")


def test_a_word_in_composition_is_not_written_until_it_is_a_word(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa")
    entry_id = open_first(qtbot, opened, "drafts")
    editor = opened.window.work.editor.editor
    editor.setFocus()
    QTest.keyClicks(editor, "A ")
    QApplication.sendEvent(editor, QInputMethodEvent("tie", []))
    assert editor.composing
    assert stored(opened, entry_id).get("body") != "A "
    done = QInputMethodEvent("", [])
    done.setCommitString("tiếng ")
    QApplication.sendEvent(editor, done)
    kept(qtbot, opened)
    assert str(stored(opened, entry_id)["body"]).startswith("A tiếng ")


def test_a_change_from_elsewhere_never_replaces_what_is_being_typed(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa")
    entry_id = open_first(qtbot, opened, "drafts")
    editor = opened.window.work.editor.editor
    QTest.keyClicks(editor, "X")
    with qtbot.waitSignal(opened.window.work.document_shown, timeout=10_000):
        opened.seeded.desk.drafting.attach(entry_id, name="a.txt", data=b"a")
    assert editor.text().startswith("X")
    kept(qtbot, opened)
    assert str(stored(opened, entry_id)["body"]).startswith("X")


@pytest.mark.parametrize("problem", [StorageProblem("disk full"), NotAllowed(Rule("section"))])
def test_what_cannot_be_written_is_said_and_the_title_bar_does_not_lie(
    qtbot: QtBot, open_window: Open, monkeypatch: pytest.MonkeyPatch, problem: StorageProblem | NotAllowed
) -> None:
    opened = open_window("ctv.vanhoa")
    open_first(qtbot, opened, "drafts")

    def refuse(*_given: object, **_named: object) -> str:
        raise problem

    monkeypatch.setattr(opened.seeded.desk.drafting, "save", refuse)
    QTest.keyClicks(opened.window.work.editor.editor, "X")
    qtbot.waitUntil(lambda: opened.window.work.document_pane.autosave.state is Saved.FAILED, timeout=10_000)
    assert opened.window.isWindowModified()
    assert opened.window.notice.isVisible()
    monkeypatch.undo()
    opened.window.table["save"].trigger()
    kept(qtbot, opened)


def test_a_new_entry_opens_with_the_caret_in_its_title(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa")
    opened.window.composing.compose("article")
    qtbot.waitUntil(
        lambda: opened.window.work.document is not None and opened.window.work.document.rev_no == 0, timeout=10_000
    )
    qtbot.waitUntil(lambda: opened.window.focusWidget().objectName() == "field.title", timeout=10_000)
    QTest.keyClick(opened.window.focusWidget(), Qt.Key.Key_Return)
    assert opened.window.focusWidget() is opened.window.work.editor.editor


def test_keys_pressed_while_another_entry_is_on_its_way_belong_to_the_one_on_the_screen(
    qtbot: QtBot, open_window: Open
) -> None:
    opened = open_window("ctv.vanhoa")
    entry_id = open_first(qtbot, opened, "drafts")
    other = first(opened, "returned")
    gate = threading.Event()
    opened.bridge.store(lambda: gate.wait(60))
    opened.window.work.open(other)
    QTest.keyClicks(opened.window.work.editor.editor, "Voi ")
    gate.set()
    shows(qtbot, opened, other)
    qtbot.waitUntil(lambda: str(stored(opened, entry_id).get("body")).startswith("Voi "), timeout=10_000)
    assert not opened.window.work.editor.editor.text().startswith("Voi ")


def refuse(*_given: object, **_named: object) -> str:
    raise StorageProblem("disk full")


def fails(qtbot: QtBot, opened: Opened) -> None:
    autosave = opened.window.work.document_pane.autosave
    qtbot.waitUntil(lambda: autosave.state is Saved.FAILED, timeout=TIMEOUT)


def test_what_the_disk_refused_is_written_later_although_another_entry_is_open(
    qtbot: QtBot, open_window: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = open_window("ctv.vanhoa")
    entry_id = open_first(qtbot, opened, "drafts")
    monkeypatch.setattr(opened.seeded.desk.drafting, "save", refuse)
    QTest.keyClicks(opened.window.work.editor.editor, "Voi ")
    fails(qtbot, opened)
    open_first(qtbot, opened, "returned")
    assert opened.window.isWindowModified()
    monkeypatch.undo()
    qtbot.waitUntil(lambda: str(stored(opened, entry_id).get("body")).startswith("Voi "), timeout=TIMEOUT)
    qtbot.waitUntil(lambda: not opened.window.isWindowModified(), timeout=TIMEOUT)


def test_what_the_disk_refused_stands_there_again_when_one_comes_back(
    qtbot: QtBot, open_window: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = open_window("ctv.vanhoa")
    entry_id = open_first(qtbot, opened, "drafts")
    monkeypatch.setattr(opened.seeded.desk.drafting, "save", refuse)
    QTest.keyClicks(opened.window.work.editor.editor, "Voi ")
    fails(qtbot, opened)
    open_first(qtbot, opened, "returned")
    open_first(qtbot, opened, "drafts")
    assert opened.window.work.editor.editor.text().startswith("Voi ")
    monkeypatch.undo()
    kept(qtbot, opened)
    assert str(stored(opened, entry_id)["body"]).startswith("Voi ")


def test_a_window_with_text_that_the_disk_refused_does_not_close_without_a_word(
    qtbot: QtBot, open_window: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = open_window("ctv.vanhoa")
    open_first(qtbot, opened, "drafts")
    monkeypatch.setattr(opened.seeded.desk.drafting, "save", refuse)
    QTest.keyClicks(opened.window.work.editor.editor, "Voi ")
    fails(qtbot, opened)
    opened.window.notice.hide()
    assert not opened.window.close()
    assert opened.window.notice.isVisible()
    assert opened.window.close()


def test_a_write_that_died_of_a_bug_is_tried_again_and_its_command_is_not_kept_armed(
    qtbot: QtBot, open_window: Open, monkeypatch: pytest.MonkeyPatch, expect_log: ExpectLog
) -> None:
    expect_log("a background job failed", level=logging.ERROR)
    opened = open_window("ctv.vanhoa")
    entry_id = open_first(qtbot, opened, "drafts")
    monkeypatch.setattr(opened.seeded.desk.drafting, "save", lambda *_given, **_named: 1 // 0)
    QTest.keyClicks(opened.window.work.editor.editor, "Voi ")
    done: list[str] = []
    opened.window.work.flush_then(lambda: done.append("given"))
    fails(qtbot, opened)
    monkeypatch.undo()
    kept(qtbot, opened)
    assert str(stored(opened, entry_id)["body"]).startswith("Voi ")
    assert done == []


def test_another_language_leaves_what_was_typed(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa")
    entry_id = open_first(qtbot, opened, "drafts")
    work, editor = opened.window.work, opened.window.work.editor.editor
    changed: list[str] = []

    def change(state: Saved, _at: str) -> None:
        """In the moment it is written, which is before the work area has read it again."""
        if state is Saved.KEPT and not changed:
            changed.append(editor.text()[:4])
            work.retranslate()
            changed.append(editor.text()[:4])

    work.document_pane.autosave.state_changed.connect(change)
    with qtbot.waitSignal(work.document_shown, timeout=TIMEOUT):
        QTest.keyClicks(editor, "Voi ")
    kept(qtbot, opened)
    assert changed == ["Voi ", "Voi "]
    assert editor.text().startswith("Voi ")
    QTest.keyClicks(editor, "X")
    kept(qtbot, opened)
    assert "Voi " in str(stored(opened, entry_id)["body"])


def test_a_line_longer_than_its_rule_is_not_cut_by_showing_it(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    control = LineControl(FormField("author", "Author", "line", longest=5), parent)
    control.load("longer than five")
    assert control.value() == "longer than five"


def test_a_wrong_word_is_found_put_right_by_f7_and_kept_as_ones_own(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa")
    open_first(qtbot, opened, "drafts")
    editor, inspector = opened.window.work.editor.editor, opened.window.work.document_pane.inspector

    def marked() -> list[str]:
        return [place.text for place in editor.proofing.places()]

    editor.setFocus()
    editor.moveCursor(QTextCursor.MoveOperation.Start)
    editor.insert_text("Phối hp với xyzt. Theo điều 5 của Nghị định 43/2011/NĐ-CP.\n\n")
    qtbot.waitUntil(lambda: marked()[:3] == ["hp", "xyzt", "Nghị định 43/2011/NĐ-CP"], timeout=TIMEOUT)
    assert any("(F7)" in check.text for check in inspector.checks.shown)
    assert any("thiếu chữ “số”" in check.text for check in inspector.checks.shown)
    editor.proofing.replace(editor.proofing.places()[0], "hợp")
    editor.proofing.word_kept.emit("xyzt")
    qtbot.waitUntil(lambda: opened.seeded.desk.words.all() == {"xyzt"}, timeout=TIMEOUT)
    qtbot.waitUntil(lambda: marked()[:1] == ["Nghị định 43/2011/NĐ-CP"], timeout=TIMEOUT)
