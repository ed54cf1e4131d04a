"""What stands above the open entry: what the portal refused, until it is seen, and why a text is locked."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.application.records import Document
from desktop.domain.entry import Phase
from desktop.domain.errors import Rule
from desktop.ui.layouts import stacked
from desktop.ui.notices import Notice, NoticeStack, Told
from desktop.ui.presenters.gestures import Offer, because, with_fields
from desktop.ui.presenters.header import is_absent
from desktop.ui.shell import Shell


class AboveWork(QWidget):
    """Signals: `recall_wanted()`."""

    recall_wanted = Signal()

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell = shell
        self._cards = NoticeStack("work.cards", self)
        self._lock = Notice("work.lock", self, closable=False)
        self._lock.hide()
        self._lock.pressed.connect(self.recall_wanted)
        layout = stacked(self)
        layout.addWidget(self._cards)
        layout.addWidget(self._lock)

    def clear(self) -> None:
        self._cards.show_all(())
        self._lock.hide()

    def retranslate(self) -> None:
        self._lock.retranslate()

    def show_document(self, document: Document, offer: Offer | None) -> None:
        self._show_cards(document)
        self._show_lock(document, offer)

    def _show_cards(self, document: Document) -> None:
        conflicts, bearings = self._shell.desk.conflicts, self._shell.bearings
        kind = bearings.kinds.get(document.kind) if bearings else None
        notices = []
        # The pane of a conflict says itself what its card says.
        for card in (card for card in document.cards if document.conflict is None or card.outcome != "conflict"):
            said = self._shell.sentence(with_fields(card.rule, card.pointers, kind, lang=self._shell.lang))
            text = f"{said.title}: {said}"

            def dismiss(card_id: int = card.id) -> None:
                self._shell.bridge.store(lambda: conflicts.dismiss(card_id))

            notices.append(Told(text, ((self.tr("Seen"), dismiss),)))
        self._cards.show_all(notices)

    def _show_lock(self, document: Document, offer: Offer | None) -> None:
        rule, phase = document.writable, document.facts.state.phase
        if is_absent(document):
            self._lock.say(self._shell.explain(Rule("body-missing")))
            return
        if rule is None or phase not in {Phase.DRAFT, Phase.WAITING}:
            self._lock.hide()
            return
        recall = offer.named("recall") if offer else None
        if recall is not None and recall.allowed:
            text = self.tr("Sent, and locked while it waits for approval. To change it, recall it first.")
            self._lock.say(text, button=self.tr("Recall to edit"))
        else:
            self._lock.say(because(rule, self._shell.explain))
