"""What other people wrote is shown as they wrote it: no label and no tool tip of the window takes it for markup."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.application.notices import tell
from desktop.domain.errors import Rule
from desktop.ui.plain_label import plain_tip
from tests.support.seeded_desk import Seeded
from tests.ui.window.conftest import Open
from tests.ui.window.reach import first, go, shows

HOSTILE = '<img src="file://elsewhere.invalid/share/a.png"><b>Tin</b>'


def hostile_notice(seeded: Seeded) -> None:
    with seeded.store.write() as work:
        tell(work, Rule("attachment-refused", params={"name": HOSTILE, "size": "70"}), at="2026-11-22T01:00:00Z")


def test_no_words_of_people_are_markup(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("truongban", fill=hostile_notice)
    entry_id = first(opened, "step:dang_tai")
    drafting = opened.seeded.desk.drafting
    drafting.save(entry_id, {**drafting.open(entry_id).fields, "title": HOSTILE})
    go(qtbot, opened, "step:dang_tai")
    opened.window.work.open(entry_id)
    shows(qtbot, opened, entry_id)

    labels = [
        *opened.window.work.reading_pane.findChildren(QLabel),
        *opened.window.work.document_pane.inspector.findChildren(QLabel),
    ]
    labels += [label for label in opened.window.findChildren(QLabel) if HOSTILE in label.text()]
    assert any(HOSTILE in label.text() for label in labels)
    assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}
    model = opened.window.list.model
    tips = [str(model.index(row).data(Qt.ItemDataRole.ToolTipRole)) for row in range(model.rowCount())]
    assert plain_tip(HOSTILE) in tips


def test_a_tool_tip_says_what_was_written() -> None:
    assert plain_tip("Đêm hội Cố đô") == "Đêm hội Cố đô"
    assert "<img" not in plain_tip(HOSTILE)
    assert "&lt;img" in plain_tip(HOSTILE)
