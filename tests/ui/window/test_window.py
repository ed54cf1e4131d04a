"""Of the whole window: every control is named, every action has one name and one key, language and theme change live."""

from collections import Counter

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.application.records import Draft, ListQuery
from desktop.application.shown import refresh
from desktop.domain.errors import Rule
from desktop.editor.widgets.editing_actions import TABLE as EDITING
from desktop.ui.actions import TABLE
from desktop.ui.theme.tokens import DARK
from tests.support.seeded_desk import Seeded
from tests.ui.window.conftest import Open
from tests.ui.window.reach import TIMEOUT, first, go, open_first

CONTROLS = (QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QPlainTextEdit)
# Parts of Qt's own composite widgets: the control around them carries the name.
QT_OWN = ("qt_", "QComboBoxPrivateContainer", "_q_")


def nameless(window: QWidget) -> list[str]:
    found = []
    for control in window.findChildren(QWidget):
        if not isinstance(control, CONTROLS) or not control.isEnabled() or control.isHidden():
            continue
        own = control.objectName().startswith(QT_OWN) or any(
            type(above).__name__ in {"QComboBox", "QCalendarWidget", "QComboBoxPrivateContainer"}
            for above in _above(control)
        )
        if not own and not control.accessibleName() and not (isinstance(control, QAbstractButton) and control.text()):
            found.append(f"{type(control).__name__} {control.objectName()!r}")
    return found


def _above(widget: QWidget) -> list[QWidget]:
    found: list[QWidget] = []
    parent = widget.parentWidget()
    while parent is not None:
        found.append(parent)
        parent = parent.parentWidget()
    return found


@pytest.mark.parametrize(
    ("username", "box"), [("ctv.vanhoa", "drafts"), ("ctv.vanhoa", "submitted"), ("truongban", "step:dang_tai")]
)
def test_every_control_has_an_accessible_name(qtbot: QtBot, open_window: Open, username: str, box: str) -> None:
    opened = open_window(username)
    open_first(qtbot, opened, box)
    assert nameless(opened.window) == []


def test_every_action_has_its_own_name_and_key() -> None:
    names = Counter(spec.name for spec in TABLE)
    keys = Counter(QKeySequence(key).toString() for spec in TABLE for key in spec.keys)
    assert [name for name, count in names.items() if count > 1] == []
    assert [key for key, count in keys.items() if count > 1] == []


def test_no_key_of_the_window_is_a_key_of_the_editor(open_window: Open) -> None:
    window = open_window("ctv.vanhoa").window
    keys = {QKeySequence(key).toString() for spec in TABLE for key in spec.keys}
    editing = {action.shortcut().toString() for _, action in window.work.editor.actions_table}
    assert keys & editing == set()


def test_the_menu_holds_every_action_once(open_window: Open) -> None:
    window = open_window("ctv.vanhoa").window
    held = [action.objectName() for menu in window.menu.findChildren(QMenu) for action in menu.actions()]
    assert sorted(name for name in held if name) == sorted(
        f"action.{name}" for name in [*(spec.name for spec in TABLE), *(row.name for row in EDITING)]
    )


def test_the_language_changes_live_everywhere(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("truongban")
    open_first(qtbot, opened, "step:dang_tai")
    window = opened.window
    window.table["language-en"].trigger()
    qtbot.waitUntil(lambda: window.table["forward"].text().startswith("Publish"), timeout=TIMEOUT)
    assert [item.label for item in window.navigation.items()][:2] == ["Drafts", "Returned to me"]
    assert window.navigation.compose_button.text() == "New entry"
    assert "Offline" in _texts(window)["status.network"]
    assert _texts(window)["segment.as-portal"] == "As on the portal"
    window.table["language-vi"].trigger()
    qtbot.waitUntil(lambda: window.table["forward"].text().startswith("Đăng tải"), timeout=TIMEOUT)
    assert window.navigation.compose_button.text() == "Soạn mới"


def test_the_theme_changes_live_and_is_remembered(open_window: Open) -> None:
    opened = open_window("ctv.vanhoa")
    opened.window.table["theme-dark"].trigger()
    assert opened.window.palette().window().color().name() == DARK.bg
    assert opened.window.memory.text("theme") == "dark"
    opened.window.table["theme-light"].trigger()


def test_the_place_is_remembered(qtbot: QtBot, open_window: Open) -> None:
    before = open_window("ctv.vanhoa")
    go(qtbot, before, "submitted")
    before.window.close()
    after = open_window("ctv.vanhoa", home=before.home)
    assert after.window.navigation.box == "submitted"


def test_f6_walks_through_the_panels(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa")
    open_first(qtbot, opened, "drafts")
    opened.window.list.view.setFocus()
    opened.window.table["next-pane"].trigger()
    assert opened.window.work.isAncestorOf(opened.window.focusWidget())
    opened.window.table["next-pane"].trigger()
    assert opened.window.navigation.isAncestorOf(opened.window.focusWidget())
    opened.window.table["next-pane"].trigger()
    assert opened.window.focusWidget() is opened.window.list.view


def test_signing_out_says_what_was_not_sent_and_keeps_it(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa")
    open_first(qtbot, opened, "returned")
    opened.window.stage.perform("submit")
    qtbot.waitUntil(lambda: opened.window.sync.status.waiting > 0, timeout=TIMEOUT)
    waiting, told = opened.window.sync.status.waiting, opened.window.session_notice
    opened.window.table["sign-out"].trigger()
    qtbot.waitUntil(told.isVisible, timeout=TIMEOUT)
    assert told.text().startswith(f"Còn {waiting} thao tác chưa gửi")
    button = opened.window.findChild(QPushButton, "session.notice.button")
    assert button is not None
    button.click()
    qtbot.waitUntil(lambda: told.text().startswith("Bạn đã đăng xuất"), timeout=TIMEOUT)
    assert not opened.window.notice.isVisible()  # the portal is away: signed out here all the same
    with opened.store.read() as work:
        assert work.queue.count() == waiting


CLAUSE = "QĐ 2567/2007/QĐ-UBND Điều 17.5"


def _refused(given: Seeded) -> None:
    entry_id = given.desk.library.rows(_box("submitted"))[0].entry_id
    with given.store.write() as work:
        work.cards.add(
            entry_id, op_id=None, name="approve", outcome="forbidden", rule=Rule("section", CLAUSE),
            pointers=(), at="2026-11-22T02:00:00Z",
        )  # fmt: skip
        refresh(work, [entry_id])


def _torn(given: Seeded) -> None:
    """A draft on a published text while the portal's head is another."""
    entry_id = given.desk.library.rows(_box("published"))[0].entry_id
    with given.store.write() as work:
        entry = work.entries.get(entry_id)
        revision = work.revisions.get(entry.head.rid) if entry and entry.head.rid else None
        assert entry is not None
        assert revision is not None
        fields = {**revision.content.fields, "title": "Của tôi"}
        work.drafts.put(
            Draft(entry_id, revision.content.kind, "vi", fields, base_rid=revision.rid, conflict=entry.head.rid)
        )
        refresh(work, [entry_id])


def _torn_and_told(given: Seeded) -> None:
    _torn(given)
    entry_id = given.desk.library.rows(_box("conflicts"))[0].entry_id
    with given.store.write() as work:
        work.cards.add(
            entry_id, op_id=None, name="put", outcome="conflict", rule=Rule("conflict"),
            pointers=(), at="2026-11-22T02:00:00Z",
        )  # fmt: skip


def test_a_conflict_is_told_once(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa", fill=_torn_and_told)
    open_first(qtbot, opened, "conflicts")
    assert opened.window.findChild(QLabel, "work.cards.0.text") is None


def test_what_the_portal_refused_is_said_with_its_clause_until_it_is_seen(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa", fill=_refused)
    open_first(qtbot, opened, "cards")
    said, seen = (
        opened.window.findChild(QLabel, "work.cards.0.text"),
        opened.window.findChild(QPushButton, "work.cards.0.button"),
    )
    assert said is not None
    assert seen is not None
    assert "Điều 17.5" in said.text()
    seen.click()
    qtbot.waitUntil(lambda: not opened.seeded.desk.library.cards(), timeout=TIMEOUT)
    qtbot.waitUntil(lambda: opened.window.list.model.rowCount() == 0, timeout=TIMEOUT)


@pytest.mark.parametrize(("button", "title"), [("conflict.keep-mine", "Của tôi"), ("conflict.take-theirs", "")])
def test_a_conflict_is_decided_by_a_person_and_either_text_stays(
    qtbot: QtBot, open_window: Open, button: str, title: str
) -> None:
    opened = open_window("ctv.vanhoa", fill=_torn)
    entry_id = first(opened, "conflicts")
    theirs = opened.seeded.desk.drafting.open(entry_id).content
    assert theirs is not None
    open_first(qtbot, opened, "conflicts")
    chosen = opened.window.findChild(QPushButton, button)
    assert chosen is not None
    chosen.click()
    qtbot.waitUntil(lambda: not opened.seeded.desk.library.rows(_box("conflicts")), timeout=TIMEOUT)
    now = opened.seeded.desk.drafting.open(entry_id)
    assert now.fields["title"] == (title or theirs.fields["title"])


def test_no_keyring_is_said_once(open_window: Open) -> None:
    assert open_window("ctv.vanhoa", secure=False).window.session_notice.isVisible()
    assert not open_window("btv.tin").window.session_notice.isVisible()


def _texts(window: QWidget) -> dict[str, str]:
    return {button.objectName(): button.text() for button in window.findChildren(QAbstractButton)}


def _box(name: str) -> ListQuery:
    return ListQuery(box=name)
