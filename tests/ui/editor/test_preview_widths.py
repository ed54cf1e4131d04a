"""The page believes its window to be a desktop, a phone or a sheet of paper; what was read stays at the top."""

from collections.abc import Iterator

import pypdfium2
import pytest
from pytestqt.qtbot import QtBot

import resources
from desktop.editor.text.incremental import Piece
from desktop.editor.text.live_page import LivePage
from desktop.editor.widgets.preview_view import PreviewView, Width
from tests.ui.editor.test_preview import ask, discard

TIMEOUT = 20_000
_BEFORE = '<main class="trang co-muc-luc"><article><nav class="muc-luc"><p>Chỉ mục</p></nav><div class="than">'
_PIECES = tuple(Piece(f"<p>Đoạn {number}. {'chữ ' * 40}</p>", 1, 2) for number in range(60))


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[PreviewView]:
    theme = resources.path("themes", "chuan", "main.css").read_text(encoding="utf-8")
    made = PreviewView(lambda _sha, answer: answer(None), {"/main.css": theme})
    made.resize(500, 400)
    made.show_live(LivePage(_BEFORE, "</div></article></main>", ".than", _PIECES))
    with qtbot.waitSignal(made.main_shown, timeout=TIMEOUT):
        made.show()
    yield made
    discard(made, qtbot)


def until(view: PreviewView, qtbot: QtBot, question: str) -> None:
    qtbot.waitUntil(lambda: ask(view, qtbot, question) is True, timeout=TIMEOUT)


@pytest.mark.parametrize(
    ("width", "pixels", "contents"),
    [("pane", 500, "block"), ("desktop", 1280, "beside"), ("phone", 390, "block"), ("print", 850, "none")],
)
def test_the_theme_meets_the_width_that_was_chosen(
    view: PreviewView, qtbot: QtBot, width: Width, pixels: int, contents: str
) -> None:
    view.set_width(width)
    until(view, qtbot, f"Math.abs(innerWidth - {pixels}) <= 8")
    looks = (
        "[getComputedStyle(document.querySelector('.muc-luc')).display,"
        " getComputedStyle(document.querySelector('article')).display].join()"
    )
    wanted = {"block": "block,block", "beside": "block,grid", "none": "none,block"}[contents]
    until(view, qtbot, f"{looks} === '{wanted}'")


def test_what_was_read_stays_at_the_top(view: PreviewView, qtbot: QtBot) -> None:
    view.scroll_to(30)
    for width in ("phone", "print", "desktop", "pane"):
        view.set_width(width)
        pixels = {"phone": 390, "print": 850, "desktop": 1280, "pane": 500}[width]
        until(view, qtbot, f"Math.abs(innerWidth - {pixels}) <= 8")
        until(view, qtbot, "Math.abs(preview.shown('.than') - 30) < 0.2")


def test_another_theme_finds_the_width_as_it_was(view: PreviewView, qtbot: QtBot) -> None:
    view.set_width("print")
    with qtbot.waitSignal(view.main_shown, timeout=TIMEOUT):
        view.set_sheets({"/main.css": "@media print { .muc-luc { color: rgb(1, 2, 3); } }"})
    until(view, qtbot, "getComputedStyle(document.querySelector('.muc-luc')).color === 'rgb(1, 2, 3)'")


def test_paper_on_the_screen_is_not_printed_twice(view: PreviewView, qtbot: QtBot) -> None:
    made: list[bytes] = []
    for width in ("pane", "print"):
        view.set_width(width)
        until(view, qtbot, f"document.documentElement.classList.contains('paper') === {str(width == 'print').lower()}")
        view.print_pdf(made.append)
        qtbot.waitUntil(lambda: bool(made), timeout=TIMEOUT)
        document = pypdfium2.PdfDocument(made.pop())
        first = document[0].get_textpage().get_text_range()
        pages = len(document)
        document.close()
        assert "Chỉ mục" not in first
        assert f"1 / {pages}" in first
        assert first.count("Đoạn") > 5
