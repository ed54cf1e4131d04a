"""Around the syncs of one window: the centre, the word before a long-offline sync, and unsent work as a package, out and in."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.application.waiting import Summary
from desktop.ui.actions import ActionTable
from desktop.ui.centre.pane import SyncCentre
from desktop.ui.notices import Notice
from desktop.ui.presenters.waiting import Words, summary_text
from desktop.ui.shell import Shell
from desktop.ui.sync_driver import SyncDriver
from desktop.ui.window.bringing_in import BringingIn
from desktop.ui.window.exporting import Exporting
from desktop.ui.window.line_dialog import LineDialog


class SyncRoom(QObject):
    """Signals: `centre_wanted()`; `told(str)`: a word for the status bar."""

    centre_wanted = Signal()
    told = Signal(str)

    def __init__(self, shell: Shell, sync: SyncDriver, table: ActionTable, window: QWidget) -> None:
        super().__init__(window)
        self._shell = shell
        self._sync = sync
        self._summary: Summary | None = None
        self.centre = SyncCentre(shell, window)
        self.notice = Notice("sync.summary", window)
        self.notice.hide()
        self.exporting = Exporting(shell, window)
        self.bringing = BringingIn(shell, self.centre.package, window)
        self._review = self.notice.offer("sync.summary.review", "", self.centre_wanted.emit)
        self.centre.sync_wanted.connect(self._send)
        self.centre.pause_wanted.connect(sync.pause)
        self.centre.export_wanted.connect(self.exporting.ask)
        self.centre.import_wanted.connect(self.bringing.ask)
        table.on("import-unsent", self._ask_package)
        table.on("network", lambda: LineDialog(shell, window).show())
        self.exporting.exported.connect(self._on_exported)
        self.bringing.brought.connect(self._on_brought)
        self.notice.pressed.connect(self._send)
        sync.summary_wanted.connect(self._on_summary)
        sync.pause_changed.connect(self.centre.show_paused)
        sync.log_changed.connect(self.centre.show_ended)
        sync.status_changed.connect(self.centre.show_status)
        shell.bridge.changes_announced.connect(self._on_changes)
        sync.ended.connect(self._on_ended)
        self.retranslate()

    def refresh(self) -> None:
        """What waits may be other; read only while somebody looks."""
        if self.centre.isVisible():
            self.centre.refresh()

    def enter(self) -> None:
        self.centre.enter()

    def _on_changes(self, _changes: object) -> None:
        self.refresh()

    def _on_ended(self, _ok: bool) -> None:  # noqa: FBT001  a signal's argument
        self.refresh()

    def retranslate(self) -> None:
        self.centre.retranslate()
        self.bringing.retranslate()
        self.notice.retranslate()
        self._review.setText(self.tr("Look first"))
        self._review.setAccessibleName(self.tr("Look first"))
        if self._summary is not None:
            self._say(self._summary)

    def _send(self) -> None:
        self._summary = None
        self.notice.hide()
        self._sync.agree()
        self._sync.sync_now()

    def _on_summary(self, summary: Summary) -> None:
        self._summary = summary
        self._say(summary)

    def _say(self, summary: Summary) -> None:
        bearings, shell = self._shell.bearings, self._shell
        words = Words(bearings.profile if bearings else None, shell.lang, shell.now(), shell.translate)
        self.notice.say(summary_text(summary, words), button=self.tr("Send"))

    def _on_exported(self, folder: str, count: int) -> None:
        self.told.emit(self.tr("Exported to {folder}: %n", "", count).format(folder=folder))

    def _ask_package(self) -> None:
        self.centre_wanted.emit()
        self.bringing.ask()

    def _on_brought(self, words: str) -> None:
        self.told.emit(words)
        self._sync.gesture()
