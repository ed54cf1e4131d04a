"""Tells when typing has come to rest: a short while after the last key, and never in the middle of a composition."""

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
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SETTLE_MS)
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
        self._timer.start()

    def set_composing(self, composing: bool) -> None:  # noqa: FBT001  the state is the one argument
        """An input method began or ended a composition; what was typed before waits for its end."""
        if composing != self._composing:
            self._composing = composing
            self.composing_changed.emit(composing)
            if self._pending:
                self._timer.start()

    def flush(self) -> None:
        """Tells now what is pending (the entry is left, the window closes), even during a composition."""
        if self._pending:
            self._pending = False
            self._timer.stop()
            self.settled.emit()

    def forget(self) -> None:
        """Another text was loaded: nothing is pending."""
        self._pending = False
        self._timer.stop()

    @Slot()
    def _on_timeout(self) -> None:
        if not self._composing:
            self.flush()
