"""The preview against what people paste: nothing runs, nothing leaves, nothing navigates, and the bytes are ours."""

import hashlib
import threading
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import shiboken6
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineProfile, QWebEngineScript
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

import resources
from desktop.editor.widgets.preview_scheme import PAGE, picture_type, placeholder
from desktop.editor.widgets.preview_view import PreviewView

# 1 x 1 pixel.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8ffff3f0005fe02fea7"
    "35811d0000000049454e44ae426082"
)
SHA = hashlib.sha256(PNG).hexdigest()
SHEETS = {"/main.css": "main { color: rgb(1, 2, 3); } a { display: block; height: 200px; }"}


class Visitors:
    """A web server of this machine that counts who came."""

    def __init__(self) -> None:
        paths: list[str] = []

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                paths.append(self.path)
                self.send_response(200)
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the base class's name
                pass

        self.paths = paths
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01})
        self.thread.start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@pytest.fixture
def visitors() -> Iterator[Visitors]:
    made = Visitors()
    yield made
    made.close()


@pytest.fixture
def asked() -> list[str]:
    return []


@pytest.fixture
def view(qtbot: QtBot, asked: list[str]) -> Iterator[PreviewView]:
    def blobs(sha256: str, answer: Callable[[bytes | None], None]) -> None:
        asked.append(sha256)
        answer(PNG if sha256 == SHA else None)

    made = PreviewView(blobs, SHEETS)
    made.resize(400, 300)
    yield made
    discard(made, qtbot)


def discard(view: PreviewView, qtbot: QtBot) -> None:
    """Chromium's profile must be gone before the next one is made."""
    view.deleteLater()
    qtbot.waitUntil(lambda: not shiboken6.isValid(view), timeout=20_000)


def open_with(view: PreviewView, qtbot: QtBot, main: str) -> None:
    view.show_main(main)
    with qtbot.waitSignal(view.main_shown, timeout=20_000):
        view.show()


def patch(view: PreviewView, qtbot: QtBot, main: str, **how: bool) -> None:
    with qtbot.waitSignal(view.main_shown, timeout=20_000):
        view.show_main(main, **how)  # type: ignore[arg-type]


def ask(view: PreviewView, qtbot: QtBot, question: str) -> object:
    """The value of a script in our own world."""
    answers: list[object] = []
    assert view.page is not None
    view.page.runJavaScript(question, QWebEngineScript.ScriptWorldId.ApplicationWorld, answers.append)
    qtbot.waitUntil(lambda: bool(answers), timeout=20_000)
    return answers[0]


def test_nothing_of_chromium_is_made_before_the_first_show(view: PreviewView) -> None:
    view.show_main("<main>a</main>")
    assert view.page is None


def test_the_main_is_served_byte_for_byte(view: PreviewView) -> None:
    main = '<main id="noi_dung" class="trang" lang="vi">\n<h1>Ẫ &amp; “ngoặc”</h1>\n\t<p>  hai  khoảng </p></main>\n'
    view.show_main(main, lang="en")
    assert main in view.source()
    assert '<html lang="en">' in view.source()


def test_the_page_shows_the_main_in_the_theme(view: PreviewView, qtbot: QtBot) -> None:
    open_with(view, qtbot, "<main><p>Một cửa</p></main>")
    assert ask(view, qtbot, "document.querySelector('main').innerText") == "Một cửa"
    assert ask(view, qtbot, "getComputedStyle(document.querySelector('main')).color") == "rgb(1, 2, 3)"
    assert ask(view, qtbot, "document.compatMode") == "CSS1Compat"


def test_a_change_is_patched_in_without_a_reload_and_keeps_the_place(view: PreviewView, qtbot: QtBot) -> None:
    tall = "<main><p>{}</p><a href='#x'>1</a><a href='#x'>2</a><a href='#x'>3</a></main>"
    open_with(view, qtbot, tall.format("một"))
    ask(view, qtbot, "window.mark = 1; window.scrollTo(0, 150)")
    patch(view, qtbot, tall.format("hai"))
    assert ask(view, qtbot, "document.querySelector('p').innerText + window.mark + window.scrollY") == "hai1150"
    patch(view, qtbot, tall.format("ba"), scroll_keep=False)
    assert ask(view, qtbot, "document.querySelector('p').innerText + window.mark + window.scrollY") == "ba10"


def test_what_was_typed_while_the_page_loaded_is_not_lost(view: PreviewView, qtbot: QtBot) -> None:
    view.show_main("<main>cũ</main>")
    with qtbot.waitSignal(view.main_shown, timeout=20_000):
        view.show()
        view.show_main("<main>mới</main>")
    assert ask(view, qtbot, "document.querySelector('main').innerText") == "mới"


def hostile(address: str) -> str:
    """What a paste may hold: scripts, handlers, frames, forms, refreshes, pictures and styles from elsewhere."""
    return f"""<main><script>document.title = "hacked"</script><img src="x" onerror="document.title = 'hacked'">
<svg onload="document.title = 'hacked'"><script>document.title = "hacked"</script></svg>
<iframe src="{address}/frame"></iframe><iframe srcdoc="<script>top.document.title = 'hacked'</script>"></iframe>
<object data="{address}/object"></object><embed src="{address}/embed"><link rel="stylesheet" href="{address}/css">
<link rel="prefetch" href="{address}/prefetch"><link rel="dns-prefetch" href="{address}"><img src="{address}/pixel.png">
<img src="file:///etc/hostname"><video src="{address}/video" autoplay></video><style>@import "{address}/import";
main {{ background: url({address}/background) }}</style><meta http-equiv="refresh" content="0;url={address}/refresh">
<p style="background: url({address}/style)">x</p><form action="{address}/form"><input autofocus onfocus="document.title='hacked'"></form>
<base href="{address}/"><a href="javascript:document.title='hacked'" id="js" ping="{address}/ping">x</a></main>"""


@pytest.mark.parametrize("way", ["loaded", "patched"])
def test_hostile_content_does_nothing(view: PreviewView, qtbot: QtBot, visitors: Visitors, way: str) -> None:
    if way == "loaded":
        open_with(view, qtbot, hostile(visitors.address))
    else:
        open_with(view, qtbot, "<main>x</main>")
        patch(view, qtbot, hostile(visitors.address))
    # A later picture of ours has been answered, so the earlier requests have had their turn.
    patch(view, qtbot, hostile(visitors.address).replace("</main>", f'<img id="last" src="/_blob/{SHA}"></main>'))
    qtbot.waitUntil(
        lambda: (
            ask(view, qtbot, "!!document.getElementById('last') && document.getElementById('last').complete") is True
        ),
        timeout=20_000,
    )
    QTest.mouseClick(target(view), Qt.MouseButton.LeftButton, pos=QPoint(50, 100))
    assert ask(view, qtbot, "document.title") == "preview"
    assert ask(view, qtbot, "location.href") == PAGE.toString()
    assert ask(view, qtbot, "document.activeElement.tagName") == "BODY"
    assert visitors.paths == []
    assert view.page is not None
    assert view.page.title() == "preview"


def test_pages_own_scripts_stay_dead_after_a_patch(view: PreviewView, qtbot: QtBot) -> None:
    open_with(view, qtbot, "<main>x</main>")
    patch(view, qtbot, "<main onclick=\"document.title='hacked'\"><a onclick=\"document.title='hacked'\">x</a></main>")
    ask(view, qtbot, "document.querySelector('a').click()")
    QTest.mouseClick(target(view), Qt.MouseButton.LeftButton, pos=QPoint(50, 100))
    assert ask(view, qtbot, "document.title") == "preview"


@pytest.mark.parametrize("attributes", ["", 'target="_blank"', 'target="_blank" rel="noopener"'])
def test_a_link_is_offered_and_not_followed(
    view: PreviewView, qtbot: QtBot, visitors: Visitors, attributes: str
) -> None:
    open_with(view, qtbot, f'<main><a href="{visitors.address}/bài" {attributes}>Bài</a></main>')
    with qtbot.waitSignal(view.link_opened, timeout=20_000) as opened:
        QTest.mouseClick(target(view), Qt.MouseButton.LeftButton, pos=QPoint(50, 100))
    assert opened.args[0] == QUrl(f"{visitors.address}/bài")
    assert ask(view, qtbot, "location.href") == PAGE.toString()
    assert visitors.paths == []


@pytest.mark.parametrize(
    "address", ["file:///etc/hostname", "javascript:document.title='x'", "data:text/html,x", "/khac"]
)
def test_other_links_go_nowhere(view: PreviewView, qtbot: QtBot, address: str) -> None:
    open_with(view, qtbot, f'<main><a href="{address}">x</a></main>')
    with qtbot.assertNotEmitted(view.link_opened):
        QTest.mouseClick(target(view), Qt.MouseButton.LeftButton, pos=QPoint(50, 100))
        assert ask(view, qtbot, "location.href + document.title") == PAGE.toString() + "preview"


def test_a_link_within_the_page_scrolls(view: PreviewView, qtbot: QtBot) -> None:
    main = '<main><a href="#dieu-2">Điều 2</a><a>1</a><a>2</a><p id="dieu-2">Điều 2</p><a>3</a><a>4</a></main>'
    open_with(view, qtbot, main)
    QTest.mouseClick(target(view), Qt.MouseButton.LeftButton, pos=QPoint(50, 100))
    qtbot.waitUntil(lambda: ask(view, qtbot, "window.scrollY > 300") is True, timeout=20_000)
    patch(view, qtbot, main.replace("4", "5"))
    assert ask(view, qtbot, "window.scrollY > 300") is True


def test_a_blob_of_the_entry_is_shown(view: PreviewView, qtbot: QtBot, asked: list[str]) -> None:
    open_with(view, qtbot, f'<main><img src="/_blob/{SHA}"><img id="none" src="/_blob/{"0" * 64}"></main>')
    assert ask(view, qtbot, "document.querySelector('img').naturalWidth") == 1
    assert ask(view, qtbot, "document.getElementById('none').naturalWidth") == 480  # words in its place
    assert sorted(asked) == sorted([SHA, "0" * 64])


def test_the_words_in_the_place_of_a_picture_are_words_only() -> None:
    made = placeholder("<script>&", "hai")
    assert [one.text for one in ET.fromstring(made) if one.tag.endswith("text")] == ["<script>&", "hai"]  # noqa: S314  ours


def test_a_late_blob_for_a_page_that_is_gone_is_dropped(qtbot: QtBot) -> None:
    answers: list[Callable[[bytes | None], None]] = []
    view = PreviewView(lambda _sha, answer: answers.append(answer), {})
    view.show_main(f'<main><img src="/_blob/{SHA}"></main>')
    view.show()
    qtbot.waitUntil(lambda: bool(answers), timeout=20_000)
    assert view.page is not None
    view.page.triggerAction(view.page.WebAction.Stop)
    discard(view, qtbot)
    for answer in answers:
        answer(PNG)


def test_only_pictures_are_pictures() -> None:
    assert picture_type(PNG) == b"image/png"
    assert picture_type(b"\xff\xd8\xff\xe0") == b"image/jpeg"
    assert picture_type(b"<svg xmlns='http://www.w3.org/2000/svg'/>") is None
    assert picture_type(b"<html>") is None


def test_the_theme_of_the_repository_is_allowed_by_the_policy(qtbot: QtBot) -> None:
    sheet = resources.path("themes", "chuan", "main.css").read_text(encoding="utf-8")
    view = PreviewView(lambda _sha, answer: answer(None), {"/main.css": sheet})
    open_with(view, qtbot, '<main class="trang"><p>x</p></main>')
    assert ask(view, qtbot, "getComputedStyle(document.querySelector('main')).maxWidth") != "none"
    assert view.blocked == ()
    discard(view, qtbot)


def test_the_bait_bites_where_nothing_protects(qtbot: QtBot, visitors: Visitors) -> None:
    """The same paste in a page as Chromium makes it: the tests above would see it."""
    profile = QWebEngineProfile()
    page = QWebEnginePage(profile)
    page.setHtml(hostile(visitors.address), QUrl(visitors.address))
    qtbot.waitUntil(lambda: page.title() == "hacked" and "/pixel.png" in visitors.paths, timeout=20_000)
    shiboken6.delete(page)
    shiboken6.delete(profile)


def target(view: PreviewView) -> QWidget:
    """The widget of the view that takes the mouse."""
    web = view.focusProxy()
    assert web is not None
    return web.focusProxy() or web
