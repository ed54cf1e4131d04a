"""Relations to other entries: what stands, one more by act and a search, what the text itself names, and the inverse; by keys alone.

Enter takes the row that is found, or what was typed as a document that is not on the portal; Delete takes a relation out.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.application.records import Shown
from desktop.domain.digest import Json
from desktop.domain.keyed import listed
from desktop.domain.relations import Relation, number_key
from desktop.ui.document.controls import Control
from desktop.ui.plain_label import PlainLabel
from desktop.ui.presenters.form import FormField
from desktop.ui.theme.roles import Role, set_role

_ROW = 24
_MOST_ROWS = 6


class RelationsControl(Control):
    """Signal: `search_wanted(str)`; whoever answers calls `show_found`."""

    search_wanted = Signal(str)

    def __init__(self, field: FormField, parent: QWidget) -> None:
        super().__init__(field, parent)
        self._rows: list[dict[str, Json]] = []
        self._named: tuple[Relation, ...] = ()
        self._hits: tuple[Shown, ...] = ()
        self._acts = {option.value: option.label for option in field.options}
        self._list = _Rows(self, f"field.{field.name}", field.label)
        self._act = QComboBox(self)
        self._act.setObjectName(f"field.{field.name}.act")
        self._act.setAccessibleName(self.tr("Relation"))
        for option in field.options:
            self._act.addItem(option.label, option.value)
        self._line = _Search(self)
        self._line.setObjectName(f"field.{field.name}.search")
        self._line.setAccessibleName(self.tr("The other document"))
        self._line.setPlaceholderText(self.tr("Number or name…"))
        self._found = _Rows(self, f"field.{field.name}.found", self.tr("Documents found"))
        self._take = QPushButton(self)
        self._take.setObjectName(f"field.{field.name}.take")
        self._inverse = PlainLabel(parent=self)
        self._inverse.setObjectName(f"field.{field.name}.inverse")
        self._inverse.setWordWrap(True)
        set_role(self._inverse, Role.MUTED)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self._line)
        self._refresh()

    def load(self, value: Json) -> None:
        rows = [dict(row) for row in listed(value) if isinstance(row, dict)]
        if rows != self._rows:
            self._rows = rows
            self._refresh()

    def value(self) -> Json:
        return [dict(row) for row in self._rows]

    def show_found(self, found: Sequence[Shown]) -> None:
        """What a search has found; nothing for a line that is empty by now."""
        self._hits = tuple(found) if self._line.text().strip() else ()
        self._found.fill([_called(row) for row in self._hits])

    def begin(self) -> None:
        """Another entry stands in the form: what was searched and found for the one before is gone."""
        self._line.clear()
        self.show_found(())
        self.show_named(())
        self.show_inverse(())

    def show_named(self, named: Sequence[Relation]) -> None:
        """What the text names and the portal has; what stands as a relation already is not offered again."""
        self._named = tuple(named)
        self._offer()

    def show_inverse(self, lines: Sequence[str]) -> None:
        """What others say of this document."""
        self._inverse.setText("\n".join(lines))
        self._inverse.setVisible(bool(lines))

    def add(self, relations: Sequence[Relation]) -> None:
        """Each once."""
        known = {row.get("id") for row in self._rows}
        new = [relation for relation in relations if relation.key not in known]
        if new:
            self._rows += [relation.as_json() for relation in new]
            self._refresh()
            self.edited.emit()

    def _add(self, other: Shown | None) -> None:
        act, typed = str(self._act.currentData() or ""), self._line.text().strip()
        name = (other.key or other.title) if other else typed
        if act and name:
            self.add([Relation(act, name, other.entry_id if other else None)])
            self._line.clear()
            self._line.setFocus()
            self.show_found(())

    def _on_return(self) -> None:
        """What was typed, unless it is the number of the one document that was found."""
        same = [row for row in self._hits if number_key(row.key) == number_key(self._line.text())]
        self._add(same[0] if len(same) == 1 else None)

    def _on_found(self, at: int) -> None:
        self._add(self._hits[at])

    def _on_removed(self, at: int) -> None:
        del self._rows[at]
        self._refresh(at)
        self.edited.emit()

    def _refresh(self, at: int = 0) -> None:
        self._list.fill([self._told(row) for row in self._rows], at)
        self._offer()

    def _offer(self) -> None:
        others = {row.get("entry") for row in self._rows}
        new = [relation for relation in self._named if relation.entry not in others]
        self._take.setText(self.tr("Add what the text names (%n)", "", len(new)))
        self._take.setToolTip("\n".join(relation.name for relation in new))
        self._take.setVisible(bool(new))

    def _on_take(self) -> None:
        others = {row.get("entry") for row in self._rows}
        self.add([relation for relation in self._named if relation.entry not in others])
        self._list.setFocus()

    def _told(self, row: dict[str, Json]) -> str:
        act = str(row.get("act") or "")
        link = "" if row.get("entry") else self.tr(" (not on the portal)")
        return f"{self._acts.get(act, act)}: {row.get('name') or ''}{link}"

    def _lay_out(self) -> None:
        self._act.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._act.setMinimumContentsLength(8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._list)
        for widget in (self._act, self._line, self._found, self._take, self._inverse):
            layout.addWidget(widget)
        self._found.hide()
        self._inverse.hide()

    def _connect(self) -> None:
        self._line.textEdited.connect(self._on_typed)
        self._line.returnPressed.connect(self._on_return)
        self._line.left_downwards.connect(self._found.enter)
        self._found.chosen.connect(self._on_found)
        self._list.removed.connect(self._on_removed)
        self._take.clicked.connect(self._on_take)

    def _on_typed(self, text: str) -> None:
        if text.strip():
            self.search_wanted.emit(text.strip())
        else:
            self.show_found(())


class _Search(QLineEdit):
    """Signal: `left_downwards()` for Down."""

    left_downwards = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.left_downwards.emit()
        else:
            super().keyPressEvent(event)


class _Rows(QListWidget):
    """A list as high as its rows, hidden without any. Signals: `chosen(int)` for Enter or a click, `removed(int)` for Delete."""

    chosen = Signal(int)
    removed = Signal(int)

    def __init__(self, parent: QWidget, name: str, label: str) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setUniformItemSizes(True)
        self.clicked.connect(lambda index: self.chosen.emit(index.row()))
        self.hide()

    def fill(self, rows: Sequence[str], at: int = 0) -> None:
        self.clear()
        self.addItems(list(rows))
        for number, text in enumerate(rows):
            self.item(number).setToolTip(text)
        self.setVisible(bool(rows))
        self.setFixedHeight(min(len(rows), _MOST_ROWS) * max(self.sizeHintForRow(0), _ROW) + 2 * self.frameWidth() + 2)
        self.setCurrentRow(min(at, len(rows) - 1))

    def enter(self) -> None:
        """The keyboard goes to the first row."""
        if self.count():
            self.setFocus()
            self.setCurrentRow(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        at = self.currentRow()
        if at >= 0 and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.chosen.emit(at)
        elif at >= 0 and event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.removed.emit(at)
        else:
            super().keyPressEvent(event)


def _called(row: Shown) -> str:
    return f"{row.key} · {row.title}" if row.key and row.key not in row.title else row.title
