"""The sync centre: every operation that waits with its reason, sent now or taken back; what the portal has; the last syncs."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.application.records import SyncStatus
from desktop.application.waiting import Item
from desktop.domain.ids import OpId
from desktop.ui.centre.files_panel import FilesPanel
from desktop.ui.centre.lines_table import LinesTable
from desktop.ui.grounds import set_ground
from desktop.ui.layouts import stacked
from desktop.ui.notices import Notice
from desktop.ui.plain_label import PlainLabel
from desktop.ui.presenters.status import status_line
from desktop.ui.presenters.waiting import Ended, Line, Words, counts, ended_text, line
from desktop.ui.shell import Shell
from desktop.ui.theme.roles import Role, set_role

_SIDE = 260
_SYNCS = 12
_ROOMY = 1040
Read = tuple[Sequence[Item], Sequence[Item]]


class SyncCentre(QWidget):
    """Signals: `sync_wanted()`; `pause_wanted(bool)`; `export_wanted()`; `import_wanted()`; `entry_wanted(str)`."""

    sync_wanted = Signal()
    pause_wanted = Signal(bool)
    export_wanted = Signal()
    import_wanted = Signal()
    entry_wanted = Signal(str)

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._status: SyncStatus | None = None
        self._paused = False
        self._entering = False
        self._read: Read = ((), ())
        self._ended: tuple[Ended, ...] = ()
        self.setObjectName("centre")
        set_ground(self, Role.WORK)
        self._title, self._told = _label(self, Role.TITLE, "centre.title"), _label(self, Role.MUTED, "centre.told")
        self._counts = _label(self, None, "centre.counts")
        self._sync = _button("centre.sync", self, Role.PRIMARY)
        self._pause = _button("centre.pause", self)
        self._pause.setCheckable(True)
        self._export, self._import = _button("centre.export", self), _button("centre.import", self)
        self.package = Notice("centre.package", self)
        self._waiting_title = _label(self, Role.CARD_TITLE, "centre.waiting.title")
        self._waiting = LinesTable("centre.waiting", self)
        self._details = _label(self, Role.MUTED, "centre.details.text")
        self._details.hide()
        self._send, self._recall = _button("centre.send", self), _button("centre.recall", self)
        self._open, self._look = _button("centre.open", self), _button("centre.details", self)
        self._look.setCheckable(True)
        self._files = FilesPanel(shell, self)
        self._answered_title = _label(self, Role.CARD_TITLE, "centre.answered.title")
        self._answered = LinesTable("centre.answered", self, columns=4)
        self._syncs_title, self._syncs = _label(self, Role.CARD_TITLE, ""), _label(self, Role.MUTED, "centre.syncs")
        self._card = QFrame(self)
        self._lay_out()
        self._connect()
        self.retranslate()

    def refresh(self) -> None:
        """Read again what waits and what was answered."""
        self._files.refresh()
        waiting = self._shell.desk.waiting
        self._shell.bridge.store(
            lambda: (waiting.items(), waiting.answered()), self._on_read, lambda _problem: None, slot="centre"
        )

    def show_status(self, status: SyncStatus) -> None:
        self._status = status
        self._show()

    def show_paused(self, paused: bool) -> None:  # noqa: FBT001  connected to a signal
        self._paused = paused
        self._pause.setChecked(paused)
        self.retranslate()

    def show_ended(self, ended: tuple[Ended, ...]) -> None:
        """The syncs since the window was opened, the last first."""
        self._ended = ended[:_SYNCS]
        self._show()

    def enter(self) -> None:
        """Somebody comes to look: read, then the keyboard goes to what waits."""
        self._entering = True
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow the tables have all of it; when the last sync was stands in the head."""
        super().resizeEvent(event)
        self._card.setVisible(self.width() >= _ROOMY)

    def focus_table(self) -> None:
        """The keyboard goes to what waits; where nothing does, to what may be done."""
        if self._waiting.rowCount():
            if self._waiting.line is None:
                self._waiting.selectRow(0)
            self._waiting.setFocus()
        else:
            self._sync.setFocus()

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Synchronisation"))
        self._title.setText(self.tr("Synchronisation"))
        self._files.retranslate()
        self._syncs_title.setText(self.tr("Syncs since the window was opened"))
        for button, words in (
            (self._sync, self.tr("Synchronise now")), (self._export, self.tr("Export what is unsent…")),
            (self._import, self.tr("Bring in exported work…")),
            (self._pause, self.tr("Go on sending") if self._paused else self.tr("Pause")), (self._send, self.tr("Send now")),
            (self._recall, self.tr("Take back")), (self._open, self.tr("Open the entry")), (self._look, self.tr("Details")),
        ):  # fmt: skip
            button.setText(words)
            button.setAccessibleName(words)
        heads = [self.tr("Entry"), self.tr("What"), self.tr("Since"), self.tr("Where it is"), self.tr("Why it waits")]
        self._waiting.name_it(self.tr("What waits to be sent"), heads)
        self._answered.name_it(self.tr("Answered lately"), [*heads[:2], self.tr("When"), heads[3]])
        self._show()

    def _on_read(self, read: Read) -> None:
        self._read = read
        self._show()
        if self._entering:
            self._entering = False
            self.focus_table()

    def _show(self) -> None:
        bearings, shell = self._shell.bearings, self._shell
        words = Words(bearings.profile if bearings else None, shell.lang, shell.now(), shell.translate)
        waiting, answered = (
            [line(item, words, status=self._status, paused=self._paused) for item in items] for items in self._read
        )
        self._waiting.show_lines(waiting)
        self._answered.show_lines(answered)
        self._answered.setVisible(bool(answered))
        self._answered_title.setText(
            self.tr("Answered lately") if answered else self.tr("Answered lately: nothing yet.")
        )
        self._waiting_title.setText(self.tr("Waiting to be sent: {count}").format(count=len(waiting)))
        told = counts(*self._read, shell.translate)
        self._counts.setText("   ".join(f"{name}: {count}" for name, count in told))
        if self._status is not None:
            said = status_line(self._status, words.now, shell.translate)
            state = self.tr("Paused: nothing is sent by itself.") if self._paused else said.network
            self._told.setText(f"{state}  ·  {said.last}")
        self._syncs.setText("\n".join(ended_text(one, words) for one in self._ended) or self.tr("None yet."))
        self._on_chosen(self._waiting.line)

    def _on_chosen(self, chosen: Line | None) -> None:
        self._send.setEnabled(chosen is not None)
        self._open.setEnabled(chosen is not None)
        self._look.setEnabled(chosen is not None)
        may = chosen is not None and chosen.item.recallable
        self._recall.setEnabled(may)
        self._recall.setToolTip(
            "" if may or chosen is None else self.tr("Its bytes may have reached the portal already")
        )
        self._details.setText(chosen.details if chosen else "")
        self._details.setVisible(self._look.isChecked() and chosen is not None)

    def _on_send(self) -> None:
        chosen, waiting = self._waiting.line, self._shell.desk.waiting
        if chosen is not None:
            op_id: OpId = chosen.item.op_id
            self._shell.bridge.store(lambda: waiting.release(op_id), lambda _none: self.sync_wanted.emit())

    def _on_recall(self) -> None:
        chosen, waiting = self._waiting.line, self._shell.desk.waiting
        if chosen is not None:
            op_id: OpId = chosen.item.op_id
            self._shell.bridge.store(lambda: waiting.recall(op_id), lambda _none: self.refresh())

    def _on_open(self) -> None:
        chosen = self._waiting.line or self._answered.line
        if chosen is not None:
            self.entry_wanted.emit(chosen.item.entry_id)

    def _connect(self) -> None:
        self._waiting.chosen.connect(self._on_chosen)
        self._waiting.cellActivated.connect(lambda _row, _column: self._on_open())
        self._answered.cellActivated.connect(
            lambda row, _column: (
                self.entry_wanted.emit(self._read[1][row].entry_id) if row < len(self._read[1]) else None
            )
        )
        self._sync.clicked.connect(self.sync_wanted)
        self._pause.clicked.connect(self.pause_wanted)
        self._export.clicked.connect(self.export_wanted)
        self._import.clicked.connect(self.import_wanted)
        self._send.clicked.connect(lambda _on=False: self._on_send())
        self._recall.clicked.connect(lambda _on=False: self._on_recall())
        self._open.clicked.connect(lambda _on=False: self._on_open())
        self._look.toggled.connect(lambda _on: self._on_chosen(self._waiting.line))

    def _lay_out(self) -> None:
        layout = stacked(self)
        layout.addWidget(self._head())
        layout.addWidget(self.package)
        middle = QHBoxLayout()
        middle.setContentsMargins(20, 12, 20, 16)
        middle.setSpacing(20)
        tables = QVBoxLayout()
        tables.setSpacing(6)
        tables.addWidget(self._waiting_title)
        tables.addWidget(self._waiting, 3)
        tables.addWidget(self._details)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self._send, self._recall, self._open, self._look):
            buttons.addWidget(button)
        buttons.addStretch(1)
        tables.addLayout(buttons)
        tables.addSpacing(10)
        tables.addWidget(self._files)
        tables.addSpacing(10)
        tables.addWidget(self._answered_title)
        tables.addWidget(self._answered, 2)
        middle.addLayout(tables, 1)
        self._card.setFixedWidth(_SIDE)
        set_role(self._card, Role.CARD)
        inside = QVBoxLayout(self._card)
        inside.setContentsMargins(12, 10, 12, 10)
        inside.addWidget(self._syncs_title)
        inside.addWidget(self._syncs)
        inside.addStretch(1)
        middle.addWidget(self._card)
        layout.addLayout(middle, 1)

    def _head(self) -> QWidget:
        top = QWidget(self)
        set_ground(top, Role.TOP)
        words = QVBoxLayout()
        words.setSpacing(3)
        for label in (self._title, self._told, self._counts):
            words.addWidget(label)
        head = QHBoxLayout(top)
        head.setContentsMargins(20, 12, 20, 12)
        head.setSpacing(8)
        head.addLayout(words, 1)
        for button in (self._export, self._import, self._pause, self._sync):
            head.addWidget(button)
        return top


def _label(parent: QWidget, role: Role | None, name: str) -> QLabel:
    label = PlainLabel(parent=parent)
    label.setObjectName(name)
    label.setWordWrap(True)
    if role is not None:
        set_role(label, role)
    return label


def _button(name: str, parent: QWidget, role: Role | None = None) -> QPushButton:
    button = QPushButton(parent)
    button.setObjectName(name)
    if role is not None:
        set_role(button, role)
    return button
