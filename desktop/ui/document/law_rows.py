"""The column of suggestions for a pasted legal document: what each field would get, where from, and whether it is taken."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QListWidget, QListWidgetItem, QSizePolicy, QWidget

from desktop.ui.plain_label import PlainLabel
from desktop.ui.presenters.legal_paste import Stand, Suggestion
from desktop.ui.theme.roles import Role, set_role, set_tone
from desktop.ui.theme.tokens import Tone

_LABEL_WIDTH = 116
_STATE_WIDTH = 76
_ROW_GAP = 6


class LawRows(QListWidget):
    """Up and down go from row to row; Enter takes, Delete leaves, Space shows the place. Signals: `decided()`, `place_wanted(int)`."""

    decided = Signal()
    place_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[Suggestion] = ()
        self._taken: set[str] = set()
        self.setObjectName("law.rows")
        self.setSpacing(_ROW_GAP // 2)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.currentRowChanged.connect(self._on_current)

    @property
    def taken(self) -> frozenset[str]:
        return frozenset(self._taken)

    def show_rows(self, rows: Sequence[Suggestion]) -> None:
        """What is sure is taken from the start; what is to be checked waits for a key."""
        self._rows = rows
        self._taken = {row.name for row in rows if row.stand is Stand.SURE}
        self.clear()
        for row in rows:
            item = QListWidgetItem(self)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{row.label}: {row.shown}. {row.detail}")
            card = _Card(row, self)
            self.setItemWidget(item, card)
        self._fit()
        self._refresh()
        first = next((at for at, row in enumerate(rows) if row.stand is Stand.CHECK), 0)
        self.setCurrentRow(first)

    def take_all(self) -> None:
        self._taken = {row.name for row in self._rows if row.fields}
        self._refresh()
        self.decided.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, at = event.key(), self.currentRow()
        plain = event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}
        if plain and key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._decide(at, take=True)
        elif plain and key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self._decide(at, take=False)
        elif plain and key == Qt.Key.Key_Space:
            self.place_wanted.emit(at)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def _decide(self, at: int, *, take: bool) -> None:
        if not 0 <= at < len(self._rows):
            return
        row = self._rows[at]
        if row.fields:
            (self._taken.add if take else self._taken.discard)(row.name)
            self._refresh()
            self.decided.emit()
        following = next((i for i in range(at + 1, len(self._rows)) if self._waits(self._rows[i])), at + 1)
        self.setCurrentRow(min(following, len(self._rows) - 1))

    def _waits(self, row: Suggestion) -> bool:
        return row.stand is Stand.CHECK and row.name not in self._taken

    def _on_current(self, at: int) -> None:
        self._refresh()
        if at >= 0:
            self.place_wanted.emit(at)

    def _fit(self) -> None:
        width = self.viewport().width() - 2 * self.spacing()
        for at in range(self.count()):
            item = self.item(at)
            card = self.itemWidget(item)
            if card is not None:
                card.setFixedWidth(max(width, 1))
                card.layout().activate()  # type: ignore[union-attr]  # every card has one
                hint = card.sizeHint()
                hint.setHeight(max(card.heightForWidth(width), hint.height()))
                item.setSizeHint(hint)

    def _refresh(self) -> None:
        for at, row in enumerate(self._rows):
            item = self.item(at)
            card = self.itemWidget(item)
            if isinstance(card, _Card):
                card.show_state(taken=row.name in self._taken, current=at == self.currentRow())


class _Card(QFrame):
    """One suggestion."""

    def __init__(self, row: Suggestion, parent: QWidget) -> None:
        super().__init__(parent)
        self._row = row
        set_role(self, Role.PLACE)
        grid = QGridLayout(self)
        grid.setContentsMargins(10, 7, 10, 7)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(2)
        name = PlainLabel(row.label, self)
        set_role(name, Role.FIELD_LABEL)
        name.setFixedWidth(_LABEL_WIDTH)
        name.setWordWrap(True)
        self._value = _wrapped(row.shown, self)
        if row.stand is Stand.EMPTY:
            set_role(self._value, Role.MUTED)
        else:
            font = self._value.font()
            font.setBold(True)
            self._value.setFont(font)
        self._state = PlainLabel("", self)
        self._state.setFixedWidth(_STATE_WIDTH)
        self._state.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        grid.addWidget(name, 0, 0, 2, 1, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._value, 0, 1)
        grid.addWidget(self._state, 0, 2, 2, 1, Qt.AlignmentFlag.AlignTop)
        if row.detail:
            detail = _wrapped(row.detail, self)
            set_role(detail, Role.MUTED)
            grid.addWidget(detail, 1, 1)
        grid.setColumnStretch(1, 1)

    def show_state(self, *, taken: bool, current: bool) -> None:
        words, tone = self._said(taken=taken)
        self._state.setText(words)
        set_tone(self._state, tone)
        set_tone(self, Tone.BAD if current else Tone.QUIET)

    def _said(self, *, taken: bool) -> tuple[str, Tone]:
        if self._row.stand is Stand.TOLD:
            return "", Tone.QUIET
        if self._row.stand is Stand.EMPTY:
            return self.tr("empty"), Tone.QUIET
        if taken:
            return "✓", Tone.OK
        return (self.tr("check"), Tone.WARN) if self._row.stand is Stand.CHECK else (self.tr("left out"), Tone.QUIET)


def _wrapped(text: str, parent: QWidget) -> QLabel:
    made = PlainLabel(text, parent)
    made.setWordWrap(True)
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    return made
