"""Two people wrote on the same text: three columns, what differs marked, and a decision place by place. Nothing is lost by any.

The same columns show a text that the machine put together and nobody has read. Source: QĐ 2567/2007/QĐ-UBND Điều 19.
"""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSplitter, QWidget

from desktop.application.merging import ConflictView
from desktop.application.records import Document
from desktop.domain.conflict import Decision, Decisions, Side
from desktop.domain.errors import NotAllowed, Problem
from desktop.domain.ids import EntryId
from desktop.editor.text.pages import Pages
from desktop.editor.widgets.preview_view import PreviewView
from desktop.ui.conflict.frame import Foot, Head
from desktop.ui.conflict.sheet_view import SheetView
from desktop.ui.grounds import set_ground
from desktop.ui.layouts import stacked
from desktop.ui.opening_files import FileOpener
from desktop.ui.presenters.conflict import Sheet, kept_choices, left_text, sheet
from desktop.ui.presenters.conflict_heads import heads, whose
from desktop.ui.presenters.form import FormField, form
from desktop.ui.presenters.header import title
from desktop.ui.presenters.values import FieldWords
from desktop.ui.shell import Bearings, Shell
from desktop.ui.theme.roles import Role

_PREVIEW_MS = 200
_KEYS: Mapping[int, Side] = {Qt.Key.Key_1: Side.MINE, Qt.Key.Key_2: Side.THEIRS, Qt.Key.Key_3: Side.EDITED}
_STEPS: Mapping[int, int] = {Qt.Key.Key_N: 1, Qt.Key.Key_P: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class ConflictPane(QWidget):
    """Signals: `settled(str)`: decided, or read, and on disk; `put_aside()`: later; `resubmit_wanted()`: read, now send it."""

    settled = Signal(str)
    put_aside = Signal()
    resubmit_wanted = Signal()

    def __init__(self, shell: Shell, preview: PreviewView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._document: Document | None = None
        self._bearings: Bearings | None = None
        self._pages: Pages | None = None
        self._view: ConflictView | None = None
        self._sheet: Sheet | None = None
        self._choices: dict[str, Decision] = {}
        self._reading = False
        self._entering = False
        self.setObjectName("conflict")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        set_ground(self, Role.WORK)
        self._head, self._foot = Head(self), Foot(self)
        self._columns = SheetView(self)
        self._preview = preview
        self._files = FileOpener(shell, self)
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(_PREVIEW_MS)
        self._splitter = QSplitter(self)
        self._lay_out()
        self._connect()
        self.retranslate()

    @property
    def entry_id(self) -> EntryId | None:
        return self._document.entry_id if self._document else None

    @property
    def choices(self) -> Decisions:
        """What has been decided so far."""
        return dict(self._choices)

    def show_document(self, document: Document, bearings: Bearings, pages: Pages, *, reading: bool = False) -> None:
        """The conflict of this entry; `reading`: one that the machine settled, to be read."""
        other = self.entry_id != document.entry_id or reading != self._reading
        self._document, self._bearings, self._pages, self._reading = document, bearings, pages, reading
        if other:
            self._view, self._sheet, self._choices = None, None, {}
            self._columns.show_sheet(Sheet(()), self._words(), whose="", fields={}, only_differences=True)
        self.retranslate()
        self._fetch()

    def enter(self) -> None:
        """The keyboard goes to the first question, as soon as it stands here."""
        self._entering = True
        self.setFocus(Qt.FocusReason.TabFocusReason)
        self._go_in()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1 mine, 2 theirs, 3 by hand, then the next question; with Shift for all places of a field. Enter saves, Escape: later."""
        key, all_of_it = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            super().keyPressEvent(event)
        elif key in _KEYS and self._columns.current is not None and not self._reading:
            self._decide(_KEYS[key], all_of_it=all_of_it)
        elif key in _STEPS:
            self._columns.go(_STEPS[key], self._choices)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._on_enter()
        elif key == Qt.Key.Key_Escape:
            self.put_aside.emit()
        elif key == Qt.Key.Key_R:
            self._head.result.toggle()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self._columns.draw()  # another theme
        super().changeEvent(event)

    def retranslate(self) -> None:
        document, words = self._document, self._words()
        self.setAccessibleName(self.tr("Read what was merged") if self._reading else self.tr("Conflict"))
        self._head.retranslate()
        self._foot.retranslate(reading=self._reading)
        if document is None:
            return
        name = title(document, words.kind, self._shell.translate)
        said = self.tr("Merged, to be read: “{title}”") if self._reading else self.tr("Two people changed “{title}”")
        self._head.say(said.format(title=name), self._told(document))
        if self._view is not None:
            self._present(self._view)

    def _told(self, document: Document) -> str:
        if document.content is None:
            return self.tr("The portal's text is not on this machine yet: synchronise (F5), then decide.")
        if self._reading:
            return self.tr("The machine put both texts together; what it took is marked. Read it, then say so.")
        return self.tr("Decide what is marked ●; what is marked ✓ needed no decision, and may still be changed.")

    def _fetch(self) -> None:
        document, conflicts = self._document, self._shell.desk.conflicts
        self._foot.allow(whole=document is not None and document.content is not None)
        if document is None or document.content is None:
            self._foot.say("", ready=False)
            return
        read = conflicts.merged if self._reading else conflicts.view
        entry_id = document.entry_id
        self._shell.bridge.store(lambda: read(entry_id), self._on_view, self._on_no_view, slot="conflict")

    def _on_view(self, view: ConflictView) -> None:
        if view.entry_id == self.entry_id:
            self._present(view)

    def _on_no_view(self, problem: Problem) -> None:
        """Settled meanwhile, or its text is not here: the next document says so."""
        if not isinstance(problem, NotAllowed):
            self._shell.tell(problem)

    def _present(self, view: ConflictView) -> None:
        words = self._words()
        them = whose(view, self._bearings.people if self._bearings else {}, words)
        self._shell.bridge.pure(
            lambda: sheet(view, words, whose=them), partial(self._take, view, them), slot="conflict-sheet"
        )

    def _take(self, view: ConflictView, them: str, made: Sheet) -> None:
        """Show it; answers that still speak of the same words stay."""
        if view.entry_id != self.entry_id:
            return
        same = self._view is not None and (view.head_rid, view.mine_seen) == (self._view.head_rid, self._view.mine_seen)
        if not same:
            self._choices = dict(kept_choices(self._sheet, made, self._choices))
        current = self._columns.current
        pointer = current.place.pointer if current else None
        self._view, self._sheet = view, made
        self._columns.show_heads(heads(view, self._words(), whose=them, now=self._shell.now()).html())
        self._build(them)
        again = next((row for row in self._columns.rows if row.place.pointer == pointer), None)
        if again is not None:
            self._columns.focus_on(again)
        self._go_in()

    def _build(self, them: str) -> None:
        if self._sheet is not None:
            only = self._head.only.isChecked()
            self._columns.show_sheet(
                self._sheet, self._words(), whose=them, fields=self._controls(), only_differences=only
            )
            self._show_choices()
            for row in self._columns.rows if self._reading else ():
                row.only_read()

    def _go_in(self) -> None:
        if self._entering and self._columns.rows:
            self._entering = False
            self._columns.go(1, self._choices)

    def _decide(self, side: Side, *, all_of_it: bool) -> None:
        row = self._columns.current
        if row is None or not row.decide(side):
            return
        if all_of_it and side is not Side.EDITED:
            for other in self._columns.rows:
                if other.place.whole == row.place.whole:
                    other.decide(side)
        if side is not Side.EDITED and self._sheet is not None and self._sheet.left(self._choices):
            self._columns.go(1, self._choices)

    def _on_decided(self, pointer: str, decision: Decision | None) -> None:
        if decision is None:
            self._choices.pop(pointer, None)
        else:
            self._choices[pointer] = decision
        self._show_choices()

    def _show_choices(self) -> None:
        self._columns.show_choices(self._choices)
        left = self._sheet.left(self._choices) if self._sheet else ()
        self._foot.say(left_text(left, self._words()) if not self._reading else "", ready=not left)
        self._delay.start()

    def _on_enter(self) -> None:
        if self._sheet is None:
            return
        if self._sheet.left(self._choices):
            self._columns.go(1, self._choices)
        else:
            self._save()

    def _save(self) -> None:
        """What was decided is the draft now; or the merged text has been read."""
        view, document, conflicts = self._view, self._document, self._shell.desk.conflicts
        if view is None or document is None:
            return
        entry_id, choices = document.entry_id, dict(self._choices)
        if self._reading:
            self._do(lambda: conflicts.confirm(entry_id, seen_at=document.saved_at))
        else:
            self._do(
                lambda: conflicts.resolve(entry_id, seen_rid=view.head_rid, seen_mine=view.mine_seen, choices=choices)
            )

    def _keep_mine(self) -> None:
        document, conflicts = self._document, self._shell.desk.conflicts
        if document is not None:
            self._do(lambda: conflicts.keep_mine(document.entry_id, seen_rid=document.facts.head_rid))

    def _take_theirs(self) -> None:
        document, conflicts = self._document, self._shell.desk.conflicts
        if document is not None:
            self._do(lambda: conflicts.take_theirs(document.entry_id))

    def _do(self, act: Callable[[], None]) -> None:
        entry_id = self.entry_id
        if entry_id is not None:
            self._shell.bridge.store(act, lambda _none: self.settled.emit(entry_id), self._on_refused)

    def _on_refused(self, problem: Problem) -> None:
        """Either text has changed since: it is told, and shown anew."""
        self._shell.tell(problem)
        self._fetch()

    def _refresh_result(self) -> None:
        """The page as it would be, from the answers given so far."""
        document, pages, choices = self._document, self._pages, dict(self._choices)
        if document is None or pages is None or self._view is None or not self._head.result.isChecked():
            return
        kind, lang, conflicts = document.kind, document.lang, self._shell.desk.conflicts

        def render(fields: Mapping[str, object], files: tuple[Mapping[str, object], ...]) -> None:
            self._shell.bridge.pure(
                lambda: pages.typed(kind, lang, fields=fields, attachments=files),  # type: ignore[arg-type]  # Json
                lambda main: self._preview.show_main(main, lang=lang), slot="conflict-result",
            )  # fmt: skip

        if self._reading:
            render(document.fields, document.attachments)
            return
        self._shell.bridge.store(
            lambda: conflicts.view(document.entry_id, choices).merged,
            lambda merged: render(merged.fields, merged.attachments), lambda _problem: None, slot="conflict-result",
        )  # fmt: skip

    def _words(self) -> FieldWords:
        bearings, document = self._bearings, self._document
        kind = bearings.kinds.get(document.kind) if bearings and document else None
        profile = bearings.profile if bearings else None
        return FieldWords(kind, profile, self._shell.lang, self._shell.translate)

    def _controls(self) -> Mapping[str, FormField]:
        """Which control writes a field by hand, by its pointer."""
        bearings, words, document = self._bearings, self._words(), self._document
        if bearings is None or words.kind is None or document is None:
            return {}
        made = form(words.kind, bearings.profile, bearings.me, lang=words.lang, section=document.facts.section)
        found = {f"/{field.name}": field for field in made.fields}
        for field in made.fields:
            found |= {f"/{field.name}/{part.name}": part for part in field.parts}
        return found

    def _on_only(self) -> None:
        if self._view is not None:
            self._present(self._view)

    def _on_result(self, on: bool) -> None:  # noqa: FBT001  connected to a toggle
        self._preview.setVisible(on)
        self._refresh_result()

    def _connect(self) -> None:
        self._columns.decided.connect(self._on_decided)
        self._columns.file_wanted.connect(lambda file: self._files.open(file.sha256, file.name))
        self._head.only.toggled.connect(lambda _on: self._on_only())
        self._head.result.toggled.connect(self._on_result)
        self._foot.saved.connect(self._on_enter)
        self._foot.later.connect(self.put_aside)
        self._foot.mine_kept.connect(self._keep_mine)
        self._foot.theirs_taken.connect(self._take_theirs)
        self._foot.resubmitted.connect(self.resubmit_wanted)
        self._delay.timeout.connect(self._refresh_result)

    def _lay_out(self) -> None:
        self._preview.hide()
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(self._columns)
        self._splitter.addWidget(self._preview)
        self._splitter.setStretchFactor(0, 3)
        self._splitter.setStretchFactor(1, 2)
        self._splitter.setSizes([720, 420])
        layout = stacked(self)
        layout.addWidget(self._head)
        layout.addWidget(self._splitter, 1)
        layout.addWidget(self._foot)
