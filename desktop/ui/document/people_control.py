"""People who share a work: a line each, and what their shares come to. A person keeps the id of the first name typed."""

import re
import unicodedata
from collections.abc import Collection

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QTableWidgetItem, QWidget

from desktop.domain.digest import Json
from desktop.domain.kind import sum_of
from desktop.ui.document.structured_controls import RowsControl, shown
from desktop.ui.plain_label import PlainLabel
from desktop.ui.presenters.decimals import decimal_shown, even_shares
from desktop.ui.presenters.form import FormField
from desktop.ui.theme.roles import Role, set_role, set_tone
from desktop.ui.theme.tokens import Tone

_SIGNS = re.compile("[/#~]")  # they mean something in the name of a place


class PeopleControl(RowsControl):
    """The first person alone has the whole; *Divide equally* gives each as much, to the hundredth."""

    def __init__(self, field: FormField, parent: QWidget) -> None:
        super().__init__(field, parent)
        self._names = [part.name for part in field.parts]
        heads = self._table.horizontalHeader()
        for column in range(1, len(field.parts)):  # the room is the name's
            heads.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self._add.setText(self.tr("Add a person"))
        self._remove.setText(self.tr("Remove"))
        self._told = PlainLabel(parent=self)
        self._told.setObjectName(f"field.{field.name}.total")
        self._told.setWordWrap(True)
        set_role(self._told, Role.MUTED)
        self._divide = self._button("divide", self.tr("Divide equally"))
        self._divide.clicked.connect(self._on_divide)
        below = QHBoxLayout()
        below.setContentsMargins(0, 0, 0, 0)
        below.addWidget(self._told, 1)
        below.addWidget(self._divide)
        self.stack.addLayout(below)
        self.edited.connect(self._tell)
        self._tell()

    def load(self, value: Json) -> None:
        super().load(value)
        self._tell()

    def _row(self, number: int) -> dict[str, Json]:
        row = super()._row(number)
        if not row.keys() - {"id"}:
            return {}
        if "id" not in row and isinstance(name := row.get("name"), str):
            taken = {str(other.get("id")) for other in self._before}
            row["id"] = _id(name, taken)
            self._before[number] = {**self._before[number], "id": row["id"]}
        return row

    def _on_changed(self) -> None:
        if not self._loading and self.field.total is not None and self._table.rowCount() == 1:
            member, whole = self.field.total
            row = self._row(0)
            if row.get("name") and member not in row:
                self._put(0, member, decimal_shown(whole))
        super()._on_changed()

    @Slot()
    def _on_divide(self) -> None:
        named = [number for number in range(self._table.rowCount()) if self._row(number)]
        if self.field.total is None or not named:
            return
        member, whole = self.field.total
        for number, share in zip(named, even_shares(len(named), whole), strict=True):
            self._put(number, member, share)
        self.edited.emit()

    def _put(self, number: int, member: str, share: str) -> None:
        self._loading = True
        self._table.setItem(number, self._names.index(member), QTableWidgetItem(shown(share, "percent")))
        self._loading = False

    def _tell(self) -> None:
        """What the shares come to, and what is left of the whole."""
        rows: list[Json] = list(self._rows())
        self._told.setVisible(bool(rows) and self.field.total is not None)
        self._divide.setVisible(len(rows) > 1)
        if self.field.total is None:
            return
        member, whole = self.field.total
        made = sum_of(rows, member)
        said = self.tr("Together {sum} %").format(sum=decimal_shown(made))
        if made != whole:
            words = self.tr("{rest} % left") if made < whole else self.tr("{rest} % too much")
            said = f"{said} · {words.format(rest=decimal_shown(abs(made - whole)))}"
        self._told.setText(said)
        set_tone(self._told, Tone.OK if made == whole else Tone.BAD)


def _id(name: str, taken: Collection[str]) -> str:
    """The same for two who enter the same person apart from each other, so that a merge sees one; another for a namesake."""
    base = " ".join(_SIGNS.sub(" ", unicodedata.normalize("NFC", name).casefold()).split())[:60]
    number, made = 1, base
    while made in taken:
        number += 1
        made = f"{base} ({number})"
    return made
