"""The page that stands beside the text becomes a file; without one a person is told."""

from pathlib import Path

import pypdfium2
from pytestqt.qtbot import QtBot

from desktop.editor.widgets.preview_view import PreviewView
from desktop.ui.printing import Printing
from tests.ui.window.conftest import Open
from tests.ui.window.reach import TIMEOUT, open_first


def test_the_page_on_the_screen_becomes_a_pdf(qtbot: QtBot, open_window: Open, tmp_path: Path) -> None:
    opened = open_window("ctv.vanhoa")
    open_first(qtbot, opened, "drafts")
    preview = next(view for view in opened.window.findChildren(PreviewView) if view.isVisible())
    with qtbot.waitSignal(preview.main_shown, timeout=TIMEOUT):
        opened.window.work.editor.editor.insert_text("Mot doan de in.\n\n")
    printing = opened.window.findChild(Printing)
    assert printing is not None
    target = tmp_path / "trang.pdf"
    printing.write(target)
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
    printing = opened.window.findChild(Printing)
    assert printing is not None
    printing.write(tmp_path / "trang.pdf")
    assert opened.window.notice.isVisible()
    assert "F9" in opened.window.notice.text()
    assert not (tmp_path / "trang.pdf").exists()
