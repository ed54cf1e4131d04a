"""The status bar: online or since when not, what waits, the last sync; at the right who works here."""

from dataclasses import replace

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from desktop.application.records import SyncStatus
from desktop.ui.grounds import set_ground
from desktop.ui.parts import Elided, StatusDot
from desktop.ui.presenters.status import Light, StatusLine, status_line, who
from desktop.ui.shell import Shell
from desktop.ui.theme.roles import Role, set_role
from desktop.ui.theme.tokens import STATUS_HEIGHT

_REDRAW_MS = 30_000
_ROOMY = 1320  # below it the sections a member works in would cut the sync's words


class StatusBar(QWidget):
    """Signals: `sync_requested()`, `centre_requested()`."""

    sync_requested = Signal()
    centre_requested = Signal()

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._status: SyncStatus | None = None
        self._paused = False
        self.setObjectName("statusBar")
        self.setFixedHeight(STATUS_HEIGHT)
        set_ground(self, Role.STATUS_BAR)
        self._dot = StatusDot(self)
        self._network = self._button("status.network")
        self._waiting = self._button("status.waiting")
        self._last = _label("status.last", self)
        self._hint = _label("status.hint", self)
        self._who = _label("status.who", self)
        self._lay_out()
        self._network.clicked.connect(self.sync_requested)
        self._waiting.clicked.connect(self.centre_requested)
        # "09:41" turns into "20/11" at midnight.
        redraw = QTimer(self)
        redraw.timeout.connect(self.retranslate)
        redraw.start(_REDRAW_MS)

    def show_status(self, status: SyncStatus) -> None:
        self._status = status
        self.retranslate()

    def show_paused(self, paused: bool) -> None:  # noqa: FBT001  connected to a signal
        self._paused = paused
        self.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if (event.oldSize().width() < _ROOMY) != (self.width() < _ROOMY):
            self.retranslate()

    def show_hint(self, text: str) -> None:
        """What the action under the pointer does, or why it may not."""
        self._hint.setText(text)

    def retranslate(self) -> None:
        self._network.setToolTip(self.tr("Synchronise now (F5)"))
        bearings = self._shell.bearings
        if bearings is not None:
            me, profile, lang = bearings.me, bearings.profile, self._shell.lang
            self._who.setText(who(me, profile, lang, brief=self.width() < _ROOMY))
            self._who.setAccessibleDescription(who(me, profile, lang))
        if self._status is not None:
            line = status_line(self._status, self._shell.now(), self._shell.translate)
            if self._paused and line.light is not Light.BUSY:
                line = replace(line, light=Light.TROUBLE, network=self.tr("Paused — nothing is sent by itself"))
            self._show(line)

    def _show(self, line: StatusLine) -> None:
        self._dot.show_online(line.light in {Light.ONLINE, Light.BUSY})
        self._network.setText(line.network)
        self._network.setAccessibleName(line.network)
        self._waiting.setText(line.waiting)
        self._waiting.setAccessibleName(line.waiting or self.tr("Nothing waits to be sent"))
        self._waiting.setVisible(bool(line.waiting))
        self._last.setText(line.last)

    def _button(self, name: str) -> QPushButton:
        button = QPushButton(self)
        button.setObjectName(name)
        set_role(button, Role.STATUS_BUTTON)
        return button

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 0, 14, 0)
        layout.setSpacing(8)
        layout.addWidget(self._dot)
        layout.addWidget(self._network)
        layout.addWidget(self._waiting)
        layout.addWidget(self._last)
        layout.addWidget(self._hint, 1)
        layout.addWidget(self._who)


def _label(name: str, parent: QWidget) -> Elided:
    label = Elided("", parent)
    label.setObjectName(name)
    set_role(label, Role.STATUS_TEXT)
    policy = label.sizePolicy()
    label.setMinimumWidth(24)
    if name != "status.hint":
        policy.setHorizontalPolicy(policy.Policy.Maximum)
        label.setSizePolicy(policy)
    return label
