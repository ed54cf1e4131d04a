"""What other documents have to do with the one that is written: searched by its form, read from its text, told by its checks."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desktop.application.records import Document, Shown
from desktop.application.relating import Relatives
from desktop.domain.kind import Kind
from desktop.domain.legal.extract import Extract, extract
from desktop.domain.relations import Relation, relation_field
from desktop.editor.widgets.source_editor import SourceEditor
from desktop.ui.document.form_view import FormView
from desktop.ui.presenters.related import inverse_lines, named_relations, status_checks
from desktop.ui.shell import Shell

_PAUSE_MS = 1500


@dataclass(frozen=True)
class _Open:
    document: Document
    kind: Kind


class RelatedDocuments(QObject):
    """Signal: `told(tuple[Check, ...])`, the status that follows. Nothing is done for a kind without relations."""

    told = Signal(object)

    def __init__(self, shell: Shell, form: FormView, editor: SourceEditor, parent: QObject) -> None:
        super().__init__(parent)
        self._shell = shell
        self._form = form
        self._editor = editor
        self._open: _Open | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._read)
        editor.text_settled.connect(self._on_settled)
        form.search_wanted.connect(self._search)

    def show_document(self, document: Document, kind: Kind) -> None:
        """What is said of it now; its text is read when it is another one."""
        other = self._open is None or self._open.document.entry_id != document.entry_id
        self._open = _Open(document, kind) if relation_field(kind) is not None else None
        if self._open is None:
            self._pause.stop()
            self.told.emit(())
            return
        relating, entry_id, today = self._shell.desk.relating, document.entry_id, self._shell.now().moment.date()
        self._shell.bridge.store(lambda: relating.of(entry_id, today=today), self._on_relatives, slot="related")
        if other:
            self._form.begin_related()
            self._read()

    @Slot(object)
    def _on_relatives(self, relatives: Relatives) -> None:
        if self._open is None:
            return
        document, kind = self._open.document, self._open.kind
        self._form.show_inverse(inverse_lines(kind, relatives, self._shell.lang))
        self.told.emit(status_checks(kind, document.fields, relatives.status, self._shell.translate))

    def _on_settled(self, _text: str) -> None:
        if self._open is not None:
            self._pause.start()

    @Slot()
    def _read(self) -> None:
        if self._open is not None:
            text = self._editor.text()
            self._shell.bridge.pure(lambda: extract(text), self._on_extracted, slot="related.text")

    @Slot(object)
    def _on_extracted(self, found: Extract) -> None:
        if self._open is None:
            return
        relating, kind, but = self._shell.desk.relating, self._open.kind, self._open.document.entry_id
        grounds = found.facts.can_cu
        cited = {each.so_hieu: each for each in (*found.citations, *grounds) if each.so_hieu}.values()

        def look() -> Sequence[Relation]:
            return named_relations(kind, relating.named(kind, list(cited), but=but), grounds)

        self._shell.bridge.store(look, self._form.show_named, slot="related.named")

    @Slot(str)
    def _search(self, text: str) -> None:
        if self._open is None:
            return
        relating, kind, but = self._shell.desk.relating, self._open.kind, self._open.document.entry_id

        def look() -> Sequence[Shown]:
            return relating.find(kind, text, but=but)

        self._shell.bridge.store(look, self._form.show_found, slot="related.search")
