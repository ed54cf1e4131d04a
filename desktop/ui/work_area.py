"""The open entry: written, read, or in conflict; above it what must be known, below it what is asked.

Which of the three is the desk's word (`Document.writable`, `conflict`), never the window's.
"""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.application.merging import MERGED
from desktop.application.ports import Renderer
from desktop.application.records import Changes, Document, SyncStatus
from desktop.domain.entry import Phase
from desktop.domain.errors import NotFound, Problem
from desktop.domain.ids import EntryId
from desktop.editor.text.pages import Pages, sheets_of
from desktop.editor.widgets.editor_pane import EditorPane
from desktop.editor.widgets.preview_view import PreviewView
from desktop.ui.actions import ActionTable
from desktop.ui.ask_panel import AskPanel
from desktop.ui.blobs import blob_source
from desktop.ui.cards.above import AboveWork
from desktop.ui.conflict.pane import ConflictPane
from desktop.ui.document.pane import DocumentPane
from desktop.ui.empty_state import EmptyState
from desktop.ui.grounds import set_ground
from desktop.ui.hold import Hold
from desktop.ui.layouts import stacked
from desktop.ui.presenters.checks import Check, Weight
from desktop.ui.presenters.empty import Empty, put_aside
from desktop.ui.presenters.gestures import Gesture, Offer
from desktop.ui.presenters.header import titled
from desktop.ui.printing import Printing
from desktop.ui.reading.pane import ReadingPane
from desktop.ui.shell import Shell
from desktop.ui.stage_actions import StageActions
from desktop.ui.theme.roles import Role

_IDLE_MS = 5 * 60 * 1000
_NARROWEST = 420
_TOLD_BY_COLUMNS = frozenset({"conflict", MERGED})


class WorkArea(QWidget):
    """Signals: `document_shown(Document | None)`; `closed(frozenset)` of texts that may go up now; `action_requested(str)`;
    `focus_freed()` when what had the keyboard is put away; `vanished()` when the open entry is no more; `conflict_settled(str)`
    when one is decided and on disk; `conflict_put_aside()`; `export_wanted(str)`.
    """

    document_shown = Signal(object)
    closed = Signal(object)
    action_requested = Signal(str)
    focus_freed = Signal()
    vanished = Signal()
    conflict_settled = Signal(str)
    conflict_put_aside = Signal()
    export_wanted = Signal(str)

    def __init__(
        self,
        shell: Shell,
        table: ActionTable,
        stage: StageActions,
        *,
        renderer: Renderer,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._shell = shell
        self._table = table
        self._stage = stage
        self._renderer = renderer
        self._wanted: EntryId | None = None
        self._called = ""
        self._document: Document | None = None
        self._correcting: EntryId | None = None
        self._read_back: EntryId | None = None
        self._online = False
        self._focus_next = False
        self._answered = False
        self._commanded: EntryId | None = None
        self._asked: EntryId | None = None
        self.setObjectName("work")
        set_ground(self, Role.WORK)
        sheets = self._sheets()
        self._previews = [PreviewView(blob_source(shell), sheets) for _ in range(3)]
        self.editor = EditorPane()
        self.document_pane = DocumentPane(shell, table, editor=self.editor, preview=self._previews[0])
        self.reading_pane = ReadingPane(shell, table, self._previews[1])
        self.conflict_pane = ConflictPane(shell, self._previews[2])
        self._empty = EmptyState("work.empty")
        self._above = AboveWork(shell, stage, self)
        self._ask = AskPanel(self)
        self._pages = QStackedWidget(self)
        self._hold = Hold(self._pages)
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(_IDLE_MS)
        self._lay_out()
        self._connect()

    @property
    def document(self) -> Document | None:
        return self._document

    @property
    def writing(self) -> bool:
        return self._document is not None and self._pages.currentWidget() is self.document_pane

    @property
    def in_conflict(self) -> bool:
        """Whether the three columns stand here."""
        return self._document is not None and self._pages.currentWidget() is self.conflict_pane

    def open(self, entry_id: EntryId, called: str = "") -> None:
        """Show an entry. What is open stays so, keys and all, until the other one is here. `called`: as the list calls it."""
        if entry_id == self._wanted:
            return
        if self.writing:
            self.document_pane.flush()
        self._wanted, self._called = entry_id, called
        self._ask.dismiss()
        self._fetch()

    def show_empty(self, empty: Empty) -> None:
        """Nothing is open: say what belongs here."""
        self._leave()
        self._hold.end()
        self._wanted = None
        self._document = None
        self._empty.show_empty(empty)
        self._turn_to(self._empty)
        self._above.clear()
        self._ask.dismiss()
        self._stage.show_document(None)
        self.document_shown.emit(None)

    def correct(self, *, writing: bool) -> None:
        """Whoever decides may correct the text first, and come back."""
        if self._document is None:
            return
        self.document_pane.flush()
        self._correcting = self._document.entry_id if writing else None
        self._focus_next = writing
        self._fetch()

    def write_on(self, entry_id: EntryId) -> None:
        """The entry was just taken up to be changed: it opens in the editor."""
        self._correcting, self._focus_next = entry_id, True

    def flush_then(self, action: Callable[[], None]) -> None:
        """`action` once everything on the screen is on disk."""
        if self.writing:
            self.document_pane.flush()
            self.document_pane.autosave.then(action)
        else:
            action()

    def focus_inside(self) -> None:
        """F6: into the text, or to the page."""
        page = self._pages.currentWidget()
        if page is self.document_pane:
            self.document_pane.focus_text()
        elif page is self.reading_pane:
            self.reading_pane.focus_text()
        elif page is self.conflict_pane:
            self.conflict_pane.enter()
        elif page is not None:
            page.setFocus(Qt.FocusReason.TabFocusReason)

    def focus_when_shown(self) -> None:
        """A new entry: the caret goes into it as soon as it stands."""
        self._focus_next = self._answered = True

    def expect_other(self) -> None:
        """Another page is asked for: what is typed until it stands here was not meant for this one."""
        self._answered, self._commanded = False, None
        self._hold.begin()

    def leave(self) -> None:
        """The window closes."""
        self._leave()

    def show_status(self, status: SyncStatus) -> None:
        if status.online != self._online:
            self._online = status.online
            self._on_offered(self._stage.offer)

    def refresh(self, changes: Changes) -> None:
        """What was touched elsewhere: the open entry is read again if it is concerned."""
        if self._wanted is not None and self._wanted in changes.entries:
            self._fetch()

    def retranslate(self) -> None:
        """Another language or other rules."""
        for sheet_view in self._previews:
            sheet_view.set_sheets(self._sheets())
        for pane in (self.document_pane, self.reading_pane, self.conflict_pane, self._ask, self._above):
            pane.retranslate()
        self._fetch()  # the document shown last is older than what was typed since

    def _leave(self) -> None:
        self._correcting = None
        if not self.writing:
            return
        self._idle.stop()
        entry_id = self.document_pane.close_document()
        if entry_id is not None and entry_id != self._commanded:  # a command takes up itself what was written
            self.closed.emit(frozenset({entry_id}))

    def _fetch(self) -> None:
        drafting, entry_id = self._shell.desk.drafting, self._wanted
        if entry_id is not None:
            self._shell.bridge.store(lambda: drafting.open(entry_id), self._show, self._on_not_opened, slot="open")

    def _show(self, document: Document) -> None:
        bearings = self._shell.bearings
        if bearings is None or document.entry_id != self._wanted:
            return
        if self._document is not None and self._document.entry_id != document.entry_id:
            self._leave()
            self._ask.dismiss()  # what was asked was about the other one
        document = titled(document, bearings.kinds.get(document.kind), self._called)
        self._document = document
        pages = Pages.by(bearings.bundle, self._renderer, profile=bearings.profile, kinds=bearings.kinds)
        page = self._page_for(document)
        if page is not self.document_pane and self.writing:
            self.document_pane.close_document()
        if page is self.document_pane:
            self.document_pane.show_document(document, bearings, pages)
        elif page is self.reading_pane:
            mine = any(choice.name == "approve" and choice.allowed for choice in document.choices)
            self.reading_pane.show_document(document, bearings, pages=pages, mine=mine)
        else:
            self.conflict_pane.show_document(document, bearings, pages, reading=document.conflict is None)
        self._turn_to(page)
        self._stage.show_document(document)
        told = _TOLD_BY_COLUMNS if page is self.conflict_pane else frozenset()
        self._above.show_document(document, self._stage.offer, told=told)
        if self._answered or self._commanded not in {None, document.entry_id}:
            self._hold.end()
        self.document_shown.emit(document)
        if self._focus_next and page is self.document_pane:
            self._focus_next = False
            self.document_pane.focus_text()

    def _turn_to(self, page: QWidget) -> None:
        before = self._pages.currentWidget()
        freed = before is not None and before is not page and _holds_focus(before)
        self._pages.setCurrentWidget(page)
        if freed:
            self.focus_freed.emit()

    def _page_for(self, document: Document) -> QWidget:
        if document.conflict is not None or (document.merged and self._read_back == document.entry_id):
            return self.conflict_pane
        if document.writable is not None:
            return self.reading_pane
        mine = document.facts.state.phase is Phase.DRAFT and self._is_mine(document)
        return self.document_pane if mine or self._correcting == document.entry_id else self.reading_pane

    def _is_mine(self, document: Document) -> bool:
        """Written here by default. Another's draft is read first, so that nobody changes it by a stray key."""
        bearings = self._shell.bearings
        return bearings is not None and bearings.me.id in {document.facts.owner, document.facts.assignee}

    def _on_offered(self, offer: Offer | None) -> None:
        document = self._document
        editable = document is not None and document.writable is None and document.conflict is None
        if document is not None and document.facts.state.phase is Phase.DRAFT:
            editable = editable and not self._is_mine(document)
        self.document_pane.show_offer(offer, reading_back=editable)
        self.reading_pane.show_offer(offer, editable=editable, online=self._online)
        self._allow("edit", allowed=editable and not self.writing)
        self._allow("read", allowed=editable and self.writing)

    def _allow(self, name: str, *, allowed: bool) -> None:
        if allowed:
            self._table.allow(name)
        else:
            self._table.refuse(name, self.tr("This text is not yours to correct now"))

    def _on_not_opened(self, problem: Problem) -> None:
        if not isinstance(problem, NotFound):
            self._shell.tell(problem)
        elif self._document is None or self._document.entry_id == self._wanted:
            self.vanished.emit()  # a draft that was discarded leaves nothing to show

    def _on_command(self, give: Callable[[], None]) -> None:
        self.expect_other()
        self._commanded = self._document.entry_id if self._document is not None else None
        self.flush_then(give)

    def _on_given(self, entry_id: str, _name: str) -> None:
        """The command is queued: the next page shows what it did, unless another one stands here already."""
        self._answered, self._commanded = True, None
        if self._correcting == entry_id:
            self._correcting = None  # what was corrected is on its way; whoever decides next reads first
        if self._document is None or self._document.entry_id != entry_id:
            self._hold.end()

    def _on_problem(self, _said: object) -> None:
        self._commanded = None
        self._hold.end()

    def _on_question(self, gesture: Gesture) -> None:
        self._asked = self._document.entry_id if self._document is not None else None
        self._ask.ask(gesture)

    def _on_confirmed(self, name: str, reason: str) -> None:
        self._stage.perform(name, reason, entry_id=self._asked)

    def _read_merged(self) -> None:
        """What the machine put together is shown in its three columns, to be read."""
        if self._document is not None:
            self.document_pane.flush()
            self._read_back = self._document.entry_id
            self._fetch()

    def _on_put_aside(self) -> None:
        if self._read_back is not None:
            self._read_back = None
            self._fetch()
        else:
            self.show_empty(put_aside(self._shell.translate))
            self.conflict_put_aside.emit()

    def _on_settled(self, entry_id: str) -> None:
        self._read_back = None
        self._focus_next = True
        self.conflict_settled.emit(entry_id)

    def _on_resubmit(self) -> None:
        self._read_back = None
        if self._document is not None:
            self._above.ways.resubmit(self._document)

    def _on_field(self, pointer: str) -> None:
        self.document_pane.go_to(Check(Weight.STOP, "", pointer=pointer))

    def _on_idle(self) -> None:
        if self._document is None or not self.writing:
            return
        if self.editor.editor.composing:
            self._idle.start()
        else:
            self.closed.emit(frozenset({self._document.entry_id}))

    def _sheets(self) -> Mapping[str, str]:
        bearings = self._shell.bearings
        return sheets_of(bearings.bundle) if bearings else {}

    def _connect(self) -> None:
        self._stage.offered.connect(self._on_offered)
        self._stage.question_raised.connect(self._on_question)
        self._stage.flush_requested.connect(self._on_command)
        self._stage.given.connect(self._on_given)
        self._shell.problem_met.connect(self._on_problem)
        self._ask.confirmed.connect(self._on_confirmed)
        self._above.recall_wanted.connect(lambda: self._stage.trigger("recall"))
        self._empty.action_requested.connect(self.action_requested)
        actions = self._above.ways
        for signal, slot in (
            (actions.merged_wanted, self._read_merged), (actions.field_wanted, self._on_field),
            (actions.compare_wanted, self.reading_pane.compare_with), (actions.action_wanted, self.action_requested),
            (actions.export_wanted, self.export_wanted),
        ):  # fmt: skip
            signal.connect(slot)
        self.conflict_pane.settled.connect(self._on_settled)
        self.conflict_pane.put_aside.connect(self._on_put_aside)
        self.conflict_pane.resubmit_wanted.connect(self._on_resubmit)
        self.document_pane.autosave.refused.connect(self._shell.tell)
        self.document_pane.autosave.state_changed.connect(lambda _state, _at: self._idle.start())
        self._idle.timeout.connect(self._on_idle)
        self._table.on("edit", lambda: self.correct(writing=True))
        self._table.on("read", lambda: self.correct(writing=False))
        Printing(self._shell, self._table, self._previews, self)
        for preview in self._previews:
            preview.link_opened.connect(_open_outside)

    def _lay_out(self) -> None:
        self._pages.setMinimumWidth(_NARROWEST)
        for page in (self._empty, self.document_pane, self.reading_pane, self.conflict_pane):
            self._pages.addWidget(page)
        layout = stacked(self)
        layout.addWidget(self._above)
        layout.addWidget(self._pages, 1)
        layout.addWidget(self._ask)


def _holds_focus(widget: QWidget) -> bool:
    focused: QWidget | None = widget.window().focusWidget()
    return focused is not None and widget.isAncestorOf(focused)


def _open_outside(url: QUrl) -> None:
    QDesktopServices.openUrl(url)
