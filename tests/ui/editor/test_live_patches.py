"""A page that is patched while its text is written is the page that would have been loaded, and stays where it was."""

from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWebEngineCore import QWebEngineScript
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.domain.digest import Json
from desktop.editor.text.incremental import LiveRenderer
from desktop.editor.text.live_page import LivePage, Shell, live_page, patch
from desktop.editor.widgets.preview_view import PreviewView
from desktop.editor.widgets.scroll_link import ScrollLink, top_line
from desktop.editor.widgets.source_editor import SourceEditor

TIMEOUT = 20_000
SHEETS = {"/main.css": ".than > * { min-height: 60px; margin: 0; }"}
START = "\n\n".join(f"Đoạn số {number} của bài." for number in range(60))


class Writer:
    """A text, rendered as the window does it."""

    def __init__(self, text: str, title: str = "Bài") -> None:
        self.text = text
        self.title = title
        self._live = LiveRenderer("prose")
        self._shell = Shell()

    def page(self) -> LivePage:
        live = self._live.render(self.text)
        context: dict[str, Json] = {
            "kind": "article", "lang": "vi", "title": self.title, "summary": "", "meta": [],
            "contents": [{"id": one.id, "level": one.level, "text": one.text} for one in live.headings],
            "body": [{"field": "body", "label": "Nội dung", "dialect": "prose", "html": live.html}],
            "attribution": None, "source": None, "event_date": None, "attachments": [], "tables": [],
        }  # fmt: skip
        return live_page(context, "chuan", field="body", live=live, shell=self._shell)


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[PreviewView]:
    made = PreviewView(lambda _sha, answer: answer(None), SHEETS)
    made.resize(500, 300)
    yield made
    made.deleteLater()
    qtbot.waitUntil(lambda: not shiboken6.isValid(made), timeout=TIMEOUT)


def ask(view: PreviewView, qtbot: QtBot, question: str) -> object:
    answers: list[object] = []
    assert view.page is not None
    view.page.runJavaScript(question, QWebEngineScript.ScriptWorldId.ApplicationWorld, answers.append)
    qtbot.waitUntil(lambda: bool(answers), timeout=TIMEOUT)
    return answers[0]


def begin(view: PreviewView, qtbot: QtBot, page: LivePage) -> None:
    view.show_live(page)
    with qtbot.waitSignal(view.main_shown, timeout=TIMEOUT):
        view.show()


def show(view: PreviewView, qtbot: QtBot, page: LivePage) -> None:
    with qtbot.waitSignal(view.main_shown, timeout=TIMEOUT):
        view.show_live(page)


EDITS = (
    ("Đoạn số 3 ", "Đoạn **số 3** & <b>đậm</b> "),
    ("Đoạn số 5 của bài.\n\n", ""),
    ("Đoạn số 7 của bài.", "## Tiêu đề mới\n\nĐoạn số 7.\n\n- một\n- hai"),
    ("Đoạn số 0 của bài.\n\n", "Mở đầu[^1].\n\n"),
    ("Đoạn số 59 của bài.", "Cuối.\n\n[^1]: Chú thích ở cuối."),
    ("- hai", "- hai\n    1. trong"),
    ("Đoạn số 20 của bài.", "<table><tr><td>ô</td></tr></table>"),
    ("Đoạn số 21 của bài.", "<div>mở mà không đóng"),
    ("<div>mở mà không đóng", "đóng rồi"),
    ("## Tiêu đề mới", "Tiêu đề\n---"),
)


def test_after_any_edits_the_patched_page_is_the_loaded_one(view: PreviewView, qtbot: QtBot) -> None:
    writer = Writer(START)
    begin(view, qtbot, writer.page())
    ask(view, qtbot, "window.mark = 1")
    patched = []
    for number, (old, new) in enumerate(EDITS):
        assert old in writer.text
        writer.text = writer.text.replace(old, new, 1)
        writer.title = f"Bài {number // 3}"
        show(view, qtbot, writer.page())
        patched.append(ask(view, qtbot, "document.querySelector('main').outerHTML"))
    assert ask(view, qtbot, "window.mark") == 1  # never loaded again
    fresh = Writer(START)
    for number, (old, new) in enumerate(EDITS):
        fresh.text = fresh.text.replace(old, new, 1)
        fresh.title = f"Bài {number // 3}"
        parsed = f"new DOMParser().parseFromString({fresh.page().main!r}, 'text/html').querySelector('main').outerHTML"
        assert patched[number] == ask(view, qtbot, parsed), (number, new)
    with qtbot.waitSignal(view.main_shown, timeout=TIMEOUT):
        view.set_sheets({})  # loads the page as it is served
    assert ask(view, qtbot, "window.mark === undefined") is True
    assert patched[-1] == ask(view, qtbot, "document.querySelector('main').outerHTML")


def test_one_paragraph_is_one_element_of_a_patch() -> None:
    writer = Writer(START)
    before = writer.page()
    writer.text = START.replace("Đoạn số 30 ", "Đoạn số 30, thêm ")
    change = patch(before, writer.page())
    assert change is not None
    assert (change.start, change.gone, change.had, change.has) == (30, 1, 60, 60)
    assert "<p>" in change.html
    assert change.html.count("<p>") == 1


def test_what_is_typed_far_below_moves_nothing(view: PreviewView, qtbot: QtBot) -> None:
    writer = Writer(START)
    begin(view, qtbot, writer.page())
    ask(view, qtbot, "window.scrollTo(0, 700)")
    writer.text = writer.text.replace("Đoạn số 50 ", "Đoạn số 50, dài hơn, ")
    show(view, qtbot, writer.page())
    assert ask(view, qtbot, "window.scrollY") == 700


def test_a_page_that_is_not_as_thought_is_made_anew(view: PreviewView, qtbot: QtBot) -> None:
    writer = Writer(START)
    begin(view, qtbot, writer.page())
    ask(view, qtbot, "document.querySelector('.than-body').firstElementChild.remove()")
    writer.text = writer.text.replace("Đoạn số 3 ", "Mới ")
    show(view, qtbot, writer.page())
    assert ask(view, qtbot, "document.querySelector('.than-body').children.length") == 60
    assert "Mới của bài." in str(ask(view, qtbot, "document.querySelector('.than-body').children[3].textContent"))


def test_page_and_text_follow_each_other_by_the_line(view: PreviewView, qtbot: QtBot) -> None:
    source = SourceEditor()
    qtbot.addWidget(source)
    source.resize(500, 300)
    source.set_text(START)
    source.show()
    link = ScrollLink(source, view)
    begin(view, qtbot, Writer(START).page())
    bar = source.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    wanted = view.live.places.element(top_line(source))
    qtbot.waitUntil(
        lambda: abs(float(str(ask(view, qtbot, "preview.shown('.than-body')"))) - wanted) < 0.1, timeout=TIMEOUT
    )
    assert wanted > 10
    web = view.focusProxy()
    assert web is not None
    target = web.focusProxy() or web
    inverted = False
    wheel = QWheelEvent(
        QPointF(50, 100), QPointF(target.mapToGlobal(QPoint(50, 100))), QPoint(0, 400), QPoint(0, 480),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, inverted,
    )  # fmt: skip
    # A page takes no wheel before it has been painted where it stands now.
    ask(view, qtbot, "requestAnimationFrame(() => requestAnimationFrame(() => { window.painted = true; })); 0")
    qtbot.waitUntil(lambda: ask(view, qtbot, "window.painted === true") is True, timeout=TIMEOUT)
    before = bar.value()
    QApplication.sendEvent(target, wheel)
    qtbot.waitUntil(lambda: bar.value() < before, timeout=TIMEOUT)
    settled = "preview.shown('.than-body')"
    qtbot.waitUntil(
        lambda: abs(view.live.places.element(top_line(source)) - float(str(ask(view, qtbot, settled)))) < 1.5,
        timeout=TIMEOUT,
    )
    assert link.parent() is view
