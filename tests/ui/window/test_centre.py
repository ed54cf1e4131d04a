"""The sync centre: what waits and why, sent now, taken back, opened; pause; export; and a word before a long-offline sync."""

import json
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QLabel, QPushButton, QTableWidget
from pytestqt.qtbot import QtBot

from desktop.application.missing import Due, keep
from desktop.application.ports import SyncReport
from desktop.application.records import ListQuery
from desktop.application.transfers import Held
from desktop.domain.digest import Json
from desktop.domain.ids import Rid
from desktop.ui.centre.lines_table import LinesTable
from desktop.ui.centre.pane import SyncCentre
from tests.support.queued_desk import TITLES, answer, away_since, queue, waiting
from tests.support.seeded_desk import Seeded
from tests.ui.window.conftest import Open, Opened
from tests.ui.window.reach import TIMEOUT, press


def some(given: Seeded, *, held: bool = False) -> None:
    made = queue(given, held=held)
    answer(given, made[1])


def long_away(given: Seeded) -> None:
    queue(given)
    away_since(given, days=9)


def table(opened: Opened, name: str = "centre.waiting") -> LinesTable:
    found = opened.window.findChild(LinesTable, name)
    assert found is not None
    return found


def cells(opened: Opened, name: str = "centre.waiting") -> list[list[str]]:
    shown = table(opened, name)
    rows = range(shown.rowCount())
    items = [[shown.item(row, column) for column in range(shown.columnCount())] for row in rows]
    return [[item.text() if item else "" for item in row] for row in items]


def button(opened: Opened, name: str) -> QPushButton:
    found = opened.window.findChild(QPushButton, name)
    assert found is not None
    return found


def enter(qtbot: QtBot, opened: Opened, count: int = 4) -> None:
    opened.window.show_box("sync")
    qtbot.waitUntil(lambda: table(opened).rowCount() == count and table(opened).hasFocus(), timeout=TIMEOUT)


def test_what_waits_is_listed_with_its_reason_and_the_keyboard_is_in_it(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa", fill=some)
    enter(qtbot, opened)
    assert [row[0] for row in cells(opened)] == [TITLES[0], TITLES[0], TITLES[2], TITLES[2]]
    assert [row[1] for row in cells(opened)][:2] == ["Văn bản", "Gửi xác thực"]
    assert {row[3] for row in cells(opened)} == {"Trên máy này"}
    assert [row[4] for row in cells(opened)][:2] == ["chờ có mạng", "chờ việc đứng trước"]
    assert [row[3] for row in cells(opened, "centre.answered")] == ["Máy chủ đã nhận", "Máy chủ đã nhận"]
    told = opened.window.findChild(QLabel, "centre.counts")
    assert told is not None
    assert "Trên máy này: 4" in told.text()
    assert "Máy chủ đã nhận: 2" in told.text()


def test_taking_back_brings_the_text_back_to_the_drafts(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa", fill=some)
    enter(qtbot, opened)
    button(opened, "centre.recall").click()
    qtbot.waitUntil(lambda: waiting(opened.seeded) == 2, timeout=TIMEOUT)
    qtbot.waitUntil(lambda: table(opened).rowCount() == 2, timeout=TIMEOUT)
    drafts = opened.seeded.desk.library.rows(ListQuery("drafts"))
    assert TITLES[0] in {row.title for row in drafts}


def test_what_is_held_is_sent_now(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa", fill=partial(some, held=True))
    enter(qtbot, opened)
    assert cells(opened)[0][4] == "Cổng chưa nhận được; xem Cần xử lý"
    before = opened.seeded.exchange.runs
    button(opened, "centre.send").click()
    qtbot.waitUntil(lambda: opened.seeded.exchange.runs > before, timeout=TIMEOUT)
    assert opened.seeded.desk.library.cards() == []


def test_enter_opens_the_entry(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa", fill=some)
    enter(qtbot, opened)
    press(opened, Qt.Key.Key_Return)
    work = opened.window.work
    qtbot.waitUntil(lambda: work.document is not None and work.document.fields["title"] == TITLES[0], timeout=TIMEOUT)
    assert opened.window.list.isVisible()


def test_details_tell_number_and_tries(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa", fill=some)
    enter(qtbot, opened)
    button(opened, "centre.details").click()
    told = opened.window.findChild(QLabel, "centre.details.text")
    assert told is not None
    assert told.isVisible()
    assert "đã gửi 0 lần" in told.text()


def test_a_pause_holds_what_would_go_by_itself_and_is_said(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa", fill=some)
    enter(qtbot, opened)
    button(opened, "centre.pause").click()
    opened.seeded.pace.due = 0.0
    runs = opened.seeded.exchange.runs
    opened.window.sync.gesture()
    assert button(opened, "status.network").text() == "Tạm dừng — không tự gửi"
    assert cells(opened)[0][4] == "đang tạm dừng gửi"
    button(opened, "centre.sync").click()
    qtbot.waitUntil(lambda: opened.seeded.exchange.runs == runs + 1, timeout=TIMEOUT)
    button(opened, "centre.pause").click()
    assert button(opened, "centre.pause").text() == "Tạm dừng"


def test_the_last_syncs_are_told(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa", fill=some)
    opened.seeded.exchange.answer = lambda: SyncReport(sent=2, received=5)
    enter(qtbot, opened)
    with qtbot.waitSignal(opened.window.sync.ended, timeout=TIMEOUT):
        button(opened, "centre.sync").click()
    told = opened.window.findChild(QLabel, "centre.syncs")
    assert told is not None
    assert told.text().endswith("gửi 2, nhận 5")


def test_the_status_bar_opens_the_centre(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa", fill=some)
    qtbot.waitUntil(lambda: button(opened, "status.waiting").isVisible(), timeout=TIMEOUT)
    button(opened, "status.waiting").click()
    centre = opened.window.findChild(SyncCentre)
    assert centre is not None
    qtbot.waitUntil(centre.isVisible, timeout=TIMEOUT)
    assert opened.window.navigation.box == "sync"


def test_what_is_unsent_is_exported(qtbot: QtBot, open_window: Open, tmp_path: Path) -> None:
    opened = open_window("ctv.vanhoa", fill=some)
    exporting = opened.window.room.exporting
    for name in ("toa-soan-chua-gui", "toa-soan-chua-gui-2"):
        with qtbot.waitSignal(exporting.exported, timeout=TIMEOUT) as told:
            exporting.write(tmp_path)
        assert told.args == [str(tmp_path / name), len(list((tmp_path / name).glob("*/entry.json")))]
    stored = [json.loads(path.read_text("utf-8")) for path in tmp_path.glob("toa-soan-chua-gui/*/entry.json")]
    assert {TITLES[0], TITLES[2]} <= {one["fields"].get("title") for one in stored}


def test_the_word_before_a_sign_out_offers_the_export(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa", fill=some)
    opened.window.table["sign-out"].trigger()
    qtbot.waitUntil(lambda: button(opened, "session.notice.export").isVisible(), timeout=TIMEOUT)
    button(opened, "session.notice.export").click()
    dialog = opened.window.findChild(QFileDialog, "export.dialog")
    assert dialog is not None
    assert dialog.isVisible()
    dialog.close()


@pytest.mark.parametrize("way", ["sync.summary.button", "sync.summary.review"])
def test_after_nine_days_nothing_goes_before_somebody_has_seen_what(qtbot: QtBot, open_window: Open, way: str) -> None:
    opened = open_window("ctv.vanhoa", fill=long_away)
    opened.seeded.pace.due = 0.0
    opened.window.sync.gesture()
    said = opened.window.findChild(QLabel, "sync.summary.text")
    assert said is not None
    qtbot.waitUntil(said.isVisible, timeout=TIMEOUT)
    assert said.text().startswith("Đã 9 ngày chưa đồng bộ. Sẽ gửi: 3 văn bản, 3 quyết định.")
    assert opened.seeded.exchange.runs == 0
    button(opened, way).click()
    if way.endswith("review"):
        enter(qtbot, opened, 6)
        assert opened.seeded.exchange.runs == 0
        button(opened, "centre.sync").click()
    qtbot.waitUntil(lambda: opened.seeded.exchange.runs == 1, timeout=TIMEOUT)
    qtbot.waitUntil(lambda: not said.isVisible(), timeout=TIMEOUT)


def test_a_short_absence_asks_nothing(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa", fill=some)
    away_since(opened.seeded, days=2)
    opened.seeded.pace.due = 0.0
    opened.window.sync.gesture()
    qtbot.waitUntil(lambda: opened.seeded.exchange.runs == 1, timeout=TIMEOUT)


def with_files(given: Seeded) -> None:
    entry_id = queue(given)[0]
    draft = given.desk.drafting.copy_as_new(entry_id)
    given.desk.drafting.attach(draft, name="bao-cao.pdf", data=b"%PDF-1.4 " + b"1" * 90_000)


def test_a_file_is_paused_and_the_rules_for_all_are_kept(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa", fill=with_files)
    transfers = opened.seeded.desk.transfers
    enter(qtbot, opened, 6)
    files = opened.window.findChild(QTableWidget, "centre.files")
    cap = opened.window.findChild(QComboBox, "centre.files.cap")
    assert files is not None
    assert cap is not None
    qtbot.waitUntil(lambda: files.rowCount() == 1, timeout=TIMEOUT)
    name = files.item(0, 0)
    assert name is not None
    assert name.text() == "bao-cao.pdf"
    files.selectRow(0)
    button(opened, "centre.files.pause").click()
    qtbot.waitUntil(lambda: button(opened, "centre.files.pause").text() == "Tiếp tục tệp này", timeout=TIMEOUT)
    assert transfers.files()[0].held is Held.PAUSED
    cap.setFocus()
    press(opened, Qt.Key.Key_Down)
    cap.activated.emit(cap.currentIndex())
    qtbot.waitUntil(lambda: transfers.rules().cap == 256_000, timeout=TIMEOUT)
    box = opened.window.findChild(QCheckBox, "centre.files.after-hours")
    assert box is not None
    box.click()
    qtbot.waitUntil(lambda: transfers.rules().videos_after_hours, timeout=TIMEOUT)


def with_a_file_to_come(given: Seeded) -> None:
    """A text that is here names a film that is not."""
    queue(given)
    sha256, me = "5f" * 32, given.desk.library.me().id
    with given.store.write() as work:
        row = next(iter(work.lists.rows(ListQuery(box="public"), me=me)))
        entry = work.entries.get(row.entry_id)
        assert entry is not None
        assert entry.head.rid is not None
        text = work.revisions.get(entry.head.rid)
        assert text is not None
        film: dict[str, Json] = {"sha256": sha256, "size": 90_000_000, "name": "le-hoi.mp4"}
        work.revisions.put(replace(text, content=replace(text.content, attachments=(film,)), rid=Rid("ab" * 32)))
        work.entries.put(replace(entry, head=replace(entry.head, rid=Rid("ab" * 32)), body_rid=Rid("ab" * 32)))
        keep(work, {sha256: Due(row.entry_id, speed=1_250_000.0)})


def test_a_file_on_its_way_down_shows_how_far_and_is_paused(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa", fill=with_a_file_to_come)
    enter(qtbot, opened, 6)
    files = opened.window.findChild(QTableWidget, "centre.files")
    title = opened.window.findChild(QLabel, "centre.files.title")
    assert files is not None
    assert title is not None
    qtbot.waitUntil(lambda: files.rowCount() == 1, timeout=TIMEOUT)
    cells = [files.item(0, column) for column in range(4)]
    assert [cell.text() for cell in cells if cell] == [
        "↓ le-hoi.mp4",
        "0 / 90,0 MB · 0 %",
        "1,2 MB/giây",
        "nhận cùng các lần đồng bộ",
    ]
    assert title.text().endswith("còn phải nhận: 1")
    files.selectRow(0)
    button(opened, "centre.files.pause").click()
    qtbot.waitUntil(lambda: button(opened, "centre.files.pause").text() == "Tiếp tục tệp này", timeout=TIMEOUT)
    assert opened.seeded.desk.incoming.files()[0].held is Held.PAUSED
