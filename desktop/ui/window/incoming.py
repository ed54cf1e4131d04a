"""Text of other programs into the one that is being written: a paste that is more than plain, a file that is chosen or dropped.

Everything is read away from the GUI thread; nothing of the text changes before all of it has come.
"""

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QObject, Qt, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QMessageBox, QProgressDialog, QWidget

from desktop.domain.errors import Problem, Rule
from desktop.domain.ids import EntryId, Rid
from desktop.editor.text.incoming.apart import import_apart
from desktop.editor.text.incoming.pasted import from_paste
from desktop.editor.text.incoming.result import Imported, Note, Remark
from desktop.editor.widgets.editor_pane import EditorPane
from desktop.editor.widgets.pasting import Pasted
from desktop.ui.shell import Shell

# Written to be read on; a PDF or a table is as a rule attached.
TEXTS = frozenset({".docx", ".docm", ".doc", ".odt", ".rtf", ".html", ".htm", ".md", ".txt"})
_CHOSEN = sorted(TEXTS | {".pdf"})
_MOST_NOTES = 12

Writing = Callable[[], tuple[EntryId, Rid | None] | None]


class Incoming(QObject):
    """Signals: `progressed(str, int)`: stage and per cent of the import that runs; from any thread."""

    progressed = Signal(str, int)

    def __init__(self, shell: Shell, editor: EditorPane, writing: Writing, window: QWidget) -> None:
        super().__init__(window)
        self._shell = shell
        self._editor = editor.editor
        self._writing = writing
        self._window = window
        self._stop = threading.Event()
        self._progress: QProgressDialog | None = None
        self._editor.pasted.connect(self._on_pasted)
        self.progressed.connect(self._on_progressed, Qt.ConnectionType.QueuedConnection)
        editor.import_requested.connect(self.ask)

    def ask(self) -> None:
        """Asks for a file whose text is wanted."""
        if self._writing() is None:
            return
        pattern = self.tr("Texts ({pattern})").format(pattern=" ".join(f"*{ending}" for ending in _CHOSEN))
        dialog = QFileDialog(self._window, self.tr("Bring in the text of a file"), "", pattern)
        dialog.setObjectName("import.dialog")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.bring_in(Path(name)))
        dialog.open()

    def ask_which(self, paths: Sequence[Path], attach: Callable[[Sequence[Path]], None]) -> None:
        """Texts were dropped: are they to be read into the text, or attached as they are?"""
        box = QMessageBox(self._window)
        box.setObjectName("import.which")
        box.setText(self.tr("Bring the text of the file into what you are writing, or attach the file as it is?"))
        read = box.addButton(self.tr("Bring in"), QMessageBox.ButtonRole.AcceptRole)
        keep = box.addButton(self.tr("Attach"), QMessageBox.ButtonRole.ActionRole)
        box.addButton(QMessageBox.StandardButton.Cancel)

        def chosen() -> None:
            if box.clickedButton() is read:
                for path in paths:
                    self.bring_in(path)
            elif box.clickedButton() is keep:
                attach(paths)

        box.finished.connect(lambda _result: chosen())
        box.open()

    def bring_in(self, path: Path) -> None:
        """Its text at the caret, its pictures into the entry."""
        writing = self._writing()
        if writing is None:
            return
        dialect, stop = self._editor.markup.look.dialect, threading.Event()
        self._stop = stop
        self._show_progress(path.name)
        told, cancelled = self.progressed.emit, stop.is_set

        def read() -> Imported:
            return import_apart(path, dialect, told=told, cancelled=cancelled)

        self._shell.bridge.aside(
            read, lambda made: self._take(made, writing), self._on_problem, on_end=self._end_progress
        )

    def _take(self, made: Imported, writing: tuple[EntryId, Rid | None]) -> None:
        """Pictures first: a text must not name what is not there."""
        if self._writing() is None or writing[0] != (self._writing() or writing)[0]:
            return  # another entry stands there by now

        def done(markdown: str) -> None:
            self._editor.insert_text(markdown)
            self._tell(made.notes, made.remarks)

        self._keep_pictures(made, writing, done)

    def _keep_pictures(self, made: Imported, writing: tuple[EntryId, Rid | None], done: Callable[[str], None]) -> None:
        """`done` gets the text with the pictures named as they were attached: the theme may want them smaller still."""
        drafting, (entry_id, seen) = self._shell.desk.drafting, writing

        def keep() -> str:
            text = made.markdown
            for one in made.pictures:
                kept = drafting.attach(entry_id, name=one.name, data=one.data, role="image", alt=one.alt, seen_rid=seen)
                text = text.replace(f"/_blob/{one.sha256}", f"/_blob/{kept}")
            return text

        self._shell.bridge.store(keep, done)

    @Slot(object)
    def _on_pasted(self, pasted: Pasted) -> None:
        writing = self._writing()
        if writing is None:
            return
        text, html, rtf, dialect = pasted.text, pasted.html, pasted.rtf, self._editor.markup.look.dialect

        def take(made: Imported) -> None:
            if made.pictures:
                self._keep_pictures(made, writing, pasted.replace)
            else:
                pasted.replace(made.markdown)
            self._tell(made.notes, ())

        # What cannot be read stays the plain text that it is.
        self._shell.bridge.pure(
            lambda: from_paste(text, html=html, rtf=rtf, dialect=dialect), take, lambda _problem: None
        )

    def _tell(self, notes: Sequence[Note], remarks: Sequence[Remark]) -> None:
        """What a person should look at again, in one box that stops nobody."""
        lines = [f"• {self._shell.explain(Rule(note.code, params=note.params))}" for note in notes[:_MOST_NOTES]]
        said = self.tr("Comment by {author} on “{about}”: {text}")
        lines += [
            f"• {said.format(author=one.author, about=one.about, text=one.text)}" for one in remarks[:_MOST_NOTES]
        ]
        if lines:
            box = QMessageBox(self._window)
            box.setObjectName("import.notes")
            box.setTextFormat(Qt.TextFormat.PlainText)
            box.setWindowTitle(self.tr("To look at again"))
            box.setText("\n".join(lines))
            box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            box.setModal(False)
            box.show()

    def _show_progress(self, name: str) -> None:
        progress = QProgressDialog(self.tr("Reading {name}…").format(name=name), self.tr("Stop"), 0, 0, self._window)
        progress.setObjectName("import.progress")
        progress.setMinimumDuration(500)
        progress.canceled.connect(self._stop.set)
        self._progress = progress

    @Slot(str, int)
    def _on_progressed(self, stage: str, percent: int) -> None:
        if self._progress is not None and stage == "page":
            self._progress.setMaximum(100)
            self._progress.setValue(min(percent, 99))

    def _on_problem(self, problem: Problem) -> None:
        self._shell.tell(problem)

    def _end_progress(self) -> None:
        if self._progress is not None:
            self._progress.canceled.disconnect()
            self._progress.close()
            self._progress.deleteLater()
            self._progress = None


def encoded(image: QImage) -> bytes:
    """A picture of the clipboard as PNG."""
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs want bytes, Qt wants text
    return bytes(buffer.data().data())
