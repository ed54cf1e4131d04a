"""The preview's width: one key, a switch over the page, one choice for every page of the window, kept for the next start."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from desktop.editor.widgets.preview_view import WIDTHS
from tests.ui.window.conftest import Open, Opened
from tests.ui.window.reach import open_first, press


def _switch(opened: Opened, width: str) -> QToolButton:
    return next(
        button for button in opened.window.findChildren(QToolButton, f"preview.width.{width}") if button.isVisible()
    )


def _chosen(opened: Opened) -> list[str]:
    return [width for width in WIDTHS if opened.window.table[f"width-{width}"].isChecked()]


def test_a_key_and_the_switch_choose_one_width_for_all(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa")
    open_first(qtbot, opened, "drafts")
    assert _chosen(opened) == ["pane"]
    for width in ("desktop", "phone", "print", "pane"):
        press(opened, Qt.Key.Key_F9, Qt.KeyboardModifier.ShiftModifier)
        assert _chosen(opened) == [width]
        assert _switch(opened, width).isChecked()
    _switch(opened, "phone").click()
    assert _chosen(opened) == ["phone"]


def test_the_width_is_remembered(qtbot: QtBot, open_window: Open, tmp_path: Path) -> None:
    home = tmp_path / "home"
    opened = open_window("ctv.vanhoa", home=home)
    open_first(qtbot, opened, "drafts")
    _switch(opened, "print").click()
    opened.window.close()
    again = open_window("ctv.vanhoa", home=home)
    assert _chosen(again) == ["print"]
