"""The row of editing buttons in words, as the field knows them, with the number of words at its right end."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from desktop.editor.widgets.editing_actions import EditingActions


class EditorToolbar(QWidget):
    def __init__(self, actions: EditingActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "toolbar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._words: int | None = None
        self._count = QLabel(self)
        self._count.setProperty("role", "muted")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 4, 20, 4)
        layout.setSpacing(2)
        group = 1
        for row, _action in actions:
            if not row.group:
                continue
            if row.group != group:
                layout.addSpacing(6)
                layout.addWidget(_separator(self))
                layout.addSpacing(6)
                group = row.group
            layout.addWidget(_button(self, actions, row.name))
        layout.addStretch(1)
        layout.addWidget(self._count)

    def set_words(self, words: int | None) -> None:
        """The number of words of the text; None while it is not known."""
        self._words = words
        self._retranslate()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._count.setText("" if self._words is None else self.tr("%n word(s)", "", self._words))


def _button(parent: QWidget, actions: EditingActions, name: str) -> QToolButton:
    button = QToolButton(parent)
    button.setDefaultAction(actions[name])
    button.setObjectName(f"toolbar.{name}")
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
    # Text of the selection must stay selected in the editor while the button works on it.
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    font = button.font()
    font.setBold(name == "bold")
    font.setItalic(name == "italic")
    button.setFont(font)
    return button


def _separator(parent: QWidget) -> QFrame:
    line = QFrame(parent)
    line.setProperty("role", "separator")
    line.setFixedSize(1, 18)
    return line
