"""Between a command and what it shows, keys belong to nobody: not to the page that is about to go."""

import shiboken6
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

# The window's own keys go on working: they are asked for by ShortcutOverride, which is let through.
_KEYS = frozenset({QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.InputMethod})


class Hold(QObject):
    """Swallows what is typed into the focused field of `page` from `begin` until `end`."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self._field: QWidget | None = None

    def begin(self) -> None:
        self.end()
        field: QWidget | None = self._page.window().focusWidget()
        if field is not None and self._page.isAncestorOf(field):
            self._field = field
            field.installEventFilter(self)

    def end(self) -> None:
        field, self._field = self._field, None
        if field is not None and shiboken6.isValid(field):
            field.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        del watched
        if event.type() in _KEYS:
            event.accept()
            return True
        return False
