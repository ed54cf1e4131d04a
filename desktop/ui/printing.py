"""The page that is shown as a PDF with page numbers, to be sent or printed by any program that prints."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.domain.errors import BadContent, Rule
from desktop.editor.widgets.preview_view import PreviewView
from desktop.ui.actions import ActionTable
from desktop.ui.shell import Shell


class Printing(QObject):
    """`previews`: of which at most one is visible. Without one there is nothing to print, and the action says so."""

    def __init__(self, shell: Shell, table: ActionTable, previews: Sequence[PreviewView], window: QWidget) -> None:
        super().__init__(window)
        self._shell = shell
        self._window = window
        self._previews = previews
        table.on("pdf", self.ask)

    def ask(self) -> None:
        dialog = QFileDialog(self._window, self.tr("The page as PDF"))
        dialog.setObjectName("pdf.dialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.setNameFilter("PDF (*.pdf)")
        dialog.fileSelected.connect(lambda name: self.write(Path(name)))
        dialog.open()

    def write(self, path: Path) -> None:
        """The page that stands on the screen now."""
        shown = next((view for view in self._previews if view.isVisible()), None)
        if shown is None:
            self._shell.tell(BadContent(Rule("no-page-shown")))
        else:
            shown.print_pdf(lambda made: self._shell.bridge.store(_written(path, made), lambda _done: None))


def _written(path: Path, made: bytes) -> Callable[[], None]:
    def run() -> None:
        if not made:
            raise BadContent(Rule("no-page-shown"))
        try:
            path.write_bytes(made)
        except OSError as error:
            raise BadContent(Rule("folder-unwritable", params={"folder": str(path.parent)}), str(error)) from error

    return run
