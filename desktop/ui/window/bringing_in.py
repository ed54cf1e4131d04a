"""A package of unsent work: chosen, looked at in one line, and brought in only when its member has said yes."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.application.packages import Brought
from desktop.ui.notices import Notice
from desktop.ui.presenters.brought import brought_text, done_text
from desktop.ui.presenters.waiting import Words
from desktop.ui.shell import Shell


class BringingIn(QObject):
    """`notice` stands in the sync centre. Signals: `brought(str)`: what was brought in."""

    brought = Signal(str)

    def __init__(self, shell: Shell, notice: Notice, window: QWidget) -> None:
        super().__init__(window)
        self._shell = shell
        self._window = window
        self._folder: Path | None = None
        self._looked: Brought | None = None
        self._notice = notice
        notice.hide()
        notice.pressed.connect(self._bring_in)

    def ask(self) -> None:
        dialog = QFileDialog(self._window, self.tr("The folder of the exported work"))
        dialog.setObjectName("package.dialog")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda name: self.look(Path(name)))
        dialog.open()

    def look(self, folder: Path) -> None:
        """Says what it would bring; nothing is written yet."""
        packages = self._shell.desk.packages
        self._folder = folder
        self._notice.hide()
        self._shell.bridge.store(lambda: packages.look(folder), self._on_looked)

    def retranslate(self) -> None:
        self._notice.retranslate()
        if self._looked is not None and self._notice.isVisible():
            self._on_looked(self._looked)

    def _on_looked(self, told: Brought) -> None:
        self._looked = told
        button = "" if told.is_empty else self.tr("Bring it in")
        self._notice.say(brought_text(told, self._words()), button=button)

    def _bring_in(self) -> None:
        folder, packages = self._folder, self._shell.desk.packages
        self._notice.hide()
        if folder is not None:
            self._shell.bridge.store(lambda: packages.bring_in(folder), self._on_brought)

    def _on_brought(self, told: Brought) -> None:
        self._looked = None
        self.brought.emit(done_text(told, self._words()))

    def _words(self) -> Words:
        bearings, shell = self._shell.bearings, self._shell
        return Words(bearings.profile if bearings else None, shell.lang, shell.now(), shell.translate)
