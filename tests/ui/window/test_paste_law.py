"""A legal document from one paste: suggestions with their place, taken by keys, a draft with what was taken and nothing else."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QPlainTextEdit
from pytestqt.qtbot import QtBot

import resources
from desktop.ui.document.law_rows import LawRows
from tests.ui.window.conftest import Open, Opened
from tests.ui.window.reach import TIMEOUT


def pasted(qtbot: QtBot, opened: Opened, text: str) -> tuple[QDialog, LawRows]:
    QGuiApplication.clipboard().setText(text)
    opened.window.table["paste-law"].trigger()
    dialog = opened.window.findChild(QDialog, "law")
    assert dialog is not None
    rows = dialog.findChild(LawRows)
    assert rows is not None
    qtbot.waitUntil(lambda: rows.count() > 0, timeout=TIMEOUT)
    return dialog, rows


def test_one_paste_and_keys_make_the_draft(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa")
    text = resources.path("texts", "004.txt").read_text(encoding="utf-8")
    dialog, rows = pasted(qtbot, opened, text)
    assert {"so_hieu", "loai_van_ban", "ngay_ban_hanh", "nguoi_ky"} <= rows.taken
    assert "ngay_hieu_luc" not in rows.taken  # it follows by a rule: a person looks
    shown = dialog.findChild(QPlainTextEdit, "law.text")
    assert shown is not None
    marked = [selection.cursor.selectedText() for selection in shown.extraSelections()]
    assert "13/2015/QĐ-UBND" in marked
    while "ngay_hieu_luc" not in rows.taken:
        QTest.keyClick(rows, Qt.Key.Key_Return)
    QTest.keyClick(rows, Qt.Key.Key_Home)
    QTest.keyClick(rows, Qt.Key.Key_Delete)
    assert "so_hieu" not in rows.taken
    with qtbot.waitSignal(opened.window.composing.composed, timeout=TIMEOUT) as composed:
        QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    fields = opened.seeded.desk.drafting.open(composed.args[0]).fields
    assert "so_hieu" not in fields
    assert fields["ngay_hieu_luc"] == "2015-05-31"
    assert fields["nguoi_ky"] == "Thân Đức Hưởng"
    assert str(fields["title"]).startswith("Quyết định ban hành Quy chế quản lý dịch vụ công trực tuyến")
    assert "Điều 15. Điều khoản thi hành" in str(fields["body"])


def test_what_is_no_document_gives_nothing(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa")
    dialog, rows = pasted(qtbot, opened, "Hôm nay trời đẹp, mọi người đi làm như thường lệ.")
    assert rows.taken == frozenset()
    said = [label.text() for label in dialog.findChildren(QLabel)]
    assert said.count("không có trong nội dung: nhập tay") >= 12
    dialog.close()
