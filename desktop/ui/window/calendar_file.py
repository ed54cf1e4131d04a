"""A week of a calendar file as a new work calendar: asked for from the menu, read in the pool."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.application.calendars import CALENDAR, calendar_fields, week_title
from desktop.domain.digest import Json
from desktop.domain.errors import BadContent, NotFound, Rule
from desktop.editor.text.calendar_ics import from_ics
from desktop.ui.actions import ActionTable
from desktop.ui.shell import Shell


class CalendarFile(QObject):
    """The action `import-calendar`. Signal: `draft_wanted(dict)` with the fields of the calendar to make."""

    draft_wanted = Signal(object)

    def __init__(self, shell: Shell, table: ActionTable, window: QWidget) -> None:
        super().__init__(window)
        self._shell = shell
        self._window = window
        table.on("import-calendar", self.ask)

    def ask(self) -> None:
        dialog = QFileDialog(self._window, self.tr("Bring in a calendar"), "", self.tr("Calendars (*.ics)"))
        dialog.setObjectName("calendar.dialog")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.bring_in(Path(name)))
        dialog.open()

    def bring_in(self, path: Path) -> None:
        """The week of the file's first event."""
        bearings, lang = self._shell.bearings, self._shell.lang
        known = bearings is not None and CALENDAR in bearings.kinds

        def read() -> Mapping[str, Json]:
            if not known:
                raise NotFound(Rule("unknown-kind", params={"kind": CALENDAR}))
            try:
                data = path.read_bytes()
            except OSError as error:
                raise BadContent(Rule("calendar-broken"), str(error)) from error
            week = from_ics(data)
            return calendar_fields(week.start, week.rows, title=week_title(week.start, lang), section=None)

        self._shell.bridge.pure(read, self.draft_wanted.emit)
