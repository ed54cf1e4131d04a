"""Proofreads what stands in the editor, in the pool: the lines at once after a key, the whole text when the writer pauses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desktop.domain.finding import Finding
from desktop.editor.text.proofreading import Proofreader, by_line
from desktop.editor.text.vocabulary import Vocabulary, vocabulary
from desktop.editor.widgets.source_editor import SourceEditor
from desktop.ui.presenters.proof import proof_checks
from desktop.ui.shell import Bearings, Shell

_PAUSE_MS = 1500
_CHECKED = "vi"


@dataclass(frozen=True)
class Whole:
    """`text` as it was read as a whole, and what was found: by line and in order."""

    text: str
    lines: Mapping[str, Sequence[Finding]]
    found: Sequence[Finding]


class Proofs(QObject):
    """Signals: `read(tuple[Check, ...])`: what was found, as lines of the checks; none where nothing is proofread."""

    read = Signal(object)

    def __init__(self, shell: Shell, editor: SourceEditor, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._editor = editor
        self._known: Vocabulary | None = None
        self._reader: Proofreader | None = None
        self._lines: Mapping[str, Sequence[Finding]] = {}
        self._whole = Whole("", {}, ())
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._look_whole)
        editor.text_settled.connect(self.look)
        editor.proofing.word_kept.connect(self._on_word_kept)

    def begin(self, bearings: Bearings, lang: str) -> None:
        """Another text stands in the editor, or the portal's words are others."""
        self._lines, self._whole = {}, Whole("", {}, ())
        if lang != _CHECKED:
            self._reader = None
            self._editor.proofing.set_reader(None)
            self.read.emit(())
            return
        words, raw = self._shell.desk.words, bearings.profile.raw
        self._shell.bridge.store(lambda: vocabulary(raw, words.all()), self._on_known, slot="proofs.words")

    @Slot()
    def look(self) -> None:
        """What was typed is read; the whole text a while after the last key."""
        reader = self._reader
        if reader is None:
            return
        text = self._editor.text()
        self._shell.bridge.pure(lambda: reader.lines(text), self._on_lines, slot="proofs.lines")
        self._pause.start()

    def _look_whole(self) -> None:
        reader = self._reader
        if reader is None:
            return
        text = self._editor.text()

        def read() -> Whole:
            found = tuple(reader.whole(text))
            return Whole(text, by_line(text, found), found)

        self._shell.bridge.pure(read, self._on_whole, slot="proofs.whole")

    def _on_known(self, known: Vocabulary) -> None:
        if self._reader is None or known != self._known:
            self._known, self._reader = known, Proofreader(known)
        self._editor.proofing.set_reader(self._reader, self._shell.explain)
        self.look()

    def _on_lines(self, lines: Mapping[str, Sequence[Finding]]) -> None:
        self._lines = lines
        self._show()

    def _on_whole(self, whole: Whole) -> None:
        self._whole = whole
        self._show()

    def _show(self) -> None:
        if self._reader is None:
            return
        marks = dict(self._lines)
        for line, items in self._whole.lines.items():
            marks[line] = (*marks.get(line, ()), *items)
        self._editor.proofing.set_marks(marks)
        say, translate, whole = self._shell.sentence, self._shell.translate, self._whole
        self.read.emit(proof_checks(whole.text, self._lines, whole.found, say=say, translate=translate))

    @Slot(str)
    def _on_word_kept(self, word: str) -> None:
        words, known = self._shell.desk.words, self._known
        if known is None:
            return

        def keep() -> Vocabulary:
            words.add(word)
            return known.with_own(words.all())

        self._shell.bridge.store(keep, self._on_known)
