"""The page that stands beside the text goes to a printer or becomes a file; without one a person is told."""

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop.editor.widgets.preview_view import PreviewView
from desktop.ui.printing import Printing
from tests.ui.window.conftest import Open, Opened
from tests.ui.window.reach import TIMEOUT, open_first, press


def _printing(opened: Opened) -> Printing:
    found = opened.window.findChild(Printing)
    assert found is not None
    return found


def _showing(qtbot: QtBot, opened: Opened) -> PreviewView:
    open_first(qtbot, opened, "drafts")
    preview = next(view for view in opened.window.findChildren(PreviewView) if view.isVisible())
    with qtbot.waitSignal(preview.main_shown, timeout=TIMEOUT):
        opened.window.work.editor.editor.insert_text("Mot doan de in.\n\n")
    return preview


def _pdf_printer(path: Path) -> QPrinter:
    """What the system's dialog gives back when a person chose a file in place of a printer."""
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer


def test_the_page_on_the_screen_becomes_a_pdf(qtbot: QtBot, open_window: Open, tmp_path: Path) -> None:
    opened = open_window("ctv.vanhoa")
    _showing(qtbot, opened)
    target = tmp_path / "trang.pdf"
    _printing(opened).write(target)
    qtbot.waitUntil(lambda: target.exists() and target.read_bytes().rstrip().endswith(b"%%EOF"), timeout=TIMEOUT)
    document = pypdfium2.PdfDocument(target)
    text = document[0].get_textpage().get_text_range()
    document.close()
    assert "Mot doan de in." in text
    assert "1 / 1" in text


def test_without_a_page_nothing_is_written_and_a_person_is_told(
    qtbot: QtBot, open_window: Open, tmp_path: Path
) -> None:
    opened = open_window("ctv.vanhoa")
    open_first(qtbot, opened, "drafts")
    opened.window.table["toggle-preview"].setChecked(False)
    _printing(opened).write(tmp_path / "trang.pdf")
    assert opened.window.notice.isVisible()
    assert "F9" in opened.window.notice.text()
    assert not (tmp_path / "trang.pdf").exists()


def test_without_a_printer_the_key_offers_the_file(
    qtbot: QtBot, open_window: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", list)
    opened = open_window("ctv.vanhoa")
    _showing(qtbot, opened)
    press(opened, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    dialog = opened.window.findChild(QFileDialog, "pdf.dialog")
    assert dialog is not None
    assert dialog.isVisible()
    dialog.reject()


def test_a_file_chosen_in_the_printer_s_dialog_gets_the_page_itself(
    qtbot: QtBot, open_window: Open, tmp_path: Path
) -> None:
    opened = open_window("ctv.vanhoa")
    _showing(qtbot, opened)
    target = tmp_path / "may-in.pdf"
    printer = _pdf_printer(target)
    _printing(opened).ask_about(printer)
    dialog = opened.window.findChild(QPrintDialog, "print.dialog")
    assert dialog is not None
    dialog.accepted.emit(printer)
    qtbot.waitUntil(lambda: target.exists() and target.read_bytes().rstrip().endswith(b"%%EOF"), timeout=TIMEOUT)
    dialog.reject()
    document = pypdfium2.PdfDocument(target)
    text = document[0].get_textpage().get_text_range()
    document.close()
    assert "Mot doan de in." in text
    assert "1 / 1" in text


def test_a_printer_gets_every_sheet_and_takes_one_page_at_a_time(
    qtbot: QtBot, open_window: Open, tmp_path: Path
) -> None:
    opened = open_window("ctv.vanhoa")
    preview = _showing(qtbot, opened)
    target, answers = tmp_path / "giay.pdf", list[bool]()
    printer = _pdf_printer(target)
    printer.setResolution(72)
    preview.print_on(printer, answers.append)
    preview.print_on(printer, answers.append)
    assert answers == [False]
    qtbot.waitUntil(lambda: len(answers) == 2, timeout=TIMEOUT)
    assert answers[1]
    document = pypdfium2.PdfDocument(target)
    darkest = min(document[0].render(scale=0.5).to_pil().convert("L").tobytes())
    document.close()
    assert darkest < 128
