"""Relations of a document: found and taken by keys, shown at the other document, and told of its status."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QListWidget, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.ids import EntryId
from desktop.ui.document.relations_control import RelationsControl
from tests.ui.window.conftest import Open, Opened
from tests.ui.window.reach import TIMEOUT, go, rows, shows

OLD = {
    "title": "Quyết định cũ", "so_hieu": "17/2011/QĐ-UBND", "loai_van_ban": "Quyết định",
    "ngay_ban_hanh": "2011-06-06", "ngay_hieu_luc": "2011-06-16", "body": "Điều 1. Phạm vi",
}  # fmt: skip
NEW = {
    "title": "Quyết định mới",
    "body": "Căn cứ Quyết định số 17/2011/QĐ-UBND ngày 06/6/2011;",
}


def opened_on(qtbot: QtBot, opened: Opened, entry: EntryId) -> RelationsControl:
    go(qtbot, opened, "drafts")
    opened.window.list.choose(entry)
    shows(qtbot, opened, entry)
    control = opened.window.work.document_pane.findChild(RelationsControl)
    assert control is not None
    return control


def part(control: RelationsControl, kind: type[QWidget], name: str) -> QWidget:
    found = control.findChild(kind, f"field.relations{name}")
    assert found is not None
    return found


def test_a_relation_is_made_by_keys_and_seen_at_the_other_document(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa")
    drafting = opened.seeded.desk.drafting
    old, new = (drafting.create("legal-document") for _ in range(2))
    drafting.save(old, OLD)
    drafting.save(new, NEW)
    control = opened_on(qtbot, opened, new)
    act, line, found, rows = (
        part(control, kind, name)
        for kind, name in ((QComboBox, ".act"), (QLineEdit, ".search"), (QListWidget, ".found"), (QListWidget, ""))
    )
    assert isinstance(act, QComboBox)
    assert isinstance(found, QListWidget)
    assert isinstance(rows, QListWidget)
    QTest.keyClicks(act, "Thay")
    QTest.keyClicks(line, "17/2011")
    qtbot.waitUntil(lambda: found.count() == 1, timeout=TIMEOUT)
    QTest.keyClick(line, Qt.Key.Key_Down)
    QTest.keyClick(found, Qt.Key.Key_Return)
    assert rows.item(0).text() == "Thay thế: 17/2011/QĐ-UBND"
    QTest.keyClicks(line, "TCVN 6909:2001")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert rows.count() == 2
    assert "không có trên cổng" in rows.item(1).text()
    QTest.keyClick(rows, Qt.Key.Key_Down)
    QTest.keyClick(rows, Qt.Key.Key_Delete)
    assert rows.count() == 1
    opened.window.work.document_pane.flush()
    qtbot.waitUntil(lambda: "relations" in drafting.open(new).fields, timeout=TIMEOUT)
    assert [row["entry"] for row in drafting.open(new).fields["relations"]] == [old]  # type: ignore[union-attr, index, call-overload]
    inverse = part(opened_on(qtbot, opened, old), QLabel, ".inverse")
    assert isinstance(inverse, QLabel)
    qtbot.waitUntil(lambda: inverse.text() == "Bị thay thế bởi: Quyết định mới", timeout=TIMEOUT)


def test_what_the_text_names_is_offered_once_it_is_on_the_portal(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa")
    drafting = opened.seeded.desk.drafting
    old, new = (drafting.create("legal-document") for _ in range(2))
    drafting.save(old, OLD)
    drafting.save(new, NEW)
    control = opened_on(qtbot, opened, new)
    take = part(control, QPushButton, ".take")
    qtbot.waitUntil(take.isVisible, timeout=TIMEOUT)
    QTest.keyClick(take, Qt.Key.Key_Space)
    value = control.value()
    assert isinstance(value, list)
    assert [(row["act"], row["entry"]) for row in value if isinstance(row, dict)] == [("basis", old)]
    assert not take.isVisible()


def test_dates_and_relations_tell_the_status_that_the_form_does_not_have(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa")
    drafting = opened.seeded.desk.drafting
    old = drafting.create("legal-document")
    drafting.save(old, OLD)
    opened_on(qtbot, opened, old)
    pane = opened.window.work.document_pane
    said = "Tình trạng nên là “Còn hiệu lực”: có hiệu lực từ 16/06/2011"
    qtbot.waitUntil(lambda: any(said in label.text() for label in pane.findChildren(QLabel)), timeout=TIMEOUT)


def test_documents_are_narrowed_by_group_and_type_beside_the_chips(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa")
    drafting = opened.seeded.desk.drafting
    made = {}
    for number, nhom, loai in (
        ("1", "Quy phạm pháp luật", "Thông tư"), ("2", "Chỉ đạo, điều hành", "Thông tư liên tịch"),
        ("3", "Chỉ đạo, điều hành", "Thông tư"),
    ):  # fmt: skip
        made[number] = drafting.create("legal-document")
        drafting.save(made[number], {**OLD, "title": number, "nhom": nhom, "loai_van_ban": loai})
    go(qtbot, opened, "drafts")
    pane = opened.window.list
    chip = pane.findChild(QPushButton, "chip.legal-document")
    assert chip is not None
    assert pane.findChild(QComboBox, "filter.nhom") is None

    def told() -> set[EntryId]:
        return {row.entry_id for row in rows(opened)}

    QTest.keyClick(chip, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: told() >= set(made.values()), timeout=TIMEOUT)
    group, kind = (pane.findChild(QComboBox, f"filter.{name}") for name in ("nhom", "loai_van_ban"))
    assert group is not None
    assert kind is not None
    QTest.keyClick(group, Qt.Key.Key_Down)
    QTest.keyClick(group, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: told() == {made["2"], made["3"]}, timeout=TIMEOUT)
    kind.setCurrentIndex(kind.findData("Thông tư") - 1)
    QTest.keyClick(kind, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: told() == {made["3"]}, timeout=TIMEOUT)
    QTest.keyClick(chip, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: len(told()) > 3, timeout=TIMEOUT)
    assert pane.findChild(QComboBox, "filter.nhom") is None or not group.isVisible()
