"""Soạn mới: which kinds may be begun, and beginning one, where there is only one section in that section."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QWidget

from desktop.application.calendars import CALENDAR
from desktop.domain.digest import Json
from desktop.domain.ids import EntryId
from desktop.ui.actions import ActionTable
from desktop.ui.document.paste_law import LEGAL, PasteLaw
from desktop.ui.presenters.form import sections
from desktop.ui.presenters.words import label
from desktop.ui.shell import Shell
from desktop.ui.window.calendar_file import CalendarFile


class Composing(QObject):
    """Signals: `begun()` when the desk is asked for an entry, `composed(EntryId)` when it has it."""

    begun = Signal()
    composed = Signal(str)

    def __init__(self, shell: Shell, table: ActionTable, window: QWidget) -> None:
        super().__init__(window)
        self._shell = shell
        self._table = table
        PasteLaw(shell, table, window).draft_wanted.connect(partial(self._on_filled, LEGAL))
        self.calendar = CalendarFile(shell, table, window)
        self.calendar.draft_wanted.connect(partial(self._on_filled, CALENDAR))

    def menu(self, parent: QWidget) -> QMenu | None:
        """The kinds as a menu, first one chosen; None before the first sign-in."""
        bearings, lang = self._shell.bearings, self._shell.lang
        if bearings is None:
            return None
        menu = QMenu(parent)
        menu.setObjectName("compose.menu")
        menu.setToolTipsVisible(True)
        for name, kind in bearings.kinds.items():
            action = menu.addAction(label(kind.label, lang))
            action.setObjectName(f"compose.{name}")
            if not sections(kind, bearings.profile, bearings.me, lang=lang):
                action.setEnabled(False)
                step = bearings.profile.steps[0]
                why = self.tr("No section of this kind is assigned to you")
                action.setToolTip(f"{why} ({step.clause})" if step.clause else why)
            action.triggered.connect(lambda _checked=False, name=name: self.compose(name))
            if name == LEGAL and action.isEnabled():
                menu.addAction(self._table["paste-law"])
        first = next((action for action in menu.actions() if action.isEnabled()), None)
        if first is not None:
            menu.setActiveAction(first)
        return menu

    def compose(self, kind_id: str) -> None:
        """Begin an entry of this kind."""
        if self._shell.bearings is None:
            return
        section, drafting = self._only_section(kind_id), self._shell.desk.drafting
        self.begun.emit()
        self._shell.bridge.store(lambda: drafting.create(kind_id, section=section), self._on_made)

    def copy(self, entry_id: EntryId) -> None:
        """Begin an entry with the text of another."""
        drafting = self._shell.desk.drafting
        self.begun.emit()
        self._shell.bridge.store(lambda: drafting.copy_as_new(entry_id), self._on_made)

    def translate(self, entry_id: EntryId) -> None:
        """Begin the same in the portal's other language."""
        drafting = self._shell.desk.drafting
        self.begun.emit()
        self._shell.bridge.store(lambda: drafting.translate(entry_id), self._on_made)

    def _on_filled(self, kind_id: str, fields: Mapping[str, Json]) -> None:
        """An entry with what a paste or a file says; where there is only one section, in that section."""
        section, drafting = self._only_section(kind_id), self._shell.desk.drafting

        def make() -> EntryId:
            entry_id = drafting.create(kind_id, section=section)
            drafting.save(entry_id, {**fields, "section": section} if section else fields)
            return entry_id

        self.begun.emit()
        self._shell.bridge.store(make, self._on_made)

    def _only_section(self, kind_id: str) -> str | None:
        bearings = self._shell.bearings
        if bearings is None:
            return None
        options = sections(bearings.kinds[kind_id], bearings.profile, bearings.me, lang=self._shell.lang)
        return options[0].value if len(options) == 1 else None

    def _on_made(self, entry_id: EntryId) -> None:
        self.composed.emit(entry_id)
