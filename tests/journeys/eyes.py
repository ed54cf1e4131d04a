"""What a person sees in a window: widgets by object name, what is written on them, the rows of a list.

Nothing here calls the program; it looks and waits for what shows.
"""

import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEvent, QEventLoop, QModelIndex, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QListView, QWidget

PATIENCE = 30.0
_STILL_MS = 350  # a page that is being drawn changes within this time
_STILL_AT_LAST = 4.0
Found = TypeVar("Found")
AnyWidget = TypeVar("AnyWidget", bound=QWidget)


class NotSeenError(AssertionError):
    """What a person would have waited for never showed."""


def wait_until(condition: Callable[[], Found | None], *, what: str, seconds: float = PATIENCE) -> Found:
    """The first truthy answer, while the window lives on; NotSeenError naming `what` otherwise."""
    end = time.monotonic() + seconds
    while True:
        found = condition()
        if found:
            return found
        if time.monotonic() > end:
            raise NotSeenError(f"waited {seconds:g} s in vain for {what}")
        breathe()


def breathe(milliseconds: int = 15) -> None:
    """Let the event loop work until something happens, at most `milliseconds`."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


class Eyes:
    """Looks at one window and its dialogs."""

    def __init__(self, seat: Callable[[], QWidget | None]) -> None:
        """`seat` gives the window that stands there now: the sign-in first, the desk afterwards."""
        self._seat = seat

    @property
    def window(self) -> QWidget:
        return wait_until(self._seat, what="the window")

    def look(self, name: str) -> QWidget | None:
        """The visible widget of that object name, in this window or a dialog of it."""
        window = self.window
        places = [window, *(w for w in QApplication.topLevelWidgets() if w.parent() is window)]
        for place in places:
            for widget in place.findChildren(QWidget, name):
                if widget.isVisible():
                    return widget
        return None

    def see(self, name: str, *, seconds: float = PATIENCE) -> QWidget:
        """The same, when it shows."""
        return wait_until(lambda: self.look(name), what=f"{name!r} to show", seconds=seconds)

    def see_as(self, kind: type[AnyWidget], name: str) -> AnyWidget:
        """The same, which must be of that kind."""
        widget = self.see(name)
        assert isinstance(widget, kind), f"{name!r} is a {type(widget).__name__}"
        return widget

    def words(self, name: str) -> str:
        """What is written on a widget: label, button or line."""
        widget = self.look(name)
        for reader in ("text", "toPlainText", "currentText"):
            method = getattr(widget, reader, None)
            if callable(method):
                return str(method())
        return ""

    def read(self, name: str, part: str, *, seconds: float = PATIENCE) -> str:
        """Wait until `name` says something with `part` in it."""
        try:
            wait_until(lambda: part in self.words(name), what=f"{part!r} on {name!r}", seconds=seconds)
        except NotSeenError as error:
            raise NotSeenError(f"{error}; it says {self.words(name)!r}") from None
        return self.words(name)

    def picture(self, path: Path) -> None:
        """What is on the screen once nothing moves on it any more, as PNG."""
        QApplication.setCursorFlashTime(0)
        path.parent.mkdir(parents=True, exist_ok=True)
        shot, end = self.window.grab(), time.monotonic() + _STILL_AT_LAST
        while time.monotonic() < end:
            before = shot.toImage()
            breathe(_STILL_MS)
            shot = self.window.grab()
            if shot.toImage() == before:
                break
        assert shot.save(str(path)), f"no picture at {path}"

    def may(self, action: str) -> bool:
        """Whether an action of the window is enabled now."""
        found = self.window.findChild(QAction, f"action.{action}")
        return isinstance(found, QAction) and found.isEnabled()

    def titles(self, view: str = "list.rows") -> list[str]:
        """The titles in the list, from the top."""
        rows = self.look(view)
        if not isinstance(rows, QListView) or rows.model() is None:
            return []
        model = rows.model()
        return [str(model.index(number, 0).data() or "") for number in range(model.rowCount())]

    def row(self, title: str, view: str = "list.rows") -> QModelIndex | None:
        """The row whose title begins with `title`."""
        for number, shown in enumerate(self.titles(view)):
            if shown.startswith(title):
                return self.see_as(QListView, view).model().index(number, 0)
        return None
