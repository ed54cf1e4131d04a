"""What is typed is on disk within half a second after the last key; what the window says of it is never more than the truth."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.domain.digest import Json
from desktop.domain.errors import Problem, StorageProblem
from desktop.domain.ids import EntryId, Rid
from desktop.ui.presenters.header import Saved
from desktop.ui.shell import Shell

Fields = Mapping[str, Json]
# The editor settles 0.4 s after the last key, forms at once: together with the write this stays under half a second.
_FORM_MS = 150
_AGAIN_MS = 2_000


@dataclass(frozen=True)
class _Write:
    number: int
    entry_id: EntryId
    fields: Fields
    seen: Rid | None


class Autosave(QObject):
    """One document at a time. Signals: `state_changed(Saved, str)` with when it was written; `refused(Problem)`."""

    state_changed = Signal(object, str)
    refused = Signal(object)

    def __init__(self, shell: Shell, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._entry_id: EntryId | None = None
        self._read: Callable[[], Fields] = dict
        self._seen: Rid | None = None
        self._number = 0
        self._written = 0
        self._state = Saved.KEPT
        self._at = ""
        self._after: list[Callable[[], None]] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.write)

    @property
    def state(self) -> Saved:
        return self._state

    @property
    def pending(self) -> bool:
        """Something on the screen is not on disk yet."""
        return self._number != self._written

    def begin(self, entry_id: EntryId, read: Callable[[], Fields], *, at: str) -> None:
        """Another document, which is on disk as it is shown; `read` gives its fields as they stand on the screen."""
        self.write()
        self._entry_id, self._read = entry_id, read
        self._number = self._written = 0
        self._after = []
        self._tell(Saved.KEPT, at)

    def stand_on(self, base: Rid | None) -> None:
        """The revision that the text on the screen stands on; what comes in while typing is not it."""
        self._seen = base

    def typed(self) -> None:
        """A key was pressed; the editor says itself when it has settled."""
        if self._entry_id is not None:
            self._number += 1
            self._tell(Saved.CHANGED, self._at)

    def settled(self) -> None:
        """The pause after the last key is over: write."""
        if self.pending:
            self.write()

    def touched(self) -> None:
        """A field of the form was changed."""
        if self._entry_id is not None:
            self.typed()
            if not self._timer.isActive():  # one who types without a pause is written all the same
                self._timer.start(_FORM_MS)

    def write(self) -> None:
        """Whatever is not on disk goes there now."""
        self._timer.stop()
        if self._entry_id is None or not self.pending:
            return
        write = _Write(self._number, self._entry_id, self._read(), self._seen)
        drafting = self._shell.desk.drafting
        self._shell.bridge.store(
            lambda: drafting.save(write.entry_id, write.fields, seen_rid=write.seen),
            lambda at: self._on_written(write, at),
            lambda problem: self._on_refused(write, problem),
        )

    def then(self, action: Callable[[], None]) -> None:
        """`action` once everything is on disk; never, if the disk or a rule refuses."""
        if not self.pending:
            action()
            return
        self._after.append(action)
        self.write()

    def end(self) -> None:
        """Nothing is open any more."""
        self.write()
        self._entry_id = None

    def _on_written(self, write: _Write, at: str) -> None:
        if write.entry_id != self._entry_id:
            return
        self._written = max(self._written, write.number)
        self._at = at
        if self.pending:
            return
        self._tell(Saved.KEPT, at)
        waiting, self._after = self._after, []
        for action in waiting:
            action()

    def _on_refused(self, write: _Write, problem: Problem) -> None:
        self._after = []
        self.refused.emit(problem)
        if write.entry_id == self._entry_id:
            self._tell(Saved.FAILED, self._at)
            if isinstance(problem, StorageProblem):
                # A full disk may have room again, a lock may be gone; the text stays on the screen meanwhile.
                self._timer.start(_AGAIN_MS)

    def _tell(self, state: Saved, at: str) -> None:
        self._state, self._at = state, at
        self.state_changed.emit(state, at)
