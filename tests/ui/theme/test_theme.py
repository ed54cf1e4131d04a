"""Roles, palette, fonts and the choice between light and dark, on a real application."""

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontDatabase, QFontInfo, QPainter, QPalette, QPixmap, QRawFont
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

import resources
from desktop.ui.theme.appearance import Appearance, tokens_of
from desktop.ui.theme.fonts import interface_font, load_fonts
from desktop.ui.theme.icons import NAMES, icon
from desktop.ui.theme.roles import Role, set_role, set_tone
from desktop.ui.theme.tokens import DARK, LIGHT, Tone

STACKED = "ẫ ệ ữ ỗ ặ ẩ ợ ỹ Ẫ Ệ Ữ Đ đ"


@pytest.fixture
def appearance(qapp: QApplication) -> Iterator[Appearance]:
    made = Appearance(qapp, "light")
    yield made
    made.setParent(None)
    made.deleteLater()
    qapp.setStyleSheet("")
    qapp.setPalette(QPalette())


def test_every_role_is_in_the_sheet_and_every_role_of_the_sheet_exists() -> None:
    source = resources.path("styles", "desk.qss").read_text(encoding="utf-8")
    assert set(re.findall(r'role="([^"]+)"', source)) == {role.value for role in Role} - {Role.SEGMENT.value}
    assert f'role^="{Role.SEGMENT.value}"' in source


def test_a_choice_changes_palette_and_tells(qapp: QApplication, appearance: Appearance, qtbot: QtBot) -> None:
    assert tokens_of(qapp) is LIGHT
    with qtbot.waitSignal(appearance.changed) as changed:
        appearance.choose("dark")
    assert changed.args == [DARK]
    assert tokens_of(qapp) is DARK
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == DARK.bg
    assert DARK.panel in qapp.styleSheet()


def test_the_same_choice_again_repaints_nothing(appearance: Appearance, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(appearance.changed):
        appearance.choose("light")


def test_the_system_is_followed(qapp: QApplication, appearance: Appearance, qtbot: QtBot) -> None:
    del qtbot
    appearance.choose("system")
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert appearance.tokens is DARK
    appearance.choose("light")
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert appearance.tokens is LIGHT
    appearance.choose("system")
    assert appearance.tokens is DARK


def test_a_role_and_a_tone_reach_the_widget(appearance: Appearance, qtbot: QtBot) -> None:
    button, line = QPushButton("Gửi xác thực"), QLabel("thiếu mô tả ảnh")
    qtbot.addWidget(button)
    qtbot.addWidget(line)
    set_role(button, Role.PRIMARY)
    set_tone(line, Tone.BAD)
    for widget in (button, line):
        widget.ensurePolished()
    assert button.palette().color(QPalette.ColorRole.ButtonText).name() == appearance.tokens.accent_ink
    assert line.palette().color(QPalette.ColorRole.WindowText).name() == appearance.tokens.red


def test_the_interface_font_is_drawn_for_vietnamese(qapp: QApplication) -> None:
    del qapp
    family = load_fonts()
    assert family == "Be Vietnam Pro"
    assert family in QFontDatabase.families()
    font = interface_font(family)
    assert QFontInfo(font).family() == family
    raw = QRawFont.fromFont(font)
    assert [letter for letter in STACKED.replace(" ", "") if not raw.supportsCharacter(ord(letter))] == []


@pytest.mark.parametrize("percent", [100, 150, 200])
@pytest.mark.parametrize("role", [None, Role.TITLE, Role.HEADING, Role.MUTED])
def test_a_label_cuts_nothing_off_stacked_marks(
    appearance: Appearance, qtbot: QtBot, role: Role | None, percent: int
) -> None:
    """The capitals Ẫ and Ữ rise over the font's ascent; the label must have as many inked rows as a roomy picture."""
    del appearance
    label = QLabel(STACKED)
    qtbot.addWidget(label)
    if role is not None:
        set_role(label, role)
    label.ensurePolished()
    label.adjustSize()
    roomy = QPixmap(label.width() * percent // 100, 4 * label.height() * percent // 100)
    roomy.setDevicePixelRatio(percent / 100)
    roomy.fill(Qt.GlobalColor.white)
    painter = QPainter(roomy)
    painter.setFont(label.font())
    painter.drawText(0, 2 * label.height(), STACKED)
    painter.end()
    seen = QPixmap(label.size() * (percent / 100))
    seen.setDevicePixelRatio(percent / 100)
    seen.fill(Qt.GlobalColor.white)
    label.render(seen, QPoint(), renderFlags=QWidget.RenderFlag.DrawChildren)
    assert abs(inked_rows(seen) - inked_rows(roomy)) <= 1


def inked_rows(picture: QPixmap) -> int:
    """Rows from the first to the last that hold something dark."""
    image = picture.toImage()
    dark = [
        y for y in range(image.height()) if any(image.pixelColor(x, y).lightness() < 200 for x in range(image.width()))
    ]
    return dark[-1] - dark[0] + 1


@pytest.mark.parametrize("name", NAMES)
def test_an_icon_is_drawn_in_the_colour_asked_for(qapp: QApplication, name: str) -> None:
    del qapp
    image = icon(name, "#a3262a").pixmap(32, 32).toImage()
    opaque = {
        image.pixelColor(x, y).name()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }
    assert opaque == {"#a3262a"}


def test_every_icon_file_has_a_name() -> None:
    assert sorted(path.stem for path in resources.path("styles", "icons").glob("*.svg")) == sorted(NAMES)
