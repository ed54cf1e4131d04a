"""Toolbar, find bar and shortcuts around the source, by keys and mouse."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QToolButton
from pytestqt.qtbot import QtBot

from desktop.editor.widgets.editing_actions import TABLE
from desktop.editor.widgets.editing_commands import COMMANDS, TABLE_COMMANDS
from desktop.editor.widgets.editor_pane import EditorPane

TEXT = "Trung tâm phục vụ hành chính công.\nTrung tam, trung tâm."


@pytest.fixture
def pane(qtbot: QtBot) -> EditorPane:
    made = EditorPane()
    qtbot.addWidget(made)
    made.resize(700, 400)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.editor.set_text(TEXT)
    made.editor.setFocus()
    return made


def select(pane: EditorPane, words: str) -> None:
    pane.editor.moveCursor(QTextCursor.MoveOperation.Start)
    assert pane.editor.find(words)


def type_into(pane: EditorPane, text: str) -> None:
    """Letters that a keyboard of QTest does not have."""
    pane.find_bar.field.setText(text)


def test_every_command_has_an_action_and_every_key_is_used_once() -> None:
    assert set(COMMANDS) | set(TABLE_COMMANDS) <= {row.name for row in TABLE}
    keys = [row.key for row in TABLE if row.key]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    ("key", "modifiers", "made"),
    [
        (Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier, "**Trung tâm**"),
        (Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier, "*Trung tâm*"),
        (Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier, "[Trung tâm]()"),
        (Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier, "## Trung tâm"),
    ],
)
def test_a_key_works_on_the_selection(pane: EditorPane, key: Qt.Key, modifiers: Qt.KeyboardModifier, made: str) -> None:
    select(pane, "Trung tâm")
    QTest.keyClick(pane.editor, key, modifiers)
    assert pane.editor.text().startswith(made)


def test_a_toolbar_button_works_and_gives_the_keyboard_back(pane: EditorPane) -> None:
    select(pane, "Trung tâm")
    button = pane.toolbar.findChild(QToolButton, "toolbar.bold")
    assert isinstance(button, QToolButton)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert pane.editor.text().startswith("**Trung tâm**")
    assert pane.editor.textCursor().selectedText() == "Trung tâm"
    assert pane.editor.hasFocus()


def test_pictures_and_files_are_asked_of_the_window(pane: EditorPane, qtbot: QtBot) -> None:
    for name, signal in (("picture", pane.picture_requested), ("file", pane.file_requested)):
        with qtbot.waitSignal(signal):
            pane.actions_table[name].trigger()


def test_what_may_only_be_read_can_still_be_searched(pane: EditorPane) -> None:
    pane.set_writable(False)
    enabled = {row.name for row, action in pane.actions_table if action.isEnabled()}
    assert enabled == {row.name for row, _ in pane.actions_table if row.reads}
    assert {"find", "outline", "zoom-in", "source"} < enabled
    assert not enabled & ({"replace", "snippet", "no-break", "curling"} | set(COMMANDS) | set(TABLE_COMMANDS))
    assert pane.editor.isReadOnly()


def test_the_number_of_words_is_shown(pane: EditorPane) -> None:
    pane.toolbar.set_words(412)
    assert "412 word(s) · 2 min to read" in [label.text() for label in pane.toolbar.findChildren(QLabel)]
    pane.toolbar.set_words(None)
    assert [label.text() for label in pane.toolbar.findChildren(QLabel)] == [""]


def test_find_goes_round_by_keys(pane: EditorPane) -> None:
    QTest.keyClick(pane.editor, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    bar = pane.find_bar
    assert bar.isVisible()
    assert bar.field.hasFocus()
    QTest.keyClicks(bar.field, "trung tam")
    assert bar.count.text() == "– / 3"
    places = []
    for _ in range(4):
        QTest.keyClick(bar.field, Qt.Key.Key_Return)
        places.append((pane.editor.textCursor().selectedText(), bar.count.text()))
    assert places == [("Trung tâm", "1 / 3"), ("Trung tam", "2 / 3"), ("trung tâm", "3 / 3"), ("Trung tâm", "1 / 3")]
    QTest.keyClick(bar.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert bar.count.text() == "3 / 3"
    QTest.keyClick(bar.field, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert pane.editor.hasFocus()
    assert pane.editor.extraSelections() == []
    assert pane.editor.textCursor().selectedText() == "trung tâm"


def test_tone_marks_can_be_matched(pane: EditorPane) -> None:
    pane.find_bar.open_bar()
    type_into(pane, "tâm")
    assert pane.find_bar.count.text() == "– / 3"
    pane.find_bar.exact.setChecked(True)
    assert pane.find_bar.count.text() == "– / 2"


def test_what_is_selected_is_what_is_searched(pane: EditorPane) -> None:
    select(pane, "hành chính")
    pane.actions_table["find"].trigger()
    assert pane.find_bar.field.text() == "hành chính"
    assert pane.find_bar.count.text() == "1 / 1"


def test_replace_one_by_one(pane: EditorPane) -> None:
    QTest.keyClick(pane.editor, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    bar = pane.find_bar
    type_into(pane, "trung tâm")
    bar.replacement.setText("Bộ phận")
    for _ in range(3):
        bar.replace_one()
    assert pane.editor.text() == "Bộ phận phục vụ hành chính công.\nBộ phận, trung tâm."


def test_replace_all_is_one_step(pane: EditorPane) -> None:
    bar = pane.find_bar
    bar.open_bar(replace=True)
    type_into(pane, "trung tâm")
    bar.replacement.setText("🎉 bộ phận")
    bar.replace_all()
    assert pane.editor.text() == "🎉 bộ phận phục vụ hành chính công.\n🎉 bộ phận, 🎉 bộ phận."
    assert bar.count.text() == "– / 0"
    pane.editor.undo()
    assert pane.editor.text() == TEXT


def test_nothing_is_replaced_where_nothing_may_be_written(pane: EditorPane) -> None:
    pane.set_writable(False)
    bar = pane.find_bar
    bar.open_bar(replace=True)
    type_into(pane, "trung")
    bar.replace_one()
    bar.replace_all()
    assert pane.editor.text() == TEXT


def test_finds_follow_the_typing(pane: EditorPane) -> None:
    pane.find_bar.open_bar()
    type_into(pane, "xin")
    pane.editor.insert_text("xin chào ")
    assert pane.find_bar.count.text().endswith("/ 1")


def test_finds_are_marked_as_they_come_into_view(pane: EditorPane) -> None:
    pane.editor.set_text("\n".join(f"dòng {number}" for number in range(2000)))
    pane.find_bar.open_bar()
    type_into(pane, "dong 19")

    def marked() -> list[str]:
        return [mark.cursor.selectedText() for mark in pane.editor.extraSelections()]

    assert pane.find_bar.count.text() == "– / 111"
    assert marked() == []
    pane.editor.moveCursor(QTextCursor.MoveOperation.End)
    assert 0 < len(marked()) < 60
    assert set(marked()) == {"dòng 19"}


def test_every_control_has_a_name(pane: EditorPane) -> None:
    pane.find_bar.open_bar(replace=True)
    buttons = [*pane.toolbar.findChildren(QToolButton), *pane.find_bar.findChildren(QToolButton)]
    assert [b.objectName() for b in buttons if not (b.accessibleName() or b.text())] == []
    assert pane.find_bar.field.accessibleName()
    assert pane.find_bar.replacement.accessibleName()


@pytest.mark.parametrize("width", [1000, 500, 300, 120])
def test_what_finds_no_room_in_the_toolbar_stands_behind_dots(qtbot: QtBot, width: int) -> None:
    made = EditorPane()
    qtbot.addWidget(made)
    made.toolbar.set_words(54_000)
    made.resize(width, 300)
    made.show()
    more = made.toolbar.findChild(QToolButton, "toolbar.more")
    assert more is not None
    buttons = [button for button in made.toolbar.findChildren(QToolButton) if button is not more]
    shown = [button for button in buttons if button.isVisible()]

    def uncut() -> bool:
        return all(button.width() >= button.sizeHint().width() for button in shown)

    qtbot.waitUntil(uncut, timeout=5_000)
    folded = [button.defaultAction() for button in buttons if not button.isVisible()]
    assert more.isVisible() == bool(folded)
    assert more.menu().actions() == folded
    assert (width < 1000) == bool(folded)
