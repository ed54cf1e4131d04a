"""What stands above and below the columns of a conflict: its name, two switches, what is left to decide, and the ways out."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.ui.grounds import set_ground
from desktop.ui.plain_label import PlainLabel
from desktop.ui.theme.roles import Role, set_role


class Head(QWidget):
    """`only`: only what differs; `result`: the page as it would be."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        set_ground(self, Role.TOP)
        self._title, self._told = PlainLabel(parent=self), PlainLabel(parent=self)
        self._title.setObjectName("conflict.title")
        for label, role in ((self._title, Role.TITLE), (self._told, Role.MUTED)):
            label.setWordWrap(True)
            set_role(label, role)
        self.only = _switch("conflict.only", self, on=True)
        self.result = _switch("conflict.result", self)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._told)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(20, 12, 20, 10)
        layout.setSpacing(8)
        layout.addLayout(words, 1)
        layout.addWidget(self.only, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self.result, 0, Qt.AlignmentFlag.AlignVCenter)

    def say(self, title: str, told: str) -> None:
        self._title.setText(title)
        self._told.setText(told)

    def retranslate(self) -> None:
        for button, words in ((self.only, self.tr("Only what differs")), (self.result, self.tr("Show the result"))):
            button.setText(words)
            button.setAccessibleName(words)
        self.result.setToolTip(self.tr("The page as it would be, from the answers so far (R)"))


class Foot(QWidget):
    """Signals: `saved()`, `later()`, `mine_kept()`, `theirs_taken()`, `resubmitted()`."""

    saved = Signal()
    later = Signal()
    mine_kept = Signal()
    theirs_taken = Signal()
    resubmitted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        set_ground(self, Role.ACTION_BAR)
        self._said, self._keys = PlainLabel(parent=self), PlainLabel(parent=self)
        self._said.setObjectName("conflict.left")
        self._said.setWordWrap(True)
        self._keys.setWordWrap(True)
        set_role(self._said, Role.MUTED)
        set_role(self._keys, Role.FIELD_LABEL)
        self._theirs = _button("conflict.take-theirs", self, Role.FLAT)
        self._mine = _button("conflict.keep-mine", self, Role.FLAT)
        self._later = _button("conflict.later", self)
        self._again = _button("conflict.resubmit", self)
        self._save = _button("conflict.save", self, Role.PRIMARY)
        self._lay_out()
        for button, signal in (
            (self._save, self.saved), (self._later, self.later), (self._mine, self.mine_kept),
            (self._theirs, self.theirs_taken), (self._again, self.resubmitted),
        ):  # fmt: skip
            button.clicked.connect(signal)

    def say(self, text: str, *, ready: bool) -> None:
        """What is left; `ready`: it may be saved."""
        self._said.setText(text)
        self._said.setVisible(bool(text))
        self._save.setEnabled(ready)

    def allow(self, *, whole: bool) -> None:
        """Whether one text may be taken whole: both must be here."""
        self._theirs.setEnabled(whole)
        self._mine.setEnabled(whole)

    def retranslate(self, *, reading: bool) -> None:
        for button, shown in ((self._theirs, not reading), (self._mine, not reading), (self._again, reading)):
            button.setVisible(shown)
        for button, words in (
            (self._theirs, self.tr("Take all of theirs")),
            (self._mine, self.tr("Keep all of mine")),
            (self._later, self.tr("Later")),
            (self._again, self.tr("Read, send it again")),
            (self._save, self.tr("I have read it") if reading else self.tr("Save the merged text")),
        ):
            button.setText(words)
            button.setAccessibleName(words)
        keys = self.tr("Keys: 1 mine · 2 theirs · 3 by hand · N next · P previous · Enter save · Esc later")
        read = self.tr("Keys: N next · P previous · R the result · Enter I have read it · Esc later")
        self._keys.setText(read if reading else keys)

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._said)
        words.addWidget(self._keys)
        layout = QGridLayout(self)
        layout.setContentsMargins(20, 10, 20, 12)
        layout.setHorizontalSpacing(10)
        layout.addLayout(words, 0, 0)
        layout.setColumnStretch(0, 1)
        for number, button in enumerate((self._theirs, self._mine, self._later, self._again, self._save), 1):
            layout.addWidget(button, 0, number)


def _switch(name: str, parent: QWidget, *, on: bool = False) -> QPushButton:
    button = _button(name, parent)
    button.setCheckable(True)
    button.setChecked(on)
    return button


def _button(name: str, parent: QWidget, role: Role | None = None) -> QPushButton:
    button = QPushButton(parent)
    button.setObjectName(name)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    if role is not None:
        set_role(button, role)
    return button
