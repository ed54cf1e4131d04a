"""The commands of the open entry as actions: what is offered, what is refused and why, and carrying them out.

Nothing is decided here: the desk says what is allowed, and judges again when the command is given.
"""

from functools import partial

from PySide6.QtCore import QObject, Signal

from desktop.application.records import Document
from desktop.domain.ids import EntryId
from desktop.ui.actions import STAGE_ACTIONS, ActionTable
from desktop.ui.presenters.gestures import Gesture, Offer, offer
from desktop.ui.shell import Shell

_FORWARD = "forward"
_READ = frozenset({"submit", "approve", "return"})
_ASKED = frozenset({"discard"})


class StageActions(QObject):
    """Signals: `offered(Offer | None)`; `question_raised(Gesture)`: reason or consent wanted, then `perform`;
    `flush_requested(callable)`: write what is on the screen, then call it; `given(EntryId, str)` when the command is queued.
    """

    offered = Signal(object)
    question_raised = Signal(object)
    flush_requested = Signal(object)
    given = Signal(str, str)

    def __init__(self, shell: Shell, table: ActionTable) -> None:
        super().__init__(table)
        self._shell = shell
        self._table = table
        self._document: Document | None = None
        self._offer: Offer | None = None
        for name in STAGE_ACTIONS:
            table.on(name, partial(self.trigger, name))
        self.show_document(None)

    @property
    def offer(self) -> Offer | None:
        return self._offer

    def show_document(self, document: Document | None) -> None:
        """The commands of this document from now on."""
        self._document = document
        bearings = self._shell.bearings
        if document is None or bearings is None:
            self._offer = None
        else:
            shell = self._shell
            self._offer = offer(
                document, bearings.profile, bearings.kinds.get(document.kind),
                lang=shell.lang, explain=shell.explain, translate=shell.translate,
            )  # fmt: skip
        for name in STAGE_ACTIONS:
            self._show(name)
        self.offered.emit(self._offer)

    def trigger(self, name: str) -> None:
        """What the action or its button does."""
        gesture = self._gesture(name)
        if gesture is None or not gesture.allowed:
            return
        if gesture.reason or gesture.name in _ASKED:
            self.question_raised.emit(gesture)
        else:
            self.perform(gesture.name)

    def perform(self, name: str, reason: str = "", *, entry_id: EntryId | None = None) -> None:
        """Give the command for the text and the state on the screen; nothing when another entry than `entry_id` is there."""
        document = self._document
        if document is None or entry_id not in {None, document.entry_id}:
            return
        facts, entry_id = document.facts, document.entry_id
        order = partial(
            self._shell.desk.stages.give, entry_id, name, reason=reason,
            read_rid=facts.head_rid if name in _READ else None, read_step=facts.state.step, read_state_ver=facts.state_ver,
        )  # fmt: skip

        def give() -> None:
            self._shell.bridge.store(order, lambda _none: self._on_given(entry_id, name))

        self.flush_requested.emit(give)

    def _on_given(self, entry_id: EntryId, name: str) -> None:
        self.given.emit(entry_id, name)

    def _show(self, name: str) -> None:
        gesture = self._gesture(name)
        if gesture is None:
            self._table.refuse(name, self.tr("Not a step of this entry now"))
        elif gesture.allowed:
            self._table.allow(name, text=gesture.text)
        else:
            self._table.refuse(name, gesture.why, text=gesture.text)

    def _gesture(self, name: str) -> Gesture | None:
        if self._offer is None:
            return None
        return self._offer.primary if name == _FORWARD else self._offer.named(name)
