"""The row of editing buttons in words, as the field knows them, with the number of words at its right end."""

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QToolButton, QWidget

from desktop.editor.text.outline import minutes
from desktop.editor.widgets.editing_actions import EditingActions


class EditorToolbar(QWidget):
    def __init__(self, actions: EditingActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "toolbar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._words: int | None = None
        self._count = QLabel(self)
        self._count.setProperty("role", "muted")
        layout = self._line = QHBoxLayout(self)
        layout.setContentsMargins(14, 4, 20, 4)
        layout.setSpacing(2)
        self._row: list[QWidget] = []
        self._folded: list[QAction] = []
        group = 1
        for row, _action in actions:
            if not row.group:
                continue
            if row.group != group:
                self._row.append(_separator(self))
                group = row.group
            self._row.append(_button(self, actions, row.name))
        for widget in self._row:
            layout.addWidget(widget)
        self._more = self._fold_button()
        layout.addWidget(self._more)
        layout.addStretch(1)
        layout.addWidget(self._count)
        self.setMinimumWidth(1)
        self._retranslate()

    def set_words(self, words: int | None) -> None:
        """The number of words of the text; None while it is not known."""
        self._words = words
        self._retranslate()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # other words, another font
            self._fold()
        return super().event(event)

    def _fold(self) -> None:
        """What finds no room stands behind three dots at the end; nothing is shortened to a riddle."""
        margins, gap = self._line.contentsMargins(), self._line.spacing()
        room = self.width() - margins.left() - margins.right() - self._count.sizeHint().width() - 2 * gap
        widths = [widget.sizeHint().width() + gap for widget in self._row]
        if sum(widths) > room:
            room -= self._more.sizeHint().width() + gap
        fitting, used = 0, 0
        for width in widths:
            used += width
            if used > room:
                break
            fitting += 1
        for place, widget in enumerate(self._row):
            widget.setVisible(place < fitting)
        folded = [widget.defaultAction() for widget in self._row[fitting:] if isinstance(widget, QToolButton)]
        self._more.setVisible(bool(folded))
        if folded != self._folded:
            self._folded = folded
            menu = self._more.menu()
            menu.clear()
            menu.addActions(folded)

    def _fold_button(self) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName("toolbar.more")
        button.setText("⋯")
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setStyleSheet("QToolButton::menu-indicator { image: none; width: 0; }")
        button.setMenu(QMenu(button))
        return button

    def _retranslate(self) -> None:
        words = "" if self._words is None else self.tr("%n word(s)", "", self._words)
        if self._words:
            time = self.tr("%n min to read", "", minutes(self._words))
            words = f"{words} · {time}"
        self._count.setText(words)
        self._more.setAccessibleName(QCoreApplication.translate("Actions", "More"))
        self._more.setToolTip(QCoreApplication.translate("Actions", "More"))


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


def _separator(parent: QWidget) -> QWidget:
    """A line with room on both sides, one thing to show or to put away."""
    room = QWidget(parent)
    layout = QHBoxLayout(room)
    layout.setContentsMargins(6, 0, 6, 0)
    line = QFrame(room)
    line.setProperty("role", "separator")
    line.setFixedSize(1, 18)
    layout.addWidget(line)
    return room
