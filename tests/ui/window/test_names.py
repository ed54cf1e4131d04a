"""The names that `docs/ui-names.md` promises are the names the window has."""

import re
from pathlib import Path

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.background.bridge import Bridge
from desktop.ui.session.forms import PasswordForm
from desktop.ui.session.start_window import StartWindow
from tests.ui.window.conftest import Open
from tests.ui.window.reach import open_first

PAGE = Path(__file__).resolve().parents[3] / "docs" / "ui-names.md"
# Made when they are needed, in tests of their own.
LATER = {"compose.menu", "menu.roles", "versions.list", "editor.phrases"}
LATER |= {"law", "law.text", "law.rows", "law.told", "law.again", "law.all", "law.make"}
LATER |= {"legal.archive", "legal.export", "archive.lines", "archive.begin"}
LATER |= {"import.dialog", "import.which", "import.progress", "import.notes"}
LATER |= {"file.words", "file.alt", "file.source", "file.licence", "file.original.copy", "file.original.drop"}
LATER |= {"file.original.save", "file.original.question"}


def promised() -> set[str]:
    """The plain names of the table; those with a placeholder stand for many."""
    rows = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    names = {name for row in rows for name in re.findall(r"`([^`]+)`", row)}
    return {
        name
        for name in names
        if "<" not in name and "." in name and name[0].islower() and not name.startswith("RowRole")
    }


def test_every_name_of_the_page_is_in_the_window(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa")
    open_first(qtbot, opened, "drafts")
    bridge = Bridge()
    start, password = (
        StartWindow(bridge, lambda _url: opened.seeded.desk.session, lang="vi", portal_url=""),
        PasswordForm(first=False),
    )
    for extra in (start, password):
        qtbot.addWidget(extra)
    found = {w.objectName() for top in (opened.window, start, password) for w in (top, *top.findChildren(QWidget))}
    assert promised() - found - LATER == set()
    assert len(promised()) > 60
    assert bridge.shutdown()
