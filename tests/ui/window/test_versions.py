"""Both texts of a conflict can be opened afterwards, each as it was, whichever was chosen."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QListWidget, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.application.records import ListQuery
from desktop.domain.revision import Content
from desktop.editor.widgets.preview_view import PreviewView
from desktop.ui.presenters.versions import version_lines
from desktop.ui.presenters.words import untranslated
from tests.support.desk_values import NOW
from tests.support.seeded_desk import Seeded
from tests.support.torn import tear
from tests.ui.window.conftest import Open
from tests.ui.window.reach import TIMEOUT, open_first


def settled(given: Seeded) -> None:
    entry_id = tear(given)
    given.desk.conflicts.take_theirs(entry_id)


def test_the_text_that_was_not_chosen_is_still_read(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa", fill=settled)
    open_first(qtbot, opened, "drafts")
    qtbot.waitUntil(opened.window.table["versions"].isEnabled, timeout=TIMEOUT)
    opened.window.table["versions"].trigger()
    qtbot.waitUntil(lambda: opened.window.findChild(QDialog, "versions") is not None, timeout=TIMEOUT)
    dialog = opened.window.findChild(QDialog, "versions")
    assert dialog is not None
    listed, page = dialog.findChild(QListWidget), dialog.findChild(PreviewView)
    assert listed is not None
    assert page is not None
    said = [listed.item(row).text() for row in range(listed.count())]
    assert [text.split(" · ")[0] for text in said] == ["giữ trên máy này", "bản 5", "bản 4"]
    assert said[1].startswith("bản 5 · Phó Trưởng ban · ")
    qtbot.waitUntil(lambda: "trước ngày 15/10/2015" in page.source(), timeout=TIMEOUT)
    QTest.keyClick(listed, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: "trước ngày 12/10/2015" in page.source(), timeout=TIMEOUT)
    assert not dialog.isModal()
    dialog.close()


def test_what_still_waits_is_told(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa")
    desk = opened.seeded.desk
    entry_id = open_first(qtbot, opened, "drafts")
    desk.drafting.save(entry_id, {**desk.drafting.open(entry_id).fields, "body": "mới"})
    assert desk.drafting.freeze_idle([entry_id]) == 1
    lines = version_lines(desk.library.versions(entry_id), {}, lang="vi", now=NOW, translate=untranslated)
    assert lines[0].text == "waits to be sent"


def left_once(given: Seeded) -> None:
    """The first draft was another text before its writer paused."""
    (row,) = given.desk.library.rows(ListQuery("drafts"))[:1]
    document = given.desk.drafting.open(row.entry_id)
    content = Content(document.kind, document.lang, {**document.fields, "body": "Bản lúc ngừng tay."}, {}, ())
    with given.store.write() as work:
        work.past.keep(row.entry_id, content, at=document.saved_at, portal_time="")


def test_an_earlier_text_is_compared_and_written_on_with(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa", fill=left_once)
    open_first(qtbot, opened, "drafts")
    editor = opened.window.work.editor.editor
    qtbot.waitUntil(opened.window.table["versions"].isEnabled, timeout=TIMEOUT)
    stood = editor.text()
    opened.window.table["versions"].trigger()
    qtbot.waitUntil(lambda: opened.window.findChild(QDialog, "versions") is not None, timeout=TIMEOUT)
    dialog = opened.window.findChild(QDialog, "versions")
    assert dialog is not None
    listed, page = dialog.findChild(QListWidget), dialog.findChild(PreviewView)
    restore, changes = (dialog.findChild(QPushButton, name) for name in ("versions.restore", "segment.changes"))
    assert listed is not None
    assert page is not None
    assert restore is not None
    assert changes is not None
    assert listed.item(0).text().startswith("lúc ngừng tay · ")
    qtbot.waitUntil(lambda: "Bản lúc ngừng tay." in page.source(), timeout=TIMEOUT)
    changes.click()
    qtbot.waitUntil(lambda: "<del>" in page.source(), timeout=TIMEOUT)
    restore.click()
    qtbot.waitUntil(lambda: editor.text() == "Bản lúc ngừng tay.", timeout=TIMEOUT)
    document, library = opened.window.work.document, opened.seeded.desk.library
    assert document is not None
    texts = [library.earlier(document.entry_id, one.key) for one in library.versions(document.entry_id)]
    assert stood in [text.fields["body"] for text in texts if text]


def test_an_entry_without_an_earlier_text_says_so(qtbot: QtBot, open_window: Open) -> None:
    def fill(given: Seeded) -> None:
        given.desk.drafting.create("article", section="tin-hoat-dong")

    opened = open_window("ctv.vanhoa", fill=fill)
    open_first(qtbot, opened, "drafts")
    qtbot.waitUntil(opened.window.table["versions"].isEnabled, timeout=TIMEOUT)
    opened.window.table["versions"].trigger()
    qtbot.waitUntil(lambda: opened.window.findChild(QDialog, "versions") is not None, timeout=TIMEOUT)
    dialog = opened.window.findChild(QDialog, "versions")
    assert dialog is not None
    none, listed = dialog.findChild(QWidget, "versions.empty"), dialog.findChild(QListWidget)
    assert none is not None
    assert listed is not None
    assert none.isVisible()
    assert not listed.isVisible()


def law_left_once(given: Seeded) -> None:
    """A legal document that had another Điều 2 before its writer paused."""
    drafting = given.desk.drafting
    entry_id = drafting.create("legal-document")
    text = "Điều 1. Phạm vi\n\nMột.\n\nĐiều 2. Đối tượng\n\nMọi người."
    drafting.save(entry_id, {"title": "QĐ", "body": text.replace("người", "tổ chức")})
    content = Content("legal-document", "vi", {"title": "QĐ", "body": text}, {}, ())
    saved_at = drafting.open(entry_id).saved_at
    with given.store.write() as work:
        work.past.keep(entry_id, content, at=saved_at, portal_time="")


def test_an_earlier_law_is_compared_by_article(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa", fill=law_left_once)
    open_first(qtbot, opened, "drafts")
    qtbot.waitUntil(opened.window.table["versions"].isEnabled, timeout=TIMEOUT)
    opened.window.table["versions"].trigger()
    qtbot.waitUntil(lambda: opened.window.findChild(QDialog, "versions") is not None, timeout=TIMEOUT)
    dialog = opened.window.findChild(QDialog, "versions")
    assert dialog is not None
    page, by_article = dialog.findChild(PreviewView), dialog.findChild(QPushButton, "segment.articles")
    assert page is not None
    assert by_article is not None
    qtbot.waitUntil(lambda: "Điều 2" in page.source(), timeout=TIMEOUT)
    by_article.click()
    qtbot.waitUntil(lambda: "Điều 2 — đã sửa" in page.source(), timeout=TIMEOUT)
    assert "phần đầu" not in page.source()
    assert "Điều 1: không đổi" in page.source()
    assert "<del>người</del>" in page.source()
    dialog.close()
