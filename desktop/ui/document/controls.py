"""One control per widget of a kind's schema, all with the same face: a value in, a value out, `edited` when a person acts."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import ClassVar

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import (
    QCalendarWidget,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
    QWidgetAction,
)

from desktop.domain.digest import Json
from desktop.ui.plain_label import PlainLabel
from desktop.ui.presenters.form import FormField
from desktop.ui.presenters.times import day
from desktop.ui.theme.roles import Role, set_role

_SHOWN_DATE = "%d/%m/%Y"
_NO_LIMIT = 2**31 - 1
_FEW = 2  # members whose names stand in them while they are empty

_COMES_BACK = frozenset(
    {Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason, Qt.FocusReason.MenuBarFocusReason}
)


class Control(QWidget):
    """Signals: `edited()`; `left()` when the focus leaves, so that nothing waits for a timer."""

    edited = Signal()
    left = Signal()

    def __init__(self, field: FormField, parent: QWidget) -> None:
        super().__init__(parent)
        self.field = field

    def load(self, value: Json) -> None:
        """Show `value` without `edited`."""

    def value(self) -> Json:
        return None


class _Line(QLineEdit):
    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in _COMES_BACK:
            self.setCursorPosition(0)  # a long value shows how it begins
        self.left.emit()


class LineControl(Control):
    def __init__(self, field: FormField, parent: QWidget) -> None:
        super().__init__(field, parent)
        self._line = _line(self, f"field.{field.name}", field.label)
        self._line.setMaxLength(_NO_LIMIT)  # too long is for the checks to say; a limit here would cut what is stored
        self._line.textEdited.connect(lambda _text: self.edited.emit())
        self._line.left.connect(self.left)
        _stack(self, self._line)

    def show_hint(self, text: str) -> None:
        """What belongs here, while it is empty."""
        self._line.setPlaceholderText(text)

    def load(self, value: Json) -> None:
        text = value if isinstance(value, str) else ""
        if text != self._line.text():
            self._line.setText(text)
            self._line.setCursorPosition(0)

    def value(self) -> Json:
        return self._line.text()


class TextControl(Control):
    def __init__(self, field: FormField, parent: QWidget) -> None:
        super().__init__(field, parent)
        self._text = QPlainTextEdit(self)
        self._text.setObjectName(f"field.{field.name}")
        self._text.setAccessibleName(field.label)
        self._text.setTabChangesFocus(True)
        self._text.setFixedHeight(84)
        self._text.textChanged.connect(self._on_changed)
        self._loading = False
        self.setFocusProxy(self._text)
        _stack(self, self._text)

    def load(self, value: Json) -> None:
        text = value if isinstance(value, str) else ""
        if text != self._text.toPlainText():
            self._loading = True
            self._text.setPlainText(text)
            self._loading = False

    def value(self) -> Json:
        return self._text.toPlainText()

    def _on_changed(self) -> None:
        if not self._loading:
            self.edited.emit()


class ChoiceControl(Control):
    """A section or one of the schema's values; the first line is "not chosen"."""

    def __init__(self, field: FormField, parent: QWidget) -> None:
        super().__init__(field, parent)
        self._box = QComboBox(self)
        self._box.setObjectName(f"field.{field.name}")
        self._box.setAccessibleName(field.label)
        self._box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._box.addItem(self.tr("— choose —"), "")
        for option in field.options:
            self._box.addItem(option.label, option.value)
        self._box.activated.connect(lambda _row: self.edited.emit())
        self._box.currentTextChanged.connect(self._box.setToolTip)  # a long section is cut in the narrow column
        self.setFocusProxy(self._box)
        _stack(self, self._box)

    def load(self, value: Json) -> None:
        wanted = value if isinstance(value, str) else ""
        row = self._box.findData(wanted)
        if row < 0:
            # A value of yesterday's schema stays visible and is not lost by opening the form.
            self._box.addItem(wanted, wanted)
            row = self._box.count() - 1
        self._box.setCurrentIndex(row)

    def value(self) -> Json:
        return str(self._box.currentData() or "")


class DateControl(Control):
    """A date as people write it, dd/MM/yyyy; what is no date stays as typed, and the checks say so."""

    def __init__(self, field: FormField, parent: QWidget) -> None:
        super().__init__(field, parent)
        self._line = _line(self, f"field.{field.name}", field.label)
        self._line.setPlaceholderText(self.tr("dd/MM/yyyy"))
        self._line.textEdited.connect(lambda _text: self.edited.emit())
        self._line.left.connect(self._on_left)
        self._button = QToolButton(self)
        self._button.setObjectName(f"field.{field.name}.calendar")
        self._button.setAccessibleName(self.tr("Calendar: {field}").format(field=field.label))
        self._button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._button.setMenu(self._menu())
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._line, 1)
        layout.addWidget(self._button)

    def load(self, value: Json) -> None:
        self._line.setText(day(value) if isinstance(value, str) else "")

    def value(self) -> Json:
        text = self._line.text().strip()
        try:
            return f"{datetime.strptime(text, _SHOWN_DATE):%Y-%m-%d}"  # noqa: DTZ007  a calendar day has no zone
        except ValueError:
            return text

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        calendar = QCalendarWidget(menu)
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        calendar.clicked.connect(self._on_day)
        calendar.activated.connect(self._on_day)
        action = QWidgetAction(menu)
        action.setDefaultWidget(calendar)
        menu.addAction(action)
        return menu

    def _on_day(self, chosen: QDate) -> None:
        self._button.menu().hide()
        self._line.setText(chosen.toString("dd/MM/yyyy"))
        self.edited.emit()

    def _on_left(self) -> None:
        value = self.value()
        if isinstance(value, str):
            self._line.setText(day(value))
        self.left.emit()


class CheckControl(Control):
    def __init__(self, field: FormField, parent: QWidget) -> None:
        super().__init__(field, parent)
        self._check = QCheckBox(field.label, self)
        self._check.setObjectName(f"field.{field.name}")
        self._check.clicked.connect(lambda _on=False: self.edited.emit())
        self.setFocusProxy(self._check)
        _stack(self, self._check)

    def load(self, value: Json) -> None:
        self._check.setChecked(value is True)

    def value(self) -> Json:
        return self._check.isChecked()


class ObjectControl(Control):
    """A value of several members, one under the other; of more than two each has its name above it.

    What need not be filled in is one button (`field.NAME.open`) until something is there.
    """

    PARTS: ClassVar[Mapping[str, type[Control]]] = {"date": DateControl}

    def __init__(self, field: FormField, parent: QWidget) -> None:
        super().__init__(field, parent)
        self._before: dict[str, Json] = {}
        self._parts: dict[str, Control] = {}
        self._panel = QWidget(self)
        layout = QVBoxLayout(self._panel)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for part in field.parts:
            made = self._part(part)
            made.edited.connect(self.edited)
            made.left.connect(self.left)
            self._parts[part.name] = made
            if len(field.parts) > _FEW:
                name = PlainLabel(part.label, self._panel)
                set_role(name, Role.MUTED)
                name.setBuddy(made)
                layout.addWidget(name)
            layout.addWidget(made)
        self._open = QPushButton(self.tr("Fill in…"), self)
        self._open.setObjectName(f"field.{field.name}.open")
        self._open.setAccessibleName(self.tr("Fill in: {field}").format(field=field.label))
        self._open.clicked.connect(self._on_open)
        _stack(self, self._panel, self._open)
        self._fold(away=field.widget == "object" and not field.required)

    def _on_open(self) -> None:
        self._fold(away=False)
        self.setFocus()

    def _fold(self, *, away: bool) -> None:
        self._panel.setVisible(not away)
        self._open.setVisible(away)
        first = next(iter(self._parts.values()), None)
        self.setFocusProxy(self._open if away or first is None else first)

    def _part(self, part: FormField) -> Control:
        named = replace(part, name=f"{self.field.name}.{part.name}")
        made = self.PARTS.get(part.widget, LineControl)(named, self._panel)
        if isinstance(made, LineControl) and len(self.field.parts) <= _FEW:
            made.show_hint(part.label)
        return made

    def load(self, value: Json) -> None:
        self._before = dict(value) if isinstance(value, dict) else {}
        for name, part in self._parts.items():
            part.load(self._before.get(name))
        if self._before:
            self._fold(away=False)

    def value(self) -> Json:
        made = dict(self._before)
        for name, part in self._parts.items():
            text = part.value()
            if text:
                made[name] = text
            else:
                made.pop(name, None)
        return made


CONTROLS: dict[str, type[Control]] = {
    "line": LineControl,
    "text": TextControl,
    "section": ChoiceControl,
    "choice": ChoiceControl,
    "date": DateControl,
    "check": CheckControl,
    "source": ObjectControl,
}


def _line(parent: QWidget, name: str, label: str) -> _Line:
    line = _Line(parent)
    line.setObjectName(name)
    line.setAccessibleName(label)
    parent.setFocusProxy(line)
    return line


def _stack(owner: QWidget, *inner: QWidget) -> None:
    layout = QVBoxLayout(owner)
    layout.setContentsMargins(0, 0, 0, 0)
    for widget in inner:
        layout.addWidget(widget)
