"""What the panels show of an entry: from its top, by its own names, and nothing that is not known."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.application.notices import agreed, tell, told
from desktop.application.ports import SyncReport
from desktop.application.records import ListQuery
from desktop.application.shown import refresh
from desktop.domain.errors import Rule
from desktop.editor.widgets.preview_view import PreviewView
from tests.support.seeded_desk import Seeded
from tests.ui.window.conftest import Open, Opened
from tests.ui.window.reach import TIMEOUT, first, go, open_first, shows


def field(opened: Opened, name: str) -> QWidget:
    found = opened.window.findChild(QWidget, name)
    assert found is not None, name
    return found


def test_the_facts_begin_at_the_top_with_every_entry(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa")
    opened.window.resize(1100, 500)
    draft = open_first(qtbot, opened, "drafts")
    bar = opened.window.work.document_pane.inspector.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0, timeout=TIMEOUT)
    bar.setValue(bar.maximum())
    assert open_first(qtbot, opened, "returned") != draft
    assert bar.value() == 0
    assert field(opened, "inspector.remark").visibleRegion().boundingRect().top() == 0


def test_a_long_value_shows_how_it_begins_once_it_is_left(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa")
    open_first(qtbot, opened, "drafts")
    author, title = field(opened, "field.source.author"), field(opened, "field.title")
    author.setFocus()
    QTest.keyClicks(author, "Uy ban nhan dan tinh Tien Giang, Van phong, Phong Hanh chinh")
    title.setFocus()
    assert author.property("cursorPosition") == 0


def test_a_title_gets_three_lines_and_shows_the_first_ones(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa")
    open_first(qtbot, opened, "drafts")
    title = opened.window.work.document_pane.findChild(QWidget, "field.title")
    assert title is not None
    title.setFocus()
    one = title.height()
    QTest.keyClicks(title, "Quy che quan ly hoat dong va cung cap thong tin " * 8)
    qtbot.waitUntil(lambda: title.height() > 2 * one, timeout=TIMEOUT)
    assert title.verticalScrollBar().value() > 0  # type: ignore[attr-defined]
    opened.window.work.editor.editor.setFocus()
    assert title.verticalScrollBar().value() == 0  # type: ignore[attr-defined]


def test_a_title_is_called_as_its_kind_calls_it(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.phapche")
    open_first(qtbot, opened, "drafts")
    title = field(opened, "field.title")
    assert (title.property("placeholderText"), title.accessibleName()) == ("Tên văn bản", "Tên văn bản")


def test_a_text_that_is_not_here_says_only_that(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa")
    entry_id = first(opened, "submitted")
    called = opened.seeded.desk.library.rows(ListQuery(box="submitted"))[0].title
    with opened.store.write() as work:
        entry = work.entries.get(entry_id)
        assert entry is not None
        assert entry.head.rid is not None
        lacking = replace(entry.head, rid=type(entry.head.rid)("f" * 64))
        work.entries.put(replace(entry, head=lacking, body_rid=None))
    go(qtbot, opened, "submitted")
    shows(qtbot, opened, entry_id)
    assert field(opened, "reading.title").property("text") == called
    assert "chưa được tải về" in field(opened, "work.lock.text").property("text")
    shown = [name for name in ("card.checks", "reading.told") if field(opened, name).isVisible()]
    assert shown == []


def test_a_source_is_quoted_only_once_there_is_one(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa")
    open_first(qtbot, opened, "returned")
    preview = next(view for view in opened.window.findChildren(PreviewView) if view.isVisible())
    qtbot.waitUntil(lambda: "ghi-nguon" in preview.source(), timeout=TIMEOUT)
    open_first(qtbot, opened, "drafts")  # its source is missing
    qtbot.waitUntil(lambda: "<h1" in preview.source() and "ghi-nguon" not in preview.source(), timeout=TIMEOUT)
    author = field(opened, "field.source.name")
    author.setFocus()
    QTest.keyClicks(author, "Phong Van hoa")
    qtbot.waitUntil(lambda: "ghi-nguon" in preview.source(), timeout=TIMEOUT)


def _incomplete(given: Seeded) -> None:
    entry_id = given.desk.library.rows(ListQuery(box="drafts"))[0].entry_id
    with given.store.write() as work:
        work.cards.add(
            entry_id, op_id=None, name="submit", outcome="invalid", rule=Rule("incomplete"),
            pointers=("/source/name",), at="2026-11-22T02:00:00Z",
        )  # fmt: skip
        refresh(work, [entry_id])


def test_a_refusal_names_the_fields_that_are_empty(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa", fill=_incomplete)
    open_first(qtbot, opened, "drafts")
    said = str(field(opened, "work.cards.0.text").property("text"))
    assert "Nguồn tin" in said
    assert "…" not in said


def test_what_a_sync_complained_of_is_taken_back_by_the_next_good_one(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa")
    opened.window.sync.sync_now()  # the portal is away
    qtbot.waitUntil(opened.window.notice.isVisible, timeout=TIMEOUT)
    opened.seeded.exchange.answer = SyncReport
    opened.window.sync.sync_now()
    qtbot.waitUntil(lambda: not opened.window.notice.isVisible(), timeout=TIMEOUT)


CODE = "mass-removal"


def _asked(given: Seeded) -> None:
    rule = Rule(CODE, params={"count": "30", "total": "40"})
    with given.store.write() as work:
        tell(work, rule, at="2026-11-22T02:00:00Z", asks=True)
        given.exchange.shown = replace(given.exchange.shown, notices=told(work))


@pytest.mark.parametrize(("button", "allowed"), [("button", True), ("button.1", False)])
def test_what_concerns_the_whole_home_is_asked_until_it_is_answered(
    qtbot: QtBot, open_window: Open, button: str, *, allowed: bool
) -> None:
    opened = open_window("ctv.vanhoa", fill=_asked)
    said = opened.window.home_notices
    qtbot.waitUntil(said.isVisible, timeout=TIMEOUT)
    assert "30 trong 40" in str(field(opened, "home.notices.0.text").property("text"))
    opened.seeded.exchange.shown = replace(opened.seeded.exchange.shown, notices=())
    QTest.mouseClick(field(opened, f"home.notices.0.{button}"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not said.isVisible(), timeout=TIMEOUT)
    with opened.store.read() as work:
        assert (agreed(work, CODE) is not None, told(work)) == (allowed, ())
    qtbot.waitUntil(lambda: ("asked" in opened.seeded.pace.told) is allowed, timeout=TIMEOUT)
