"""What the buttons of a card do. A command that is given anew puts its card away; anything else leaves it until it is seen."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from desktop.application.records import Card, Document
from desktop.domain.revision import Content
from desktop.ui.shell import Shell
from desktop.ui.stage_actions import StageActions

_FORWARD = frozenset({"submit", "approve"})
_COMMANDS = frozenset({"submit", "approve", "return", "recall", "revise", "restore", "unpublish"})


class CardActions(QObject):
    """Signals: `merged_wanted()`; `compare_wanted(Content)`: the text that was read; `field_wanted(str)`: a pointer;
    `action_wanted(str)`: an action of the window; `export_wanted(str)`: of this entry.
    """

    merged_wanted = Signal()
    compare_wanted = Signal(object)
    field_wanted = Signal(str)
    action_wanted = Signal(str)
    export_wanted = Signal(str)

    def __init__(self, shell: Shell, stage: StageActions, parent: QObject) -> None:
        super().__init__(parent)
        self._shell = shell
        self._stage = stage
        self._given: tuple[Card, str] | None = None
        stage.given.connect(self._on_given)

    def take(self, name: str, card: Card, document: Document) -> None:
        """Carry out the way out `name` of `card`, on the document that is open."""
        bridge, desk = self._shell.bridge, self._shell.desk
        if name in _COMMANDS:
            self._given = (card, name)
            self._stage.trigger("forward" if name in _FORWARD else name)
            return
        match name:
            case "seen":
                bridge.store(partial(desk.conflicts.dismiss, card.id))
            case "merged":
                self.merged_wanted.emit()
            case "resubmit":
                self.resubmit(document)
            case "compare" if card.op_id is not None:
                bridge.store(partial(desk.waiting.text_of, card.op_id), self._on_text)
            case "field":
                self.field_wanted.emit(card.pointers[0])
            case "export":
                self.export_wanted.emit(card.entry_id)
            case "send" if card.op_id is not None:
                bridge.store(partial(desk.waiting.release, card.op_id), lambda _none: self.action_wanted.emit("sync"))
            case _:
                self.action_wanted.emit(name)

    def resubmit(self, document: Document) -> None:
        """A merged text that was read goes on in one gesture."""
        entry_id, version, desk = document.entry_id, document.facts.state_ver, self._shell.desk

        def read_and_send() -> None:
            desk.conflicts.confirm(entry_id, seen_at=document.saved_at)
            desk.stages.give(entry_id, "submit", read_state_ver=version)

        self._shell.bridge.store(read_and_send, lambda _none: self._stage.given.emit(entry_id, "submit"))

    def _on_text(self, content: Content | None) -> None:
        if content is not None:
            self.compare_wanted.emit(content)

    def _on_given(self, entry_id: str, name: str) -> None:
        given, self._given = self._given, None
        if given is not None and (given[0].entry_id, given[1]) == (entry_id, name):
            self._shell.bridge.store(partial(self._shell.desk.conflicts.dismiss, given[0].id))
