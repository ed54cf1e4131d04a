"""What was not sent yet, as files in a folder that a person chooses: for a machine that may not come back, or a right that went."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.application.exporting import export
from desktop.domain.errors import BadContent, Rule
from desktop.domain.ids import EntryId
from desktop.ui.shell import Shell

_FOLDER = "toa-soan-chua-gui"


class Exporting(QObject):
    """Signals: `exported(str, int)`: the folder and how many entries."""

    exported = Signal(str, int)

    def __init__(self, shell: Shell, window: QWidget) -> None:
        super().__init__(window)
        self._shell = shell
        self._window = window

    def ask(self, only: EntryId | None = None) -> None:
        """Asks where to; `only`: one entry, else everything unsent."""
        dialog = QFileDialog(self._window, self.tr("Where to export to"))
        dialog.setObjectName("export.dialog")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda name: self.write(Path(name), only))
        dialog.open()

    def write(self, folder: Path, only: EntryId | None = None) -> None:
        """Into a folder of its own inside `folder`."""
        desk = self._shell.desk

        def run() -> tuple[Path, int]:
            target = _free(folder)
            try:
                return target, len(export(desk, target, only=only))
            except OSError as error:
                raise BadContent(Rule("folder-unwritable", params={"folder": str(folder)}), str(error)) from error

        self._shell.bridge.store(run, lambda told: self.exported.emit(str(told[0]), told[1]))


def _free(folder: Path) -> Path:
    """A folder name that nothing has yet."""
    number = 1
    while (target := folder / (f"{_FOLDER}-{number}" if number > 1 else _FOLDER)).exists():
        number += 1
    return target
