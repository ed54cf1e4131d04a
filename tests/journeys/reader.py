"""`python -m tests.journeys.reader OUT URL PATH…`: anybody's browser on the public site; prints what it found as JSON.

Each page at two widths: its picture in OUT, whether anything sticks out, where its contents lead, what it asked for outside.
"""

import json
import sys
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QUrl
from PySide6.QtWebEngineCore import (
    QWebEnginePage,
    QWebEngineProfile,
    QWebEngineUrlRequestInfo,
    QWebEngineUrlRequestInterceptor,
)
from PySide6.QtWebEngineWidgets import QWebEngineView

from tests.journeys.eyes import Eyes, breathe, wait_until
from tests.journeys.seats import application, leave

WIDTHS: Final = (1280, 390)
_LOOK: Final = """
(() => {
  const links = [...document.querySelectorAll('nav.muc-luc a')].map(a => a.getAttribute('href'));
  return JSON.stringify({
    title: document.title, heading: document.querySelector('h1')?.innerText ?? '', lang: document.documentElement.lang,
    sticks_out: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    contents: links.length, dead: links.filter(l => !document.getElementById(decodeURIComponent(l.slice(1)))),
    same_ids: document.querySelectorAll('[id]').length - new Set([...document.querySelectorAll('[id]')].map(e => e.id)).size,
    broken_images: [...document.images].filter(i => !i.complete || !i.naturalWidth).map(i => i.src),
    styled: getComputedStyle(document.querySelector('main, h1')).fontFamily,
  });
})()
"""


class Wall(QWebEngineUrlRequestInterceptor):
    """Notes whatever does not go to the portal."""

    def __init__(self, home: str) -> None:
        super().__init__()
        self.outside: list[str] = []
        self._home = home

    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:
        address = info.requestUrl().toString()
        if not address.startswith((self._home, "data:")):
            self.outside.append(address)
            info.block(True)  # noqa: FBT003  Qt's own


class Page(QWebEnginePage):
    """Notes what the page complains of."""

    def __init__(self, profile: QWebEngineProfile, parent: QWebEngineView) -> None:
        super().__init__(profile, parent)
        self.complaints: list[str] = []

    def javaScriptConsoleMessage(
        self, level: QWebEnginePage.JavaScriptConsoleMessageLevel, message: str, line: int, source: str
    ) -> None:
        self.complaints.append(f"{level.name} {source}:{line}: {message}")


def main(out: Path, url: str, paths: list[str]) -> int:
    app = application()
    view = QWebEngineView()
    profile = QWebEngineProfile(view)
    wall = Wall(url)
    profile.setUrlRequestInterceptor(wall)
    page = Page(profile, view)
    view.setPage(page)
    view.show()
    found = [_visit(view, page, f"{url}{path}", out / f"{number:02}") for number, path in enumerate(paths, 1)]
    sys.stdout.write(json.dumps({"pages": found, "outside": wall.outside, "complaints": page.complaints}))
    view.close()
    leave(app)
    return 0


def _visit(view: QWebEngineView, page: Page, address: str, picture: Path) -> dict[str, Any]:
    loaded: list[bool] = []
    connection = page.loadFinished.connect(loaded.append)
    view.resize(WIDTHS[0], 900)
    page.load(QUrl(address))
    wait_until(lambda: loaded, what=address)
    page.loadFinished.disconnect(connection)
    sticks_out = {}
    for width in WIDTHS:
        view.resize(width, 900)
        breathe(100)
        sticks_out[width] = _look(page)["sticks_out"]
        Eyes(lambda: view).picture(picture.with_name(f"{picture.name}-{width}.png"))
    return {**_look(page), "address": address, "loaded": loaded[0], "sticks_out": sticks_out}


def _look(page: Page) -> dict[str, Any]:
    answers: list[str] = []
    page.runJavaScript(_LOOK, 0, answers.append)
    wait_until(lambda: answers, what="the page to answer")
    said: dict[str, Any] = json.loads(answers[0])
    return said


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2], sys.argv[3:]))
