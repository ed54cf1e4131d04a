"""Bars that say something without stopping anybody: what went wrong, why a text is locked, what the portal refused."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QWidget

from desktop.ui.layouts import clear, stacked
from desktop.ui.plain_label import PlainLabel
from desktop.ui.theme.roles import Role, set_role, set_tone
from desktop.ui.theme.tokens import Tone


class Notice(QFrame):
    """One bar: words, an optional button, and a cross. Signals: `pressed()`, `dismissed()`."""

    pressed = Signal()
    dismissed = Signal()

    def __init__(
        self, name: str, parent: QWidget | None = None, *, tone: Tone = Tone.WARN, closable: bool = True
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        set_role(self, Role.NOTICE)
        set_tone(self, tone)
        self._text = PlainLabel(parent=self)
        self._text.setObjectName(f"{name}.text")
        self._text.setWordWrap(True)
        self._button = QPushButton(self)
        self._button.setObjectName(f"{name}.button")
        self._button.hide()
        self._button.clicked.connect(lambda _checked=False: self.pressed.emit())
        self._close = QToolButton(self)
        self._close.setObjectName(f"{name}.close")
        self._close.setText("✕")
        self._close.setVisible(closable)
        self._close.clicked.connect(lambda _checked=False: self._on_closed())
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(20, 8, 12, 8)
        self._row.setSpacing(12)
        self._row.addWidget(self._text, 1)
        self._row.addWidget(self._button)
        self._row.addWidget(self._close)
        self.retranslate()

    def say(self, text: str, *, button: str = "", tone: Tone | None = None) -> None:
        if tone is not None:
            set_tone(self, tone)
        self._text.setText(text)
        self._button.setText(button)
        self._button.setAccessibleName(button)
        self._button.setVisible(bool(button))
        self.setAccessibleName(text)
        self.show()

    def offer(self, name: str, words: str, action: Callable[[], None]) -> QPushButton:
        """One more button."""
        button = QPushButton(words, self)
        button.setObjectName(name)
        button.setAccessibleName(words)
        button.clicked.connect(lambda _checked=False: action())
        self._row.insertWidget(self._row.count() - 1, button)
        return button

    def text(self) -> str:
        return self._text.text()

    def retranslate(self) -> None:
        self._close.setAccessibleName(self.tr("Dismiss"))
        self._close.setToolTip(self.tr("Dismiss"))

    def _on_closed(self) -> None:
        self.hide()
        self.dismissed.emit()


@dataclass(frozen=True)
class Told:
    """Words and at least one button: what it says and what it does."""

    text: str
    buttons: tuple[tuple[str, Callable[[], None]], ...]
    tone: Tone = Tone.BAD


class NoticeStack(QWidget):
    """Several notices under one another, built anew from values."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._layout = stacked(self)
        self.hide()

    def show_all(self, notices: Sequence[Told]) -> None:
        clear(self._layout)
        for number, told in enumerate(notices):
            made = Notice(f"{self.objectName()}.{number}", self, tone=told.tone, closable=False)
            (button, action), *others = told.buttons
            made.say(told.text, button=button)
            made.pressed.connect(action)
            for place, (words, other) in enumerate(others, 1):
                made.offer(f"{made.objectName()}.button.{place}", words, other)
            self._layout.addWidget(made)
        self.setVisible(bool(notices))
