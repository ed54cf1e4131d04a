"""The checks before sending: one line each, a mark and a colour, the clause in the tool tip; a line leads to its place."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.ui.grounds import set_ground
from desktop.ui.layouts import clear
from desktop.ui.plain_label import PlainLabel, plain_tip
from desktop.ui.presenters.checks import Check, Weight
from desktop.ui.theme.roles import Role, set_role, set_tone
from desktop.ui.theme.tokens import Tone

_TONES = {Weight.OK: Tone.OK, Weight.NOTE: Tone.WARN, Weight.STOP: Tone.BAD}
_IN_BAR = 3
_NARROWEST = 90
_ROUNDED = 2  # a width in whole pixels may be a little too small for its text


class ChecksList(QWidget):
    """Every check under one another."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("checks")
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)
        self._shown: tuple[Check, ...] = ()

    @property
    def shown(self) -> tuple[Check, ...]:
        return self._shown

    def show_checks(self, checks: Sequence[Check]) -> None:
        if tuple(checks) == self._shown:
            return
        self._shown = tuple(checks)
        clear(self._layout)
        for check in checks:
            line = PlainLabel(f"{check.mark} {check.text}", self)
            line.setWordWrap(True)
            line.setToolTip(check.clause)
            line.setAccessibleDescription(check.clause)
            set_tone(line, _TONES[check.weight])
            self._layout.addWidget(line)


class _Link(QPushButton):
    """A problem that gives way: cut with "…" where there is no room."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(text.replace("&", "&&"), parent)
        self._whole = text
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)  # a button gives no way by itself

    def sizeHint(self) -> QSize:
        whole = self.fontMetrics().horizontalAdvance(self._whole) + _ROUNDED
        return QSize(self._around() + whole, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(min(_NARROWEST, self.sizeHint().width()), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = event.size().width() - self._around()
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room)
        self.setText(shown.replace("&", "&&"))

    def _around(self) -> int:
        """What the style puts beside the words."""
        return super().sizeHint().width() - self.fontMetrics().horizontalAdvance(self.text().replace("&&", "&"))


class ProblemBar(QWidget):
    """What stands in the way, under the text. Signals: `problem_chosen(Check)`."""

    problem_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("problems")
        set_ground(self, Role.PROBLEM_BAR)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(20, 6, 20, 6)
        self._layout.setSpacing(12)
        self._shown: tuple[Check, ...] = ()
        self.hide()

    def show_problems(self, problems: Sequence[Check]) -> None:
        """The gravest first; the rest is counted."""
        if tuple(problems) == self._shown:
            return
        self._shown = tuple(problems)
        clear(self._layout)
        count = PlainLabel(self.tr("%n problem(s)", "", len(problems)), self)
        set_role(count, Role.CARD_TITLE)
        self._layout.addWidget(count)
        for number, check in enumerate(problems[:_IN_BAR]):
            self._layout.addWidget(self._line(number, check))
        self._layout.addStretch(1)
        self.setVisible(bool(problems))

    def _line(self, number: int, check: Check) -> QPushButton:
        line = _Link(f"{check.mark} {check.text}", self)
        line.setObjectName(f"problems.{number}")
        line.setToolTip(plain_tip("\n".join(part for part in (check.text, check.clause) if part)))
        line.setAccessibleName(check.text)
        set_role(line, Role.LINK)
        set_tone(line, _TONES[check.weight])
        line.clicked.connect(lambda _checked=False: self.problem_chosen.emit(check))
        return line
