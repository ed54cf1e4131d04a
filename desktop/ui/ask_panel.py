"""A question at the foot of the work area: a reason that the regulation asks for, or consent. Nothing is blocked meanwhile."""

import shiboken6
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from desktop.ui.grounds import set_ground
from desktop.ui.plain_label import PlainLabel
from desktop.ui.presenters.gestures import Gesture
from desktop.ui.theme.roles import Role, set_role


class AskPanel(QFrame):
    """Ctrl+Enter confirms, Escape leaves; the keyboard goes back to where it was. Signals: `confirmed(str, str)` with command
    and reason.
    """

    confirmed = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._gesture: Gesture | None = None
        self._before: QWidget | None = None
        self.setObjectName("ask")
        set_ground(self, Role.ACTION_BAR)
        self._title = PlainLabel(parent=self)
        set_role(self._title, Role.CARD_TITLE)
        self._reason = ReasonEdit(self)
        self._confirm = QPushButton(self)
        self._confirm.setObjectName("ask.confirm")
        set_role(self._confirm, Role.PRIMARY)
        self._cancel = QPushButton(self)
        self._cancel.setObjectName("ask.cancel")
        self._lay_out()
        self._reason.textChanged.connect(self._check)
        self._reason.confirmed.connect(self._on_confirmed)
        self._reason.left.connect(self.dismiss)
        self._confirm.clicked.connect(lambda _checked=False: self._on_confirmed())
        self._cancel.clicked.connect(lambda _checked=False: self.dismiss())
        self.retranslate()
        self.hide()

    def ask(self, gesture: Gesture) -> None:
        """Ask for what `gesture` needs; asked twice, what was written for it stays."""
        if self.isVisible() and gesture == self._gesture:
            self._take_focus(gesture)
            return
        if not self.isVisible():
            self._before = self.window().focusWidget()
        self._gesture = gesture
        self._reason.setPlainText("")
        self._reason.setVisible(gesture.reason)
        self.retranslate()
        self._check()
        self.show()
        self._take_focus(gesture)

    def dismiss(self) -> None:
        """Nothing is decided."""
        self._gesture = None
        focused: QWidget | None = self.window().focusWidget()
        if focused is not None and self.isAncestorOf(focused) and self._before and shiboken6.isValid(self._before):
            self._before.setFocus()
        self._before = None
        self.hide()

    def retranslate(self) -> None:
        self._cancel.setText(self.tr("Cancel"))
        self._reason.setPlaceholderText(self.tr("The author reads these words with the text."))
        self._reason.setAccessibleName(self.tr("Reason"))
        self._confirm.setAccessibleName(self.tr("Confirm"))
        if self._gesture is None:
            return
        words = self._gesture.text.rstrip("…")
        self._confirm.setText(words)
        self._confirm.setAccessibleName(words)
        if self._gesture.reason:
            self._title.setText(self.tr("{command}: the reason (required)").format(command=words))
        else:
            self._title.setText(self.tr("{command}? The text stays in this machine's history.").format(command=words))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)

    def _take_focus(self, gesture: Gesture) -> None:
        (self._reason if gesture.reason else self._confirm).setFocus()

    def _check(self) -> None:
        needs = self._gesture is not None and self._gesture.reason
        self._confirm.setEnabled(not needs or bool(self._reason.toPlainText().strip()))

    def _on_confirmed(self) -> None:
        gesture = self._gesture
        if gesture is None or not self._confirm.isEnabled():
            return
        reason = self._reason.toPlainText().strip()
        self.dismiss()
        self.confirmed.emit(gesture.name, reason)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._confirm)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 12, 20, 12)
        layout.setSpacing(8)
        layout.addWidget(self._title)
        layout.addWidget(self._reason)
        layout.addLayout(buttons)


class ReasonEdit(QPlainTextEdit):
    """Signals: `confirmed()` for Ctrl+Enter, `left()` for Escape; both before the window's own keys."""

    confirmed = Signal()
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("ask.reason")
        self.setTabChangesFocus(True)
        self.setFixedHeight(76)

    def event(self, event: object) -> bool:
        """Ctrl+Enter belongs to this field while it has the focus, not to the window."""
        if isinstance(event, QKeyEvent) and event.type() == QKeyEvent.Type.ShortcutOverride and _is_confirm(event):
            event.accept()
            return True
        return super().event(event)  # type: ignore[arg-type]  # the stubs narrow the argument

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _is_confirm(event):
            self.confirmed.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _is_confirm(event: QKeyEvent) -> bool:
    control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    return control and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
