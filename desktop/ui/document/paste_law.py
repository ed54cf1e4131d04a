"""Nhập văn bản từ nội dung đã dán: a pasted legal document on one side, what it says of itself on the other, a draft at the end.

What is not in the text stays empty; every suggestion shows its place in the text, and nothing is taken unseen.
"""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QGuiApplication, QKeySequence, QShortcut, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.digest import Json
from desktop.domain.kind import Kind
from desktop.domain.legal.extract import Extract, extract
from desktop.domain.legal.source import Span
from desktop.domain.text import tidy_text
from desktop.ui.actions import ActionTable
from desktop.ui.document.law_rows import LawRows
from desktop.ui.grounds import set_ground
from desktop.ui.parts import KeyButton
from desktop.ui.plain_label import PlainLabel
from desktop.ui.presenters.legal_paste import Stand, Suggestion, accepted_fields, suggestions
from desktop.ui.shell import Shell
from desktop.ui.theme.appearance import tokens_of
from desktop.ui.theme.roles import Role, set_role

LEGAL = "legal-document"
_READ_MS = 300
_SIZE = (1240, 760)
_COLUMN = 460
_MARGIN = 16


class PasteLaw(QObject):
    """The action `paste-law`. Signal: `draft_wanted(dict)` with the fields of the draft to make."""

    draft_wanted = Signal(object)

    def __init__(self, shell: Shell, table: ActionTable, window: QWidget) -> None:
        super().__init__(window)
        self._shell = shell
        self._window = window
        table.on("paste-law", self.show)

    def show(self) -> None:
        """The panel, with what lies on the clipboard."""
        bearings = self._shell.bearings
        kind = bearings.kinds.get(LEGAL) if bearings is not None else None
        if kind is None:
            return
        dialog = PasteLawDialog(self._shell, kind, self._window)
        dialog.draft_wanted.connect(self.draft_wanted)
        dialog.paste()
        dialog.show()


class PasteLawDialog(QDialog):
    """Ctrl+Enter makes the draft, Escape closes. Signal: `draft_wanted(dict)`."""

    draft_wanted = Signal(object)

    def __init__(self, shell: Shell, kind: Kind, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell = shell
        self._kind = kind
        self._found: Extract | None = None
        self._rows: Sequence[Suggestion] = ()
        self._read_text = ""
        self.setObjectName("law")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("A legal document from a pasted text"))
        self.resize(*_SIZE)
        self._told = PlainLabel("", self)
        self._told.setObjectName("law.told")
        set_role(self._told, Role.MUTED)
        self._text = QPlainTextEdit(self)
        self._text.setObjectName("law.text")
        self._text.setAccessibleName(self.tr("Pasted text"))
        self._text.setPlaceholderText(self.tr("Paste the whole text here (Ctrl+V)"))
        self._text.setTabChangesFocus(True)
        self._text.document().setDocumentMargin(_MARGIN)
        set_role(self._text, Role.SOURCE)
        self._list = LawRows(self)
        self._list.setAccessibleName(self.tr("Suggestions"))
        self._again = QPushButton(self.tr("Paste again"), self)
        self._again.setObjectName("law.again")
        self._all = QPushButton(self)
        self._all.setObjectName("law.all")
        self._make = KeyButton(self.tr("Make the draft"), key="Ctrl+Return", role=Role.PRIMARY)
        self._make.setObjectName("law.make")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_READ_MS)
        self._lay_out()
        self._connect()
        self._show_counts()

    def paste(self) -> None:
        """What lies on the clipboard, read at once."""
        text = QGuiApplication.clipboard().text()
        if text.strip():
            self._text.setPlainText(tidy_text(text))
            self._list.setFocus()
        else:
            self._text.setFocus()

    def _read(self) -> None:
        text = self._text.toPlainText()
        if text == self._read_text and self._found is not None:
            return
        self._read_text = text
        kind, lang, translate, today = (
            self._kind,
            self._shell.lang,
            self._shell.translate,
            self._shell.now().moment.date(),
        )

        def look() -> tuple[Extract, Sequence[Suggestion]] | None:
            if not text.strip():
                return None
            found = extract(text)
            return found, suggestions(found, text, kind, lang=lang, today=today, translate=translate)

        self._shell.bridge.pure(look, self._on_read, slot="law")

    def _on_read(self, read: tuple[Extract, Sequence[Suggestion]] | None) -> None:
        self._found, self._rows = read if read is not None else (None, ())
        self._list.show_rows(self._rows)
        self._mark(self._list.currentRow())
        self._show_counts()

    def _show_counts(self) -> None:
        rows = [row for row in self._rows if row.stand is not Stand.TOLD]
        known = [row for row in rows if row.fields]
        text = self._text.toPlainText()
        if self._found is None:
            self._told.setText(self.tr("What the text does not say stays empty; nothing is guessed."))
        else:
            self._told.setText(
                self.tr("{characters} characters · {known} of {all} fields · {articles} Điều").format(
                    characters=f"{len(text):,}".replace(",", " "), known=len(known), all=len(rows),
                    articles=self._found.structure.dieu,
                )
            )  # fmt: skip
        self._all.setText(self.tr("Take all ({count})").format(count=len(known)))
        self._all.setEnabled(bool(known))
        self._make.setEnabled(bool(text.strip()))

    def _mark(self, current: int) -> None:
        """Every evidence is marked in the text, that of the current row more."""
        tokens = tokens_of(QApplication.instance())
        found = []
        for at, row in enumerate(self._rows):
            colour = (
                tokens.find_wash if at == current else tokens.blue_wash if row.name == "can_cu" else tokens.amber_wash
            )
            if row.name == "trich_yeu" and at != current:
                colour = tokens.green_wash
            found += [self._selection(span, colour) for span in row.spans]
        self._text.setExtraSelections(found)

    def _selection(self, span: Span, colour: str) -> QTextEdit.ExtraSelection:
        made = QTextEdit.ExtraSelection()
        made.cursor = self._cursor(span)
        style = QTextCharFormat()
        style.setBackground(QColor(colour))
        made.format = style
        return made

    def _cursor(self, span: Span) -> QTextCursor:
        cursor = QTextCursor(self._text.document())
        cursor.setPosition(self._place(span.start))
        cursor.setPosition(self._place(span.end), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _place(self, at: int) -> int:
        """Qt counts UTF-16 units."""
        return len(self._read_text[:at].encode("utf-16-le", "surrogatepass")) // 2

    def _on_place(self, at: int) -> None:
        self._mark(at)
        if 0 <= at < len(self._rows) and self._rows[at].spans:
            cursor = self._cursor(self._rows[at].spans[0])
            cursor.setPosition(cursor.selectionStart())
            self._text.setTextCursor(cursor)
            self._text.centerCursor()

    def _finish(self) -> None:
        text = self._text.toPlainText()
        if not text.strip():
            return
        fields: Mapping[str, Json] = accepted_fields(self._rows, self._list.taken, self._kind)
        self.draft_wanted.emit({**fields, "body": tidy_text(text)})
        self.accept()

    def _connect(self) -> None:
        self._text.textChanged.connect(self._timer.start)
        self._text.textChanged.connect(self._show_counts)
        self._timer.timeout.connect(self._read)
        self._list.place_wanted.connect(self._on_place)
        self._again.clicked.connect(self.paste)
        self._all.clicked.connect(self._list.take_all)
        self._make.clicked.connect(self._finish)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self._finish)

    def _lay_out(self) -> None:
        for button in (self._again, self._all, self._make):
            button.setAutoDefault(False)
        head = QWidget(self)
        set_ground(head, Role.TOP)
        title = PlainLabel(self.tr("A legal document from a pasted text"), head)
        set_role(title, Role.TITLE)
        words = QVBoxLayout()
        words.addWidget(title)
        words.addWidget(self._told)
        top = QHBoxLayout(head)
        top.setContentsMargins(20, 10, 20, 10)
        top.addLayout(words, 1)
        top.addWidget(self._again)
        top.addWidget(self._make)
        split = QSplitter(self)
        split.setChildrenCollapsible(False)
        split.addWidget(self._text)
        split.addWidget(self._list)
        split.setStretchFactor(0, 1)
        split.setSizes([_SIZE[0] - _COLUMN, _COLUMN])
        foot = QWidget(self)
        set_ground(foot, Role.ACTION_BAR)
        hint = QLabel(self.tr("↵ take · Del leave out · ↑↓ go · Space show the place in the text"), foot)
        set_role(hint, Role.MUTED)
        bottom = QHBoxLayout(foot)
        bottom.setContentsMargins(20, 8, 20, 8)
        bottom.addWidget(hint, 1)
        bottom.addWidget(self._all)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(split, 1)
        layout.addWidget(foot)
