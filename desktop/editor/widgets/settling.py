"""Tells what was typed a short while after the first key of it, also while typing goes on; never amid a composition.

Waiting for the last key would keep the work of somebody who types fast in memory alone.
"""

from PySide6.QtCore import QObject, QTimer, Signal, Slot

SETTLE_MS = 350


class Settling(QObject):
    """Signals: `settled()`, at most once per change; `composing_changed(bool)`."""

    settled = Signal()
    composing_changed = Signal(bool)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._pending = False
        self._composing = False
        self._overdue = False  # the time ran out in the middle of a composition
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_timeout)

    @property
    def composing(self) -> bool:
        return self._composing

    @property
    def pending(self) -> bool:
        """Whether something was typed that has not been told yet."""
        return self._pending

    def changed(self) -> None:
        """A key changed the text."""
        self._pending = True
        if not self._timer.isActive() and not self._overdue:
            self._timer.start(SETTLE_MS)

    def set_composing(self, composing: bool) -> None:  # noqa: FBT001  the state is the one argument
        """An input method began a composition, or ended it and its word stands; what is overdue is told then."""
        if composing != self._composing:
            self._composing = composing
            self.composing_changed.emit(composing)
        if not composing and self._overdue:
            self._timer.start(0)

    def flush(self) -> None:
        """Tells now what is pending (the entry is left, the window closes), even during a composition."""
        if self._pending:
            self.forget()
            self.settled.emit()

    def forget(self) -> None:
        """Another text was loaded: nothing is pending."""
        self._pending = self._overdue = False
        self._timer.stop()

    @Slot()
    def _on_timeout(self) -> None:
        if self._composing:
            self._overdue = True
        else:
            self.flush()
