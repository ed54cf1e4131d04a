"""A page on paper: every sheet has its number, and the words are words."""

import pypdfium2
import pytest
import shiboken6
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import resources
from desktop.editor.widgets.preview_view import PreviewView

TIMEOUT = 30_000


@pytest.fixture
def sheets() -> dict[str, str]:
    return {"/main.css": resources.path("themes", "chuan", "main.css").read_text(encoding="utf-8")}


def test_every_sheet_has_its_number_and_its_words(qtbot: QtBot, sheets: dict[str, str]) -> None:
    view = PreviewView(lambda _sha, answer: answer(None), sheets)
    view.resize(500, 400)
    lines = "".join(f"<p>Đoạn thứ {number}: cải cách thủ tục hành chính.</p>" for number in range(150))
    view.show_main(f'<main class="trang"><article><div class="than">{lines}</div></article></main>')
    with qtbot.waitSignal(view.main_shown, timeout=TIMEOUT):
        view.show()
    made: list[bytes] = []
    view.print_pdf(made.append)
    qtbot.waitUntil(lambda: bool(made), timeout=TIMEOUT)
    document = pypdfium2.PdfDocument(made[0])
    texts = [page.get_textpage().get_text_range() for page in document]
    size = document[0].get_size()
    document.close()
    assert len(texts) > 2
    for number, text in enumerate(texts, start=1):
        assert f"{number} / {len(texts)}" in text
    assert "Đoạn thứ 149: cải cách thủ tục hành chính." in texts[-1]
    assert size == pytest.approx((595.3, 841.9), abs=1.5)  # A4 in points
    view.deleteLater()
    qtbot.waitUntil(lambda: not shiboken6.isValid(view), timeout=TIMEOUT)


def test_a_page_that_was_never_shown_prints_nothing(qapp: QApplication) -> None:
    assert qapp is not None  # a widget needs one
    view = PreviewView(lambda _sha, answer: answer(None), {})
    made: list[bytes] = []
    view.print_pdf(made.append)
    assert made == [b""]
    view.deleteLater()
