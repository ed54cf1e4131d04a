"""All places of a conflict under one another, the names of the columns above; the keyboard walks from question to question."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.conflict import Decisions, Side
from desktop.ui.conflict.place_row import MARGINS, AlikeRow, PlaceRow, columns
from desktop.ui.grounds import set_ground
from desktop.ui.layouts import clear, stacked
from desktop.ui.presenters.conflict import Place, Sheet, told
from desktop.ui.presenters.form import FormField
from desktop.ui.presenters.values import FieldWords
from desktop.ui.theme.appearance import tokens_of
from desktop.ui.theme.roles import Role, set_role

_SCROLL_BAR = 10


class SheetView(QWidget):
    """Signals: `decided(str, Decision | None)` with the pointer; `file_wanted(File)`."""

    decided = Signal(str, object)
    file_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet = Sheet(())
        self._words: FieldWords | None = None
        self._whose = ""
        self._rows: list[PlaceRow] = []
        self._heads = tuple(QLabel(self) for _ in range(3))
        self._area = QScrollArea(self)
        self._area.setObjectName("conflict.places")
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # or the columns would shift
        self._inner = QWidget(self._area)
        self._column = QVBoxLayout(self._inner)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._area.setWidget(self._inner)
        self._lay_out()

    @property
    def rows(self) -> tuple[PlaceRow, ...]:
        return tuple(self._rows)

    def show_heads(self, heads: tuple[str, str, str]) -> None:
        """Whose text each column is, and of when; HTML."""
        for label, words in zip(self._heads, heads, strict=True):
            label.setText(words)

    def show_sheet(
        self, sheet: Sheet, words: FieldWords, *, whose: str, fields: Mapping[str, FormField], only_differences: bool
    ) -> None:
        """Build it anew; `fields` are the controls for what is no long text, by pointer."""
        self._sheet, self._words, self._whose = sheet, words, whose
        clear(self._column)
        self._rows = []
        rows = sheet.rows
        for place, row in enumerate(rows):
            if isinstance(row, Place):
                self._column.addWidget(self._row(row, fields))
                continue
            edges = (place > 0 and isinstance(rows[place - 1], Place), _goes_on(sheet, place))
            fold = self._folded if only_differences else None
            self._column.addWidget(AlikeRow(row, self._inner, fold=fold, edges=edges))
        self._column.addStretch(1)
        self.draw()

    def draw(self) -> None:
        """The words in the colours of now."""
        tokens = tokens_of(QApplication.instance())
        for row in self._rows:
            row.draw(tokens)

    def show_choices(self, choices: Decisions) -> None:
        words = self._words
        if words is None:
            return
        picks = self.tr("1  Keep mine"), self.tr("2  Take theirs"), self.tr("3  Write by hand")
        for row in self._rows:
            decision = choices.get(row.place.pointer)
            row.show_decision(decision)
            side = decision.side if decision is not None else None
            row.name_all(told(row.place, side, words, whose=self._whose), picks)

    @property
    def current(self) -> PlaceRow | None:
        focused: QWidget | None = self.window().focusWidget()
        return next((row for row in self._rows if focused is row or (focused and row.isAncestorOf(focused))), None)

    def go(self, step: int, choices: Decisions) -> None:
        """To the next (1) or previous (-1) question; where none is left, to the next place."""
        left = {place.pointer for place in self._sheet.left(choices)}
        rows = self._rows
        at = rows.index(self.current) if self.current in rows else (-1 if step > 0 else len(rows))
        order = [rows[(at + step * (1 + way)) % len(rows)] for way in range(len(rows))]
        wanted = next((row for row in order if row.place.pointer in left), order[0] if order and not left else None)
        if wanted is not None:
            self.focus_on(wanted)

    def focus_on(self, row: PlaceRow) -> None:
        row.setFocus(Qt.FocusReason.TabFocusReason)
        self._area.ensureWidgetVisible(row, 0, 40)

    def decide(self, side: Side) -> bool:
        """The place that has the keyboard; False without one."""
        row = self.current
        return row is not None and row.decide(side)

    def _row(self, place: Place, fields: Mapping[str, FormField]) -> PlaceRow:
        row = PlaceRow(len(self._rows), place, None if place.long else fields.get(place.whole), self._inner)
        row.decided.connect(lambda decision, pointer=place.pointer: self.decided.emit(pointer, decision))
        row.file_wanted.connect(self.file_wanted)
        row.finished.connect(lambda row=row: self.focus_on(row))
        self._rows.append(row)
        return row

    def _folded(self, count: int) -> str:
        return self.tr("⋯ %n paragraph(s) alike ⋯", "", count)

    def _lay_out(self) -> None:
        head = QFrame(self)
        set_ground(head, Role.COLUMN_HEADS)
        grid = columns(head, unlabelled=True)
        left, top, right, bottom = MARGINS
        grid.setContentsMargins(left, top, right + _SCROLL_BAR, bottom)
        for number, label in enumerate(self._heads, 1):
            label.setObjectName(f"conflict.head.{('base', 'mine', 'theirs')[number - 1]}")
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.RichText)
            label.setAlignment(Qt.AlignmentFlag.AlignTop)
            policy = label.sizePolicy()
            policy.setHorizontalPolicy(policy.Policy.Ignored)
            label.setSizePolicy(policy)
            set_role(label, Role.FIELD_LABEL)
            grid.addWidget(label, 0, number)
        layout = stacked(self)
        layout.addWidget(head)
        layout.addWidget(self._area, 1)


def _goes_on(sheet: Sheet, place: int) -> bool:
    return place + 1 < len(sheet.rows) and isinstance(sheet.rows[place + 1], Place)
