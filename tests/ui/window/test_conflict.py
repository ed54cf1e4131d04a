"""Conflicts in the window: by keyboard alone, never modal, later is always possible, and both texts stay."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.application.records import ListQuery
from desktop.domain.conflict import Side
from desktop.domain.ids import EntryId
from desktop.ui.conflict.place_row import PlaceRow
from tests.support.seeded_desk import Seeded
from tests.support.torn import BODY, tear
from tests.ui.window.conftest import Open, Opened
from tests.ui.window.reach import TIMEOUT, go, press, rows

SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def one(given: Seeded) -> None:
    tear(given)


def three(given: Seeded) -> None:
    for number in (1, 2, 3):
        tear(given, number)


def conflicts(opened: Opened) -> list[EntryId]:
    return [row.entry_id for row in opened.seeded.desk.library.rows(ListQuery("conflicts"))]


def enter(qtbot: QtBot, opened: Opened) -> None:
    """The box of the conflicts: the first question has the keyboard."""
    go(qtbot, opened, "conflicts")
    on_question(qtbot, opened)


def on_question(qtbot: QtBot, opened: Opened) -> None:
    qtbot.waitUntil(lambda: isinstance(opened.window.focusWidget(), PlaceRow), timeout=TIMEOUT)


def stands(qtbot: QtBot, opened: Opened, entry_id: EntryId) -> None:
    """Until this conflict is on the screen, with nothing decided, and the keyboard in it."""
    pane = opened.window.work.conflict_pane
    qtbot.waitUntil(lambda: pane.entry_id == entry_id and not pane.choices, timeout=TIMEOUT)
    on_question(qtbot, opened)


def settled(qtbot: QtBot, opened: Opened, *, left: int) -> None:
    qtbot.waitUntil(lambda: len(conflicts(opened)) == left, timeout=TIMEOUT)


def question(opened: Opened) -> str:
    """The place that has the keyboard."""
    row: QWidget | None = opened.window.focusWidget()
    assert isinstance(row, PlaceRow)
    return row.place.pointer


def text(opened: Opened, name: str) -> str:
    label = opened.window.findChild(QLabel, name)
    assert label is not None
    return label.text()


def test_three_conflicts_in_at_most_twelve_actions_and_no_mouse(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa", fill=three)
    order = conflicts(opened)
    enter(qtbot, opened)
    actions = 1  # going to the box
    for number, answers in enumerate((("1", "2"), ("2", "2"), ("1", "1")), 1):
        assert opened.window.work.conflict_pane.entry_id == order[number - 1]
        for key in answers:
            press(opened, Qt.Key(ord(key)))
            actions += 1
        press(opened, Qt.Key.Key_Return)
        actions += 1
        settled(qtbot, opened, left=3 - number)
        if number < len(order):
            stands(qtbot, opened, order[number])
    assert actions <= 12
    bodies = [str(opened.seeded.desk.drafting.open(entry_id).fields["body"]) for entry_id in order]
    dates = [opened.seeded.desk.drafting.open(entry_id).fields["event_date"] for entry_id in order]
    assert dates == ["2015-10-15", "2015-10-12", "2015-10-15"]
    assert ["bằng văn bản" in body for body in bodies] == [True, True, False]
    assert all(body.endswith("Trân trọng cảm ơn.") for body in bodies)


def test_the_last_one_stays_open_to_be_sent_on_and_the_list_comes_back(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa", fill=one)
    enter(qtbot, opened)
    assert not opened.window.list.isVisible()
    for key in (Qt.Key.Key_1, Qt.Key.Key_1, Qt.Key.Key_Return):
        press(opened, key)
    qtbot.waitUntil(lambda: opened.window.work.writing, timeout=TIMEOUT)
    qtbot.waitUntil(opened.window.list.isVisible, timeout=TIMEOUT)
    qtbot.waitUntil(opened.window.table["forward"].isEnabled, timeout=TIMEOUT)
    assert opened.window.work.document is not None


def test_enter_saves_nothing_while_a_question_is_open(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa", fill=one)
    enter(qtbot, opened)
    first = question(opened)
    press(opened, Qt.Key.Key_Return)
    assert question(opened) != first
    save = opened.window.findChild(QPushButton, "conflict.save")
    assert save is not None
    assert not save.isEnabled()
    assert "1 trường, 1 đoạn" in text(opened, "conflict.left")
    assert len(conflicts(opened)) == 1


def test_n_and_p_walk_from_question_to_question(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa", fill=one)
    enter(qtbot, opened)
    seen = [question(opened)]
    for key in (Qt.Key.Key_N, Qt.Key.Key_N, Qt.Key.Key_P):
        press(opened, key)
        seen.append(question(opened))
    assert seen == ["/event_date", "/body#1", "/event_date", "/body#1"]


def test_a_paragraph_written_by_hand_and_given_up(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa", fill=one)
    enter(qtbot, opened)
    pane = opened.window.work.conflict_pane
    press(opened, Qt.Key.Key_N)
    press(opened, Qt.Key.Key_3)
    field: QWidget | None = opened.window.focusWidget()
    assert isinstance(field, QPlainTextEdit)
    press(opened, Qt.Key.Key_Escape)
    assert pane.choices == {}
    press(opened, Qt.Key.Key_3)
    assert isinstance(field, QPlainTextEdit)
    field.selectAll()
    QTest.keyClicks(field, "Gui y kien truoc ngay 14/10/2015, 1 ban.")
    press(opened, Qt.Key.Key_Return, CONTROL)
    assert question(opened) == "/body#1"
    assert pane.choices["/body#1"].side is Side.EDITED
    press(opened, Qt.Key.Key_P)
    for key in (Qt.Key.Key_2, Qt.Key.Key_Return):
        press(opened, key)
    qtbot.waitUntil(lambda: not conflicts(opened), timeout=TIMEOUT)
    document = opened.window.work.document
    assert document is not None
    body = str(opened.seeded.desk.drafting.open(document.entry_id).fields["body"])
    assert body.split("\n\n")[1] == "Gui y kien truoc ngay 14/10/2015, 1 ban."
    assert len(body.split("\n\n")) == len(BODY.split("\n\n"))


def test_a_date_is_written_by_hand_in_its_own_control(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa", fill=one)
    enter(qtbot, opened)
    press(opened, Qt.Key.Key_3)
    focused: QWidget | None = opened.window.focusWidget()
    assert focused is not None
    assert focused.objectName() == "conflict.place.0.text"
    assert focused.property("text") == "15/10/2015"
    focused.selectAll()  # type: ignore[attr-defined]
    QTest.keyClicks(focused, "14/10/2015")
    press(opened, Qt.Key.Key_Return)
    assert opened.window.work.conflict_pane.choices["/event_date"].value == "2015-10-14"


def test_later_brings_the_list_back_and_enter_in_it_the_conflict(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa", fill=three)
    enter(qtbot, opened)
    press(opened, Qt.Key.Key_Escape)
    assert opened.window.list.isVisible()
    assert opened.window.work.document is None
    assert opened.window.focusWidget() is opened.window.list.view
    assert len(rows(opened)) == 3
    press(opened, Qt.Key.Key_Return)
    on_question(qtbot, opened)
    assert len(conflicts(opened)) == 3


def test_shift_takes_a_whole_field(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa", fill=one)
    enter(qtbot, opened)
    press(opened, Qt.Key.Key_N)
    press(opened, Qt.Key.Key_2, SHIFT)
    assert sorted(opened.window.work.conflict_pane.choices) == ["/body#1", "/body#3"]


def test_the_list_is_not_folded_elsewhere_and_the_pane_fits_beside_it(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa", fill=one)
    opened.window.resize(1180, 700)
    go(qtbot, opened, "drafts")
    qtbot.waitUntil(lambda: opened.window.work.in_conflict, timeout=TIMEOUT)
    assert opened.window.list.isVisible()
    assert opened.window.width() <= 1180


def test_every_button_and_every_question_has_a_name_for_a_screen_reader(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa", fill=one)
    enter(qtbot, opened)
    pane = opened.window.work.conflict_pane
    places = pane.findChildren(PlaceRow)
    assert all(place.accessibleName() == place.place.spoken for place in places)
    assert all(place.accessibleDescription() for place in places)
    assert [button.objectName() for button in pane.findChildren(QPushButton) if not button.accessibleName()] == []
