"""One card above the open entry: what happened, who and when, and its ways out under the words."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.ui.plain_label import PlainLabel
from desktop.ui.presenters.cards import Shown
from desktop.ui.theme.roles import Role, set_role, set_tone
from desktop.ui.theme.tokens import Tone


class CardBar(QFrame):
    """Object names `work.cards.<n>.text`, `.facts`, `.button` for the last way out, `.<way>` for the others."""

    def __init__(self, number: int, card: Shown, take: Callable[[str], None], parent: QWidget) -> None:
        super().__init__(parent)
        name = f"work.cards.{number}"
        self.setObjectName(name)
        self.setAccessibleName(card.text)
        set_role(self, Role.NOTICE)
        set_tone(self, Tone.BAD)
        words = QVBoxLayout(self)
        words.setContentsMargins(20, 8, 12, 8)
        words.setSpacing(3)
        for part, text in (("text", card.text), ("facts", card.facts)):
            label = PlainLabel(text, self)
            label.setObjectName(f"{name}.{part}")
            label.setWordWrap(True)
            if part == "facts":
                set_role(label, Role.FIELD_LABEL)
            words.addWidget(label)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for way in card.ways:
            last = way is card.ways[-1]
            button = QPushButton(way.words, self)
            button.setObjectName(f"{name}.{'button' if last else way.name}")
            button.setAccessibleName(way.words)
            set_role(button, Role.PICK)
            button.clicked.connect(lambda _on=False, chosen=way.name: take(chosen))
            buttons.addWidget(button)
        buttons.addStretch(1)
        words.addLayout(buttons)
