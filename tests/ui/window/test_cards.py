"""Cards in the window: the difference to what was read, sending again, a draft of one's own, the field that is wrong, a merged text."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from desktop.application.merging import Merging
from desktop.application.records import ListQuery
from desktop.domain.ids import EntryId
from desktop.ui.conflict.place_row import PlaceRow
from tests.support.carded_desk import card, first, stale
from tests.support.seeded_desk import Seeded
from tests.support.torn import apart_here
from tests.ui.window.conftest import Open, Opened
from tests.ui.window.reach import TIMEOUT, go, open_first, press


def button(qtbot: QtBot, opened: Opened, name: str) -> QPushButton:
    """As soon as it is on the screen."""

    def found() -> QPushButton | None:
        shown = opened.window.findChildren(QPushButton, f"work.cards.0.{name}")
        return next((one for one in shown if one.isVisible()), None)

    qtbot.waitUntil(lambda: found() is not None, timeout=TIMEOUT)
    made = found()
    assert made is not None
    return made


def merged(given: Seeded) -> None:
    apart_here(given)
    assert Merging(given.store, given.desk.conflicts._tools, lambda _changes: None).merge_all() == 1


def withdrawn(given: Seeded) -> None:
    card(given, first(given, "returned"), "submit", "withdrawn", code="withdrawn")


def settled(qtbot: QtBot, opened: Opened) -> None:
    qtbot.waitUntil(lambda: not opened.seeded.desk.library.cards(), timeout=TIMEOUT)


def queued(opened: Opened, entry_id: EntryId) -> list[str]:
    with opened.store.read() as work:
        return [item.operation.name for item in work.queue.of(entry_id)]


def test_a_stale_approval_is_compared_with_what_was_read_and_given_for_the_new_text(
    qtbot: QtBot, open_window: Open
) -> None:
    opened = open_window("phoban1", fill=stale)
    go(qtbot, opened, "cards")
    button(qtbot, opened, "compare").click()
    reading = opened.window.work.reading_pane
    qtbot.waitUntil(lambda: reading.view == "compare", timeout=TIMEOUT)
    segment = opened.window.findChild(QPushButton, "segment.compare")
    assert segment is not None
    assert segment.text() == "So với bản đã đọc"
    qtbot.waitUntil(lambda: "Đoạn mới thêm sau khi đọc." in reading._rendered.compared, timeout=TIMEOUT)
    assert "<ins>" in reading._rendered.compared
    button(qtbot, opened, "approve").click()
    settled(qtbot, opened)
    with opened.store.read() as work:
        assert [item.operation.payload["on_rid"] for item in work.queue.all()] == ["c" * 64]


def test_a_submission_that_was_withdrawn_is_sent_again_by_one_click(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa", fill=withdrawn)
    entry_id = open_first(qtbot, opened, "cards")
    button(qtbot, opened, "submit").click()
    settled(qtbot, opened)
    with opened.store.read() as work:
        assert [item.operation.name for item in work.queue.of(entry_id)] == ["submit"]


def test_what_may_not_go_back_becomes_a_draft_of_ones_own(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window(
        "ctv.vanhoa", fill=lambda given: card(given, first(given, "returned"), "put", "forbidden", code="section")
    )
    entry_id = open_first(qtbot, opened, "cards")
    title = opened.seeded.desk.drafting.open(entry_id).fields["title"]
    before = len(opened.seeded.desk.library.rows(ListQuery("drafts")))
    button(qtbot, opened, "copy").click()
    qtbot.waitUntil(lambda: len(opened.seeded.desk.library.rows(ListQuery("drafts"))) == before + 1, timeout=TIMEOUT)
    assert title in [row.title for row in opened.seeded.desk.library.rows(ListQuery("drafts"))]


def test_the_export_of_one_entry_asks_where(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window(
        "ctv.vanhoa", fill=lambda given: card(given, first(given, "returned"), "put", "gone", code="gone")
    )
    open_first(qtbot, opened, "cards")
    button(qtbot, opened, "export").click()
    dialog = opened.window.findChild(QFileDialog, "export.dialog")
    assert dialog is not None
    dialog.close()


def test_a_wrong_field_gets_the_keyboard(qtbot: QtBot, open_window: Open) -> None:
    def fill(given: Seeded) -> None:
        card(given, first(given, "returned"), "put", "invalid", code="invalid-field", pointers=("/source/name",))

    opened = open_window("ctv.vanhoa", fill=fill)
    open_first(qtbot, opened, "cards")
    button(qtbot, opened, "field").click()
    focused = opened.window.findChild(QLineEdit, "field.source.name")
    assert focused is not None
    assert opened.window.focusWidget() is focused


def test_a_merged_text_is_looked_at_and_read_by_keyboard(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa", fill=merged)
    entry_id = open_first(qtbot, opened, "cards")
    button(qtbot, opened, "merged").click()
    qtbot.waitUntil(lambda: opened.window.work.in_conflict, timeout=TIMEOUT)
    pane = opened.window.work.conflict_pane
    pane.enter()
    qtbot.waitUntil(lambda: isinstance(opened.window.focusWidget(), PlaceRow), timeout=TIMEOUT)
    press(opened, Qt.Key.Key_1)
    assert pane.choices == {}
    press(opened, Qt.Key.Key_Return)
    settled(qtbot, opened)
    assert not opened.seeded.desk.drafting.open(entry_id).merged


def test_a_merged_text_is_read_and_sent_in_one_go(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa", fill=merged)
    entry_id = open_first(qtbot, opened, "cards")
    button(qtbot, opened, "resubmit").click()
    qtbot.waitUntil(lambda: queued(opened, entry_id) == ["put", "submit"], timeout=TIMEOUT)
    settled(qtbot, opened)
