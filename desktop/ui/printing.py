"""The page that is shown, on paper or as a PDF with page numbers; where there is no printer, Ctrl+P is the PDF."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.domain.errors import BadContent, PrintFailed, Rule
from desktop.editor.widgets.preview_view import PAPER, PreviewView
from desktop.ui.actions import ActionTable
from desktop.ui.shell import Shell


class Printing(QObject):
    """`previews`: of which at most one is visible. Without one there is nothing to print, and the actions say so."""

    def __init__(self, shell: Shell, table: ActionTable, previews: Sequence[PreviewView], window: QWidget) -> None:
        super().__init__(window)
        self._shell = shell
        self._window = window
        self._previews = previews
        table.on("pdf", self.ask_file)
        table.on("print", self.ask_printer)

    def ask_printer(self) -> None:
        if self._shown() is None:
            self._shell.tell(BadContent(Rule("no-page-shown")))
        elif QPrinterInfo.availablePrinterNames():
            self.ask_about(QPrinter(QPrinter.PrinterMode.HighResolution))
        else:
            self.ask_file()

    def ask_about(self, printer: QPrinter) -> None:
        """Which printer, which pages, how many: the system's own dialog."""
        printer.setPageLayout(PAPER)
        dialog = QPrintDialog(printer, self._window)
        dialog.setObjectName("print.dialog")
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintSelection, False)  # noqa: FBT003  Qt's own signature
        dialog.accepted.connect(lambda _printer: self.print_on(printer))
        dialog.finished.connect(dialog.deleteLater)
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.show()

    def ask_file(self) -> None:
        dialog = QFileDialog(self._window, self.tr("The page as PDF"))
        dialog.setObjectName("pdf.dialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.setNameFilter("PDF (*.pdf)")
        dialog.fileSelected.connect(lambda name: self.write(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def print_on(self, printer: QPrinter) -> None:
        """A file instead of a printer gets the page itself, with words that can be searched, not a picture of it."""
        if printer.outputFormat() is QPrinter.OutputFormat.PdfFormat and printer.outputFileName():
            self.write(Path(printer.outputFileName()))
        elif (shown := self._shown()) is None:
            self._shell.tell(BadContent(Rule("no-page-shown")))
        else:
            shown.print_on(printer, partial(self._on_printed, printer))

    def write(self, path: Path) -> None:
        """The page that stands on the screen now."""
        if (shown := self._shown()) is None:
            self._shell.tell(BadContent(Rule("no-page-shown")))
        else:
            shown.print_pdf(lambda made: self._shell.bridge.store(_written(path, made), lambda _done: None))

    def _shown(self) -> PreviewView | None:
        return next((view for view in self._previews if view.isVisible()), None)

    def _on_printed(self, printer: QPrinter, ok: bool) -> None:  # noqa: FBT001  what a signal of Qt says
        del printer  # held until now
        if not ok:
            self._shell.tell(PrintFailed())


def _written(path: Path, made: bytes) -> Callable[[], None]:
    def run() -> None:
        if not made:
            raise BadContent(Rule("no-page-shown"))
        try:
            path.write_bytes(made)
        except OSError as error:
            raise BadContent(Rule("folder-unwritable", params={"folder": str(path.parent)}), str(error)) from error

    return run
