"""What stands above the open entry: what the portal refused, until it is seen, and why a text is locked."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.application.records import Card, Document
from desktop.domain.entry import Phase
from desktop.domain.errors import Rule
from desktop.ui.cards.card_actions import CardActions
from desktop.ui.cards.card_bar import CardBar
from desktop.ui.layouts import clear, stacked
from desktop.ui.notices import Notice
from desktop.ui.presenters.cards import CardWords, shown
from desktop.ui.presenters.gestures import Offer, because
from desktop.ui.presenters.header import is_absent
from desktop.ui.shell import Shell
from desktop.ui.stage_actions import StageActions


class AboveWork(QWidget):
    """Signals: `recall_wanted()`."""

    recall_wanted = Signal()

    def __init__(self, shell: Shell, stage: StageActions, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell = shell
        self.ways = CardActions(shell, stage, self)
        self._cards = QVBoxLayout()
        self._cards.setSpacing(0)
        self._lock = Notice("work.lock", self, closable=False)
        self._lock.hide()
        self._lock.pressed.connect(self.recall_wanted)
        layout = stacked(self)
        layout.addLayout(self._cards)
        layout.addWidget(self._lock)

    def clear(self) -> None:
        clear(self._cards)
        self._lock.hide()

    def retranslate(self) -> None:
        self._lock.retranslate()

    def show_document(self, document: Document, offer: Offer | None, *, told: frozenset[str] = frozenset()) -> None:
        """`told`: outcomes that the page below tells itself."""
        self._show_cards(document, told)
        self._show_lock(document, offer)

    def _show_cards(self, document: Document, told: frozenset[str]) -> None:
        clear(self._cards)
        bearings, shell = self._shell.bearings, self._shell
        if bearings is None:
            return
        words = CardWords(
            bearings.profile, bearings.kinds.get(document.kind), bearings.people, bearings.me.id, shell.lang, shell.now(),
            shell.translate,
        )  # fmt: skip
        cards = [card for card in document.cards if card.outcome not in told]
        for number, card in enumerate(cards):
            take = partial(self._take, card, document)
            self._cards.addWidget(CardBar(number, shown(card, document, words), take, self))

    def _take(self, card: Card, document: Document, way: str) -> None:
        self.ways.take(way, card, document)

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
