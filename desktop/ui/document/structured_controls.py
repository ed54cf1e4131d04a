"""Controls for values with a structure: a moment, a whole number, money, and a table of rows; same face as all controls."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.digest import Json
from desktop.ui.document.controls import Control, LineControl, ObjectControl
from desktop.ui.plain_label import plain_tip
from desktop.ui.presenters.decimals import decimal_stored, grouped, percent_stored
from desktop.ui.presenters.form import FormField
from desktop.ui.presenters.times import day

_SHOWN = "%d/%m/%Y %H:%M"
_SHOWN_DATE = "%d/%m/%Y"
_ROWS, _MANY, _LEAST = 8, 3, 56
_NARROW = frozenset({"date", "datetime", "decimal", "number", "percent"})
_TRIGGERS = (
    QAbstractItemView.EditTrigger.AnyKeyPressed
    | QAbstractItemView.EditTrigger.EditKeyPressed
    | QAbstractItemView.EditTrigger.DoubleClicked
)


class MomentControl(LineControl):
    """Day and time as people write them, dd/MM/yyyy HH:mm, in the portal's own time; what is neither stays as typed."""

    def __init__(self, field: FormField, parent: QWidget) -> None:
        super().__init__(field, parent)
        self.show_hint(self.tr("dd/MM/yyyy HH:mm"))

    def load(self, value: Json) -> None:
        super().load(shown(value, "datetime"))

    def value(self) -> Json:
        return stored(str(super().value()), "datetime")


class NumberControl(LineControl):
    def load(self, value: Json) -> None:
        super().load(shown(value, "number"))

    def value(self) -> Json:
        return stored(str(super().value()), "number")


class DecimalControl(LineControl):
    """A decimal string: thousands may be typed with points, as in 1.500.000,5."""

    def load(self, value: Json) -> None:
        if value != self.value():
            super().load(shown(value, "decimal"))

    def value(self) -> Json:
        return stored(str(super().value()), "decimal")


class MoneyControl(ObjectControl):
    """An amount as a decimal string, and its currency."""

    PARTS: ClassVar[Mapping[str, type[Control]]] = {**ObjectControl.PARTS, "decimal": DecimalControl}

    def value(self) -> Json:
        made = super().value()
        amount = made.get("amount") if isinstance(made, dict) else None
        if isinstance(made, dict) and isinstance(amount, str):
            made["amount"] = decimal_stored(amount)
        return made


class RowsControl(Control):
    """A table: a column for each member of a row. Empty rows are not kept; members without a column are."""

    def __init__(self, field: FormField, parent: QWidget) -> None:
        super().__init__(field, parent)
        self._before: list[Mapping[str, Json]] = []
        self._loading = False
        self._table = QTableWidget(0, len(field.parts), self)
        self._table.setObjectName(f"field.{field.name}")
        self._table.setAccessibleName(field.label)
        self._table.horizontalHeader().setAccessibleName(field.label)
        for column, part in enumerate(field.parts):
            head = QTableWidgetItem(part.label)
            head.setToolTip(plain_tip(part.label))
            self._table.setHorizontalHeaderItem(column, head)
        self._table.verticalHeader().hide()
        self._lay_columns()
        self._table.setEditTriggers(_TRIGGERS)
        self._table.setTabKeyNavigation(False)
        self._table.itemChanged.connect(self._on_changed)
        self.setFocusProxy(self._table)
        self._add = self._button("add", self.tr("Add row"))
        self._remove = self._button("remove", self.tr("Remove row"))
        self._add.clicked.connect(self.add_row)
        self._remove.clicked.connect(self._on_remove)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(0, 0, 0, 0)
        buttons.addWidget(self._add)
        buttons.addWidget(self._remove)
        buttons.addStretch(1)
        self.stack = QVBoxLayout(self)
        self.stack.setContentsMargins(0, 0, 0, 0)
        self.stack.setSpacing(4)
        self.stack.addWidget(self._table)
        self.stack.addLayout(buttons)
        self._fit()

    def load(self, value: Json) -> None:
        rows = [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
        if rows == self._rows():
            return
        self._loading = True
        self._before = list(rows)
        self._table.setRowCount(0)
        for number, row in enumerate(rows):
            self._table.insertRow(number)
            for column, part in enumerate(self.field.parts):
                self._table.setItem(number, column, QTableWidgetItem(shown(row.get(part.name), part.widget)))
        self._loading = False
        self._fit()

    def value(self) -> Json:
        return list(self._rows())

    def _lay_columns(self) -> None:
        """Numbers and days as wide as they are, words share the rest; of many columns each has its room and one scrolls."""
        heads = self._table.horizontalHeader()
        heads.setMinimumSectionSize(_LEAST)
        heads.setTextElideMode(Qt.TextElideMode.ElideRight)
        many = len(self.field.parts) > _MANY
        for column, part in enumerate(self.field.parts):
            narrow = many or part.widget in _NARROW
            heads.setSectionResizeMode(
                column, QHeaderView.ResizeMode.ResizeToContents if narrow else QHeaderView.ResizeMode.Stretch
            )
        heads.setStretchLastSection(many)

    def _fit(self) -> None:
        """As high as its rows, between one and some."""
        rows = min(max(self._table.rowCount(), 1), _ROWS)
        height = self._table.verticalHeader().defaultSectionSize()
        frame = 2 * self._table.frameWidth() + self._table.horizontalScrollBar().sizeHint().height()
        self._table.setFixedHeight(self._table.horizontalHeader().sizeHint().height() + rows * height + frame)

    @Slot()
    def add_row(self) -> None:
        """Below the last one, ready to be typed into."""
        number = self._table.rowCount()
        self._table.insertRow(number)
        self._before.append({})
        self._fit()
        self._table.setCurrentCell(number, 0)
        self._table.setFocus()

    def _on_remove(self) -> None:
        number = self._table.currentRow()
        if number >= 0:
            self._table.removeRow(number)
            del self._before[number]
            self._fit()
            self.edited.emit()

    def _on_changed(self) -> None:
        if not self._loading:
            self.edited.emit()

    def _rows(self) -> list[dict[str, Json]]:
        return [row for number in range(self._table.rowCount()) if (row := self._row(number))]

    def _row(self, number: int) -> dict[str, Json]:
        """What a line says, over what it held before; {} for an empty one."""
        row = dict(self._before[number])
        for column, part in enumerate(self.field.parts):
            item = self._table.item(number, column)
            value = stored(item.text().strip() if item else "", part.widget)
            if value == "":
                row.pop(part.name, None)
            else:
                row[part.name] = value
        return row

    def _button(self, name: str, text: str) -> QPushButton:
        made = QPushButton(text, self)
        made.setObjectName(f"field.{self.field.name}.{name}")
        return made


STRUCTURED: Mapping[str, type[Control]] = {
    "datetime": MomentControl,
    "number": NumberControl,
    "decimal": DecimalControl,
    "money": MoneyControl,
    "rows": RowsControl,
    "object": ObjectControl,
}


def shown(value: Json, widget: str) -> str:
    """`value` as a person reads and types it."""
    if not isinstance(value, str):
        return "" if value is None or isinstance(value, bool | list | dict) else str(value)
    if widget == "datetime":
        try:
            return f"{datetime.fromisoformat(value):{_SHOWN}}"
        except ValueError:
            return value
    if widget == "percent":
        return value.replace(".", ",")
    if widget == "decimal":
        return grouped(value)
    return day(value) if widget == "date" else value


def stored(text: str, widget: str) -> Json:
    """What was typed as it is stored; what is not of its form stays as typed, and the checks say so."""
    text = text.strip()
    if widget == "number":
        return int(text) if re.fullmatch(r"-?[0-9]{1,15}", text) else text
    if widget in {"percent", "decimal"}:
        return percent_stored(text) if widget == "percent" else decimal_stored(text)
    shape = {"datetime": (_SHOWN, "%Y-%m-%dT%H:%M"), "date": (_SHOWN_DATE, "%Y-%m-%d")}.get(widget)
    if shape is None:
        return text
    try:
        return datetime.strptime(text, shape[0]).strftime(shape[1])  # noqa: DTZ007  the portal's own time has no zone here
    except ValueError:
        return text
