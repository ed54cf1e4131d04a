"""Writing with keys: tables, links, typography, set phrases, outline, folding, size, focus mode."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QTextCursor, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.editor.text.outline import read
from desktop.editor.widgets.editor_pane import ZOOMS, EditorPane

TABLE = "| a | b |\n|---|---|\n| c | d |"
SECTIONS = "## Một\n\nchữ một\n\n### Một rưỡi\n\nchữ\n\n## Hai\n\nchữ hai"


@pytest.fixture
def pane(qtbot: QtBot) -> EditorPane:
    made = EditorPane()
    qtbot.addWidget(made)
    made.resize(800, 500)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.editor.setFocus()
    return made


def write(pane: EditorPane, text: str, start: int, end: int | None = None) -> None:
    pane.editor.set_text(text)
    pane.show_reading(read(text, "prose"))
    cursor = pane.editor.textCursor()
    cursor.setPosition(start)
    cursor.setPosition(start if end is None else end, QTextCursor.MoveMode.KeepAnchor)
    pane.editor.setTextCursor(cursor)
    pane.editor.grab()


def key(pane: EditorPane, press: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    held = Qt.KeyboardModifier.NoModifier
    for modifier in modifiers:
        held |= modifier
    QTest.keyClick(pane.editor, press, held)


CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


def test_tab_goes_from_cell_to_cell_and_begins_a_row(pane: EditorPane) -> None:
    write(pane, f"x\n\n{TABLE}\n\ny", 5)
    chosen = []
    for _ in range(4):
        key(pane, Qt.Key.Key_Tab)
        chosen.append(pane.editor.textCursor().selectedText())
    assert chosen == ["b", "c", "d", ""]
    assert pane.editor.text() == f"x\n\n{TABLE}\n|  |  |\n\ny"
    QTest.keyClicks(pane.editor, "e")
    key(pane, Qt.Key.Key_Backtab, SHIFT)
    assert pane.editor.textCursor().selectedText() == "d"
    assert pane.editor.text().endswith("| e |  |\n\ny")


@pytest.mark.parametrize(
    ("press", "modifiers", "made"),
    [
        (Qt.Key.Key_Down, (ALT, SHIFT), f"{TABLE}\n|  |  |"),
        (Qt.Key.Key_Up, (ALT, SHIFT), "| a | b |\n|---|---|"),
        (Qt.Key.Key_Right, (ALT, SHIFT), "| a |  | b |\n| --- | --- | --- |\n| c |  | d |"),
        (Qt.Key.Key_Left, (ALT, SHIFT), "| b |\n| --- |\n| d |"),
        (Qt.Key.Key_R, (CTRL,), "| a | b |\n| --: | --- |\n| c | d |"),
    ],
)
def test_rows_and_columns_by_keys(
    pane: EditorPane, press: Qt.Key, modifiers: tuple[Qt.KeyboardModifier, ...], made: str
) -> None:
    write(pane, TABLE, TABLE.index("c"))
    key(pane, press, *modifiers)
    assert pane.editor.text() == made
    pane.editor.undo()
    assert pane.editor.text() == TABLE


def test_commands_of_tables_do_nothing_elsewhere(pane: EditorPane) -> None:
    write(pane, "chữ | không bảng", 2)
    for name in ("row-add", "column-remove", "align-right"):
        pane.actions_table[name].trigger()
    assert pane.editor.text() == "chữ | không bảng"
    assert not pane.editor.document().isUndoAvailable()


def test_numbers_count_on_at_enter_and_tab(pane: EditorPane) -> None:
    write(pane, "1. một\n2. hai\n3. ba", 6)
    key(pane, Qt.Key.Key_Return)
    assert pane.editor.text() == "1. một\n2. \n3. hai\n4. ba"
    QTest.keyClicks(pane.editor, "x")
    key(pane, Qt.Key.Key_Tab)
    assert pane.editor.text() == "1. một\n  1. x\n2. hai\n3. ba"
    key(pane, Qt.Key.Key_Backtab, SHIFT)
    assert pane.editor.text() == "1. một\n2. x\n3. hai\n4. ba"
    for _ in range(4):
        pane.editor.undo()
    assert pane.editor.text() == "1. một\n2. hai\n3. ba"


def test_an_address_pasted_over_words_makes_a_link(pane: EditorPane) -> None:
    write(pane, "🎉 xem Cổng nhé", 7, 11)
    data = QMimeData()
    data.setText("https://binhphuoc.gov.vn")
    pane.editor.insertFromMimeData(data)
    assert pane.editor.text() == "🎉 xem [Cổng](https://binhphuoc.gov.vn) nhé"
    pane.editor.undo()
    assert pane.editor.text() == "🎉 xem Cổng nhé"


def test_quotation_marks_and_dashes_are_typeset_and_undo_gives_the_plain_sign(pane: EditorPane) -> None:
    write(pane, "", 0)
    QTest.keyClicks(pane.editor, '"a" - b')
    assert pane.editor.text() == "“a” – b"
    write(pane, "a", 1)
    QTest.keyClicks(pane.editor, '"')
    assert pane.editor.text() == "a”"
    pane.editor.undo()
    assert pane.editor.text() == 'a"'
    pane.actions_table["curling"].trigger()
    write(pane, "", 0)
    QTest.keyClicks(pane.editor, '"a" - b')
    assert pane.editor.text() == '"a" - b'


def test_html_keeps_its_quotation_marks(pane: EditorPane) -> None:
    write(pane, '<table class="x">\n\n</table>', 18)
    QTest.keyClicks(pane.editor, '<td class="giua">"a"')
    assert pane.editor.text().split("\n")[1] == '<td class="giua">"a"'


def test_a_no_break_space_by_its_key(pane: EditorPane) -> None:
    write(pane, "10km", 2)
    key(pane, Qt.Key.Key_Space, CTRL, SHIFT)
    assert pane.editor.text() == "10\u00a0km"


def test_a_set_phrase_goes_in_and_its_first_gap_is_selected(pane: EditorPane, qtbot: QtBot) -> None:
    write(pane, "x ", 2)
    assert not pane.actions_table["snippet"].isEnabled()
    pane.set_phrases([("Căn cứ…", "🎉 Căn cứ Luật … năm …;"), ("Nơi nhận…", "Nơi nhận:")])
    key(pane, Qt.Key.Key_J, CTRL, SHIFT)
    menu = pane.findChild(QMenu, "editor.phrases")
    assert isinstance(menu, QMenu)
    qtbot.waitUntil(menu.isVisible)
    assert [action.text() for action in menu.actions()] == ["Căn cứ…", "Nơi nhận…"]
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert pane.editor.text() == "x 🎉 Căn cứ Luật … năm …;"
    assert pane.editor.textCursor().selectedText() == "…"
    assert pane.editor.textCursor().position() == len("x ?? Căn cứ Luật …")
    pane.editor.undo()
    assert pane.editor.text() == "x "


def test_the_outline_shows_jumps_and_folds_by_keys(pane: EditorPane) -> None:
    write(pane, SECTIONS, len(SECTIONS))
    key(pane, Qt.Key.Key_O, CTRL, SHIFT)
    outline = pane.outline
    assert outline.isVisible()
    assert outline.hasFocus()
    top = [outline.topLevelItem(row) for row in range(outline.topLevelItemCount())]
    assert [item.text(0) for item in top if item is not None] == ["Một", "Hai"]
    assert top[0] is not None
    outline.setCurrentItem(top[0])
    QTest.keyClick(outline, Qt.Key.Key_Left)  # folds
    document = pane.editor.document()
    hidden = [number for number in range(document.blockCount()) if not document.findBlockByNumber(number).isVisible()]
    assert hidden == list(range(1, 8))
    pane.editor.grab()
    assert pane.editor.text() == SECTIONS
    QTest.keyClick(outline, Qt.Key.Key_Down)
    QTest.keyClick(outline, Qt.Key.Key_Return)
    assert pane.editor.hasFocus()
    assert pane.editor.textCursor().block().text() == "## Hai"
    key(pane, Qt.Key.Key_Up)
    assert pane.editor.textCursor().block().text() == "## Một"  # over what is folded
    outline.setFocus()
    QTest.keyClick(outline, Qt.Key.Key_Escape)
    assert pane.editor.hasFocus()


def test_a_section_is_folded_at_the_caret_and_opens_for_it(pane: EditorPane) -> None:
    write(pane, SECTIONS, SECTIONS.index("chữ một"))
    height = pane.editor.document().documentLayout().documentSize().height()
    key(pane, Qt.Key.Key_F, CTRL, ALT)
    assert pane.editor.folding.folded(0)
    assert pane.editor.textCursor().block().text() == "## Một"
    assert pane.editor.document().documentLayout().documentSize().height() < height
    pane.find_bar.open_bar()
    pane.find_bar.field.setText("rưỡi")
    pane.find_bar.find_next()
    assert pane.editor.textCursor().selectedText() == "rưỡi"
    assert not pane.editor.folding.folded(0)
    pane.editor.setFocus()
    pane.go_to_line(0)
    key(pane, Qt.Key.Key_F, CTRL, ALT)
    key(pane, Qt.Key.Key_F, CTRL, ALT)
    assert not pane.editor.folding.folded(0)
    key(pane, Qt.Key.Key_F, CTRL, ALT)
    key(pane, Qt.Key.Key_U, CTRL, ALT)
    assert not pane.editor.folding.folded(0)
    assert not pane.editor.document().isUndoAvailable()


def test_the_text_grows_and_shrinks_by_keys_and_wheel(pane: EditorPane, qtbot: QtBot) -> None:
    write(pane, SECTIONS, 0)
    height = pane.editor.blockBoundingRect(pane.editor.document().firstBlock()).height()
    with qtbot.waitSignal(pane.chosen):
        key(pane, Qt.Key.Key_Plus, CTRL)
    assert pane.editor.zoom == 110
    assert pane.editor.blockBoundingRect(pane.editor.document().firstBlock()).height() > height
    for _ in ZOOMS:
        key(pane, Qt.Key.Key_Minus, CTRL)
    assert pane.editor.zoom == ZOOMS[0]
    key(pane, Qt.Key.Key_0, CTRL)
    assert pane.editor.zoom == 100
    at = QPointF(50, 50)
    turned = QWheelEvent(
        at, at, QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton, CTRL, Qt.ScrollPhase.NoScrollPhase, False  # noqa: FBT003
    )  # fmt: skip
    QApplication.sendEvent(pane.editor.viewport(), turned)
    assert pane.editor.zoom == 110


def test_how_one_writes_is_told_and_taken_up_again(pane: EditorPane) -> None:
    for name in ("source", "curling", "focus-mode", "zoom-in"):
        pane.actions_table[name].trigger()
    told = pane.choices()
    pane.choose("zoom", "nonsense")
    for name, value in {"source": "False", "curling": "True", "focus-mode": "False", "outline": "x"}.items():
        pane.choose(name, value)
    assert (pane.editor.quiet, pane.editor.zoom) == (True, 100)
    for name, value in told.items():
        pane.choose(name, value)
    assert pane.choices() == told
    assert (pane.editor.quiet, pane.editor.zoom) == (False, 110)


def test_focus_mode_pales_all_but_one_paragraph(pane: EditorPane) -> None:
    write(pane, "một\n\nhai\n\nba", 5)
    plain = pane.editor.grab().toImage()
    key(pane, Qt.Key.Key_F11)
    veiled = pane.editor.grab().toImage()
    first = pane.editor.blockBoundingGeometry(pane.editor.document().firstBlock())
    darkest = [
        min(image.pixelColor(x, y).lightness() for x in range(18, 60) for y in range(20, 20 + int(first.height())))
        for image in (plain, veiled)
    ]
    assert darkest[0] < 100 < darkest[1]


def test_reading_time_stands_beside_the_words(pane: EditorPane) -> None:
    write(pane, "chữ " * 1000, 0)
    assert any("1000 word(s) · 4 min to read" in label.text() for label in pane.toolbar.findChildren(QLabel))


def test_patterns_find_and_replace_with_their_groups(pane: EditorPane) -> None:
    write(pane, "🎉 Điều 5, dieu 12.\nĐiều 7", 0)
    bar = pane.find_bar
    bar.open_bar(replace=True)
    bar.pattern.setChecked(True)
    bar.field.setText(r"^?điều (\d+)")
    assert bar.count.text() == "not a pattern"
    bar.field.setText(r"điều (\d+)")
    assert bar.count.text() == "– / 3"
    bar.exact.setChecked(True)
    assert bar.count.text() == "– / 2"
    bar.exact.setChecked(False)
    bar.replacement.setText("Đ.$1")
    bar.replace_all()
    assert pane.editor.text() == "🎉 Đ.5, Đ.12.\nĐ.7"
    pane.editor.undo()
    assert pane.editor.text() == "🎉 Điều 5, dieu 12.\nĐiều 7"


def test_a_pattern_without_end_is_given_up(pane: EditorPane) -> None:
    write(pane, "a" * 5000 + "b", 0)
    pane.find_bar.open_bar()
    pane.find_bar.pattern.setChecked(True)
    pane.find_bar.field.setText("(a+)+c")
    assert pane.find_bar.count.text() == "– / 0"


def test_every_action_has_words_and_can_be_reached(pane: EditorPane) -> None:
    for row, action in pane.actions_table:
        assert isinstance(action, QAction)
        assert action.text(), row.name
    assert pane.outline.accessibleName()


def test_an_outline_that_is_remembered_does_not_take_the_keyboard(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    pane, other = EditorPane(), QLineEdit()
    layout.addWidget(pane)
    layout.addWidget(other)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    other.setFocus()
    pane.choose("outline", "True")
    assert pane.outline.isVisible()
    assert other.hasFocus()
