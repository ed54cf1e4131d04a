"""From the menu: a legal document out as a file, an old archive looked at and brought in."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QListWidget, QPushButton
from pytestqt.qtbot import QtBot

import resources
from desktop.application.calendars import CALENDAR
from desktop.application.records import ListQuery
from desktop.domain.digest import Json
from desktop.editor.text.calendar_ics import from_ics, to_ics
from tests.support.seeded_desk import Seeded
from tests.ui.window.conftest import Open
from tests.ui.window.reach import TIMEOUT, open_first, shows

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
    assert shown.item(0).text() == "danh-muc.csv:42 · không nhận · Quyết định 41 — Ngày ban hành: không phải ngày"
    library = opened.seeded.desk.library
    before = library.count(ListQuery(box="kind:legal-document"))
    dialog = begin.window()
    with qtbot.waitSignal(dialog.done_all, timeout=TIMEOUT):  # type: ignore[attr-defined]  # the dialog of this module
        begin.click()
    assert library.count(ListQuery(box="kind:legal-document")) == before + 40
    dialog.close()


def calendar(seeded: Seeded) -> None:
    with seeded.store.write() as work:
        rev = work.feed.value("bundle_rev") or ""
        bundle = json.loads(json.dumps(work.feed.bundle(rev)))
        bundle["kinds"][CALENDAR] = json.loads(
            resources.path("contract", "kinds", f"{CALENDAR}.json").read_text("utf-8")
        )
        bundle["profile"]["kinds"].append(CALENDAR)
        work.feed.put_bundle("with-calendar", bundle)
        work.feed.set_value("bundle_rev", "with-calendar")


def test_a_calendar_comes_in_as_a_draft_and_goes_out_again(qtbot: QtBot, open_window: Open, tmp_path: Path) -> None:
    opened = open_window("ctv.vanhoa", fill=calendar)
    rows: list[dict[str, Json]] = [{"start": "2026-11-23T08:00", "what": "Họp giao ban"}]
    (tmp_path / "tuan.ics").write_bytes(to_ics(rows, uid="e", stamp=datetime(2026, 11, 20, tzinfo=UTC)))
    opened.window.table["import-calendar"].trigger()
    dialog = opened.window.findChild(QFileDialog, "calendar.dialog")
    assert dialog is not None
    dialog.close()
    with qtbot.waitSignal(opened.window.composing.composed, timeout=TIMEOUT) as composed:
        opened.window.composing.calendar.bring_in(tmp_path / "tuan.ics")
    fields = opened.seeded.desk.drafting.open(composed.args[0]).fields
    assert (fields["week"], fields["items"]) == ("2026-11-23", rows)
    assert fields["title"] == "Lịch công tác tuần từ ngày 23/11/2026"
    shows(qtbot, opened, composed.args[0])
    with qtbot.waitSignal(opened.window.legal_files.exported, timeout=TIMEOUT):
        opened.window.legal_files.write(tmp_path / "ra.ics")
    assert list(from_ics((tmp_path / "ra.ics").read_bytes()).rows) == rows


def test_a_file_that_is_no_calendar_is_told_and_makes_nothing(qtbot: QtBot, open_window: Open, tmp_path: Path) -> None:
    opened = open_window("ctv.vanhoa", fill=calendar)
    before = opened.seeded.desk.library.count(ListQuery("drafts"))
    (tmp_path / "tuan.ics").write_bytes(b"PK")
    with qtbot.waitSignal(opened.window.composing._shell.problem_met, timeout=TIMEOUT) as told:
        opened.window.composing.calendar.bring_in(tmp_path / "tuan.ics")
    assert "không phải lịch" in told.args[0].what
    assert opened.seeded.desk.library.count(ListQuery("drafts")) == before
