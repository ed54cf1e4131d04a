"""The picture as it came, in the small window of a file: found in the store lane, copied out where a person wants it, or deleted."""

from functools import partial
from pathlib import Path, PurePath

import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QMessageBox

from desktop.application.records import KeptOriginal
from desktop.ui.document.files_list import FileWords
from desktop.ui.document.inspector import Inspector
from desktop.ui.shell import Shell


class PictureOriginals(QObject):
    """Object names: `file.original.save`, `file.original.question`."""

    def __init__(self, shell: Shell, inspector: Inspector) -> None:
        super().__init__(inspector)
        self._shell = shell
        inspector.file_opened.connect(self._look)

    def _look(self, dialog: FileWords) -> None:
        originals, sha256 = self._shell.desk.originals, str(dialog.file.get("sha256") or "")
        self._shell.bridge.store(lambda: originals.find(sha256), partial(self._show, dialog, sha256))

    def _show(self, dialog: FileWords, sha256: str, found: KeptOriginal | None) -> None:
        if found is not None and shiboken6.isValid(dialog):
            dialog.copy_wanted.connect(partial(self._copy, dialog, sha256, found.path.suffix))
            dialog.drop_wanted.connect(partial(self._ask_drop, dialog, sha256))
            dialog.show_original(found.size)

    def _copy(self, dialog: FileWords, sha256: str, ending: str) -> None:
        originals = self._shell.desk.originals
        name = PurePath(str(dialog.file.get("name") or "")).stem + ending
        asking = QFileDialog(dialog, self.tr("Save the picture as it came"), name)
        asking.setObjectName("file.original.save")
        asking.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        asking.fileSelected.connect(
            lambda chosen: self._shell.bridge.store(lambda: originals.give(sha256, Path(chosen)))
        )
        asking.open()

    def _ask_drop(self, dialog: FileWords, sha256: str) -> None:
        """What is deleted here is nowhere else."""
        originals = self._shell.desk.originals
        box = QMessageBox(dialog)
        box.setObjectName("file.original.question")
        box.setText(
            self.tr("Delete the picture as it came? It is only on this machine; the picture in the text stays.")
        )
        delete = box.addButton(self.tr("Delete"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(QMessageBox.StandardButton.Cancel)

        def forget(_done: None) -> None:
            if shiboken6.isValid(dialog):  # it may be closed before the disk has answered
                dialog.forget_original()

        def chosen() -> None:
            if box.clickedButton() is delete:
                self._shell.bridge.store(lambda: originals.drop(sha256), forget)

        box.finished.connect(lambda _result: chosen())
        box.open()
