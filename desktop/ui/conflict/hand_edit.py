"""Writing a contested place by hand: the control of its field, or a text field for a paragraph, with keys to be done with it."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.domain.digest import Json
from desktop.ui.document.controls import CONTROLS, Control, LineControl
from desktop.ui.presenters.form import FormField
from desktop.ui.theme.roles import Role, set_role

_LINES = 4


class HandEdit(QWidget):
    """Ctrl+Enter is done with it, Escape gives it up. Signals: `edited()`, `finished()`, `given_up()`."""

    edited = Signal()
    finished = Signal()
    given_up = Signal()

    def __init__(self, name: str, field: FormField | None, *, called: str, parent: QWidget) -> None:
        """`field`: the control it gets; None for a long text. `called`: what a screen reader says."""
        super().__init__(parent)
        self._control: Control | None = None
        self._text: QPlainTextEdit | None = None
        hint = QLabel(self.tr("Ctrl+↵ when it reads well; Esc leaves it as it was."), self)
        set_role(hint, Role.FIELD_LABEL)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        if field is None:
            self._text = _text(self, name, called)
            self._text.textChanged.connect(self.edited)
            self._field: QWidget = self._text
            layout.addWidget(self._text)
        else:
            self._control = CONTROLS.get(field.widget, LineControl)(field, self)
            self._control.edited.connect(self.edited)
            self._field = self._control
            layout.addWidget(self._control)
        layout.addWidget(hint)
        self._name(name, called)
        self.setFocusProxy(self._field)

    def load(self, value: Json) -> None:
        """What it starts from, without `edited`."""
        if self._text is not None:
            self._text.blockSignals(True)  # noqa: FBT003  Qt's own
            self._text.setPlainText(value if isinstance(value, str) else "")
            self._text.moveCursor(QTextCursor.MoveOperation.End)
            self._text.blockSignals(False)  # noqa: FBT003
        elif self._control is not None:
            self._control.load(value)

    def value(self) -> Json:
        if self._text is not None:
            return self._text.toPlainText()
        return self._control.value() if self._control is not None else None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """These keys are this field's before they are the window's."""
        del watched
        if not isinstance(event, QKeyEvent):
            return False
        meant = self._meant(event)
        if meant is None:
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress:
            meant.emit()
            return True
        return False

    def _meant(self, event: QKeyEvent) -> SignalInstance | None:
        if event.key() == Qt.Key.Key_Escape:
            return self.given_up
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        return self.finished if enter and (control or self._text is None) else None

    def _name(self, name: str, called: str) -> None:
        """A control is called by its field; here it is one of many on the screen."""
        for number, inner in enumerate([self._field, *self._field.findChildren(QWidget)]):
            inner.installEventFilter(self)
            if inner.objectName().startswith("field."):
                inner.setObjectName(name if number == 1 else f"{name}.{number}")
                inner.setAccessibleName(inner.accessibleName() or called)


def _text(parent: QWidget, name: str, called: str) -> QPlainTextEdit:
    made = QPlainTextEdit(parent)
    made.setObjectName(name)
    made.setAccessibleName(called)
    made.setTabChangesFocus(True)
    made.setFixedHeight(made.fontMetrics().lineSpacing() * _LINES + 20)
    return made
