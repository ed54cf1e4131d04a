"""Files that belong to a field of the form: chosen, shown, taken out again, on disk each time."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QListWidget, QPushButton
from pytestqt.qtbot import QtBot

from desktop.domain.digest import Json
from tests.support.seeded_desk import Seeded
from tests.ui.window.conftest import Open, Opened
from tests.ui.window.reach import TIMEOUT, open_first, stored


def fill(given: Seeded) -> None:
    entry_id = given.desk.drafting.create("disclosure", section="quy-hoach")
    given.desk.drafting.save(entry_id, {"title": "Bảng giá đất năm 2026", "section": "quy-hoach"})


def button(opened: Opened, name: str) -> QPushButton:
    found = opened.window.findChild(QPushButton, name)
    assert found is not None, name
    return found


def names(opened: Opened) -> list[str]:
    shown = opened.window.findChild(QListWidget, "field.files")
    assert shown is not None
    return [shown.item(row).text() for row in range(shown.count())]


def files(opened: Opened) -> list[Json]:
    document = opened.window.work.document
    assert document is not None
    return [file["name"] for file in opened.seeded.desk.drafting.open(document.entry_id).attachments]


def test_a_file_is_added_to_a_field_and_removed(qtbot: QtBot, open_window: Open, tmp_path: Path) -> None:
    opened = open_window("truongban", fill=fill)
    entry_id = open_first(qtbot, opened, "drafts")
    paths = [tmp_path / "ban-do.pdf", tmp_path / "bang-gia.xlsx"]
    for number, path in enumerate(paths):
        path.write_bytes(b"%PDF-1.4 " + bytes([number]) * 2_000)
    QTest.keyClick(button(opened, "field.files.add"), Qt.Key.Key_Space)
    dialog = opened.window.findChild(QFileDialog, "attach.dialog")
    assert dialog is not None
    dialog.filesSelected.emit([str(path) for path in paths])
    dialog.close()
    qtbot.waitUntil(lambda: names(opened) == ["ban-do.pdf · 2 KB", "bang-gia.xlsx · 2 KB"], timeout=TIMEOUT)
    qtbot.waitUntil(lambda: len(stored(opened, entry_id).get("files") or []) == len(paths), timeout=TIMEOUT)  # type: ignore[arg-type]  # a list of JSON
    assert files(opened) == ["ban-do.pdf", "bang-gia.xlsx"]

    shown = opened.window.findChild(QListWidget, "field.files")
    assert shown is not None
    shown.setCurrentRow(0)
    QTest.keyClick(button(opened, "field.files.remove"), Qt.Key.Key_Space)
    assert names(opened) == ["bang-gia.xlsx · 2 KB"]
    qtbot.waitUntil(lambda: files(opened) == ["bang-gia.xlsx"], timeout=TIMEOUT)
    qtbot.waitUntil(lambda: len(stored(opened, entry_id)["files"]) == 1, timeout=TIMEOUT)  # type: ignore[arg-type]  # a list of JSON
