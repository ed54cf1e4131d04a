"""What a person does at a window: keys, mouse, clipboard, and an input method for Vietnamese.

Nothing here calls the program; it sends the events that these devices would.
"""

import time

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QGuiApplication, QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QListView, QMenu, QWidget

from tests.journeys.eyes import PATIENCE, Eyes, wait_until


class Person(Eyes):
    """One person in front of one window."""

    def front(self) -> None:
        """Bring the window to the front, as a click on it in the task bar would."""
        self.window.activateWindow()
        wait_until(self.window.isActiveWindow, what="the window in front")

    def press(self, keys: str, widget: QWidget | None = None) -> None:
        """One key or shortcut, as in "Ctrl+Return"."""
        combination = QKeySequence(keys)[0]  # type: ignore[index]  # not in the stubs
        target = widget or QApplication.focusWidget() or self.window
        QTest.keyClick(target, combination.key(), combination.keyboardModifiers())

    def type(self, text: str) -> None:
        """Every character as a key of a Vietnamese keyboard layout would give it, into what has the focus."""
        for char in text:
            target = QApplication.focusWidget()
            assert target is not None, f"nothing has the focus for {char!r}"
            if char == "\n":
                QTest.keyClick(target, Qt.Key.Key_Return)
            else:
                code = Qt.Key(ord(char.upper())) if char.isascii() else Qt.Key.Key_unknown
                QTest.sendKeyEvent(QTest.KeyAction.Click, target, code, char, Qt.KeyboardModifier.NoModifier)

    def compose(self, *stages: str) -> None:
        """One syllable through an input method: each stage underlined, the last one committed."""
        target = QApplication.focusWidget()
        assert target is not None, "nothing has the focus"
        for stage in stages[:-1]:
            QApplication.sendEvent(target, QInputMethodEvent(stage, []))
        done = QInputMethodEvent("", [])
        done.setCommitString(stages[-1])
        QApplication.sendEvent(target, done)

    def paste(self, text: str) -> None:
        """From the clipboard, by key, into what has the focus."""
        QGuiApplication.clipboard().setText(text)
        self.press("Ctrl+V")

    def write(self, name: str, text: str) -> None:
        """Click into a field, replace what is in it."""
        field = self.see(name)
        self.click(name)
        wait_until(lambda: field.hasFocus() or field.isAncestorOf(_focus()), what=f"the focus in {name!r}")
        self.press("Ctrl+A")
        self.type(text)

    def click(self, name: str) -> QWidget:
        """Click in the middle of what has that name; it must be enabled."""
        widget = self.see(name)
        wait_until(widget.isEnabled, what=f"{name!r} to be enabled ({widget.toolTip()})")
        _scroll_to(widget)
        if not widget.isActiveWindow():
            self.front()  # a window manager brings a window that is clicked to the front
        # What lies under the pointer gets the click: the viewport of an editor, not its frame.
        target = widget.childAt(widget.rect().center()) or widget
        place = target.mapFrom(widget, widget.rect().center()) if target is not widget else widget.rect().center()
        QTest.mouseClick(target, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
        return widget

    def choose(self, name: str, words: str) -> None:
        """Choose the line `words` of a drop-down list by keys."""
        box = self.see_as(QComboBox, name)
        box.setFocus(Qt.FocusReason.MouseFocusReason)
        place = wait_until(lambda: box.findText(words) + 1, what=f"{words!r} in {name!r}") - 1
        self.press("Home", box)
        for _ in range(place):
            self.press("Down", box)
        assert box.currentText() == words, f"{name!r} shows {box.currentText()!r}, not {words!r}"

    def take(self, keys: str, *path: tuple[str, str]) -> None:
        """Open a menu by key and click through it: each step names the menu that is open and the line to click.

        A menu may hold the event loop while it is open, so a timer clicks, as a hand does while the program waits.
        """
        steps, end = list(path), time.monotonic() + PATIENCE

        def click() -> None:
            popup = QApplication.activePopupWidget()
            if steps and isinstance(popup, QMenu) and popup.objectName() == steps[0][0]:
                _click_line(popup, steps.pop(0)[1])
            elif popup is not None and time.monotonic() > end:
                popup.close()

        timer = QTimer()
        timer.timeout.connect(click)
        timer.start(20)
        self.press(keys)
        wait_until(lambda: not steps, what=f"the menu {path}")
        timer.stop()

    def click_row(self, title: str, view: str = "list.rows") -> None:
        """Click the row of that title when it is in the list."""
        index = wait_until(lambda: self.row(title, view), what=f"the row {title!r} among {self.titles(view)[:8]}")
        rows = self.see_as(QListView, view)
        rows.scrollTo(index)
        QTest.mouseClick(
            rows.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, rows.visualRect(index).center()
        )


def _click_line(menu: QMenu, line: str) -> None:
    action = next((action for action in menu.actions() if line in _names(action)), None)
    assert action is not None, f"{menu.objectName()!r} has no line {line!r}"
    place = menu.actionGeometry(action).center()
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)


def _names(action: QAction) -> set[str]:
    """The object names of a menu's line: its own, or that of the menu it opens."""
    opened = action.menu()
    return {action.objectName(), opened.objectName() if isinstance(opened, QMenu) else ""} - {""}


def _focus() -> QWidget:
    return QApplication.focusWidget() or QWidget()


def _scroll_to(widget: QWidget) -> None:
    """Bring the widget into view where it stands in a scroll area."""
    above = widget.parentWidget()
    while above is not None:
        reach = getattr(above, "ensureWidgetVisible", None)
        if callable(reach):
            reach(widget)
        above = above.parentWidget()
