"""The Markdown source: a native, proportional text field that input methods can trust."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QMimeData, Signal, Slot
from PySide6.QtGui import QInputMethodEvent, QPaintEvent, QTextCursor
from PySide6.QtWidgets import QWidget

from desktop.domain.text import tidy_text
from desktop.editor.text.commands import Edited, Selection, paste_address
from desktop.editor.text.highlight import Dialect
from desktop.editor.text.normalise import normalise
from desktop.editor.text.tables import reads_as_table
from desktop.editor.widgets.colours import EditorColours
from desktop.editor.widgets.editing_commands import COMMANDS, TABLE_COMMANDS, picture
from desktop.editor.widgets.offsets import to_qt
from desktop.editor.widgets.pasting import paste
from desktop.editor.widgets.proofing import Proofing
from desktop.editor.widgets.regions import apply, paragraph, raw_text, whole
from desktop.editor.widgets.settling import Settling
from desktop.editor.widgets.typing_field import TypingField


class SourceEditor(TypingField):
    """Signals: `text_settled(str)` at most 0.4 s after a key, never while `composing`; `composing_changed(bool)`;
    `files_dropped(tuple[Path, ...])` for files dropped or pasted, to be attached or read by whoever may read files;
    `pasted(Pasted)` once its plain text stands, to be made Markdown of; `image_pasted(QImage)`.
    """

    text_settled = Signal(str)
    composing_changed = Signal(bool)
    files_dropped = Signal(object)
    pasted = Signal(object)
    image_pasted = Signal(object)

    def __init__(self, parent: QWidget | None = None, *, colours: EditorColours | None = None) -> None:
        super().__init__(colours or EditorColours(), parent)
        self.setTabChangesFocus(True)
        document = self.document()
        self.proofing = Proofing(self)
        self._tidy: tuple[int, str] | None = None  # at which revision of the document
        self._settling = Settling(self)
        self._settling.settled.connect(self._on_settled)
        self._settling.composing_changed.connect(self.composing_changed)
        document.contentsChange.connect(self._on_contents_change)
        document.clearUndoRedoStacks()  # a fresh document offers to undo its own making

    @property
    def composing(self) -> bool:
        """An input method is in the middle of a word."""
        return self._settling.composing

    def text(self) -> str:
        """The text as stored: NFC, line feeds at line ends. Without what is being composed."""
        revision = self.document().revision()
        if self._tidy is None or self._tidy[0] != revision:
            self._tidy = (revision, tidy_text(self._raw()))
        return self._tidy[1]

    def as_typed(self) -> str:
        """The text as it stands, for whoever makes it tidy elsewhere: `text` costs time on a long one."""
        return self._raw()

    def set_text(self, text: str) -> None:
        """Loads another text: no signal, nothing to undo."""
        self._settling.forget()
        self.document().contentsChange.disconnect(self._on_contents_change)
        self.setPlainText(normalise(text).text)
        # Qt scrolls to the caret, past the first line of a field that has no room yet.
        self.verticalScrollBar().setValue(0)
        self.document().contentsChange.connect(self._on_contents_change)

    def replace_text(self, text: str) -> None:
        """Another text in the same entry, as one step that can be undone; the caret stays about where it was."""
        region = whole(self)
        caret = min(region.selection.start, len(text))
        apply(self, region, Edited(normalise(text).text, Selection(caret, caret)))

    def insert_text(self, text: str) -> None:
        """At the caret, as if typed, in one step."""
        self.textCursor().insertText(normalise(text).text)

    def insert_phrase(self, text: str) -> None:
        """A set phrase at the caret, in one step; the first "…" in it is selected, to be filled in."""
        at = self.textCursor().selectionStart()
        self.insert_text(text)
        gap = text.find("…")
        if gap >= 0:
            cursor = self.textCursor()
            cursor.setPosition(at + to_qt(text, gap))
            cursor.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor)
            self.setTextCursor(cursor)
        self.setFocus()

    def insert_picture(self, sha256: str, alt: str) -> None:
        """An attached picture below the caret's line."""
        region = whole(self)
        apply(self, region, picture(region.text, region.selection, sha256=sha256, alt=alt))

    def run_command(self, name: str) -> None:
        """One of `editing_commands`, in one step; those of a table do nothing elsewhere. Raises KeyError for another name."""
        command = TABLE_COMMANDS.get(name) or COMMANDS[name]
        if self.isReadOnly() or self.composing:
            return
        region = paragraph(self) if name in TABLE_COMMANDS else whole(self)
        if name in COMMANDS or reads_as_table(region.text):
            apply(self, region, command(region.text, region.selection))

    def flush(self) -> None:
        """Emits `text_settled` now when something is pending."""
        self._settling.flush()

    def set_dialect(self, dialect: Dialect) -> None:
        self.markup.set_look(replace(self.markup.look, dialect=dialect))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self.proofing.underlines.paint(self.colours)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        composing = bool(event.preeditString())
        if composing:
            self._settling.set_composing(composing)
        super().inputMethodEvent(event)
        if not composing:
            self._settling.set_composing(composing)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasUrls() or source.hasText() or source.hasImage()

    def insertFromMimeData(self, source: QMimeData) -> None:
        files = tuple(Path(url.toLocalFile()) for url in source.urls() if url.isLocalFile())
        if files:
            self.files_dropped.emit(files)
        elif source.hasText():
            region = paragraph(self)
            edited = paste_address(region.text, region.selection, address=source.text())
            if edited is not None:
                apply(self, region, edited)
            else:
                self.pasted.emit(paste(source, self.textCursor()))
        elif source.hasImage():
            self.image_pasted.emit(source.imageData())

    def _raw(self) -> str:
        return raw_text(self)

    @Slot(int, int, int)
    def _on_contents_change(self, _at: int, removed: int, added: int) -> None:
        if removed or added:
            self._settling.changed()

    @Slot()
    def _on_settled(self) -> None:
        self.text_settled.emit(self.text())
