"""Legal documents to and from other programs: one out as a file, an old portal's archive in, both beside the window's work."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QListWidget, QPushButton, QVBoxLayout, QWidget

from desktop.application.archive import BATCH, Choice, Fate, Outcome
from desktop.application.archive_reading import Record
from desktop.application.calendars import CALENDAR, rows_of
from desktop.application.exporting import text_of
from desktop.application.records import Document
from desktop.domain.errors import BadContent, Rule
from desktop.editor.text.calendar_ics import to_ics
from desktop.editor.text.exports.forms import export
from desktop.ui.actions import ActionTable
from desktop.ui.plain_label import PlainLabel
from desktop.ui.presenters.checks import fault_text
from desktop.ui.shell import Shell
from desktop.ui.theme.roles import Role, set_role
from desktop.ui.work_area import WorkArea

_ENDINGS = {".docx": "docx", ".pdf": "pdf", ".xml": "akn", ".txt": "txt"}


class LegalFiles(QObject):
    """The actions `export-document` and `import-archive`. Signals: `exported(str)`: the file that was written."""

    exported = Signal(str)

    def __init__(self, shell: Shell, table: ActionTable, work: WorkArea, window: QWidget) -> None:
        super().__init__(window)
        self._shell = shell
        self._work = work
        self._window = window
        table.on("export-document", lambda: work.flush_then(self.ask_where))
        table.on("import-archive", self.ask_archive)

    def ask_where(self) -> None:
        document = self._work.document
        if document is None:
            return
        if document.kind == CALENDAR:
            self._ask_calendar(str(document.fields.get("week") or "tuan"))
            return
        number = str(document.fields.get("so_hieu") or "van-ban").replace("/", "-")
        dialog = QFileDialog(self._window, self.tr("Export the document"), f"{number}.docx")
        dialog.setObjectName("legal.export")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(
            [
                self.tr("Word processor, layout of NĐ 30/2020 (*.docx)"),
                self.tr("PDF, made by LibreOffice (*.pdf)"),
                self.tr("Akoma Ntoso 3.0 (*.xml)"),
                self.tr("Plain text (*.txt)"),
            ]
        )
        dialog.fileSelected.connect(lambda name: self.write(Path(name)))
        dialog.open()

    def write(self, path: Path) -> None:
        """The document that is open, in the form that the file's ending says; without one a .docx."""
        document = self._work.document
        if document is None:
            return
        if document.kind == CALENDAR:
            self._write_calendar(document, path.with_suffix(".ics"))
            return
        target = path if path.suffix.lower() in _ENDINGS else path.with_name(f"{path.name}.docx")

        def run() -> str:
            text, facts = text_of(document)
            return _written(target, export(text, facts, form=_ENDINGS[target.suffix.lower()]))

        self._shell.bridge.pure(run, self.exported.emit)

    def _ask_calendar(self, week: str) -> None:
        dialog = QFileDialog(
            self._window, self.tr("Export the calendar"), f"lich-{week}.ics", self.tr("Calendars (*.ics)")
        )
        dialog.setObjectName("legal.export")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.fileSelected.connect(lambda name: self.write(Path(name)))
        dialog.open()

    def _write_calendar(self, document: Document, target: Path) -> None:
        stamp, title = self._shell.now().moment, str(document.fields.get("title") or "")

        def run() -> str:
            return _written(target, to_ics(rows_of(document), uid=document.entry_id, stamp=stamp, title=title))

        self._shell.bridge.aside(run, self.exported.emit)

    def ask_archive(self) -> None:
        dialog = QFileDialog(self._window, self.tr("The folder of the old archive"))
        dialog.setObjectName("legal.archive")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(lambda name: self.look(Path(name)))
        dialog.open()

    def look(self, folder: Path) -> None:
        """What an import of `folder` would do, in a window of its own; nothing is written yet."""
        desk, choice = self._shell.desk, Choice(section=self._section(), dry=True)

        def run() -> tuple[Sequence[Record], Sequence[Outcome]]:
            records = desk.archive.read(folder, choice).records
            told: list[Outcome] = []
            desk.archive.bring_in(records, choice, told.append)
            return records, told

        self._shell.bridge.store(run, lambda found: ArchiveDialog(self._shell, found[0], found[1], self._window).show())

    def _section(self) -> str | None:
        """Where a catalogue names no section: the only one that may be written, or none."""
        bearings = self._shell.bearings
        sections = {section for grant in bearings.me.grants for section in grant.sections or ()} if bearings else set()
        return next(iter(sections)) if len(sections) == 1 else None


def _written(target: Path, made: bytes) -> str:
    try:
        target.write_bytes(made)
    except OSError as error:
        raise BadContent(Rule("folder-unwritable", params={"folder": str(target.parent)}), str(error)) from error
    return str(target)


class ArchiveDialog(QDialog):
    """Every document with what would become of it; the button brings in what is new, a piece at a time. Signals: `done_all()`."""

    done_all = Signal()

    def __init__(self, shell: Shell, records: Sequence[Record], looked: Sequence[Outcome], window: QWidget) -> None:
        super().__init__(window)
        self._shell = shell
        self._records = records
        self._told: list[Outcome] = []
        self.setObjectName("archive")
        self.setWindowTitle(self.tr("Import of an old archive"))
        self.setModal(False)
        self.resize(820, 520)
        self._summary = PlainLabel(parent=self)
        self._lines = QListWidget(self)
        self._lines.setObjectName("archive.lines")
        self._lines.setAccessibleName(self.tr("Documents of the archive"))
        self._lines.setWordWrap(True)
        self._lines.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._lines.setSpacing(2)
        self._begin = QPushButton(self)
        self._begin.setObjectName("archive.begin")
        set_role(self._begin, Role.PRIMARY)
        self._begin.clicked.connect(lambda _checked=False: self.begin())
        buttons = QHBoxLayout()
        buttons.addWidget(self._summary, 1)
        buttons.addWidget(self._begin)
        layout = QVBoxLayout(self)
        layout.addWidget(self._lines, 1)
        layout.addLayout(buttons)
        new = sum(one.fate is Fate.NEW for one in looked)
        self._begin.setText(self.tr("Import %n document(s)", "", new))
        self._begin.setAccessibleName(self._begin.text())
        self._begin.setEnabled(new > 0)
        self._show(looked)

    def begin(self) -> None:
        """A piece after another, so that other work comes between; closed meanwhile, it stops, and can be begun again."""
        self._begin.setEnabled(False)
        self._piece(0)

    def _piece(self, start: int) -> None:
        archive, some = self._shell.desk.archive, self._records[start : start + BATCH]

        def run() -> Sequence[Outcome]:
            told: list[Outcome] = []
            archive.bring_in(some, Choice(), told.append)
            return told

        self._shell.bridge.store(run, lambda told: self._on_piece(start + BATCH, told))

    def _on_piece(self, following: int, told: Sequence[Outcome]) -> None:
        self._told += told
        self._show(self._told)
        if following < len(self._records) and self.isVisible():
            self._piece(following)
        else:
            self.done_all.emit()

    def _show(self, told: Sequence[Outcome]) -> None:
        counts = Counter(one.fate for one in told)
        words = self.tr("{done} of {all}: new {new}, there already {there}, refused {refused}")
        self._summary.setText(
            words.format(
                done=len(told),
                all=len(self._records),
                new=counts[Fate.NEW],
                there=counts[Fate.THERE],
                refused=counts[Fate.REFUSED],
            )
        )
        fates = {Fate.NEW: self.tr("new"), Fate.THERE: self.tr("there already"), Fate.REFUSED: self.tr("refused")}
        self._lines.clear()
        # What needs a person stands first.
        for one in sorted(told, key=lambda one: one.fate is not Fate.REFUSED):
            why = f" — {self._why(one.rule)}" if one.rule else ""
            self._lines.addItem(f"{one.place} · {fates[one.fate]} · {one.title}{why}")

    def _why(self, rule: Rule) -> str:
        """The reason of a refusal; of a value that does not fit by the name of its field."""
        shell = self._shell
        kind = shell.bearings.kinds.get(Choice().kind) if shell.bearings else None
        if rule.code != "invalid-field" or kind is None:
            return shell.explain(rule)
        pointer, reason = rule.params["pointer"], rule.params["reason"]
        return fault_text(kind, pointer, reason, lang=shell.lang, translate=shell.translate)
