"""The preview: the entry as the portal will show it, in the portal's theme, with nothing in it alive."""

import json
from collections.abc import Mapping

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QColor, QShowEvent
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineScript
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.editor.widgets.preview_page import OnlyOurs, PreviewPage, private_profile
from desktop.editor.widgets.preview_scheme import PAGE, SCHEME, BlobSource, PreviewHandler, Served

_WORLD = QWebEngineScript.ScriptWorldId.ApplicationWorld
_MAX_CRASHES = 3
_BARE = {"/preview.css": "body { margin: 0; background: #ffffff; }"}


class PreviewView(QWidget):
    """Costs nothing until it is first shown. The page's own scripts and handlers are dead; patches come from outside them.

    Signals: `link_opened(QUrl)`, to be confirmed and opened in the system's browser; `main_shown()` when what
    `show_main` gave stands on the screen.
    """

    link_opened = Signal(QUrl)
    main_shown = Signal()

    def __init__(self, blobs: BlobSource, sheets: Mapping[str, str], parent: QWidget | None = None) -> None:
        """`sheets`: CSS text by path, in order ("/theme.css", "/main.css")."""
        super().__init__(parent)
        self._blobs = blobs
        self._served = Served(sheets={**_BARE, **sheets})
        self._shown = ""  # the main that stands in the loaded page
        self._loaded = False
        self._crashes = 0
        self._view: QWebEngineView | None = None
        self._page: PreviewPage | None = None
        self._wall: OnlyOurs | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self.setAccessibleName(self.tr("Preview"))

    def show_main(self, main_html: str, *, scroll_keep: bool = True, lang: str = "vi") -> None:
        """`main_html`: `<main>…</main>`. Without `scroll_keep` it is shown from its top (another entry)."""
        self._served.main, self._served.lang = main_html, lang
        if self._loaded and main_html != self._shown:
            self._patch(scroll_keep=scroll_keep)
        elif self._loaded and not scroll_keep:
            self._run("window.scrollTo(0, 0)")

    def set_sheets(self, sheets: Mapping[str, str]) -> None:
        """Another theme: the page is loaded again."""
        wanted = {**_BARE, **sheets}
        if wanted != self._served.sheets:
            self._served.sheets = wanted
            self._load()

    def scroll_to_fraction(self, fraction: float) -> None:
        """0 is the top, 1 the end; follows the source beside it."""
        if self._loaded:
            self._run(
                f"window.scrollTo(0, {fraction:.5f} * (document.documentElement.scrollHeight - window.innerHeight))"
            )

    def source(self) -> str:
        """The page as it is served, `main` in it byte for byte."""
        return self._served.page()

    @property
    def blocked(self) -> tuple[str, ...]:
        """Addresses that the page asked for and did not get, because they lie outside."""
        return tuple(self._wall.blocked) if self._wall is not None else ()

    @property
    def page(self) -> QWebEnginePage | None:
        """The live page; None before the first show."""
        return self._page

    def showEvent(self, event: QShowEvent) -> None:
        if self._view is None:
            self._create()
        super().showEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _create(self) -> None:
        # The view comes first: children are destroyed in this order, and a page must go before its profile.
        self._view = QWebEngineView(self)
        profile = private_profile(self)
        profile.installUrlSchemeHandler(SCHEME, PreviewHandler(self._served, self._blobs, profile))
        self._wall = OnlyOurs(profile)
        profile.setUrlRequestInterceptor(self._wall)
        self._page = PreviewPage(profile, self._view)
        self._page.setBackgroundColor(QColor("#ffffff"))
        self._view.setPage(self._page)
        self._view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        for action in (QWebEnginePage.WebAction.Copy, QWebEnginePage.WebAction.SelectAll):
            self._view.addAction(self._page.action(action))
        self._page.link_opened.connect(self.link_opened)
        self._page.loadFinished.connect(self._on_load_finished)
        self._page.renderProcessTerminated.connect(self._on_render_process_terminated)
        self.setFocusProxy(self._view)
        layout = self.layout()
        assert layout is not None  # noqa: S101  made in __init__
        layout.addWidget(self._view)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self._on_about_to_quit)
        self._retranslate()
        self._load()

    @Slot()
    def _on_about_to_quit(self) -> None:
        """Chromium ends with the application; its pages must be gone by then, whatever order the window dies in."""
        view, self._view, self._page, self._loaded = self._view, None, None, False
        if view is not None:
            shiboken6.delete(view)

    def _load(self) -> None:
        self._loaded = False
        if self._page is not None:
            self._shown = self._served.main
            self._page.load(PAGE)

    def _patch(self, *, scroll_keep: bool) -> None:
        """Replaces the `<main>` in place: no reload, no flicker, the reader's place kept."""
        self._shown = self._served.main
        top = "" if scroll_keep else "window.scrollTo(0, 0);"
        lang = json.dumps(self._served.lang)
        self._run(
            f"document.documentElement.lang = {lang}; document.querySelector('main').outerHTML = {json.dumps(self._shown)}; {top}",
            tell=True,
        )

    def _run(self, script: str, *, tell: bool = False) -> None:
        """In a world of our own, which the page cannot reach and which `JavascriptEnabled` does not concern."""
        if self._page is None:
            return
        if tell:
            self._page.runJavaScript(script, _WORLD, self._on_patched)
        else:
            self._page.runJavaScript(script, _WORLD)

    def _on_patched(self, result: object) -> None:
        del result
        self.main_shown.emit()

    @Slot(bool)
    def _on_load_finished(self, ok: bool) -> None:  # noqa: FBT001  Qt's own signature
        self._loaded = ok
        if ok and self._served.main != self._shown:
            self._patch(scroll_keep=True)
        elif ok:
            self.main_shown.emit()

    @Slot()
    def _on_render_process_terminated(self) -> None:
        self._crashes += 1
        if self._crashes <= _MAX_CRASHES:
            self._load()

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Preview"))
        if self._page is not None:
            self._page.action(QWebEnginePage.WebAction.Copy).setText(self.tr("Copy"))
            self._page.action(QWebEnginePage.WebAction.SelectAll).setText(self.tr("Select all"))
