"""The texts of an entry, each as it was: what its writer left at a pause, what the portal numbered, what a refusal left here."""

from collections.abc import Callable, Mapping, Sequence
from html import escape

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.application.library import Version
from desktop.application.ports import Renderer
from desktop.application.records import Document
from desktop.domain.digest import Json
from desktop.domain.ids import Rid
from desktop.domain.revision import Content
from desktop.editor.text.pages import Pages, sheets_of
from desktop.editor.widgets.preview_view import PreviewView
from desktop.ui.actions import ActionTable
from desktop.ui.blobs import blob_source
from desktop.ui.empty_state import EmptyState
from desktop.ui.presenters.compare import compared
from desktop.ui.presenters.compare_articles import by_article
from desktop.ui.presenters.empty import Empty
from desktop.ui.presenters.versions import version_lines
from desktop.ui.segments import Segments
from desktop.ui.shell import Shell
from desktop.ui.theme.roles import Role, set_role
from desktop.ui.work_area import WorkArea

_LIST = 300
_TEXT, _CHANGES, _ARTICLES, _SOURCE = _VIEWS = ("text", "changes", "articles", "source")


class Versions(QObject):
    """The action `versions`, for what is open in `work`."""

    def __init__(
        self, shell: Shell, table: ActionTable, work: WorkArea, *, renderer: Renderer, window: QWidget
    ) -> None:
        super().__init__(window)
        self._shell = shell
        self._work = work
        self._renderer = renderer
        self._window = window
        table.on("versions", lambda: work.flush_then(self.show))

    def show(self) -> None:
        """In a window beside this one; nothing is blocked."""
        document = self._work.document
        if document is None:
            return
        desk, entry_id = self._shell.desk, document.entry_id
        self._shell.bridge.store(
            lambda: (desk.drafting.open(entry_id), desk.library.versions(entry_id), desk.library.dropped(entry_id)),
            self._on_read,
        )

    def _on_read(self, read: tuple[Document, Sequence[Version], int]) -> None:
        document, versions, dropped = read
        bearings = self._shell.bearings
        if bearings is None:
            return
        dialog = VersionsDialog(
            self._shell,
            document,
            versions,
            pages=Pages.by(bearings.bundle, self._renderer, profile=bearings.profile, kinds=bearings.kinds),
            dropped=dropped,
            parent=self._window,
        )
        dialog.take_back = lambda key: self._work.flush_then(lambda: self._take_back(document, key))
        dialog.show()

    def _take_back(self, document: Document, key: Rid | int) -> None:
        drafting = self._shell.desk.drafting
        self._shell.bridge.store(lambda: drafting.take_back(document.entry_id, key), lambda _at: None)


class VersionsDialog(QDialog):
    """Up and down go from text to text; Escape closes. `take_back` is called with the text to write on with."""

    def __init__(
        self,
        shell: Shell,
        document: Document,
        versions: Sequence[Version],
        *,
        pages: Pages,
        dropped: int,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.take_back: Callable[[Rid | int], None] = lambda _key: None
        self._shell = shell
        self._document = document
        self._pages = pages
        self._view = _TEXT
        self._content: Content | None = None
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
        self._list.setSpacing(3)
        self._page = PreviewView(blob_source(shell), sheets_of(bearings.bundle) if bearings else {})
        self._switch = Segments(_VIEWS, self)
        self._restore = QPushButton(self.tr("Write on with this text"), self)
        layout = self._lay_out(dropped)
        people = bearings.people if bearings else {}
        for line in version_lines(versions, people, lang=shell.lang, now=shell.now(), translate=shell.translate):
            item = QListWidgetItem(line.text)
            item.setData(Qt.ItemDataRole.UserRole, line.key)
            self._list.addItem(item)
        self._list.currentItemChanged.connect(self._on_chosen)
        self._switch.chosen.connect(self._on_view)
        self._restore.clicked.connect(self._on_restore)
        self._list.setCurrentRow(0)
        self._list.setFocus()
        if not versions:
            self._tell_none(layout)

    def _tell_none(self, layout: QHBoxLayout) -> None:
        for widget in (self._list, self._switch, self._restore, self._page):
            widget.hide()
        none = EmptyState("versions.empty", self)
        none.show_empty(
            Empty(
                self.tr("No earlier text yet"),
                self.tr("A text is kept when its writer pauses, and each time the portal numbers it."),
            )
        )
        layout.setStretch(1, 0)  # the page's room
        layout.addWidget(none, 1)

    def _lay_out(self, dropped: int) -> QHBoxLayout:
        self._switch.name_all(
            {
                _TEXT: self.tr("Text"),
                _CHANGES: self.tr("What changed since"),
                _ARTICLES: self.tr("By Điều"),
                _SOURCE: self.tr("As it was typed"),
            }
        )
        self._switch.allow(_ARTICLES, allowed=bool(self._legal()), why=self.tr("For legal documents"))
        self._switch.choose(_TEXT)
        set_role(self._restore, Role.PRIMARY)
        self._restore.setObjectName("versions.restore")
        self._restore.setEnabled(False)
        left = QVBoxLayout()
        left.addWidget(self._list, 1)
        if dropped:
            told = QLabel(self.tr("%n older text(s) are kept no more.", "", dropped), self)
            told.setObjectName("versions.dropped")
            told.setWordWrap(True)
            left.addWidget(told)
        above = QHBoxLayout()
        above.addWidget(self._switch)
        above.addStretch(1)
        above.addWidget(self._restore)
        right = QVBoxLayout()
        right.addLayout(above)
        right.addWidget(self._page, 1)
        layout = QHBoxLayout(self)
        layout.addLayout(left)
        layout.addLayout(right, 1)
        return layout

    def _on_chosen(self, item: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        if item is None:
            return
        library, entry_id = self._shell.desk.library, self._document.entry_id
        key: Rid | int = item.data(Qt.ItemDataRole.UserRole)
        self._shell.bridge.store(lambda: library.earlier(entry_id, key), self._on_content, slot="version")

    def _on_content(self, content: Content | None) -> None:
        self._content = content
        self._restore.setEnabled(content is not None and self._document.writable is None)
        self._draw()

    def _on_view(self, name: str) -> None:
        self._view = name
        self._draw()

    def _on_restore(self) -> None:
        item = self._list.currentItem()
        if item is not None:
            self.take_back(item.data(Qt.ItemDataRole.UserRole))
            self.close()

    def _legal(self) -> list[str]:
        """The fields that hold the text of a law, if it is one."""
        kind = self._pages.kinds.get(self._document.kind)
        return [field.name for field in kind.fields if field.dialect == "legal"] if kind else []

    def _draw(self) -> None:
        content, view, legal = self._content, self._view, self._legal()
        if content is None:
            return
        now, pages = self._document, self._pages
        stands = Content(now.kind, now.lang, now.fields, {}, now.attachments)

        translate = self._shell.translate

        def draw() -> str:
            if view == _ARTICLES:
                page = by_article(_text_of(content.fields, legal), _text_of(stands.fields, legal), translate)
                return f'<main class="trang"><article>{page}</article></main>'
            if view == _SOURCE:
                kind = pages.kinds.get(now.kind)
                names = [field.name for field in kind.fields if field.dialect] if kind else []
                page = compared(_typed(content.fields, names), _typed(stands.fields, names))
                return f'<main class="trang"><article>{page}</article></main>'
            before = _page(pages, content)
            return before if view == _TEXT else compared(before, _page(pages, stands))

        self._shell.bridge.pure(
            draw, lambda main: self._page.show_main(main, scroll_keep=False, lang=content.lang), slot="version-page"
        )


def _text_of(fields: Mapping[str, Json], names: Sequence[str]) -> str:
    return "\n\n".join(text for name in names if isinstance(text := fields.get(name), str))


def _page(pages: Pages, content: Content) -> str:
    """What was never frozen has no HTML yet."""
    if content.html:
        return pages.stored(content)
    return pages.typed(content.kind, content.lang, fields=content.fields, attachments=content.attachments)


def _typed(fields: Mapping[str, Json], names: Sequence[str]) -> str:
    """The long texts as they were typed, a paragraph a block."""
    texts = [text for name in names if isinstance(text := fields.get(name), str)]
    blocks = [block for text in texts for block in text.split("\n\n")]
    return "".join(f"<p>{escape(block, quote=False)}</p>" for block in blocks).replace("\n", "<br>")
