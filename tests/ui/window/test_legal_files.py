"""From the menu: a legal document out as a file, an old archive looked at and brought in."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QListWidget, QPushButton
from pytestqt.qtbot import QtBot

from desktop.application.records import ListQuery
from desktop.domain.digest import Json
from tests.support.seeded_desk import Seeded
from tests.ui.window.conftest import Open
from tests.ui.window.reach import TIMEOUT, open_first

BODY = "Điều 1. Phạm vi\n\n1. Khoản một.\n\nĐiều 2. Đối tượng\n\nMọi người.\n"
SECTION = "tin-hoat-dong"


def document(seeded: Seeded) -> None:
    entry_id = seeded.desk.drafting.create("legal-document", section=SECTION)
    fields: dict[str, Json] = {"title": "Quyết định", "section": SECTION, "so_hieu": "17/QĐ-UBND", "body": BODY}
    seeded.desk.drafting.save(entry_id, fields)


@pytest.mark.parametrize("name", ["van-ban.docx", "van-ban.xml", "van-ban.txt"])
def test_the_open_document_is_written_in_the_form_of_the_ending(
    qtbot: QtBot, open_window: Open, tmp_path: Path, name: str
) -> None:
    opened = open_window("ctv.vanhoa", fill=document)
    open_first(qtbot, opened, "drafts")
    with qtbot.waitSignal(opened.window.legal_files.exported, timeout=TIMEOUT) as told:
        opened.window.legal_files.write(tmp_path / name)
    assert told.args == [str(tmp_path / name)]
    assert (tmp_path / name).stat().st_size


def test_the_menu_asks_where_with_the_number_as_name(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa", fill=document)
    open_first(qtbot, opened, "drafts")
    opened.window.table["export-document"].trigger()
    qtbot.waitUntil(lambda: opened.window.findChild(QFileDialog, "legal.export") is not None, timeout=TIMEOUT)
    dialog = opened.window.findChild(QFileDialog, "legal.export")
    assert dialog is not None
    assert dialog.selectedFiles() == [str(Path.cwd() / "17-QĐ-UBND.docx")]
    dialog.close()


def test_an_old_archive_is_looked_at_and_then_brought_in(qtbot: QtBot, open_window: Open, tmp_path: Path) -> None:
    opened = open_window("ctv.vanhoa")
    lines = ["Số hiệu;Ngày ban hành;Tên văn bản;Chuyên mục"]
    lines += [f"{number}/QĐ;6/6/2011;Quyết định {number};{SECTION}" for number in range(1, 41)]
    (tmp_path / "danh-muc.csv").write_text("\n".join([*lines, f"41/QĐ;hôm qua;Quyết định 41;{SECTION}"]), "utf-8")
    opened.window.legal_files.look(tmp_path)
    qtbot.waitUntil(lambda: opened.window.findChild(QPushButton, "archive.begin") is not None, timeout=TIMEOUT)
    begin = opened.window.findChild(QPushButton, "archive.begin")
    shown = opened.window.findChild(QListWidget, "archive.lines")
    assert begin is not None
    assert shown is not None
    assert (begin.text(), shown.count()) == ("Nhập 40 văn bản", 41)
    assert "không nhận" in shown.item(0).text()
    library = opened.seeded.desk.library
    before = library.count(ListQuery(box="kind:legal-document"))
    dialog = begin.window()
    with qtbot.waitSignal(dialog.done_all, timeout=TIMEOUT):  # type: ignore[attr-defined]  # the dialog of this module
        begin.click()
    assert library.count(ListQuery(box="kind:legal-document")) == before + 40
    dialog.close()
