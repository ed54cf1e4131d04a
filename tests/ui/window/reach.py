"""Hands for the window's tests: open a row, read the store, wait for the fact."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.application.records import ListQuery, Shown
from desktop.domain.digest import Json
from desktop.domain.ids import EntryId
from desktop.ui.library.rows_model import RowRole
from tests.ui.window.conftest import Opened

TIMEOUT = 10_000


def rows(opened: Opened) -> list[Shown]:
    """What the list shows, as records."""
    model = opened.window.list.model
    return [model.index(number).data(RowRole.SHOWN) for number in range(model.rowCount())]


def go(qtbot: QtBot, opened: Opened, box: str) -> None:
    """Another place of the navigation, loaded."""
    with qtbot.waitSignal(opened.window.list.model.loaded, timeout=TIMEOUT):
        opened.window.show_box(box)


def first(opened: Opened, box: str) -> EntryId:
    return opened.seeded.desk.library.rows(ListQuery(box=box))[0].entry_id


def shows(qtbot: QtBot, opened: Opened, entry_id: EntryId) -> None:
    """Until the work area shows this entry."""
    work = opened.window.work
    qtbot.waitUntil(lambda: work.document is not None and work.document.entry_id == entry_id, timeout=TIMEOUT)


def open_first(qtbot: QtBot, opened: Opened, box: str) -> EntryId:
    """The first entry of a box, open in the work area."""
    entry_id = first(opened, box)
    go(qtbot, opened, box)
    shows(qtbot, opened, entry_id)
    return entry_id


def stored(opened: Opened, entry_id: EntryId) -> Mapping[str, Json]:
    """The draft on disk."""
    with opened.store.read() as work:
        draft = work.drafts.get(entry_id)
    return draft.fields if draft else {}


def kept(qtbot: QtBot, opened: Opened) -> None:
    """Until nothing on the screen waits to be written."""
    autosave = opened.window.work.document_pane.autosave
    qtbot.waitUntil(lambda: not autosave.pending, timeout=TIMEOUT)


def press(opened: Opened, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """To whatever has the focus."""
    focused: QWidget | None = opened.window.focusWidget()
    QTest.keyClick(opened.window if focused is None else focused, key, modifier)
