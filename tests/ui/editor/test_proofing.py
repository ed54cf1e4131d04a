"""Waves, the menu of proposals and the walk by F7, by keys and mouse."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QImage, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from desktop.editor.text.proofreading import Proofreader, by_line
from desktop.editor.text.vocabulary import vocabulary
from desktop.editor.widgets.colours import EditorColours
from desktop.editor.widgets.editor_pane import EditorPane

# A menu takes the keyboard; the platform without a screen has none to give.
pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support grabbing the keyboard", extend=True)

TEXT = "Đăng nhập hệ thng để theo dõi.\n\nPhối hp với các sở, hệ thng mới , đúng hạn."


@pytest.fixture
def pane(qtbot: QtBot) -> EditorPane:
    made = EditorPane(colours=EditorColours(spelling="#00ff00", problem="#ff00ff"))
    qtbot.addWidget(made)
    made.resize(700, 400)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.editor.set_text(TEXT)
    made.editor.setFocus()
    proofread(made)
    return made


def proofread(pane: EditorPane) -> None:
    reader = Proofreader(vocabulary())
    pane.editor.proofing.set_reader(reader)
    text = pane.editor.text()
    pane.editor.proofing.set_marks({**reader.lines(text), **by_line(text, reader.whole(text))})


def menu() -> QMenu:
    found = QApplication.activePopupWidget()
    assert isinstance(found, QMenu)
    return found


def words(shown: QMenu) -> list[str]:
    return [action.text() for action in shown.actions() if action.text()]


def action(shown: QMenu, text: str) -> QAction:
    return next(item for item in shown.actions() if item.text().startswith(text))


def inks(pane: EditorPane) -> set[str]:
    image = pane.editor.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    colours = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
    return colours & {"#00ff00", "#ff00ff"}


def test_waves_are_seen_and_change_nothing(pane: EditorPane) -> None:
    assert inks(pane) == {"#00ff00", "#ff00ff"}
    assert not pane.editor.document().isUndoAvailable()
    assert pane.editor.text() == TEXT
    pane.editor.proofing.set_reader(None)
    assert inks(pane) == set()


def test_a_mark_stays_with_its_line_while_another_line_is_typed_above(pane: EditorPane) -> None:
    pane.editor.moveCursor(QTextCursor.MoveOperation.Start)
    QTest.keyClicks(pane.editor, "x")
    QTest.keyClick(pane.editor, Qt.Key.Key_Return)
    assert inks(pane) == {"#00ff00", "#ff00ff"}


def test_f7_walks_from_one_to_the_next_and_around(pane: EditorPane) -> None:
    found = []
    for _ in range(5):
        QTest.keyClick(pane.editor, Qt.Key.Key_F7)
        found.append(pane.editor.textCursor().selectedText())
        QTest.keyClick(menu(), Qt.Key.Key_Escape)
    assert found == ["thng", "hp", "thng", "i ,", "thng"]


def test_f7_and_enter_take_the_first_proposal_and_undo_takes_it_back(pane: EditorPane) -> None:
    QTest.keyClick(pane.editor, Qt.Key.Key_F7)
    QTest.keyClick(menu(), Qt.Key.Key_Return)
    assert pane.editor.text().startswith("Đăng nhập hệ thống để")
    QTest.keyClick(pane.editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert pane.editor.text() == TEXT


def test_replace_all_is_one_step(pane: EditorPane) -> None:
    QTest.keyClick(pane.editor, Qt.Key.Key_F7)
    action(menu(), "Replace all").trigger()
    assert pane.editor.text() == TEXT.replace("thng", "thống")
    QTest.keyClick(pane.editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert pane.editor.text() == TEXT


def test_the_context_menu_offers_proposals_above_what_it_always_offers(pane: EditorPane, qtbot: QtBot) -> None:
    pane.editor.moveCursor(QTextCursor.MoveOperation.Start)
    assert pane.editor.find("thng")
    place = pane.editor.cursorRect().center() - QPoint(4, 0)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, pane.editor.viewport().mapToGlobal(place))
    QApplication.sendEvent(pane.editor.viewport(), event)
    shown = words(menu())
    assert shown[:2] == ["spelling", "thống"]
    assert any(text.startswith("&Undo") for text in shown)
    with qtbot.waitSignal(pane.editor.proofing.word_kept) as kept:
        action(menu(), "Add “thng”").trigger()
    assert kept.args == ["thng"]


def test_a_text_that_may_only_be_read_is_not_changed(pane: EditorPane) -> None:
    pane.set_writable(False)
    pane.editor.proofing.go_on()
    assert words(menu()) == ["spelling", "Add “thng” to my dictionary"]


def test_a_walk_that_finds_nothing_says_so(pane: EditorPane, qtbot: QtBot) -> None:
    pane.editor.proofing.set_marks({})
    with qtbot.waitSignal(pane.editor.proofing.nothing_found):
        QTest.keyClick(pane.editor, Qt.Key.Key_F7)
