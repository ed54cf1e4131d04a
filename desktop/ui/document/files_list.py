"""The files of an entry, one under the other; what each shows, whose it is and under which licence is asked in a small window."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.digest import Json
from desktop.ui.layouts import clear
from desktop.ui.presenters.values import file_size

_ORIGINAL = 3  # its row, under what is said of the file
_WIDEST = 200  # a long name would push the column beside the text wider than it is


class FilesList(QWidget):
    """Signals: `described(sha256, alt, source, licence)`, `opened(FileWords)`. Object names: `inspector.file.<n>`, from 1."""

    described = Signal(str, str, str, str)
    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[Mapping[str, Json], ...] = ()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(2)

    def show_files(self, files: Sequence[Mapping[str, Json]]) -> None:
        if tuple(files) == self._shown:
            return
        self._shown = tuple(files)
        clear(self._layout)
        for number, file in enumerate(files, 1):
            name, alt = str(file.get("name") or ""), str(file.get("alt") or "")
            shown = self.fontMetrics().elidedText(f"📎 {name}", Qt.TextElideMode.ElideMiddle, _WIDEST)
            button = QPushButton(shown.replace("&", "&&"), self)
            button.setObjectName(f"inspector.file.{number}")
            button.setFlat(True)
            button.setAccessibleName(name)
            button.setToolTip(alt or self.tr("Say what it shows, whose it is and under which licence"))
            button.clicked.connect(lambda _checked=False, file=file: self._ask(file))
            self._layout.addWidget(button, alignment=Qt.AlignmentFlag.AlignLeft)
        self.setVisible(bool(files))

    def _ask(self, file: Mapping[str, Json]) -> None:
        dialog = FileWords(file, self.window())
        sha256 = str(file.get("sha256") or "")
        dialog.accepted.connect(lambda: self.described.emit(sha256, *dialog.words()))
        dialog.open()
        self.opened.emit(dialog)


class FileWords(QDialog):
    """Alternative text, author or source, licence of one file, and the picture as it came, where it was kept (`show_original`).

    Signals: `copy_wanted()`, `drop_wanted()` of the original. Object names `file.words`, `file.alt`, `file.source`, `file.licence`,
    `file.original.copy`, `file.original.drop`.
    """

    copy_wanted = Signal()
    drop_wanted = Signal()

    def __init__(self, file: Mapping[str, Json], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.file = file
        self.setObjectName("file.words")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(str(file.get("name") or ""))
        self._layout = layout = QFormLayout(self)
        self._original: QHBoxLayout | None = None
        self._fields = []
        for name, words in (
            ("alt", self.tr("What it shows")),
            ("source", self.tr("Author or source")),
            ("licence", self.tr("Licence")),
        ):
            field = QLineEdit(str(file.get(name) or ""), self)
            field.setObjectName(f"file.{name}")
            field.setAccessibleName(words)
            field.setMinimumWidth(320)
            layout.addRow(words, field)
            self._fields.append(field)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, self)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout.addRow(buttons)

    def show_original(self, size: int) -> None:
        """There is one, of so many bytes."""
        self._original = row = QHBoxLayout()
        for name, words, asked in (
            ("copy", self.tr("Save a copy…"), self.copy_wanted),
            ("drop", self.tr("Delete"), self.drop_wanted),
        ):
            button = QPushButton(words, self)
            button.setObjectName(f"file.original.{name}")
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, asked=asked: asked.emit())
            row.addWidget(button)
        row.addStretch(1)
        said = self.tr("As it came, only on this machine ({size})").format(size=file_size(size))
        self._layout.insertRow(_ORIGINAL, said, row)

    def forget_original(self) -> None:
        """There is none any more."""
        if self._original is not None:
            self._layout.removeRow(self._original)
            self._original = None

    def words(self) -> tuple[str, str, str]:
        """(alt, source, licence)."""
        alt, source, licence = (field.text().strip() for field in self._fields)
        return alt, source, licence
