"""The small parts: what they say to a screen reader, that nothing of them is cut off, and that focus is always seen."""

from collections.abc import Callable, Iterator
from functools import partial

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.ui.document.checks_list import ProblemBar
from desktop.ui.parts import Chip, Elided, KeyButton, NavItem, Pill, grouped
from desktop.ui.presenters.checks import Check, Weight
from desktop.ui.stage_steps import Stage, StageSteps
from desktop.ui.theme.appearance import Appearance, Choice
from desktop.ui.theme.roles import Role, set_role
from desktop.ui.theme.tokens import Tone


@pytest.fixture(params=["light", "dark"])
def appearance(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[Appearance]:
    choice: Choice = request.param
    made = Appearance(qapp, choice)
    yield made
    made.setParent(None)
    made.deleteLater()
    qapp.setStyleSheet("")


def role_button(role: Role) -> QPushButton:
    button = QPushButton("Trả lại")
    set_role(button, role)
    return button


def search_field() -> QLineEdit:
    field = QLineEdit()
    set_role(field, Role.SEARCH)
    return field


BUTTON_ROLES = [
    Role.PRIMARY, Role.COMPOSE, Role.DANGER, Role.CHIP, Role.SEGMENT_FIRST, Role.SEGMENT, Role.SEGMENT_LAST,
    Role.FLAT, Role.LINK, Role.STATUS_BUTTON,
]  # fmt: skip
CONTROLS: dict[str, Callable[[], QWidget]] = {
    "button": lambda: QPushButton("Trả lại"),
    **{role.value: partial(role_button, role) for role in BUTTON_ROLES},
    "key": lambda: KeyButton("Gửi", key="Ctrl+Return"),
    "compose-key": lambda: KeyButton("Soạn mới", key="Ctrl+N", role=Role.COMPOSE),
    "nav": lambda: NavItem("Bản nháp"),
    "chip-widget": lambda: Chip("Tin bài"),
    "line": QLineEdit,
    "search-line": search_field,
    "combo": QComboBox,
    "text": QPlainTextEdit,
    "check": lambda: QCheckBox("Khẩn"),
    "radio": lambda: QRadioButton("Giữ bản của tôi"),
    "tool": QToolButton,
    "list": QListWidget,
}


@pytest.mark.parametrize("name", sorted(CONTROLS))
def test_focus_is_seen_on_every_control(appearance: Appearance, qtbot: QtBot, name: str) -> None:
    del appearance
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    control, other = CONTROLS[name](), QPushButton("khác")
    control.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    layout.addWidget(control)
    layout.addWidget(other)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    other.setFocus()
    without, size = picture(control), control.size()
    control.setFocus(Qt.FocusReason.TabFocusReason)
    assert QApplication.focusWidget() is control
    assert differing(without, picture(control)) >= 2 * (size.width() + size.height()) - 40, "a ring, not a dot"
    assert control.size() == size, "nothing moves when the focus comes"


def picture(widget: QWidget) -> QImage:
    return widget.grab().toImage()


def differing(one: QImage, other: QImage) -> int:
    return sum(one.pixel(x, y) != other.pixel(x, y) for x in range(one.width()) for y in range(one.height()))


def test_a_navigation_item_says_its_count(qtbot: QtBot) -> None:
    item = NavItem("Bị trả lại")
    qtbot.addWidget(item)
    assert item.accessibleName() == "Bị trả lại"
    seen = []
    for count in (104218, 0):
        item.set_count(count, hot=True)
        seen.append((item.accessibleName(), item.hot))
    # Red is for something to do: nought is never red.
    assert seen == [("Bị trả lại, 104\u202f218", True), ("Bị trả lại, 0", False)]
    item.relabel("Returned")
    assert item.accessibleName() == "Returned, 0"


def test_a_navigation_item_is_chosen_by_key_and_mouse(qtbot: QtBot) -> None:
    item = NavItem("Bản nháp")
    qtbot.addWidget(item)
    item.show()
    with qtbot.waitSignal(item.clicked):
        QTest.keyClick(item, Qt.Key.Key_Space)
    assert item.isChecked()
    with qtbot.waitSignal(item.clicked):
        QTest.mouseClick(item, Qt.MouseButton.LeftButton)


def test_a_key_button_has_room_for_words_and_key(appearance: Appearance, qtbot: QtBot) -> None:
    del appearance
    plain, keyed = KeyButton("Gửi xác thực"), KeyButton("Gửi xác thực", key="Ctrl+Return")
    for button in (plain, keyed):
        qtbot.addWidget(button)
        button.ensurePolished()
    assert keyed.sizeHint().width() >= plain.sizeHint().width() + keyed.fontMetrics().horizontalAdvance("Ctrl+↵")
    assert keyed.minimumSizeHint() == keyed.sizeHint()


def test_a_pill_is_as_wide_as_its_word(qtbot: QtBot) -> None:
    pill = Pill("Bản nháp", Tone.DRAFT)
    qtbot.addWidget(pill)
    before = pill.sizeHint()
    pill.show_stage("Chờ xác thực", Tone.VERIFY)
    assert pill.sizeHint().width() > before.width()
    assert (pill.text(), pill.accessibleName()) == ("Chờ xác thực", "Chờ xác thực")


def test_steps_are_told_in_order_with_what_is_done(qtbot: QtBot) -> None:
    steps = StageSteps()
    qtbot.addWidget(steps)
    steps.set_stages([Stage("Nhập mới", "done", "Cộng tác viên"), Stage("Xác thực", "now"), Stage("Đăng tải", "next")])
    steps.set_note("✓ đã lưu")
    assert steps.accessibleName() == "✓ Nhập mới · Cộng tác viên → 2 Xác thực → 3 Đăng tải"
    assert steps.accessibleDescription() == "✓ đã lưu"


@pytest.mark.parametrize("width", [80, 200, 320, 900])
def test_steps_give_way_but_the_awaited_one_stays_whole(appearance: Appearance, qtbot: QtBot, width: int) -> None:
    del appearance
    steps = StageSteps()
    qtbot.addWidget(steps)
    steps.set_stages([Stage("Nhập mới", "done", "Cộng tác viên"), Stage("Xác thực", "now"), Stage("Đăng tải", "next")])
    steps.resize(900, 26)
    natural = steps._widths()
    steps.resize(QSize(width, 26))
    narrow = steps._widths()
    assert narrow[1] == natural[1]
    assert all(after <= before for before, after in zip(natural, narrow, strict=True))
    assert not picture(steps).isNull()


def test_a_cut_line_is_whole_in_its_tool_tip(qtbot: QtBot) -> None:
    line = Elided("Ngoại tuyến: quyết định được ký và giữ trong hàng đợi")
    qtbot.addWidget(line)
    line.resize(60, 20)
    picture(line)
    assert line.toolTip() == line.text()
    line.resize(2000, 20)
    picture(line)
    assert line.toolTip() == ""


def test_numbers_are_grouped_as_offices_write_them() -> None:
    assert [grouped(n) for n in (0, 999, 104218)] == ["0", "999", "104\u202f218"]


def test_problems_are_whole_where_there_is_room_and_shortened_where_there_is_none(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    QVBoxLayout(window).addWidget(bar := ProblemBar(window))
    problems = [
        Check(Weight.STOP, f"{name}: còn thiếu") for name in ("Chuyên mục", "Cơ quan ban hành", "Ngày ban hành")
    ]
    window.resize(900, 60)
    window.show()
    bar.show_problems(problems)
    qtbot.waitUntil(lambda: [line.text() for line in _lines(bar)] == [f"✕ {problem.text}" for problem in problems])
    window.resize(480, 60)
    qtbot.waitUntil(lambda: _lines(bar)[1].text().endswith("…"))
    assert window.width() == 480
    assert _lines(bar)[1].accessibleName() == "Cơ quan ban hành: còn thiếu"


def _lines(bar: ProblemBar) -> list[QPushButton]:
    return bar.findChildren(QPushButton)
