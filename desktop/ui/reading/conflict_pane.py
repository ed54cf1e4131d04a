"""Two people wrote on the same text: mine and the portal's beside one another, and the two ways out. Nothing is lost by either."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.application.records import Document
from desktop.domain.kind import Kind
from desktop.editor.widgets.preview_view import PreviewView
from desktop.ui.grounds import set_ground
from desktop.ui.layouts import stacked
from desktop.ui.pages import Pages
from desktop.ui.presenters.compare import compared
from desktop.ui.presenters.header import title
from desktop.ui.shell import Shell
from desktop.ui.theme.roles import Role, set_role

_EMPTY = "<main></main>"


@dataclass(frozen=True)
class _Pair:
    mine: str
    theirs: str


class ConflictPane(QWidget):
    """Source: QĐ 2567/2007/QĐ-UBND Điều 19 (a decision names the text it was made about).

    Signals: `mine_kept(Document)`, `theirs_taken(Document)`.
    """

    mine_kept = Signal(object)
    theirs_taken = Signal(object)

    def __init__(self, shell: Shell, mine: PreviewView, theirs: PreviewView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._document: Document | None = None
        self._kind: Kind | None = None
        self.setObjectName("conflict")
        set_ground(self, Role.WORK)
        self._title = QLabel(self)
        self._title.setWordWrap(True)
        set_role(self._title, Role.TITLE)
        self._told = QLabel(self)
        self._told.setWordWrap(True)
        set_role(self._told, Role.MUTED)
        self._mine, self._theirs = mine, theirs
        self._names = (QLabel(self), QLabel(self))
        self._foot = QLabel(self)
        self._foot.setWordWrap(True)
        set_role(self._foot, Role.MUTED)
        self._take = QPushButton(self)
        self._take.setObjectName("conflict.take-theirs")
        self._keep = QPushButton(self)
        self._keep.setObjectName("conflict.keep-mine")
        set_role(self._keep, Role.PRIMARY)
        self._take.clicked.connect(lambda _checked=False: self.theirs_taken.emit(self._document))
        self._keep.clicked.connect(lambda _checked=False: self.mine_kept.emit(self._document))
        self._lay_out()
        self.retranslate()

    def show_document(self, document: Document, kind: Kind | None, pages: Pages) -> None:
        self._document, self._kind = document, kind
        self._take.setEnabled(document.content is not None)
        self._keep.setEnabled(document.content is not None)
        self.retranslate()
        theirs = document.content

        def render() -> _Pair:
            mine = pages.typed(document.kind, document.lang, fields=document.fields, attachments=document.attachments)
            return _Pair(mine, compared(mine, pages.stored(theirs)) if theirs else _EMPTY)

        def take(pair: _Pair) -> None:
            self._mine.show_main(pair.mine, lang=document.lang)
            self._theirs.show_main(pair.theirs, lang=document.lang)

        self._shell.bridge.pure(render, take, slot="conflict")

    def retranslate(self) -> None:
        document = self._document
        if document is not None:
            name = title(document, self._kind, self._shell.translate)
            self._title.setText(self.tr("Two people changed “{title}”").format(title=name))
        here = document is None or document.content is not None
        self._told.setText(
            self.tr("Marked on the right is what the portal's text has otherwise than yours.")
            if here
            else self.tr("The portal's text is not on this machine yet: synchronise (F5), then decide.")
        )
        for label, words in zip(self._names, (self.tr("YOURS"), self.tr("ON THE PORTAL")), strict=True):
            label.setText(words)
            label.setContentsMargins(20, 12, 20, 4)
            set_role(label, Role.CARD_TITLE)
        self._foot.setText(self.tr("Both texts stay in the history, whichever you choose."))
        self._take.setText(self.tr("Take theirs"))
        self._keep.setText(self.tr("Keep mine"))
        self.setAccessibleName(self.tr("Conflict"))

    def _lay_out(self) -> None:
        top = QWidget(self)
        set_ground(top, Role.TOP)
        head = QVBoxLayout(top)
        head.setContentsMargins(20, 14, 20, 10)
        head.addWidget(self._title)
        head.addWidget(self._told)
        columns = QHBoxLayout()
        columns.setSpacing(0)
        between = QWidget(self)
        between.setFixedWidth(1)
        set_ground(between, Role.SEPARATOR)
        for name, view in zip(self._names, (self._mine, self._theirs), strict=True):
            column = QVBoxLayout()
            column.setSpacing(0)
            column.addWidget(name)
            column.addWidget(view, 1)
            columns.addLayout(column, 1)
        columns.insertWidget(1, between)
        bar = QWidget(self)
        set_ground(bar, Role.ACTION_BAR)
        buttons = QHBoxLayout(bar)
        buttons.setContentsMargins(20, 12, 20, 12)
        buttons.setSpacing(10)
        buttons.addWidget(self._foot, 1)
        buttons.addWidget(self._take)
        buttons.addWidget(self._keep)
        layout = stacked(self)
        layout.addWidget(top)
        layout.addLayout(columns, 1)
        layout.addWidget(bar)
