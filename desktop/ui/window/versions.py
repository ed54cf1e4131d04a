"""The texts of an entry, each as it was: what the portal numbered, and what a conflict or a refusal left on this machine."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QWidget

from desktop.application.library import Version
from desktop.application.ports import Renderer
from desktop.application.records import Document
from desktop.domain.ids import Rid
from desktop.domain.revision import Content
from desktop.editor.widgets.preview_view import PreviewView
from desktop.ui.actions import ActionTable
from desktop.ui.blobs import blob_source
from desktop.ui.pages import pages_of, sheets_of
from desktop.ui.presenters.versions import version_lines
from desktop.ui.shell import Shell

_LIST = 300


class Versions(QObject):
    """The action `versions`; `open_one` gives the document on the screen."""

    def __init__(
        self,
        shell: Shell,
        table: ActionTable,
        open_one: Callable[[], Document | None],
        *,
        renderer: Renderer,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._shell = shell
        self._open_one = open_one
        self._renderer = renderer
        self._window = window
        table.on("versions", self.show)

    def show(self) -> None:
        """In a window beside this one; nothing is blocked."""
        document, library = self._open_one(), self._shell.desk.library
        if document is not None:
            entry_id = document.entry_id
            self._shell.bridge.store(lambda: library.versions(entry_id), self._on_read)

    def _on_read(self, versions: Sequence[Version]) -> None:
        VersionsDialog(self._shell, versions, self._renderer, self._window).show()


class VersionsDialog(QDialog):
    """Up and down go from text to text; Escape closes."""

    def __init__(self, shell: Shell, versions: Sequence[Version], renderer: Renderer, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell = shell
        self._renderer = renderer
        bearings = shell.bearings
        self.setObjectName("versions")
        self.setModal(False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Earlier texts"))
        self.resize(980, 640)
        self._list = QListWidget(self)
        self._list.setObjectName("versions.list")
        self._list.setAccessibleName(self.tr("Earlier texts"))
        self._list.setFixedWidth(_LIST)
        self._list.setWordWrap(True)
        self._page = PreviewView(blob_source(shell), sheets_of(bearings.bundle) if bearings else {})
        layout = QHBoxLayout(self)
        layout.addWidget(self._list)
        layout.addWidget(self._page, 1)
        people = bearings.people if bearings else {}
        for line in version_lines(versions, people, lang=shell.lang, now=shell.now(), translate=shell.translate):
            item = QListWidgetItem(line.text)
            item.setData(Qt.ItemDataRole.UserRole, line.rid)
            self._list.addItem(item)
        self._list.currentItemChanged.connect(lambda item, _before: self._read(item))
        self._list.setCurrentRow(0)
        self._list.setFocus()

    def _read(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        library, rid = self._shell.desk.library, Rid(item.data(Qt.ItemDataRole.UserRole))
        self._shell.bridge.store(lambda: library.content(rid), self._show, slot="version")

    def _show(self, content: Content | None) -> None:
        bearings = self._shell.bearings
        if content is None or bearings is None:
            return
        pages = pages_of(bearings, self._renderer)
        self._shell.bridge.pure(
            lambda: pages.stored(content),
            lambda main: self._page.show_main(main, scroll_keep=False, lang=content.lang), slot="version-page",
        )  # fmt: skip
