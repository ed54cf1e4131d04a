"""The column beside a text that is read: checks, remarks, originals, history; each a card, absent when it is empty."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.digest import Json
from desktop.ui.document.checks_list import ChecksList
from desktop.ui.grounds import set_ground
from desktop.ui.layouts import clear
from desktop.ui.plain_label import PlainLabel
from desktop.ui.presenters.checks import Check, Weight
from desktop.ui.presenters.history import Event, Remark
from desktop.ui.presenters.values import file_size
from desktop.ui.theme.roles import Role, set_role

_WIDTH, _NARROW_WIDTH = 300, 236


class Card(QFrame):
    """A title and whatever stands under it."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        set_role(self, Role.CARD)
        self._title = PlainLabel(parent=self)
        set_role(self._title, Role.CARD_TITLE)
        self.body = QVBoxLayout()
        self.body.setSpacing(5)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.setSpacing(6)
        layout.addWidget(self._title)
        layout.addLayout(self.body)

    def name_it(self, title: str) -> None:
        self._title.setText(title)
        self.setAccessibleName(title)

    def show_lines(self, lines: Sequence[tuple[str, str]]) -> None:
        """(strong or plain text, muted text under it) for each."""
        clear(self.body)
        for text, under in lines:
            for words, role in ((text, None), (under, Role.FIELD_LABEL)):
                if words:
                    self.body.addWidget(_line(words, role, self))
        self.setVisible(bool(lines))


class SideCards(QScrollArea):
    """All cards."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reading.side")
        self.setFixedWidth(_WIDTH)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget(self)
        set_ground(inner, Role.INSPECTOR)
        layout = QVBoxLayout(inner)
        layout.setContentsMargins(16, 14, 16, 14)
        layout.setSpacing(10)
        self._checks_card = Card("card.checks", inner)
        self._checks = ChecksList(self._checks_card)
        self._checks_card.body.addWidget(self._checks)
        self._remarks = Card("card.remarks", inner)
        self._related = Card("card.related", inner)
        self._files = Card("card.files", inner)
        self._history = Card("card.history", inner)
        for card in (self._checks_card, self._remarks, self._related, self._files, self._history):
            layout.addWidget(card)
        layout.addStretch(1)
        self.setWidget(inner)

    def use_width(self, *, narrow: bool) -> None:
        self.setFixedWidth(_NARROW_WIDTH if narrow else _WIDTH)

    def show_checks(self, checks: Sequence[Check]) -> None:
        passed = sum(check.weight is Weight.OK for check in checks)
        failed = len(checks) - passed
        told = self.tr("%n passed", "", passed)
        if failed:
            told += " · " + self.tr("%n to look at", "", failed)
        self._checks_card.name_it(self.tr("Checks ({count})").format(count=told))
        self._checks.show_checks(checks)
        self._checks_card.setVisible(bool(checks))

    def show_remarks(self, remarks: Sequence[Remark]) -> None:
        self._remarks.name_it(self.tr("Remarks"))
        self._remarks.show_lines([(remark.text, remark.by) for remark in remarks])

    def show_related(self, lines: Sequence[tuple[str, str]]) -> None:
        """What it does to other documents and they to it."""
        self._related.name_it(self.tr("Related documents"))
        self._related.show_lines(lines)

    def show_files(self, files: Sequence[Mapping[str, Json]]) -> None:
        self._files.name_it(self.tr("Files"))
        self._files.show_lines([(str(item.get("name", "")), _told(item)) for item in files])

    def show_history(self, events: Sequence[Event]) -> None:
        self._history.name_it(self.tr("History"))
        self._history.show_lines(
            [(event.text, " — ".join(part for part in (event.when, event.reason) if part)) for event in events]
        )


def _line(words: str, role: Role | None, parent: QWidget) -> QLabel:
    label = PlainLabel(words, parent)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if role is not None:
        set_role(label, role)
    return label


def _told(item: Mapping[str, Json]) -> str:
    """Size and the start and end of the digest: enough to compare with a stamped original."""
    digest = str(item.get("sha256", ""))
    return f"{file_size(item.get('size'))} · SHA-256 {digest[:4]}…{digest[-2:]}"
