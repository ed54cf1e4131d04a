"""The preview: the entry as the portal will show it, in the portal's theme, with nothing in it alive."""

import json
from collections.abc import Callable, Mapping
from functools import cache
from typing import Final, Literal

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QMarginsF, QObject, QPointF, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QColor, QPageLayout, QPageSize, QResizeEvent, QShowEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineScript
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QVBoxLayout, QWidget

import resources
from desktop.editor.text.live_page import LivePage, Patch, patch
from desktop.editor.widgets.preview_page import OnlyOurs, PreviewPage, private_profile
from desktop.editor.widgets.preview_scheme import PAGE, SCHEME, BlobSource, PreviewHandler, Served

Width = Literal["pane", "desktop", "phone", "print"]

_WORLD = QWebEngineScript.ScriptWorldId.ApplicationWorld
_MAX_CRASHES = 3
# The margins of NĐ 30/2020: 20 mm above and below, 30 at the left, 15 at the right.
PAPER = QPageLayout(
    QPageSize(QPageSize.PageSizeId.A4),
    QPageLayout.Orientation.Portrait,
    QMarginsF(30, 20, 15, 20),
    QPageLayout.Unit.Millimeter,
)
_BY_HAND = {QEvent.Type.Wheel, QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.TouchUpdate}
WIDTHS: Final[tuple[Width, ...]] = ("pane", "desktop", "phone", "print")
_PIXELS: Final[Mapping[Width, int]] = {
    "desktop": 1280,
    "phone": 390,
    "print": 850,
}  # A4 is 794, and its ground at both sides
_SMALLEST = 0.25  # Chromium shows nothing smaller


class PreviewView(QWidget):
    """Costs nothing until it is first shown. The page's own scripts and handlers are dead; patches come from outside them.

    Signals: `link_opened(QUrl)`, to be confirmed and opened in the system's browser; `main_shown()` when what
    `show_main` or `show_live` gave stands on the screen; `scrolled(float)` by hand, to this element of the text.
    """

    link_opened = Signal(QUrl)
    main_shown = Signal()
    scrolled = Signal(float)

    def __init__(self, blobs: BlobSource, sheets: Mapping[str, str], parent: QWidget | None = None) -> None:
        """`sheets`: CSS text by path, in order ("/theme.css", "/main.css")."""
        super().__init__(parent)
        self._blobs = blobs
        self._served = Served(sheets={**_bare(), **sheets})
        self._shown: LivePage | None = None  # what stands in the loaded page
        self._width: Width = "pane"
        self._printing: Callable[[bool], object] | None = None
        self._by_hand = False  # who scrolls: the person at the page, or the text beside it
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
        self.show_live(LivePage(main_html, "", ""), scroll_keep=scroll_keep, lang=lang)

    def show_live(self, page: LivePage, *, scroll_keep: bool = True, lang: str = "vi") -> None:
        """As `show_main`; of the page before it only what changed is touched."""
        self._served.shown, self._served.lang = page, lang
        self._by_hand = False
        if self._loaded and page != self._shown:
            self._patch(scroll_keep=scroll_keep)
        elif self._loaded and not scroll_keep:
            self._run("window.scrollTo(0, 0)")

    @property
    def live(self) -> LivePage:
        """What is shown, or will be as soon as the page has loaded."""
        return self._served.shown

    def set_sheets(self, sheets: Mapping[str, str]) -> None:
        """Another theme: the page is loaded again."""
        wanted = {**_bare(), **sheets}
        if wanted != self._served.sheets:
            self._served.sheets = wanted
            self._load()

    def scroll_to(self, element: float) -> None:
        """Brings an element of the text to the top; 1.5: the middle of the second one. Follows the source beside it."""
        self._by_hand = False
        if self._loaded and self.live.place:
            self._run(f"preview.show({json.dumps(self.live.place)}, {element:.4f})")

    def set_width(self, width: Width) -> None:
        """How wide the page believes its window to be; what has no room is shown smaller. "print": on its sheet of paper."""
        self._width = width
        self._fit()
        self._run(f"preview.paper({json.dumps(width == 'print')})")

    def print_pdf(self, done: Callable[[bytes], object]) -> None:
        """The page on A4, with page numbers (the theme's print rules): its bytes, none where there is no page yet."""
        if self._page is None:
            done(b"")
        else:
            self._page.printToPdf(lambda made: done(bytes(made)), PAPER)

    def print_on(self, printer: QPrinter, done: Callable[[bool], object]) -> None:
        """The page on a printer's sheets, which must outlive `done`; False where it took nothing or another one is at it."""
        if self._view is None or self._printing is not None:
            done(False)  # noqa: FBT003  what a signal of Qt would say
            return
        self._printing = done
        self._view.print(printer)

    @Slot(bool)
    def _on_printed(self, ok: bool) -> None:  # noqa: FBT001  Qt's own signature
        done, self._printing = self._printing, None
        if done is not None:
            done(ok)

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

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _fit(self) -> None:
        layout, room = self.layout(), self.width()
        if self._page is None or layout is None:
            return
        wanted = _PIXELS.get(self._width, room)
        side = max(0, room - wanted) // 2 if self._width == "phone" else 0
        layout.setContentsMargins(side, 0, side, 0)
        self._page.setZoomFactor(max(_SMALLEST, min(1.0, room / max(1, wanted))))

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
        self._view.printFinished.connect(self._on_printed)
        self._page.link_opened.connect(self.link_opened)
        self._page.loadFinished.connect(self._on_load_finished)
        self._page.scrollPositionChanged.connect(self._on_scroll_position_changed)
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
            self._shown = self._served.shown
            self._page.load(PAGE)

    def _patch(self, *, scroll_keep: bool) -> None:
        """Changes the `<main>` in place: no reload, no flicker, the reader's place kept."""
        before, self._shown = self._shown, self._served.shown
        change = patch(before, self._shown) if before is not None and scroll_keep else None
        self._run(
            _whole(self._shown, self._served.lang, top=not scroll_keep)
            if change is None or before is None
            else _change(before, self._shown, change, self._served.lang),
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
        if result is False and self._shown is not None:  # the page is not what it was thought to be
            self._run(_whole(self._shown, self._served.lang, top=False), tell=True)
        else:
            self.main_shown.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Whoever touches the page leads: it no longer follows the text, the text follows it."""
        if event.type() in _BY_HAND:
            self._by_hand = True
        return super().eventFilter(watched, event)

    @Slot(QPointF)
    def _on_scroll_position_changed(self, place: QPointF) -> None:
        del place
        if self._by_hand and self._page is not None and self.live.place:
            self._page.runJavaScript(f"preview.shown({json.dumps(self.live.place)})", _WORLD, self._on_place)

    def _on_place(self, element: object) -> None:
        if self._by_hand and isinstance(element, int | float) and element >= 0:
            self.scrolled.emit(float(element))

    @Slot(bool)
    def _on_load_finished(self, ok: bool) -> None:  # noqa: FBT001  Qt's own signature
        self._loaded = ok
        hands = self._view.focusProxy() if self._view is not None else None
        if hands is not None:
            hands.installEventFilter(self)  # once, however often
        if ok:
            self._run(_script())
            self.set_width(self._width)
        if ok and self._served.shown != self._shown:
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


@cache
def _script() -> str:
    return resources.path("preview", "page.js").read_text(encoding="utf-8")


@cache
def _bare() -> Mapping[str, str]:
    return {"/preview.css": resources.path("preview", "page.css").read_text(encoding="utf-8")}


def _whole(page: LivePage, lang: str, *, top: bool) -> str:
    back = "window.scrollTo(0, 0);" if top else ""
    return f"{_lang(lang)} document.querySelector('main').outerHTML = {_literal(page.main)}; {back}"


def _change(before: LivePage, after: LivePage, change: Patch, lang: str) -> str:
    same = (before.before, before.after) == (after.before, after.after)
    shell = None if same else f"{after.before}{after.after}"
    told = _literal((after.place, change.had, change.start, change.gone, change.html, shell))
    return f"{_lang(lang)} preview.patch(...{told})"


def _lang(lang: str) -> str:
    return f"document.documentElement.lang = {json.dumps(lang)};"


def _literal(value: object) -> str:
    """Of JavaScript; letters stay letters, for a whole page is half as long then."""
    return json.dumps(value, ensure_ascii=False)
