"""Writing an entry: title and steps, the text beside its page, the facts, and what still stands in the way.

What is typed is on disk within half a second; the page beside it is rendered in the pool, never in the GUI thread.
"""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from desktop.application.records import Document
from desktop.domain.digest import Json
from desktop.domain.ids import EntryId
from desktop.domain.kind import Kind
from desktop.domain.revision import Content
from desktop.domain.text import tidy, tidy_text
from desktop.editor.text.outline import count_words
from desktop.editor.text.pages import Pages, Written
from desktop.editor.widgets.editor_pane import EditorPane
from desktop.editor.widgets.preview_view import PreviewView
from desktop.editor.widgets.scroll_link import ScrollLink
from desktop.ui.action_button import ActionButton
from desktop.ui.actions import ActionTable
from desktop.ui.document.autosave import Autosave
from desktop.ui.document.checks_list import ProblemBar
from desktop.ui.document.inspector import Inspector
from desktop.ui.document.live_preview import LivePreview
from desktop.ui.document.picture_originals import PictureOriginals
from desktop.ui.document.proofs import Proofs
from desktop.ui.document.related_documents import RelatedDocuments
from desktop.ui.document.title_edit import TitleEdit
from desktop.ui.document.writing_aids import WritingAids
from desktop.ui.grounds import set_ground
from desktop.ui.layouts import stacked
from desktop.ui.more_button import MoreButton
from desktop.ui.presenters.checks import Check, checks, problems
from desktop.ui.presenters.deadline import deadline_checks
from desktop.ui.presenters.form import Form, form, merged
from desktop.ui.presenters.gestures import Offer
from desktop.ui.presenters.header import Saved, saved_text, stages
from desktop.ui.presenters.history import remarks
from desktop.ui.presenters.parity import parity
from desktop.ui.presenters.words import label
from desktop.ui.preview_frame import PreviewFrame
from desktop.ui.shell import Bearings, Shell
from desktop.ui.stage_steps import Stage, StageSteps
from desktop.ui.theme.roles import Role
from desktop.ui.theme.tokens import INSPECTOR_WIDTH

_CHECK_MS = 250
_NARROWEST = 180
_TITLE_FRAME = 5  # its words begin so far in
_MORE = ("attach", "copy", "translate", "versions", "recall", "unpublish", "discard")


class DocumentPane(QWidget):
    """Signals: `title_edited(str)`."""

    title_edited = Signal(str)

    def __init__(
        self,
        shell: Shell,
        table: ActionTable,
        *,
        editor: EditorPane,
        preview: PreviewView,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._shell = shell
        self._document: Document | None = None
        self._bearings: Bearings | None = None
        self._pages: Pages | None = None
        self._form: Form | None = None
        self._loaded: dict[str, Json] = {}
        self._loading = False
        self._checked: tuple[Check, ...] = ()
        self._beside: dict[str, tuple[Check, ...]] = {}  # what is found beside the form, by who finds it
        self.setObjectName("document")
        set_ground(self, Role.WORK)
        self._title = TitleEdit(self)
        self._steps = StageSteps(self)
        self._steps.setObjectName("document.steps")
        self._pane = editor
        self._editor = editor.editor
        self._aids = WritingAids(shell, editor, self)
        self._preview = PreviewFrame(table, preview, self)
        self.inspector = Inspector(self)
        self._problems = ProblemBar(self)
        self.splitter = QSplitter(self)
        self.autosave = Autosave(shell, self)
        self.proofs = Proofs(shell, self._editor, self)
        self._originals = PictureOriginals(shell, self.inspector)
        self._related = RelatedDocuments(shell, self.inspector.form, self._editor, self)
        self._read = ActionButton(table["read"], self)
        self._compare = QPushButton(self)
        self._compare.setObjectName("document.compare")
        self._compare.setCheckable(True)
        self._more = MoreButton("document", [table[name] for name in _MORE], self)
        self._forward = ActionButton(table["forward"], self, role=Role.PRIMARY, show_key=True)
        self._live = LivePreview(shell, preview, read=self._written, against=self._published)
        self._link = ScrollLink(self._editor, preview)
        self._check_timer = QTimer(self)
        self._check_timer.setSingleShot(True)
        self._check_timer.setInterval(_CHECK_MS)
        self._lay_out()
        self._connect()
        self.retranslate()

    @property
    def document(self) -> Document | None:
        return self._document

    def show_document(self, document: Document, bearings: Bearings, pages: Pages) -> None:
        """Open, or take over what changed underneath: what a person is typing is never replaced."""
        before = self._document
        other = before is None or before.entry_id != document.entry_id
        self._document, self._bearings, self._pages = document, bearings, pages
        kind = bearings.kinds.get(document.kind)
        if kind is None:
            return
        made = form(kind, bearings.profile, bearings.me, lang=self._shell.lang, section=document.facts.section)
        reworded = made != self._form
        self._form = made
        named = kind.field(made.title)
        self._name_title(label(named.label, self._shell.lang) if named else self.tr("Title"))
        typing = self.autosave.pending or self._editor.composing
        refused = self.autosave.unwritten(document.entry_id)
        if other and refused is not None:
            self._document = document = replace(document, fields=refused)  # newer than what the disk gives back
        if other or (not typing and document.fields != tidy(self._loaded)):
            self._load(document, made, keep_place=not other)
        elif not typing:
            self.autosave.stand_on(document.base_rid)
            if reworded:
                self.inspector.form.build(made)
                self.inspector.form.load(document.fields)
        if other:
            self.proofs.begin(bearings, document.lang)
        self._related.show_document(document, kind)
        self._show_head(document, bearings)
        self._check(kind, self.fields())

    def show_offer(self, offer: Offer | None, *, reading_back: bool) -> None:
        """Which commands there are beside the way forward. `reading_back`: the reader may be gone back to."""
        self._read.setVisible(reading_back)
        self._forward.setVisible(offer is not None and offer.primary is not None)

    def fields(self) -> dict[str, Json]:
        """What stands on the screen, over everything the form does not show."""
        if self._form is None:
            return dict(self._loaded)
        edited = self.inspector.form.values() | {self._form.title: self._title.text()}
        if self._form.body is not None:
            edited[self._form.body] = self._editor.text()
        return merged(self._loaded, edited)

    def flush(self) -> None:
        """Everything on the screen goes to disk now."""
        self._editor.flush()
        self.autosave.write()

    def close_document(self) -> EntryId | None:
        """Leave what is open; its id, if anything of it may still have to go up."""
        document = self._document
        self.flush()
        self.autosave.end()
        self._document = None
        return document.entry_id if document else None

    def focus_text(self) -> None:
        (self._editor if self._title.text().strip() else self._title).setFocus()

    def show_preview(self, on: bool) -> None:  # noqa: FBT001  connected to a toggle
        self._preview.setVisible(on)

    def go_to(self, check: Check) -> None:
        """The place that a check speaks of."""
        name = check.pointer.strip("/").split("/")[0]
        if self._form is not None and name == self._form.title:
            self._title.setFocus()
        elif not self.inspector.form.go_to(name):
            self._editor.setFocus()
            if check.line:
                block = self._editor.document().findBlockByNumber(check.line - 1)
                cursor = self._editor.textCursor()
                cursor.setPosition(block.position())
                self._editor.setTextCursor(cursor)
                self._editor.centerCursor()

    def retranslate(self) -> None:
        self._name_title(self.tr("Title"))
        self._editor.setAccessibleName(self.tr("Text"))
        self._compare.setText(self.tr("Compare"))
        self._compare.setAccessibleName(self.tr("Compare"))
        self._compare.setToolTip(self.tr("Mark in the preview what differs from what is published"))
        self._more.retranslate()
        self.inspector.retranslate()

    def _name_title(self, words: str) -> None:
        """As the kind calls it: a legal document has a name, an article a title."""
        self._title.setAccessibleName(words)
        self._title.setPlaceholderText(words)

    def _load(self, document: Document, made: Form, *, keep_place: bool) -> None:
        self._loading = True
        self._loaded = dict(document.fields)
        self.autosave.begin(document.entry_id, self.fields, at=document.saved_at, base=document.base_rid)
        self.inspector.form.build(made)
        self.inspector.form.load(document.fields)
        self._title.load(str(document.fields.get(made.title) or ""))
        body = str(document.fields.get(made.body or "") or "")
        if body != tidy_text(self._editor.text()):
            (self._editor.replace_text if keep_place else self._editor.set_text)(body)  # undo outlives what comes in
        if not keep_place:
            self.inspector.verticalScrollBar().setValue(0)  # why it came back stands at the top
        self._editor.set_dialect("legal" if made.dialect == "legal" else "prose")
        self._loading = False
        self.proofs.look()
        if self._pages is not None:
            self._live.open(self._pages, keep_place=keep_place)

    def _show_head(self, document: Document, bearings: Bearings) -> None:
        lang = self._shell.lang
        self._steps.set_stages(
            [Stage(step.label, step.stand.value, step.told) for step in stages(document, bearings.profile, lang=lang)]
        )
        self._aids.show_kind(document.kind, bearings)
        self._compare.setVisible(document.published is not None)
        self._on_state(self.autosave.state, document.saved_at)
        said = remarks(document, bearings.people, lang) if document.returned is not None else ()
        self.inspector.show_remark(said[0] if said else None)
        self.inspector.show_files(document.attachments)

    def _on_contents_change(self, place: int, removed: int, added: int) -> None:
        del place
        if not self._loading and (removed or added):
            self.autosave.typed()
            self._live.changed()
            self._check_timer.start()

    def _on_settled(self, text: str) -> None:
        del text
        if not self._loading:
            self.autosave.settled()

    def _on_edited(self) -> None:
        self.autosave.touched()
        self._live.changed()
        self._check_timer.start()

    def _on_described(self, sha256: str, alt: str, source: str, licence: str) -> None:
        """In the entry, and in the text where the picture has no words yet."""
        document, drafting = self._document, self._shell.desk.drafting
        if document is None or document.writable is not None:
            return
        text = self._editor.text()
        bare = f"![](/_blob/{sha256})"
        if alt and bare in text:
            shown = alt.replace("[", "(").replace("]", ")")
            self._editor.replace_text(text.replace(bare, f"![{shown}](/_blob/{sha256})"))
        self.flush()
        entry_id, seen = document.entry_id, document.base_rid
        self._shell.bridge.store(
            lambda: drafting.describe(entry_id, sha256, alt=alt, source=source, licence=licence, seen_rid=seen)
        )

    def _on_title(self) -> None:
        self._on_edited()
        self.title_edited.emit(self._title.text())

    def _on_state(self, state: Saved, at: str) -> None:
        self._steps.set_note(saved_text(state, at, self._shell.now(), self._shell.translate))
        if state is Saved.KEPT and not self._loading:
            self._loaded = self.fields()

    def _written(self) -> Written | None:
        """What stands on the screen, taken down in the GUI thread and worked on elsewhere."""
        document = self._document
        if document is None or self._form is None:
            return None
        edited = self.inspector.form.values() | {self._form.title: self._title.text()}
        body = self._form.body or ""
        if body:
            edited[body] = self._editor.as_typed()
        fields = merged(self._loaded, edited)
        return Written(document.kind, document.lang, fields, document.attachments, body)

    def _published(self) -> Content | None:
        return self._document.published if self._document is not None and self._compare.isChecked() else None

    def _on_check_due(self) -> None:
        kind = self._kind()
        if kind is not None:
            self._check(kind, self.fields())

    def _check(self, kind: Kind, fields: dict[str, Json]) -> None:
        document, bearings = self._document, self._bearings
        if document is None or bearings is None:
            return
        lang, translate, now = self._shell.lang, self._shell.translate, self._shell.now()
        body = str(fields.get(self._form.body or "") or "") if self._form else ""

        def look() -> tuple[tuple[Check, ...], int]:
            found = checks(
                kind, bearings.profile, fields, document.attachments, gate="submit", lang=lang, translate=translate
            )
            found += deadline_checks(bearings.profile, document, fields, lang=lang, now=now, translate=translate)
            return found + parity(kind, document, fields, translate), count_words(body)

        self._shell.bridge.pure(look, self._on_checked, slot="checks")

    def _on_checked(self, looked: tuple[tuple[Check, ...], int]) -> None:
        found, words = looked
        self._checked = found
        self._pane.toolbar.set_words(words)
        self._problems.show_problems(problems(found))
        self._show_checks()

    def _on_beside(self, who: str, found: tuple[Check, ...]) -> None:
        self._beside[who] = found
        self._show_checks()

    def _show_checks(self) -> None:
        self.inspector.show_checks((*self._checked, *(check for found in self._beside.values() for check in found)))

    def _kind(self) -> Kind | None:
        if self._document is None or self._bearings is None:
            return None
        return self._bearings.kinds.get(self._document.kind)

    def _connect(self) -> None:
        self._editor.document().contentsChange.connect(self._on_contents_change)
        self._editor.text_settled.connect(self._on_settled)
        self._title.edited.connect(self._on_title)
        self._title.left.connect(self.autosave.write)
        self._title.finished.connect(self._editor.setFocus)
        self.inspector.edited.connect(self._on_edited)
        self.inspector.left.connect(self.autosave.write)
        self.inspector.described.connect(self._on_described)
        self.autosave.state_changed.connect(self._on_state)
        self._check_timer.timeout.connect(self._on_check_due)
        self._compare.toggled.connect(lambda _on: self._live.changed())
        self._problems.problem_chosen.connect(self.go_to)
        self.proofs.read.connect(partial(self._on_beside, "proofs"))
        self._related.told.connect(partial(self._on_beside, "related"))

    def _lay_out(self) -> None:
        top = QWidget(self)
        set_ground(top, Role.TOP)
        words = QHBoxLayout()
        words.setSpacing(8)
        words.addWidget(self._title, 1)
        for button in (self._read, self._compare, self._more, self._forward):
            words.addWidget(button)
        head = QVBoxLayout(top)
        head.setContentsMargins(20 - _TITLE_FRAME, 12, 20, 10)
        head.setSpacing(6)
        head.addLayout(words)
        head.addWidget(self._steps)
        self._steps.setContentsMargins(_TITLE_FRAME, 0, 0, 0)
        self.splitter.setObjectName("document.splitter")
        self.splitter.setChildrenCollapsible(False)
        for widget, stretch in ((self._pane, 5), (self._preview, 5), (self.inspector, 0)):
            self.splitter.addWidget(widget)
            self.splitter.setStretchFactor(self.splitter.count() - 1, stretch)
        self._preview.setMinimumWidth(_NARROWEST)
        self.splitter.setSizes([320, 320, INSPECTOR_WIDTH])
        layout = stacked(self)
        layout.addWidget(top)
        layout.addWidget(self._pane.toolbar)
        layout.addWidget(self.splitter, 1)
        layout.addWidget(self._problems)
