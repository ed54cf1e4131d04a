"""The three steps in the window: one way forward by Ctrl+Enter, a reason where one is asked, every refusal with its clause."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from desktop.application.records import ListQuery
from desktop.domain.entry import Phase
from desktop.domain.ids import Rid
from desktop.domain.revision import Revision
from tests.ui.window.conftest import Open, Opened
from tests.ui.window.reach import TIMEOUT, first, go, kept, open_first, rows, shows, stored

CONTROL = Qt.KeyboardModifier.ControlModifier


def phase_of(opened: Opened) -> Phase:
    document = opened.window.work.document
    assert document is not None
    return document.facts.state.phase


def test_a_draft_without_its_source_cannot_be_sent_and_says_why_and_by_which_clause(
    qtbot: QtBot, open_window: Open
) -> None:
    opened = open_window("ctv.vanhoa")
    open_first(qtbot, opened, "drafts")
    forward = opened.window.table["forward"]
    assert (forward.isEnabled(), forward.text()) == (False, "Gửi xác thực")
    assert "Nguồn tin" in forward.toolTip()
    assert "QĐ 2567/2007/QĐ-UBND Điều 19" in forward.statusTip()
    assert forward.statusTip() == opened.window.table.why("forward")


def test_filling_what_is_missing_and_ctrl_enter_sends_it(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa")
    entry_id = open_first(qtbot, opened, "drafts")
    source = opened.window.findChild(QLineEdit, "field.source.name")
    assert source is not None
    source.setFocus()
    QTest.keyClicks(source, "Phong Van hoa")
    kept(qtbot, opened)
    qtbot.waitUntil(opened.window.table["forward"].isEnabled, timeout=TIMEOUT)
    QTest.keyClick(source, Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: phase_of(opened) is Phase.WAITING, timeout=TIMEOUT)
    assert not opened.window.work.writing
    assert opened.seeded.pace.told[-1:] == ["gesture"]
    assert entry_id not in [row.entry_id for row in opened.seeded.desk.library.rows(ListQuery(box="drafts"))]


def test_what_is_still_being_typed_goes_with_it(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa")
    entry_id = open_first(qtbot, opened, "returned")
    editor = opened.window.work.editor.editor
    editor.setFocus()
    QTest.keyClicks(editor, "Voi ")
    QTest.keyClick(editor, Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: phase_of(opened) is Phase.WAITING, timeout=TIMEOUT)
    document = opened.window.work.document
    assert document is not None
    assert document.content is not None
    assert str(document.content.fields["body"]).startswith("Voi ")
    assert stored(opened, entry_id) == {} or not document.dirty


def test_a_sent_text_is_locked_says_so_and_can_be_recalled(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa")
    open_first(qtbot, opened, "submitted")
    assert not opened.window.work.writing
    button = opened.window.findChild(QPushButton, "work.lock.button")
    assert button is not None
    assert button.isVisible()
    button.click()
    qtbot.waitUntil(lambda: opened.window.work.writing, timeout=TIMEOUT)
    assert phase_of(opened) is Phase.DRAFT


def test_the_chief_clears_the_queue_by_keyboard_alone(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("truongban")
    open_first(qtbot, opened, "step:dang_tai")
    waiting = [row.entry_id for row in rows(opened)]
    assert len(waiting) > 1
    opened.window.list.view.setFocus()
    for number, entry_id in enumerate(waiting):
        shows(qtbot, opened, entry_id)
        QTest.keyClick(opened.window.list.view, Qt.Key.Key_Return, CONTROL)
        left = len(waiting) - number - 1
        qtbot.waitUntil(lambda left=left: opened.window.list.model.rowCount() == left, timeout=TIMEOUT)  # type: ignore[misc]
    with opened.store.read() as work:
        operations = [item.operation.payload for item in work.queue.waiting(10)]
        heads = {entry_id: work.entries.get(entry_id) for entry_id in waiting}
    assert [operation["entry_id"] for operation in operations] == waiting
    for operation in operations:
        entry = heads[operation["entry_id"]]  # type: ignore[index]
        assert entry is not None
        assert (operation["name"], operation["on_rid"]) == ("approve", entry.head.rid)


def test_returning_asks_for_the_reason_in_place_and_sends_it(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("truongban")
    entry_id = open_first(qtbot, opened, "step:dang_tai")
    opened.window.list.view.setFocus()
    QTest.keyClick(opened.window.list.view, Qt.Key.Key_Backspace, CONTROL)
    reason = opened.window.focusWidget()
    assert reason.objectName() == "ask.reason"
    confirm = opened.window.findChild(QPushButton, "ask.confirm")
    assert confirm is not None
    assert not confirm.isEnabled()
    QTest.keyClick(reason, Qt.Key.Key_Return, CONTROL)  # without a reason nothing happens
    assert reason.isVisible()
    QTest.keyClicks(reason, "Thieu nguon")
    QTest.keyClick(reason, Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(
        lambda: opened.window.work.document is not None and opened.window.work.document.entry_id != entry_id,
        timeout=TIMEOUT,
    )
    with opened.store.read() as work:
        payload = work.queue.of(entry_id)[-1].operation.payload
    assert (payload["name"], payload["reason"]) == ("return", "Thieu nguon")


def test_escape_leaves_the_question_without_a_decision(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("truongban")
    entry_id = open_first(qtbot, opened, "step:dang_tai")
    opened.window.table["return"].trigger()
    QTest.keyClick(opened.window.focusWidget(), Qt.Key.Key_Escape)
    with opened.store.read() as work:
        assert not work.queue.of(entry_id)


def test_the_deputy_corrects_a_text_and_comes_back_to_it(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("phoban1")
    entry_id = open_first(qtbot, opened, "step:xac_thuc")
    assert not opened.window.work.writing
    opened.window.table["edit"].trigger()
    qtbot.waitUntil(lambda: opened.window.work.writing, timeout=TIMEOUT)
    editor = opened.window.work.editor.editor
    qtbot.waitUntil(lambda: opened.window.focusWidget() is editor, timeout=TIMEOUT)
    QTest.keyClicks(editor, "Sua: ")
    opened.window.table["read"].trigger()
    qtbot.waitUntil(lambda: not opened.window.work.writing, timeout=TIMEOUT)
    assert str(stored(opened, entry_id)["body"]).startswith("Sua: ")
    assert opened.window.table["forward"].text() == "Xác thực bản này"


def test_a_text_that_changed_under_the_eyes_is_not_approved(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("truongban")
    entry_id = open_first(qtbot, opened, "step:dang_tai")
    document = opened.window.work.document
    assert document is not None
    opened.seeded.desk.drafting.save(entry_id, {**document.fields, "title": "Khác"})
    opened.seeded.desk.drafting.freeze_idle({entry_id})
    opened.window.stage.perform("approve")
    qtbot.waitUntil(opened.window.notice.isVisible, timeout=TIMEOUT)
    with opened.store.read() as work:
        assert [item.operation.name for item in work.queue.of(entry_id)] == ["put"]


def test_a_step_that_was_passed_under_the_eyes_is_not_taken_for_the_next(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("truongban")
    entry_id = open_first(qtbot, opened, "step:dang_tai")
    opened.seeded.desk.stages.give(entry_id, "return", reason="Thiếu nguồn")
    with opened.store.read() as work:
        before = [item.operation.op_id for item in work.queue.of(entry_id)]
    opened.window.stage.perform("unpublish", "Nhầm số liệu")
    qtbot.waitUntil(opened.window.notice.isVisible, timeout=TIMEOUT)
    assert "bước khác" in opened.window.notice.text()
    with opened.store.read() as work:
        assert [item.operation.op_id for item in work.queue.of(entry_id)] == before


def test_unpublishing_and_revising_are_offered_by_the_profiles_roles(qtbot: QtBot, open_window: Open) -> None:
    chief, contributor = open_window("truongban"), open_window("ctv.vanhoa")
    published = first(contributor, "published")
    open_first(qtbot, contributor, "published")
    assert not contributor.window.table["unpublish"].isEnabled()
    assert "Điều 17.1" in contributor.window.table["unpublish"].toolTip()
    go(qtbot, chief, "kind:article")
    chief.window.list.choose(published)
    shows(qtbot, chief, published)
    chief.window.table["unpublish"].trigger()
    QTest.keyClicks(chief.window.focusWidget(), "Thong tin sai")
    QTest.keyClick(chief.window.focusWidget(), Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: phase_of(chief) is Phase.UNPUBLISHED, timeout=TIMEOUT)


def test_anothers_draft_is_read_until_one_asks_to_correct_it(qtbot: QtBot, open_window: Open) -> None:
    opened, author = open_window("phoban1"), open_window("ctv.vanhoa")
    draft = first(author, "drafts")
    go(qtbot, opened, "kind:article")
    opened.window.list.choose(draft)
    shows(qtbot, opened, draft)
    assert not opened.window.work.writing
    opened.window.table["edit"].trigger()
    qtbot.waitUntil(lambda: opened.window.work.writing, timeout=TIMEOUT)


def test_what_is_revised_opens_in_the_editor(qtbot: QtBot, open_window: Open) -> None:
    opened, author = open_window("truongban"), open_window("ctv.vanhoa")
    published = first(author, "published")
    go(qtbot, opened, "kind:article")
    opened.window.list.choose(published)
    shows(qtbot, opened, published)
    opened.window.table["revise"].trigger()
    qtbot.waitUntil(lambda: opened.window.work.writing, timeout=TIMEOUT)
    assert phase_of(opened) is Phase.DRAFT
    assert opened.window.focusWidget() is opened.window.work.editor.editor
    opened.window.stage.perform("submit")
    qtbot.waitUntil(lambda: not opened.window.work.writing, timeout=TIMEOUT)  # sent: read again, not written on
    assert phase_of(opened) is Phase.WAITING


def test_a_text_that_came_in_unseen_is_not_sent_on(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa")
    entry_id = open_first(qtbot, opened, "returned")
    with opened.store.write() as work:  # a sync between the screen and the key; nothing of it is shown yet
        entry = work.entries.get(entry_id)
        assert entry is not None
        assert entry.head.rid is not None
        seen = work.revisions.get(entry.head.rid)
        assert seen is not None
        other = Rid("ab" * 32)
        content = replace(seen.content, fields={**seen.content.fields, "body": "Của người khác."})
        work.revisions.put(Revision(other, entry_id, seen.rid, content, "op-elsewhere"))
        work.entries.put(replace(entry, head=replace(entry.head, rid=other), body_rid=other))
    opened.window.table["forward"].trigger()
    qtbot.waitUntil(opened.window.notice.isVisible, timeout=TIMEOUT)
    with opened.store.read() as work:
        assert list(work.queue.of(entry_id)) == []
