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


@dataclass(frozen=True, eq=False)
class _Write:
    number: int
    entry_id: EntryId
    fields: Fields
    seen: Rid | None


class Autosave(QObject):
    """One document at a time; what the disk refused of earlier ones is kept and tried again. Signals:
    `state_changed(Saved, str)` with when it was written; `refused(Problem)`.
    """

    state_changed = Signal(object, str)
    refused = Signal(object)

    def __init__(self, shell: Shell, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._entry_id: EntryId | None = None
        self._read: Callable[[], Fields] = dict
        self._seen: Rid | None = None
        self._number = 0  # never goes back: a late answer is known as such also after another document
        self._written = 0
        self._state = Saved.KEPT
        self._at = ""
        self._flying: set[_Write] = set()
        self._failed: dict[EntryId, _Write] = {}
        self._last: dict[EntryId, int] = {}
        self._after: dict[EntryId, list[Callable[[], None]]] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.write)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_AGAIN_MS)
        self._again.timeout.connect(self._write_again)

    @property
    def state(self) -> Saved:
        return self._state

    @property
    def pending(self) -> bool:
        """Something on the screen is not on disk yet."""
        return self._entry_id is not None and self._number != self._written

    @property
    def failing(self) -> bool:
        """Something typed, here or in an entry left since, was refused and is not on disk."""
        return bool(self._failed) or (self.pending and self._state is Saved.FAILED)

    def unwritten(self, entry_id: EntryId) -> Fields | None:
        """What was typed into this entry and the disk refused; None when the disk has everything."""
        write = self._failed.get(entry_id)
        return write.fields if write is not None else None

    @property
    def seen(self) -> Rid | None:
        """The revision that the text on the screen stands on."""
        return self._seen

    def begin(self, entry_id: EntryId, read: Callable[[], Fields], *, at: str, base: Rid | None) -> None:
        """Another document, on disk as it is shown unless it was `unwritten`; `read` gives its fields as they stand on the
        screen, `base` is the revision they stand on.
        """
        self.write()
        failed = self._failed.get(entry_id)
        self._entry_id, self._read, self._seen = entry_id, read, base
        self._written = self._number
        if failed is None:
            self._tell(Saved.KEPT, at)
            return
        self._number += 1
        self._seen = failed.seen
        self._tell(Saved.FAILED, at)
        self._again.start()

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
        if self._entry_id is not None and self.pending:
            self._give(_Write(self._number, self._entry_id, self._read(), self._seen))

    def then(self, action: Callable[[], None]) -> None:
        """`action` once everything is on disk, whatever is open by then; never, if the disk or a rule refuses."""
        if self._entry_id is None or not self.pending:
            action()
            return
        self._after.setdefault(self._entry_id, []).append(action)
        self.write()

    def end(self) -> None:
        """Nothing is open any more."""
        self.write()
        self._entry_id = None

    def _give(self, write: _Write) -> None:
        drafting = self._shell.desk.drafting
        self._flying.add(write)
        self._last[write.entry_id] = write.number
        self._shell.bridge.store(
            lambda: drafting.save(write.entry_id, write.fields, seen_rid=write.seen),
            lambda at: self._on_written(write, at),
            lambda problem: self._on_refused(write, problem),
            on_end=lambda: self._on_end(write),
        )

    def _write_again(self) -> None:
        """A full disk may have room again, a lock may be gone."""
        for write in tuple(self._failed.values()):
            if write.entry_id != self._entry_id:
                self._give(write)
        self.write()

    def _on_written(self, write: _Write, at: str) -> None:
        self._flying.discard(write)
        failed = self._failed.get(write.entry_id)
        if failed is not None and failed.number <= write.number:
            del self._failed[write.entry_id]
        if write.entry_id == self._entry_id:
            self._written = max(self._written, write.number)
            self._at = at
            if self.pending:
                return
            self._tell(Saved.KEPT, at)
        elif write.number != self._last.get(write.entry_id):
            return
        elif failed is not None:
            self._tell(self._state if self._entry_id is not None else Saved.KEPT, self._at)
        for action in self._after.pop(write.entry_id, ()):
            action()

    def _on_refused(self, write: _Write, problem: Problem) -> None:
        self._flying.discard(write)
        self._fail(write, again=isinstance(problem, StorageProblem))
        self.refused.emit(problem)

    def _on_end(self, write: _Write) -> None:
        """A write that died of a bug has neither answer; the bridge has told the bug."""
        if write in self._flying:
            self._flying.discard(write)
            self._fail(write, again=True)

    def _fail(self, write: _Write, *, again: bool) -> None:
        self._after.pop(write.entry_id, None)
        if again:
            self._failed[write.entry_id] = write
            self._again.start()
        else:
            self._failed.pop(write.entry_id, None)
        if write.entry_id == self._entry_id:
            self._tell(Saved.FAILED, self._at)
        elif again:
            self._tell(self._state, self._at)

    def _tell(self, state: Saved, at: str) -> None:
        self._state, self._at = state, at
        self.state_changed.emit(state, at)
