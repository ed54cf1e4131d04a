"""The sync centre's files: how far each has come and how fast, paused one by one; a cap for all, and videos after hours."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.application.missing import Incoming
from desktop.application.transfers import FileTransfer, TransferRules, Transfers
from desktop.ui.plain_label import PlainLabel, plain_tip
from desktop.ui.presenters.transfers import CAPS, FileLine, cap_words, file_line
from desktop.ui.shell import Shell
from desktop.ui.theme.roles import Role, set_role

_WIDTHS = (0, 180, 120, 230)
_ROW, _MOST = 30, 5
Read = tuple[Sequence[FileTransfer], TransferRules]


class FilesPanel(QWidget):
    def __init__(self, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell = shell
        self._files: Sequence[FileTransfer] = ()
        self._lines: tuple[FileLine, ...] = ()
        self._rules = TransferRules()
        self._title = PlainLabel(parent=self)
        self._title.setObjectName("centre.files.title")
        set_role(self._title, Role.CARD_TITLE)
        self._table = _table(self)
        self._pause = QPushButton(self)
        self._pause.setObjectName("centre.files.pause")
        self._cap_name = PlainLabel(parent=self)
        set_role(self._cap_name, Role.FIELD_LABEL)
        self._cap = QComboBox(self)
        self._cap.setObjectName("centre.files.cap")
        self._after = QCheckBox(self)
        self._after.setObjectName("centre.files.after-hours")
        self._lay_out()
        self._table.itemSelectionChanged.connect(self._on_chosen)
        self._pause.clicked.connect(lambda _on=False: self._on_pause())
        self._cap.activated.connect(lambda row: self._set(replace(self._rules, cap=CAPS[row])))
        self._after.clicked.connect(lambda on: self._set(replace(self._rules, videos_after_hours=bool(on))))
        self.retranslate()

    def refresh(self) -> None:
        """Read how far they are."""
        transfers, coming = self._shell.desk.transfers, self._shell.desk.incoming
        self._shell.bridge.store(
            lambda: ([*transfers.files(), *coming.files()], transfers.rules()),
            self._on_read,
            lambda _problem: None,
            slot="centre-files",
        )

    def retranslate(self) -> None:
        translate = self._shell.translate
        self._table.setHorizontalHeaderLabels([self.tr("File"), self.tr("So far"), self.tr("Speed"), self.tr("State")])
        for widget in (self._table, self._table.horizontalHeader(), self._table.verticalHeader()):
            widget.setAccessibleName(self.tr("Files on their way"))
        self._cap_name.setText(self.tr("Bandwidth for files"))
        self._cap.setAccessibleName(self.tr("Bandwidth for files"))
        self._cap.clear()
        self._cap.addItems([cap_words(cap, translate) for cap in CAPS])
        hours = self.tr("Videos after hours ({begin}:00–{end}:00)")
        self._after.setText(hours.format(begin=self._rules.begin, end=self._rules.end))
        self._show()

    def _on_read(self, read: Read) -> None:
        changed = read[1] != self._rules
        self._files, self._rules = read
        if changed:
            self.retranslate()
        self._show()

    def _show(self) -> None:
        row = self._table.currentRow()
        chosen = self._lines[row].sha256 if 0 <= row < len(self._lines) else ""
        self._lines = tuple(file_line(file, self._shell.translate) for file in self._files)
        down = sum(line.coming for line in self._lines)
        told = self.tr("Files still to be sent: {count}").format(count=len(self._lines) - down)
        if down:
            told += "  ·  " + self.tr("to be received: {count}").format(count=down)
        self._title.setText(told)
        self._table.setRowCount(len(self._lines))
        for number, line in enumerate(self._lines):
            for column, text in enumerate((line.name, line.progress, line.speed, line.state)):
                cell = QTableWidgetItem(text)
                cell.setToolTip(plain_tip(text))
                cell.setData(Qt.ItemDataRole.AccessibleTextRole, line.spoken if column == 0 else text)
                self._table.setItem(number, column, cell)
            if line.sha256 == chosen:
                self._table.selectRow(number)
        self._table.setVisible(bool(self._lines))
        self._pause.setVisible(bool(self._lines))
        self._table.setFixedHeight(
            self._table.horizontalHeader().sizeHint().height() + _ROW * min(len(self._lines), _MOST) + 4
        )
        self._cap.setCurrentIndex(CAPS.index(self._rules.cap) if self._rules.cap in CAPS else 0)
        self._after.setChecked(self._rules.videos_after_hours)
        self._on_chosen()

    def _line(self) -> FileLine | None:
        row = self._table.currentRow()
        return self._lines[row] if 0 <= row < len(self._lines) and self._table.selectedItems() else None

    def _on_chosen(self) -> None:
        line = self._line()
        words = self.tr("Go on with this file") if line is not None and line.paused else self.tr("Pause this file")
        self._pause.setEnabled(line is not None)
        self._pause.setText(words)
        self._pause.setAccessibleName(words)

    def _on_pause(self) -> None:
        line, desk = self._line(), self._shell.desk
        if line is not None:
            files: Transfers | Incoming = desk.incoming if line.coming else desk.transfers
            change = files.resume if line.paused else files.pause
            self._shell.bridge.store(lambda: change(line.sha256), lambda _none: self.refresh())

    def _set(self, rules: TransferRules) -> None:
        transfers = self._shell.desk.transfers
        self._shell.bridge.store(lambda: transfers.set_rules(rules), lambda _none: self.refresh())

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._title, 1)
        for widget in (self._pause, self._after, self._cap_name, self._cap):
            head.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(head)
        layout.addWidget(self._table)


def _table(parent: QWidget) -> QTableWidget:
    made = QTableWidget(0, len(_WIDTHS), parent)
    made.setObjectName("centre.files")
    made.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    made.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    made.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    made.setShowGrid(False)
    made.setTabKeyNavigation(False)
    made.verticalHeader().hide()
    made.verticalHeader().setDefaultSectionSize(_ROW)
    made.horizontalHeader().setHighlightSections(False)
    made.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    for column, width in enumerate(_WIDTHS):
        mode = QHeaderView.ResizeMode.Interactive if width else QHeaderView.ResizeMode.Stretch
        made.horizontalHeader().setSectionResizeMode(column, mode)
        if width:
            made.setColumnWidth(column, width)
    return made
