"""One place of a conflict: the original, mine and theirs beside one another, what differs marked, and three ways to decide."""

from collections.abc import Callable
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.conflict import Decision, Side
from desktop.ui.conflict.hand_edit import HandEdit
from desktop.ui.plain_label import PlainLabel, plain_tip
from desktop.ui.presenters.conflict import Alike, File, Place
from desktop.ui.presenters.form import FormField
from desktop.ui.presenters.marks import Mark, Runs, plain
from desktop.ui.theme.roles import Role, set_role, set_tone
from desktop.ui.theme.tokens import Tokens, Tone

LABEL_WIDTH = 148
MARGINS = (17, 9, 20, 9)
GAP = 20
_SIDES = (Side.MINE, Side.THEIRS, Side.EDITED)


class PlaceRow(QFrame):
    """Signals: `decided(Decision)`; `file_wanted(File)`; `finished()` when writing by hand is over."""

    decided = Signal(object)
    file_wanted = Signal(object)
    finished = Signal()

    def __init__(self, number: int, place: Place, field: FormField | None, parent: QWidget) -> None:
        """`field`: the control for writing by hand, None for a long text."""
        super().__init__(parent)
        self.place = place
        self._number = number
        self._field = field
        self._edit: HandEdit | None = None
        self._before: Decision | None = None
        self._decision: Decision | None = None
        self.setObjectName(f"conflict.place.{number}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(place.spoken)
        set_role(self, Role.PLACE)
        self._name = PlainLabel(place.name, self)
        self._name.setWordWrap(True)
        set_role(self._name, Role.FIELD_LABEL)
        self._state = PlainLabel(parent=self)
        self._state.setWordWrap(True)
        set_role(self._state, Role.PLACE_STATE)
        for label in (self._name, self._state):
            label.setFixedWidth(LABEL_WIDTH)
        self._cells = tuple(_cell(self) for _ in range(3))
        self._picks = {side: self._pick(side) for side in _SIDES}
        self._grid = columns(self)
        self._lay_out()

    def draw(self, tokens: Tokens) -> None:
        """The words and their marks, in the colours in force."""
        for cell, runs in zip(self._cells, (self.place.base, self.place.mine, self.place.theirs), strict=True):
            cell.setText(rich(runs, tokens))

    def name_all(self, state: str, picks: tuple[str, str, str]) -> None:
        """What stands there, and the words of the three buttons."""
        open_now = self.place.asked and self._decision is None
        set_tone(self, Tone.WARN if open_now else Tone.OK)
        self._state.setText(state)
        set_tone(self._state, Tone.WARN if open_now else Tone.OK)
        self.setAccessibleDescription(state)
        for side, words in zip(_SIDES, picks, strict=True):
            self._picks[side].setText(words)
            self._picks[side].setAccessibleName(f"{words}: {self.place.name}")

    def only_read(self) -> None:
        """Nothing is decided here any more."""
        for button in self._picks.values():
            button.hide()

    def show_decision(self, decision: Decision | None) -> None:
        """Which button is down; what was written by hand stands under the three texts."""
        self._decision = decision
        for side, button in self._picks.items():
            button.setChecked(decision is not None and decision.side is side)
        by_hand = decision is not None and decision.side is Side.EDITED
        if self._edit is not None and not by_hand:
            self._edit.hide()
        elif by_hand and decision is not None:
            edit = self._editor()
            if edit.value() != decision.value:
                edit.load(decision.value)
            edit.show()

    def decide(self, side: Side) -> bool:
        """As the button does; False where this side cannot be chosen."""
        if side is not Side.EDITED:
            self.decided.emit(Decision(side))
            return True
        if self.place.edit is None:
            return False
        self._before = self._decision
        if self._decision is None or self._decision.side is not Side.EDITED:
            self.decided.emit(Decision(Side.EDITED, self.place.edit))
        self._editor().setFocus()
        return True

    @property
    def writing(self) -> bool:
        """Whether the keyboard is in the field for writing by hand."""
        focused: QWidget | None = self.window().focusWidget()
        return self._edit is not None and focused is not None and self._edit.isAncestorOf(focused)

    def _editor(self) -> HandEdit:
        if self._edit is None:
            name = f"{self.objectName()}.text"
            self._edit = HandEdit(
                name, self._field, called=self.tr("By hand: {field}").format(field=self.place.name), parent=self
            )
            self._edit.load(self.place.edit)
            self._edit.edited.connect(self._on_edited)
            self._edit.finished.connect(self.finished)
            self._edit.given_up.connect(self._on_given_up)
            self._grid.addWidget(self._edit, 2, 1, 1, 3)
        return self._edit

    def _on_edited(self) -> None:
        if self._edit is not None:
            self.decided.emit(Decision(Side.EDITED, self._edit.value()))

    def _on_given_up(self) -> None:
        self.decided.emit(self._before)
        self.setFocus()

    def _pick(self, side: Side) -> QPushButton:
        button = QPushButton(self)
        button.setObjectName(f"{self.objectName()}.{side.value}")
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setVisible(side is not Side.EDITED or self.place.edit is not None)
        set_role(button, Role.PICK)
        if not self.place.asked:
            set_tone(button, Tone.QUIET)
        button.clicked.connect(lambda _checked=False: self._on_picked(side))
        return button

    def _on_picked(self, side: Side) -> None:
        self._picks[side].setChecked(self._decision is not None and self._decision.side is side)  # until it is so
        self.decide(side)

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._name)
        words.addWidget(self._state)
        for number, file in enumerate(self.place.files):
            words.addWidget(self._file(number, file))
        words.addStretch(1)
        self._grid.addLayout(words, 0, 0, 3, 1)
        for number, cell in enumerate(self._cells, 1):
            self._grid.addWidget(cell, 0, number)
        picks = QHBoxLayout()
        picks.setSpacing(6)
        for button in self._picks.values():
            picks.addWidget(button)
        picks.addStretch(1)
        self._grid.addLayout(picks, 1, 2, 1, 2)

    def _file(self, number: int, file: File) -> QPushButton:
        words = self.tr("Open {name}").format(name=file.name)
        button = QPushButton(self)
        button.setText(self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideMiddle, LABEL_WIDTH - 10))
        button.setObjectName(f"{self.objectName()}.file.{number}")
        button.setAccessibleName(words)
        button.setToolTip(plain_tip(words))
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        set_role(button, Role.LINK)
        button.clicked.connect(lambda _checked=False: self.file_wanted.emit(file))
        return button


class AlikeRow(QFrame):
    """What nobody touched, paler; its middle folded while only differences are shown."""

    def __init__(
        self, alike: Alike, parent: QWidget, *, fold: Callable[[int], str] | None, edges: tuple[bool, bool]
    ) -> None:
        """`fold` words how many paragraphs are left out, None leaves out none; `edges`: whether a place stands before, after."""
        super().__init__(parent)
        set_role(self, Role.ALIKE)
        shown = list(alike.paragraphs)
        if fold is not None and len(shown) > sum(edges) + 1:
            first, last = shown[: int(edges[0])], shown[len(shown) - int(edges[1]) :]
            shown = [*first, fold(len(shown) - len(first) - len(last)), *last]
        text = "\n".join(shown)
        grid = columns(self, unlabelled=True)
        for number in (1, 2, 3):
            cell = _cell(self)
            set_role(cell, Role.MUTED)
            cell.setTextFormat(Qt.TextFormat.PlainText)
            cell.setText(text)
            grid.addWidget(cell, 0, number)


def columns(parent: QWidget, *, unlabelled: bool = False) -> QGridLayout:
    """The grid that heads and rows share, so that their columns stand under one another; `unlabelled`: its first is empty."""
    grid = QGridLayout(parent)
    grid.setContentsMargins(*MARGINS)
    grid.setHorizontalSpacing(GAP)
    grid.setVerticalSpacing(6)
    if unlabelled:
        empty = QWidget(parent)
        empty.setFixedWidth(LABEL_WIDTH)
        grid.addWidget(empty, 0, 0)
    for number in (1, 2, 3):
        grid.setColumnStretch(number, 1)
    return grid


def rich(runs: Runs, tokens: Tokens) -> str:
    """Runs as the little HTML that a label shows."""
    styles = {
        Mark.ADDED: f"background-color: {tokens.insert_wash}; color: {tokens.green};",
        Mark.REMOVED: f"background-color: {tokens.delete_wash}; color: {tokens.delete_ink}; text-decoration: line-through;",
    }
    parts = []
    for run in runs or plain("—"):
        words = escape(run.text).replace("\n", "<br>")
        parts.append(f'<span style="{styles[run.mark]}">{words}</span>' if run.mark in styles else words)
    return "".join(parts)


def _cell(parent: QWidget) -> QLabel:
    cell = QLabel(parent)
    cell.setWordWrap(True)
    cell.setTextFormat(Qt.TextFormat.RichText)
    cell.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
    cell.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    cell.setSizePolicy(policy)
    return cell
