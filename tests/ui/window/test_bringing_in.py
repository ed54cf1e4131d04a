"""A package of unsent work is looked at in the sync centre, brought in by a button, and sent; a wrong folder says its rule."""

from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop.application.exporting import export
from tests.support.queued_desk import TITLES, queue
from tests.support.seeded_desk import Seeded, seeded
from tests.ui.window.conftest import Open, Opened
from tests.ui.window.reach import TIMEOUT


def met(given: Seeded) -> None:
    with given.store.write() as work:
        work.feed.set_value("epoch", "e1")


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """What another machine of the same member had not sent."""
    with contextmanager(seeded)(None, "ctv.vanhoa", lambda _changes: None) as other:
        met(other)
        queue(other)
        export(other.desk, tmp_path / "goi")
    return tmp_path / "goi"


def said(opened: Opened) -> QLabel:
    found = opened.window.findChild(QLabel, "centre.package.text")
    assert found is not None
    return found


def test_a_package_is_looked_at_then_brought_in(qtbot: QtBot, open_window: Open, package: Path) -> None:
    opened = open_window("ctv.vanhoa", fill=met)
    opened.window.table["import-unsent"].trigger()
    dialog = opened.window.findChild(QFileDialog, "package.dialog")
    assert dialog is not None
    dialog.fileSelected.emit(str(package))
    dialog.close()
    qtbot.waitUntil(said(opened).isVisible, timeout=TIMEOUT)
    assert said(opened).text().startswith("Gói của ctv.vanhoa")
    assert TITLES[0] in said(opened).text()
    assert not opened.seeded.desk.waiting.items()
    button = opened.window.findChild(QPushButton, "centre.package.button")
    assert button is not None
    with qtbot.waitSignal(opened.window.room.bringing.brought, timeout=TIMEOUT) as told:
        button.click()
    assert told.args is not None
    assert told.args[0] == "Đã nhận: 3 văn bản, 3 quyết định"
    assert {item.title for item in opened.seeded.desk.waiting.items()} == set(TITLES)

    opened.window.room.bringing.look(package)
    qtbot.waitUntil(lambda: said(opened).isVisible() and "đã có ở đây" in said(opened).text(), timeout=TIMEOUT)
    assert not button.isVisible()


def test_a_folder_that_is_no_package_says_so(qtbot: QtBot, open_window: Open, tmp_path: Path) -> None:
    opened = open_window("ctv.vanhoa", fill=met)
    opened.window.room.bringing.look(tmp_path)
    notice = opened.window.findChild(QLabel, "window.notice.text")
    assert notice is not None
    qtbot.waitUntil(lambda: "package.json" in notice.text(), timeout=TIMEOUT)
    assert not said(opened).isVisible()
