"""The source field as a person uses it: keys, input methods, paste, undo, commands, loading."""

import itertools
import unicodedata
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QInputMethodEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.editor.widgets.editing_commands import COMMANDS
from desktop.editor.widgets.settling import SETTLE_MS
from desktop.editor.widgets.source_editor import SourceEditor


@pytest.fixture
def editor(qtbot: QtBot) -> SourceEditor:
    made = SourceEditor()
    qtbot.addWidget(made)
    made.resize(400, 300)
    made.show()
    made.setFocus()
    return made


def compose(editor: SourceEditor, preedit: str, commit: str = "") -> None:
    """What an input method sends: letters that are not sure yet, or the word that came of them."""
    event = QInputMethodEvent(preedit, [])
    if commit:
        event.setCommitString(commit)
    QApplication.sendEvent(editor, event)


def select(editor: SourceEditor, start: int, end: int) -> None:
    cursor = editor.textCursor()
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)


def test_a_text_loaded_before_the_field_has_room_stands_at_its_top(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    editor = SourceEditor(window)
    editor.set_text("## Kết quả cải cách hành chính\n\n" + "Một đoạn dài của bài viết.\n\n" * 40)
    QVBoxLayout(window).addWidget(editor)
    window.resize(240, 500)
    window.show()
    assert editor.verticalScrollBar().maximum() > 0
    assert editor.verticalScrollBar().value() == 0


def test_typing_settles_once_with_the_whole_text(editor: SourceEditor, qtbot: QtBot) -> None:
    with qtbot.waitSignal(editor.text_settled) as settled:
        QTest.keyClicks(editor, "Tin moi")
    assert settled.args == ["Tin moi"]
    assert SETTLE_MS <= 400


def test_somebody_who_types_without_a_pause_is_heard(editor: SourceEditor, qtbot: QtBot) -> None:
    """Another key does not put the time off: a power cut must not take a whole paragraph."""
    told: list[str] = []
    editor.text_settled.connect(told.append)
    QTest.keyClicks(editor, "a")
    due = editor._settling._timer.remainingTime()
    QTest.keyClicks(editor, "b")
    assert 0 <= editor._settling._timer.remainingTime() <= due
    qtbot.waitUntil(lambda: told == ["ab"])


def test_word_after_word_of_an_input_method_is_heard(editor: SourceEditor, qtbot: QtBot) -> None:
    """The next word may begin in the same moment as the last one ends."""
    told: list[str] = []
    editor.text_settled.connect(told.append)
    compose(editor, "mo")
    compose(editor, "", "một ")
    compose(editor, "ha")
    editor._settling._timer.timeout.emit()
    assert told == []
    compose(editor, "", "hai ")
    qtbot.waitUntil(lambda: told == ["một hai "])


def test_loading_settles_nothing_and_leaves_nothing_to_undo(editor: SourceEditor, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(editor.text_settled):
        QTest.keyClicks(editor, "x")
        editor.set_text("Bài khác")
        editor.flush()
    assert editor.text() == "Bài khác"
    assert not editor.document().isUndoAvailable()


def test_flush_tells_what_is_pending_now_and_only_once(editor: SourceEditor) -> None:
    told: list[str] = []
    editor.text_settled.connect(told.append)
    QTest.keyClicks(editor, "a")
    editor.flush()
    editor.flush()
    assert told == ["a"]


def test_nothing_settles_while_a_word_is_being_composed(editor: SourceEditor, qtbot: QtBot) -> None:
    told: list[str] = []
    editor.text_settled.connect(told.append)
    QTest.keyClicks(editor, "Cong ")
    composing: list[bool] = []
    editor.composing_changed.connect(composing.append)
    compose(editor, "viê")
    assert editor.composing
    assert editor._settling.pending
    # The timer runs out in the middle of the composition, as it would when a person thinks.
    editor._settling._timer.timeout.emit()
    assert told == []
    compose(editor, "", "việc")
    assert composing == [True, False]
    qtbot.waitUntil(lambda: told == ["Cong việc"])


def test_a_composition_is_not_part_of_the_text_and_commands_wait_for_it(editor: SourceEditor) -> None:
    editor.set_text("văn bản")
    select(editor, 0, 3)
    compose(editor, "ban")
    editor.run_command("bold")
    assert "**" not in editor.text()
    assert "ban" not in editor.text()[:3]


def test_formats_leave_the_composition_alone(editor: SourceEditor) -> None:
    editor.set_text("**đậm** ")
    editor.moveCursor(QTextCursor.MoveOperation.End)
    compose(editor, "viê")
    layout = editor.textCursor().block().layout()
    assert layout.preeditAreaText() == "viê"
    editor.set_dialect("legal")
    editor.grab()
    assert layout.preeditAreaText() == "viê"
    compose(editor, "", "việt")
    assert editor.text() == "**đậm** việt"


def test_a_composition_that_is_given_up_changes_nothing(editor: SourceEditor, qtbot: QtBot) -> None:
    editor.set_text("giữ nguyên")
    with qtbot.waitSignals([editor.composing_changed, editor.composing_changed]):
        compose(editor, "abc")
        compose(editor, "")
    assert editor.text() == "giữ nguyên"


def test_loose_marks_are_stored_composed(editor: SourceEditor) -> None:
    editor.insert_text(unicodedata.normalize("NFD", "Ủy ban nhân dân, ẫ ệ ữ"))
    assert editor.text() == "Ủy ban nhân dân, ẫ ệ ữ"
    QTest.keyClicks(editor, "")
    compose(editor, "", unicodedata.normalize("NFD", " tỉnh"))
    assert editor.text() == "Ủy ban nhân dân, ẫ ệ ữ tỉnh"


def test_no_break_spaces_survive(editor: SourceEditor) -> None:
    editor.set_text("1\u00a0268 thủ tục")
    assert editor.text() == "1\u00a0268 thủ tục"


def test_undo_goes_back_word_by_word(editor: SourceEditor) -> None:
    QTest.keyClicks(editor, "mot hai ba")
    steps = []
    while editor.document().isUndoAvailable():
        steps.append(editor.text())
        editor.undo()
    assert steps == ["mot hai ba", "mot hai", "mot"]
    for _ in steps:
        editor.redo()
    assert editor.text() == "mot hai ba"


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_a_command_is_one_step_that_can_be_undone(editor: SourceEditor, name: str) -> None:
    text = 'Một cửa\n\nSáng nay khai trương 🎉 "trung tâm"\n'
    editor.set_text(text)
    select(editor, 9, 13)
    editor.run_command(name)
    assert editor.text() != text
    editor.undo()
    assert editor.text() == text
    assert not editor.document().isUndoAvailable()


def test_a_command_after_an_emoji_hits_the_selected_word(editor: SourceEditor) -> None:
    editor.set_text("🎉🎉 trung tâm")
    editor.find("trung")
    editor.run_command("bold")
    assert editor.text() == "🎉🎉 **trung** tâm"
    assert editor.textCursor().selectedText() == "trung"
    editor.run_command("bold")
    assert editor.text() == "🎉🎉 trung tâm"


def test_an_unknown_command_is_a_mistake(editor: SourceEditor) -> None:
    with pytest.raises(KeyError):
        editor.run_command("explode")


def test_a_text_that_may_only_be_read_stays(editor: SourceEditor) -> None:
    editor.set_text("Đã đăng")
    editor.setReadOnly(True)
    editor.run_command("bold")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QTest.keyClick(editor, Qt.Key.Key_Space)
    assert editor.text() == "Đã đăng"


def test_replacing_the_text_is_one_step_and_keeps_the_caret(editor: SourceEditor) -> None:
    editor.set_text("một\nhai\nba")
    select(editor, 4, 4)
    editor.replace_text("một\nhai và\nba")
    assert editor.text() == "một\nhai và\nba"
    assert editor.textCursor().position() == 4
    editor.undo()
    assert editor.text() == "một\nhai\nba"


def test_a_picture_gets_a_block_of_its_own(editor: SourceEditor) -> None:
    editor.set_text("Dòng đầu\nDòng sau")
    select(editor, 2, 2)
    editor.insert_picture("ab" * 32, "Lễ [khai] trương")
    assert editor.text() == f"Dòng đầu\n\n![Lễ \\[khai\\] trương](/_blob/{'ab' * 32})\n\nDòng sau"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- một", "- một\n- "),
        ("  - một", "  - một\n  - "),
        ("9. chín", "9. chín\n10. "),
        ("> trích", "> trích\n> "),
        ("- ", ""),
        ("3. ", ""),
        ("chữ", "chữ\n"),
        ("**- không phải**", "**- không phải**\n"),
    ],
)
def test_enter_goes_on_with_a_list_and_ends_an_empty_one(editor: SourceEditor, before: str, after: str) -> None:
    editor.set_text(before)
    editor.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert editor.text() == after


def test_tab_moves_an_item_in_and_out_and_is_never_typed(editor: SourceEditor) -> None:
    editor.set_text("- một")
    QTest.keyClick(editor, Qt.Key.Key_Tab)
    assert editor.text() == "  - một"
    QTest.keyClick(editor, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert editor.text() == "- một"
    editor.set_text("chữ")
    QTest.keyClick(editor, Qt.Key.Key_Tab)
    assert editor.text() == "chữ"


def test_tab_leaves_the_field_but_not_a_list(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    editor, after = SourceEditor(), QLineEdit()
    layout.addWidget(editor)
    layout.addWidget(after)
    window.show()
    editor.setFocus()
    editor.set_text("- một")
    QTest.keyClick(editor, Qt.Key.Key_Tab)
    assert window.focusWidget() is editor
    editor.set_text("chữ")
    QTest.keyClick(editor, Qt.Key.Key_Tab)
    assert window.focusWidget() is after


def test_paste_is_plain_composed_text(editor: SourceEditor) -> None:
    data = QMimeData()
    data.setHtml("<b>đậm</b>")
    data.setText(unicodedata.normalize("NFD", "một\r\nhai\x07\ufeff"))
    editor.insertFromMimeData(data)
    assert editor.text() == "một\nhai"


def test_files_are_told_and_not_pasted(editor: SourceEditor, qtbot: QtBot, tmp_path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "ảnh.jpg"))])
    assert editor.canInsertFromMimeData(data)
    with qtbot.waitSignal(editor.files_dropped) as dropped:
        editor.insertFromMimeData(data)
    assert dropped.args == [(tmp_path / "ảnh.jpg",)]
    assert editor.text() == ""


def test_lines_stand_apart_and_the_mouse_still_hits_them(editor: SourceEditor) -> None:
    """The air between lines is put in by our own layout: caret, mouse and painting must agree on it."""
    editor.set_text("một\nhai\nba\n" + "từ " * 200)
    tops = []
    for position in (0, 4, 8, 11):
        cursor = QTextCursor(editor.document())
        cursor.setPosition(position)
        rect = editor.cursorRect(cursor)
        tops.append(rect.top())
        assert editor.cursorForPosition(rect.center()).position() == position
    gaps = [after - before for before, after in itertools.pairwise(tops)]
    assert min(gaps) >= 1.25 * editor.fontMetrics().height()
    assert len(set(gaps)) == 1


def test_the_air_stays_while_typing(editor: SourceEditor) -> None:
    """A change inside a block has it laid out anew by the base class, without air."""
    editor.set_text("từ " * 100)
    before = editor.document().documentLayout().blockBoundingRect(editor.document().firstBlock()).height()
    editor.moveCursor(QTextCursor.MoveOperation.Start)
    QTest.keyClicks(editor, "x")
    layout = editor.document().firstBlock().layout()
    after = editor.document().documentLayout().blockBoundingRect(editor.document().firstBlock()).height()
    assert after == before
    assert layout.lineAt(1).y() - layout.lineAt(0).y() >= 1.25 * layout.lineAt(0).height()
    assert layout.lineAt(0).position() != QPointF(0, 0)


def test_stacked_capitals_of_the_first_line_are_whole(editor: SourceEditor) -> None:
    editor.set_text("ẪỮ")
    layout = editor.document().firstBlock().layout()
    editor.document().documentLayout().blockBoundingRect(editor.document().firstBlock())
    ink = editor.fontMetrics().tightBoundingRect("ẪỮ")
    line = layout.lineAt(0)
    assert editor.document().documentMargin() + line.y() + line.ascent() + ink.top() >= 0
