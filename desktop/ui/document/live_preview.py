"""The page beside the text, rendered in a lane of its own as fast as it can be: one job at a time, the newest text always last."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from desktop.domain.revision import Content
from desktop.editor.text.live_page import LivePage
from desktop.editor.text.pages import LiveTexts, Pages, Written
from desktop.editor.widgets.preview_view import PreviewView
from desktop.ui.presenters.compare import compared
from desktop.ui.shell import Shell


class LivePreview(QObject):
    """`read` gives what stands on the screen, None for nothing; `against` the text to compare with, None for no comparison."""

    def __init__(
        self,
        shell: Shell,
        preview: PreviewView,
        *,
        read: Callable[[], Written | None],
        against: Callable[[], Content | None],
    ) -> None:
        super().__init__(preview)
        self._shell = shell
        self._preview = preview
        self._read = read
        self._against = against
        self._pages: Pages | None = None
        self._texts = LiveTexts()
        self._keep = True
        self._number = 0  # of the entry: an answer about an earlier one is dropped
        self._flying = False
        self._dirty = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._give)

    def open(self, pages: Pages, *, keep_place: bool) -> None:
        """Another entry, or other rules; without `keep_place` it is shown from its top."""
        if not keep_place:
            self._number += 1
            self._texts = LiveTexts()
            self._keep = False
        self._pages = pages
        self.changed()

    def changed(self) -> None:
        """Something on the screen is not what was rendered last."""
        self._dirty = True
        if not self._flying and not self._soon.isActive():
            self._soon.start()

    def _give(self) -> None:
        written, pages, texts, number = self._read(), self._pages, self._texts, self._number
        if written is None or pages is None:
            return
        against = self._against()
        self._flying, self._dirty = True, False

        def render() -> LivePage:
            page = pages.live(written, texts)
            if against is None:
                return page
            return LivePage(compared(pages.stored(against), page.main), "", "")

        def take(page: LivePage) -> None:
            if number == self._number:
                self._preview.show_live(page, scroll_keep=self._keep, lang=written.lang)
                self._keep = True

        self._shell.bridge.page(render, take, on_end=self._on_end)

    def _on_end(self) -> None:
        self._flying = False
        if self._dirty:
            self._give()
