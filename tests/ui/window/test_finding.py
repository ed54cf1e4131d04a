"""The list is virtual, keeps what was chosen, finds without marks; navigation counts are live."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QPushButton
from pytestqt.qtbot import QtBot

from desktop.application.records import ListQuery
from desktop.ui.library.rows_model import PAGE
from desktop.ui.parts import Chip
from tests.support.seeded_desk import Seeded, many
from tests.ui.window.conftest import Open, Opened
from tests.ui.window.reach import TIMEOUT, go, kept, open_first, rows, shows

COUNT = 1_500


def crowd(given: Seeded) -> None:
    many(given.store, COUNT)


def counts(opened: Opened) -> dict[str, int | None]:
    return {item.box: item.count for item in opened.window.navigation.items()}


def test_a_long_list_fetches_only_the_pages_that_are_seen(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa", fill=crowd)
    asked: list[int] = []
    library = opened.seeded.desk.library
    before = library.rows

    def watched(query: ListQuery) -> object:
        asked.append(query.offset)
        return before(query)

    library.rows = watched  # type: ignore[method-assign, assignment]  # counts what the model asks for
    go(qtbot, opened, "published")
    model = opened.window.list.model
    assert model.rowCount() > COUNT
    opened.window.list.view.scrollToBottom()
    last = model.rowCount() - 1
    qtbot.waitUntil(lambda: model.shown(last) is not None, timeout=TIMEOUT)
    assert set(asked) == {0, last // PAGE * PAGE}


def test_the_first_entry_of_a_box_is_open_and_arrows_walk_on(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa")
    open_first(qtbot, opened, "submitted")
    second = rows(opened)[1].entry_id
    QTest.keyClick(opened.window.list.view, Qt.Key.Key_Down)
    shows(qtbot, opened, second)


def test_search_needs_no_marks_and_leaves_open_what_is_open(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa")
    entry_id = open_first(qtbot, opened, "drafts")
    opened.window.table["search"].trigger()
    line = opened.window.focusWidget()
    assert line.objectName() == "list.search"
    with qtbot.waitSignal(opened.window.list.model.loaded, timeout=TIMEOUT):
        QTest.keyClicks(line, "NONG san")
    assert "nông sản" in rows(opened)[0].title
    assert opened.window.work.document is not None
    assert opened.window.work.document.entry_id == entry_id
    QTest.keyClick(line, Qt.Key.Key_Return)
    shows(qtbot, opened, rows(opened)[0].entry_id)


def test_escape_in_the_search_shows_the_box_again(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa")
    go(qtbot, opened, "submitted")
    before = [row.entry_id for row in rows(opened)]
    line = opened.window.list.search
    with qtbot.waitSignal(opened.window.list.model.loaded, timeout=TIMEOUT):
        QTest.keyClicks(line, "zzzz")
    assert opened.window.list.model.rowCount() == 0
    button = opened.window.findChild(QPushButton, "list.empty.action")
    assert button is not None
    assert button.text() == "Xóa tìm kiếm"
    with qtbot.waitSignal(opened.window.list.model.loaded, timeout=TIMEOUT):
        QTest.keyClick(line, Qt.Key.Key_Escape)
    assert [row.entry_id for row in rows(opened)] == before


@pytest.mark.parametrize(
    ("chip", "kinds"), [("chip.article", {"article"}), ("chip.legal-document", {"legal-document"})]
)
def test_chips_narrow_the_list(qtbot: QtBot, open_window: Open, chip: str, kinds: set[str]) -> None:
    opened = open_window("phoban1")
    go(qtbot, opened, "step:xac_thuc")
    button = opened.window.findChild(QPushButton, chip)
    assert button is not None
    with qtbot.waitSignal(opened.window.list.model.loaded, timeout=TIMEOUT):
        button.click()
    assert {row.kind for row in rows(opened)} == kinds


def test_saving_moves_the_entry_to_the_top_and_keeps_it_open(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa")
    opened.seeded.desk.drafting.create("article")
    go(qtbot, opened, "drafts")
    qtbot.waitUntil(lambda: opened.window.list.model.rowCount() == 2, timeout=TIMEOUT)
    older = rows(opened)[1].entry_id
    opened.window.list.view.setCurrentIndex(opened.window.list.model.index(1))
    shows(qtbot, opened, older)
    QTest.keyClicks(opened.window.work.editor.editor, "X")
    kept(qtbot, opened)
    qtbot.waitUntil(lambda: rows(opened)[0].entry_id == older, timeout=TIMEOUT)
    qtbot.waitUntil(lambda: opened.window.list.view.currentIndex().row() == 0, timeout=TIMEOUT)
    assert opened.window.work.document is not None
    assert opened.window.work.document.entry_id == older


def test_counts_follow_what_happens(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa")
    qtbot.waitUntil(lambda: counts(opened)["drafts"] == 1, timeout=TIMEOUT)
    opened.seeded.desk.drafting.create("article")
    qtbot.waitUntil(lambda: counts(opened)["drafts"] == 2, timeout=TIMEOUT)


def test_an_empty_box_says_what_belongs_there_and_offers_the_start(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("truongban")
    go(qtbot, opened, "drafts")
    button = opened.window.findChild(QPushButton, "list.empty.action")
    assert button is not None
    assert (button.isVisible(), button.text()) == (True, "Soạn mới")
    assert opened.window.work.document is None


def test_the_palette_finds_without_marks_and_does_it(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa")
    opened.window.table["palette"].trigger()
    QTest.keyClicks(opened.window.focusWidget(), "di toi bi tra")
    with qtbot.waitSignal(opened.window.list.model.loaded, timeout=TIMEOUT):
        QTest.keyClick(opened.window.focusWidget(), Qt.Key.Key_Return)
    assert opened.window.navigation.box == "returned"
    assert not opened.window.palette_panel.isVisible()


def test_the_open_row_looks_chosen_and_the_keyboard_is_in_the_list(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa")
    open_first(qtbot, opened, "drafts")
    view = opened.window.list.view
    assert [index.row() for index in view.selectionModel().selectedIndexes()] == [0]
    assert opened.window.focusWidget() is view


def test_with_nothing_to_read_the_keyboard_starts_at_the_one_thing_to_do(open_window: Open) -> None:
    window = open_window("truongban").window
    assert window.focusWidget() is window.navigation.compose_button


def test_choosing_a_place_goes_on_in_its_list(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("truongban")
    go(qtbot, opened, "step:dang_tai")
    assert opened.window.focusWidget() is opened.window.list.view


def test_kinds_without_a_chip_of_their_own_are_in_the_menu_of_one(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("truongban")
    pane = opened.window.list
    more = pane.findChild(QPushButton, "chip.more")
    assert more is not None
    assert [chip.objectName() for chip in pane.findChildren(Chip) if chip.isVisible()] == [
        "chip.all", "chip.more", "chip.urgent", "chip.article", "chip.legal-document",
    ]  # fmt: skip
    assert more.text() == "Loại khác ▾"
    QTest.keyClick(more, Qt.Key.Key_Space)
    menu = pane.findChild(QMenu, "chip.more.menu")
    assert menu is not None
    assert not more.isChecked()
    chosen = menu.findChild(QAction, "chip.more.contact")
    assert chosen is not None
    with qtbot.waitSignal(pane.model.loaded, timeout=TIMEOUT):
        chosen.trigger()
    assert (more.text(), more.isChecked()) == ("Danh bạ ▾", True)
    assert rows(opened) == []
    menu.close()
    pane.clear_search()
    assert (more.text(), more.isChecked()) == ("Loại khác ▾", False)
