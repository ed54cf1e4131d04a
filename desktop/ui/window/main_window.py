"""The main window: navigation, list, work area, status bar; it only connects them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QMainWindow, QPlainTextEdit, QWidget

from desktop.application.messages import Sentence
from desktop.application.ports import Renderer
from desktop.application.records import Changes, Document, SyncStatus
from desktop.domain.errors import Problem
from desktop.domain.ids import EntryId, Rid
from desktop.ui.actions import ActionTable
from desktop.ui.document.composing import Composing
from desktop.ui.i18n import Languages
from desktop.ui.layouts import stacked
from desktop.ui.library.list_pane import ListPane
from desktop.ui.library.navigation_panel import NavigationPanel
from desktop.ui.notices import Notice
from desktop.ui.presenters.empty import nothing_open
from desktop.ui.presenters.header import Saved, title
from desktop.ui.presenters.navigation import SYNC
from desktop.ui.shell import Shell
from desktop.ui.stage_actions import StageActions
from desktop.ui.sync_driver import SyncDriver
from desktop.ui.theme.appearance import Appearance, editor_colours
from desktop.ui.theme.tokens import Tokens, Tone
from desktop.ui.window.account import AccountActions
from desktop.ui.window.attaching import Attaching
from desktop.ui.window.choices import Choices
from desktop.ui.window.command_palette import CommandPalette
from desktop.ui.window.finding import commands
from desktop.ui.window.home_notices import HomeNotices
from desktop.ui.window.legal_files import LegalFiles
from desktop.ui.window.memory import Memory
from desktop.ui.window.menus import MainMenu
from desktop.ui.window.middle import Middle
from desktop.ui.window.status_bar import StatusBar
from desktop.ui.window.sync_room import SyncRoom
from desktop.ui.window.versions import Versions
from desktop.ui.work_area import WorkArea

_DECIDED = frozenset({"approve", "return"})
_TAKEN_UP = frozenset({"revise", "recall"})


@dataclass(frozen=True)
class Surroundings:
    """What bootstrap gives the window besides the desk. `roles`: the homes of the demo, by label; `reopen` another of them."""

    home: Path
    renderer: Renderer
    appearance: Appearance
    languages: Languages
    version: str = "0"
    roles: Sequence[tuple[str, Path]] = field(default=())
    reopen: Callable[[Path], None] | None = None


class MainWindow(QMainWindow):
    """Signals: `closed()` after everything typed was given to the store lane."""

    closed = Signal()

    def __init__(self, shell: Shell, given: Surroundings) -> None:
        super().__init__()
        self._shell = shell
        self._given = given
        self._box, self._sync_told = "drafts", ""
        self._staying: EntryId | None = None
        self._signed_in, self._warned = True, False
        self.setObjectName("main")
        self.setWindowTitle("Tòa Soạn")
        self.memory = Memory(given.home)
        self.table = ActionTable(self)
        self.stage = StageActions(shell, self.table)
        self.sync = SyncDriver(shell, self)
        self.navigation = NavigationPanel(shell, self)
        self.list = ListPane(shell, self)
        self.work = WorkArea(shell, self.table, self.stage, renderer=given.renderer)
        self.status = StatusBar(shell, self)
        self.notice = Notice("window.notice", self, tone=Tone.BAD)
        self.session_notice = Notice("session.notice", self)
        self.home_notices = HomeNotices(shell, self)
        self.menu = MainMenu(self.table, self.work.editor.actions_table, self)
        self.palette_panel = CommandPalette(self)
        self.composing = Composing(shell, self.table, self)
        self.account = AccountActions(shell, self.table, notice=self.session_notice, window=self)
        self.choices = Choices(self.table, given.appearance, given.languages, memory=self.memory, window=self)
        self.attaching = Attaching(shell, self.work, self._writing, table=self.table, window=self)
        self.room = SyncRoom(shell, self.sync, self.table, self)
        self.middle = Middle(self.navigation, self.list, self.work, centre=self.room.centre, parent=self)
        Versions(shell, self.table, self.work, renderer=given.renderer, window=self)
        self.legal_files = LegalFiles(shell, self.table, self.work, self)
        self._lay_out()
        self._connect()
        self._connect_actions()
        self._restore()

    def begin(self) -> None:
        """Show what was open last, and start syncing. Call after `show`."""
        self.list.retranslate()
        self.status.retranslate()
        self.navigation.choose(self.memory.text("box", "drafts"))
        self.account.say_keyring()
        self.sync.start()

    def show_box(self, box: str) -> None:
        self.navigation.choose(box)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Everything typed goes to the store lane first; `Bridge.shutdown` waits for it. What the disk refuses is said once."""
        if self.work.document_pane.autosave.failing and not self._warned:
            self._warned = True
            event.ignore()
            said = self.tr(
                "Something you typed is not on disk: the disk refused it. Make room, or close again to lose it."
            )
            self.notice.say(said, tone=Tone.BAD)
            return
        self.work.leave()
        self.sync.stop()
        self._remember()
        event.accept()
        self.closed.emit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            # Qt tells the children after the window: words that are put together here come last.
            QTimer.singleShot(0, self, self._retranslate)
        super().changeEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.StatusTip:
            self.status.show_hint(event.tip() if hasattr(event, "tip") else "")
            return True
        if event.type() == QEvent.Type.ShortcutOverride and self._edits_text(event):
            event.accept()
            return True
        return super().event(event)

    def _edits_text(self, event: QEvent) -> bool:
        """Ctrl+Backspace deletes a word wherever one writes; only elsewhere is it the window's. Fields pass the question up."""
        if not isinstance(event, QKeyEvent) or not event.matches(QKeySequence.StandardKey.DeleteStartOfWord):
            return False
        field: QWidget | None = self.focusWidget()
        return isinstance(field, (QLineEdit, QPlainTextEdit)) and not field.isReadOnly()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.notice.isVisible():
            self.notice.hide()
        else:
            super().keyPressEvent(event)

    def _writing(self) -> tuple[EntryId, Rid | None] | None:
        document = self.work.document
        if document is None or not self.work.writing:
            return None
        return document.entry_id, self.work.document_pane.autosave.seen

    def _on_box(self, box: str) -> None:
        self._box, self._staying = box, None
        self.middle.fold_list(folded=False)
        self.middle.show_centre(shown=box == SYNC)
        if box == SYNC:
            self.room.enter()
        else:
            self.list.show_box(box)

    def _on_arrived(self, count: int) -> None:
        self._fold_list()
        self.middle.on_arrived(count)

    def _fold_list(self) -> None:
        self.middle.fold_list(folded=self._box == "conflicts" and self.work.in_conflict)

    def _on_nothing(self) -> None:
        if self.work.document is not None and self.work.document.entry_id == self._staying:
            return
        self.work.show_empty(nothing_open(self._shell.translate))

    def _on_settled(self, entry_id: str) -> None:
        """The next conflict comes by itself; the last one's text stays, to be sent on."""
        self.status.show_hint(self.tr("Saved. Both texts stay in the history."))
        if self._box != "conflicts":
            return
        if self.list.model.rowCount() > 1:
            self.list.let_go()
            self.list.refresh()
        else:
            self._staying = EntryId(entry_id)

    def _on_put_aside(self) -> None:
        self.middle.fold_list(folded=False)
        self.list.take_focus()

    def _on_changes(self, changes: Changes) -> None:
        if changes.lists or changes.entries:
            self.list.refresh()
            self.navigation.refresh_counts()
        self.work.refresh(changes)

    def _on_given(self, entry_id: str, name: str) -> None:
        self.sync.gesture()
        if name in _TAKEN_UP:
            self.work.write_on(EntryId(entry_id))
        if name in _DECIDED and self._box.startswith("step:"):
            self.list.let_go()
            self.list.refresh()
            self.list.view.setFocus()

    def _on_composed(self, entry_id: EntryId) -> None:
        self._on_entry_wanted(entry_id)
        self.work.focus_when_shown()

    def _on_entry_wanted(self, entry_id: str) -> None:
        self.navigation.choose("drafts")
        self.list.choose(EntryId(entry_id))
        self.work.open(EntryId(entry_id))

    def _on_document(self, document: Document | None) -> None:
        bearings = self._shell.bearings
        name = ""
        if document is not None and bearings is not None:
            name = title(document, bearings.kinds.get(document.kind), self._shell.translate)
        self._name_window(name)
        self._fold_list()
        for action in ("attach", "save"):
            self._allow(action, self.work.writing, self.tr("Nothing is being written here now"))
        for action in ("copy", "translate", "versions", "export-document"):
            self._allow(action, document is not None, self.tr("No entry is open"))

    def _allow(self, action: str, allowed: bool, why_not: str) -> None:  # noqa: FBT001  what it is about
        if allowed:
            self.table.allow(action)
        else:
            self.table.refuse(action, why_not)

    def _name_window(self, name: str) -> None:
        self.setWindowTitle(f"{name}[*] — Tòa Soạn" if name else "Tòa Soạn[*]")

    def _on_saved(self, state: Saved, _at: str) -> None:
        failing = self.work.document_pane.autosave.failing
        self._warned = self._warned and failing
        self.setWindowModified(failing or state in {Saved.CHANGED, Saved.FAILED})

    def _on_problem(self, said: Sentence) -> None:
        self.notice.say(f"{said.title}. {said}", tone=Tone.BAD)

    def _on_sync_problem(self, problem: Problem) -> None:
        self._shell.tell(problem)
        self._sync_told = self.notice.text()

    def _on_synced(self, ok: bool) -> None:  # noqa: FBT001  connected to a signal
        """What the last sync complained of is over."""
        if ok and self.notice.text() == self._sync_told:
            self.notice.hide()

    def _on_status(self, status: SyncStatus) -> None:
        self.status.show_status(status)
        self.navigation.show_waiting(status.waiting)
        self.home_notices.show_status(status)
        self.list.show_online(online=status.online)
        self.work.show_status(status)
        if self._signed_in and not status.signed_in and self._shell.bearings is not None:
            self.account.say_needed()  # once: whoever has put it away knows
        self._signed_in = status.signed_in

    def _on_theme(self, tokens: Tokens) -> None:
        self.work.editor.set_colours(editor_colours(tokens))
        self.list.view.viewport().update()
        self.navigation.use_tokens(tokens)

    def _retranslate(self) -> None:
        self._shell.lang = self._given.languages.language
        self.table.retranslate()
        for part in (
            self.menu, self.navigation, self.list, self.status, self.notice, self.session_notice, self.home_notices, self.account,
            self.work, self.palette_panel, self.room,
        ):  # fmt: skip
            part.retranslate()
        self.stage.show_document(self.work.document)
        if self.work.document is None:
            self._on_nothing()
        self._on_document(self.work.document)

    def _connect(self) -> None:
        shell = self._shell
        shell.problem_met.connect(self._on_problem)
        shell.bridge.changes_announced.connect(self._on_changes)
        shell.bearings_changed.connect(self._retranslate)
        self.navigation.box_chosen.connect(self._on_box)
        self.navigation.compose_requested.connect(self._compose)
        self.list.entry_chosen.connect(self.work.open)
        self.list.arrived.connect(self._on_arrived)
        self.list.nothing_chosen.connect(self._on_nothing)
        self.list.action_requested.connect(self._do)
        self.work.action_requested.connect(self._do)
        self.work.document_shown.connect(self._on_document)
        self.work.closed.connect(self.sync.freeze)
        self.work.vanished.connect(self._on_nothing)
        self.work.focus_freed.connect(self.middle.on_focus_freed)
        self.work.export_wanted.connect(self.room.exporting.ask)
        self.work.conflict_settled.connect(self._on_settled)
        self.work.conflict_put_aside.connect(self._on_put_aside)
        self.work.document_pane.autosave.state_changed.connect(self._on_saved)
        self.work.document_pane.title_edited.connect(self._name_window)
        self.stage.given.connect(self._on_given)
        self.legal_files.exported.connect(self.status.show_hint)
        self.composing.begun.connect(self.work.expect_other)
        self.composing.composed.connect(self._on_composed)
        self.sync.status_changed.connect(self._on_status)
        self.sync.sign_in_needed.connect(self.account.say_needed)
        self.sync.problem_met.connect(self._on_sync_problem)
        self.sync.ended.connect(self._on_synced)
        self.status.sync_requested.connect(self.sync.sync_now)
        self.home_notices.agreed.connect(self.sync.sync_now)
        self.status.centre_requested.connect(lambda: self.show_box(SYNC))
        self.room.centre_wanted.connect(lambda: self.show_box(SYNC))
        self.room.centre.entry_wanted.connect(self._on_entry_wanted)
        self.room.told.connect(self.status.show_hint)
        self.sync.pause_changed.connect(self.status.show_paused)
        self.account.signed_in.connect(self.sync.sync_now)
        self.account.signed_out.connect(self.sync.read_status)
        self.account.export_wanted.connect(self.room.exporting.ask)
        self._given.appearance.changed.connect(self._on_theme)

    def _connect_actions(self) -> None:
        on = self.table.on
        on("compose", self._compose)
        on("attach", self.attaching.ask_file)
        on("save", self.work.document_pane.flush)
        on("copy", lambda: self._begin_from(self.composing.copy))
        on("translate", lambda: self._begin_from(self.composing.translate))
        on("quit", self.close)
        on("search", self._search)
        on("clear-search", self.list.clear_search)
        on("palette", self._open_palette)
        on("sync", self.sync.sync_now)
        on("next-pane", self.middle.next_pane)
        on("about", self.choices.about)
        for view in ("as-portal", "compare", "as-source"):
            on(view, partial(self.work.reading_pane.show_view, view))
        self.navigation.menu_button.setMenu(self.menu)
        if self._given.reopen is not None and self._given.roles:
            self.menu.offer_roles(self._given.roles, self._given.home, self._given.reopen)
        self.choices.follow_panels(self.work.document_pane, self.work.editor)
        self._on_theme(self._given.appearance.tokens)

    def _do(self, name: str) -> None:
        self.table[name].trigger()

    def _compose(self) -> None:
        if (menu := self.composing.menu(self)) is not None:
            button = self.navigation.compose_button
            menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _begin_from(self, begin: Callable[[EntryId], None]) -> None:
        if (document := self.work.document) is not None:
            self.work.flush_then(lambda: begin(document.entry_id))

    def _search(self) -> None:
        self.middle.show_centre(shown=False)
        self.list.search.setFocus()
        self.list.search.selectAll()

    def _open_palette(self) -> None:
        editing = self.work.editor.actions_table if self.work.writing else None
        self.palette_panel.open(commands(self.table, self.navigation, editing, self._shell.translate))

    def _remember(self) -> None:
        self.memory.keep("geometry", self.saveGeometry())
        self.memory.keep("splitter", self.middle.splitter.saveState())
        self.memory.keep("document-splitter", self.work.document_pane.splitter.saveState())
        self.memory.keep("box", self._box)
        self.memory.write()

    def _restore(self) -> None:
        geometry = self.memory.state("geometry")
        if geometry is None or not self.restoreGeometry(geometry):
            self.resize(1440, 900)
        if (state := self.memory.state("splitter")) is not None:
            self.middle.splitter.restoreState(state)
        if (state := self.memory.state("document-splitter")) is not None:
            self.work.document_pane.splitter.restoreState(state)

    def _lay_out(self) -> None:
        self.session_notice.hide()
        self.notice.hide()
        centre = QWidget(self)
        layout = stacked(centre)
        for bar in (self.session_notice, self.home_notices, self.room.notice, self.notice):
            layout.addWidget(bar)
        layout.addWidget(self.middle, 1)
        layout.addWidget(self.status)
        self.setCentralWidget(centre)
