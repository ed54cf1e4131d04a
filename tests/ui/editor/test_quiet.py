"""Quiet markup: away from the caret the signs take no room, and neither the text nor undo know anything of it."""

import itertools

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QImage, QTextBlock, QTextLine
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.editor.widgets.source_editor import SourceEditor

TABLE = "| Thủ tục | Số ngày |\n|---|--:|\n| Giấy phép **xây dựng** | 20 |\n| Khai sinh | 1 |"


@pytest.fixture
def editor(qtbot: QtBot) -> SourceEditor:
    made = SourceEditor()
    qtbot.addWidget(made)
    made.resize(420, 600)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.setFocus()
    return made


def read(editor: SourceEditor, text: str, *, caret: int = 0) -> None:
    """`text` is on the screen, the caret at `caret`."""
    editor.set_text(text)
    put(editor, caret)


def put(editor: SourceEditor, caret: int) -> None:
    cursor = editor.textCursor()
    cursor.setPosition(caret)
    editor.setTextCursor(cursor)
    editor._reveal()
    editor.grab()


def block(editor: SourceEditor, number: int) -> QTextBlock:
    return editor.document().findBlockByNumber(number)


def left(editor: SourceEditor, number: int, column: int) -> float:
    """Where a character of the first line of a block begins, in pixels."""
    return across(block(editor, number).layout().lineAt(0), column)


def across(line: QTextLine, column: int) -> float:
    found = line.cursorToX(column)
    assert isinstance(found, tuple)
    return float(found[0])


def place_in_table(editor: SourceEditor, number: int) -> str:
    row = editor.markup.laid(block(editor, number)).row
    return row.place if row is not None else ""


def room(editor: SourceEditor, number: int, start: int, end: int) -> float:
    return left(editor, number, end) - left(editor, number, start)


def test_signs_take_no_room_away_from_the_caret_and_show_in_its_block(editor: SourceEditor) -> None:
    line = "**đậm** và [Cổng](https://a.vn/mot-dia-chi-rat-dai)"
    read(editor, f"## Một cửa\n{line}\nchữ", caret=len(f"## Một cửa\n{line}\nc"))
    assert room(editor, 0, 0, 3) < 1
    assert room(editor, 1, 0, 2) < 1
    assert room(editor, 1, line.index("]("), len(line)) < 2
    put(editor, 14)
    assert room(editor, 1, 0, 2) > 8
    assert room(editor, 0, 0, 3) < 1
    put(editor, 0)
    assert room(editor, 0, 0, 3) > 12
    assert room(editor, 1, 0, 2) < 1


def test_neither_the_text_nor_undo_know_of_it(editor: SourceEditor) -> None:
    text = f"## Một\n\n- **hai**\n\n{TABLE}\n\nba"
    read(editor, text, caret=3)
    document = editor.document()
    revision, changes = document.revision(), []
    document.contentsChange.connect(lambda *change: changes.append(change))
    for caret in range(0, len(text), 7):
        put(editor, caret)
    editor.set_quiet(False)
    editor.grab()
    editor.set_quiet(True)
    editor.grab()
    assert (editor.text(), document.revision(), changes) == (text, revision, [])
    assert not document.isUndoAvailable()
    assert not document.isModified()
    put(editor, 7)
    QTest.keyClick(editor, Qt.Key.Key_X)
    assert changes == [(7, 0, 1)]  # and not the lines that were formatted before
    editor.undo()
    assert editor.text() == text


def test_headings_are_larger_and_words_really_bold(editor: SourceEditor) -> None:
    read(editor, "## Hai\n#### Bốn\nchữ **đậm**\n", caret=len("## Hai\n#### Bốn\nchữ **đậm**\n"))
    heights = [block(editor, number).layout().lineAt(0).height() for number in range(3)]
    assert heights[0] > heights[1] >= heights[2]
    weights = [one.format.fontWeight() for one in block(editor, 2).layout().formats()]
    assert 700 in weights


def test_items_hang_at_their_text(editor: SourceEditor) -> None:
    words = "từ " * 60
    read(editor, f"- {words}\n  - {words}\n12. {words}\n> {words}\n\nx", caret=4 * len(words) + 17)
    starts = []
    for number, column in ((0, 2), (1, 4), (2, 4), (3, 2)):
        layout = block(editor, number).layout()
        assert layout.lineCount() > 1
        assert abs(layout.lineAt(1).x() - left(editor, number, column)) < 1.5
        starts.append(layout.lineAt(1).x())
    assert starts[1] > starts[0] > 18
    put(editor, 5)  # its sign shows now, and its text stays where it was
    assert abs(left(editor, 0, 2) - starts[0]) < 1.5


def test_columns_stand_under_each_other(editor: SourceEditor) -> None:
    read(editor, f"{TABLE}\n\nx", caret=len(TABLE) + 2)
    rows = [block(editor, number).text() for number in (0, 2, 3)]
    firsts = [left(editor, number, 2) for number in (0, 2, 3)]
    assert max(firsts) - min(firsts) < 1
    ends = [left(editor, number, len(row) - 2) for number, row in zip((0, 2, 3), rows, strict=True)]
    assert max(ends) - min(ends) < 1  # the second column is aligned at its right
    assert editor.blockBoundingGeometry(block(editor, 1)).height() < 8  # the divider is but a line


def test_a_longer_word_moves_the_column_of_every_row(editor: SourceEditor) -> None:
    read(editor, f"{TABLE}\n\nx", caret=TABLE.index("Khai sinh"))
    before = left(editor, 0, len("| Thủ tục | "))
    QTest.keyClicks(editor, "mot hai ba bon nam ")
    editor.grab()
    assert left(editor, 0, len("| Thủ tục | ")) > before + 10


def test_a_table_that_does_not_fit_one_line_per_row_shows_as_source(editor: SourceEditor) -> None:
    read(editor, f"{TABLE}\n\nx", caret=len(TABLE) + 2)
    bar = block(editor, 2).text().rindex("|", 0, -1)
    assert room(editor, 0, 0, 2) > 8
    editor.resize(170, 600)
    editor.grab()
    assert place_in_table(editor, 2) == "source"
    assert 2 < room(editor, 2, 0, 1) < 9
    assert not any(one.format.fontLetterSpacing() > 1 for one in block(editor, 2).layout().formats())
    assert bar > 0
    editor.resize(420, 600)
    editor.grab()
    assert place_in_table(editor, 2) == "body"


def test_a_line_with_a_bar_is_no_table(editor: SourceEditor) -> None:
    read(editor, "A | B và **đậm**\nhai\n\nx", caret=23)
    assert editor.markup.laid(block(editor, 0)).row is None
    assert room(editor, 0, 9, 11) < 1


def test_the_whole_source_by_one_key(editor: SourceEditor) -> None:
    read(editor, "chữ\n**đậm**\n- một", caret=0)
    editor.set_quiet(False)
    editor.grab()
    assert room(editor, 1, 0, 2) > 8
    assert left(editor, 2, 0) == 18
    editor.set_quiet(True)
    editor.grab()
    assert room(editor, 1, 0, 2) < 1


def test_what_is_only_read_shows_no_signs(editor: SourceEditor) -> None:
    editor.setReadOnly(True)
    read(editor, "**đậm**\nchữ")
    assert room(editor, 0, 0, 2) < 1


def test_signs_go_when_the_field_is_left_and_stay_for_a_menu(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    editor, other = SourceEditor(), QLineEdit()
    layout.addWidget(editor)
    layout.addWidget(other)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    editor.setFocus()
    read(editor, "**đậm**\nchữ")
    assert room(editor, 0, 0, 2) > 8
    other.setFocus(Qt.FocusReason.PopupFocusReason)
    editor.grab()
    assert room(editor, 0, 0, 2) > 8
    editor.setFocus()
    other.setFocus(Qt.FocusReason.TabFocusReason)
    editor.grab()
    assert room(editor, 0, 0, 2) < 1


def test_nothing_moves_under_a_double_click(editor: SourceEditor, qtbot: QtBot) -> None:
    line = "**một hai** ba bốn"
    read(editor, f"x\n\n{line}")
    place = block(editor, 2)
    rect = place.layout().lineAt(0)
    at = editor.blockBoundingGeometry(place).translated(editor.contentOffset()).topLeft()
    point = QPoint(int(at.x() + across(rect, line.index("bốn") + 1)), int(at.y() + rect.y() + 8))
    QTest.mouseClick(editor.viewport(), Qt.MouseButton.LeftButton, pos=point)
    editor.grab()
    assert room(editor, 2, 0, 2) < 1
    QTest.mouseDClick(editor.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert editor.textCursor().selectedText() == "bốn"
    qtbot.waitUntil(lambda: not editor._settled.isActive())
    editor.grab()
    assert room(editor, 2, 0, 2) > 8


def test_a_long_text_is_formatted_where_it_is_seen(editor: SourceEditor, qtbot: QtBot) -> None:
    lines = [f"Dòng **{number}** của văn bản" for number in range(6000)]
    read(editor, '<table class="x">\n' + "\n".join(lines))
    qtbot.waitUntil(lambda: not editor.markup._idle.isActive())
    formatted = sum(bool(each.layout().formats()) for each in blocks(editor))
    assert 0 < formatted < 200
    editor.verticalScrollBar().setValue(editor.verticalScrollBar().maximum())
    editor.grab()
    last = block(editor, 6000)
    assert editor.markup.laid(last).line.kind == "html"  # the table was never closed
    put(editor, 0)
    editor.textCursor().insertText("x")  # no table any more
    qtbot.waitUntil(lambda: not editor.markup._idle.isActive())
    assert editor.markup.laid(last).line.kind == "text"


def blocks(editor: SourceEditor) -> list[QTextBlock]:
    found = [editor.document().firstBlock()]
    while found[-1].next().isValid():
        found.append(found[-1].next())
    return found


def test_a_picture_is_a_card_and_asked_for_once(editor: SourceEditor) -> None:
    asked: list[str] = []

    def source(sha256: str, size: QSize, answer: object) -> None:
        asked.append(sha256)
        image = QImage(size, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.red)
        assert callable(answer)
        answer(image)

    editor.thumbnails.set_source(source)
    sha256 = "ab" * 32
    read(editor, f"x\n\n![Lễ khai trương](/_blob/{sha256})")
    grabbed = editor.grab().toImage()
    editor.grab()
    assert asked == [sha256]
    place = editor.blockBoundingGeometry(block(editor, 2)).translated(editor.contentOffset())
    assert place.height() > 50
    assert grabbed.pixelColor(int(place.left()) + 50, int(place.center().y())).red() == 255
    assert grabbed.pixelColor(int(place.left()) + 50, int(place.center().y())).green() == 0


def test_the_line_of_the_caret_stays_where_it_is_seen(editor: SourceEditor) -> None:
    text = "\n\n".join(f"- **mục {number}**" for number in range(200))
    read(editor, text, caret=len(text) // 2)
    editor.centerCursor()
    top = editor.cursorRect().top()
    editor.set_quiet(False)
    editor.grab()
    assert abs(editor.cursorRect().top() - top) < 40


def test_blocks_stand_under_each_other(editor: SourceEditor) -> None:
    read(editor, f"## Một\n\n- hai\n- ba\n\n{TABLE}\n\n---\n\n> bốn\n\n![](/_blob/{'ab' * 32})\n\nnăm", caret=9)
    tops = [editor.blockBoundingGeometry(each).top() for each in blocks(editor)]
    heights = [editor.blockBoundingGeometry(each).height() for each in blocks(editor)]
    for (before, height), (after, _) in itertools.pairwise(zip(tops, heights, strict=True)):
        assert before + height == pytest.approx(after)
