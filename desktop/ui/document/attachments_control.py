"""Files that belong to a field: chosen here, named here, and taken out of the entry again; their bytes are the entry's attachments."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from desktop.domain.digest import Json
from desktop.ui.document.controls import Control
from desktop.ui.presenters.form import FormField
from desktop.ui.presenters.values import file_size

_ROWS = 3
_NEXT = 1


class AttachmentsControl(Control):
    """Signals: `files_wanted()`, answered by `take`; `file_dropped(sha256)`."""

    files_wanted = Signal()
    file_dropped = Signal(str)

    def __init__(self, field: FormField, parent: QWidget) -> None:
        super().__init__(field, parent)
        self._value: list[str] = []
        self._files: Mapping[str, Mapping[str, Json]] = {}
        self._list = QListWidget(self)
        self._list.setObjectName(f"field.{field.name}")
        self._list.setAccessibleName(field.label)
        self._list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._add = QPushButton(self.tr("Add files…"), self)
        self._add.setObjectName(f"field.{field.name}.add")
        self._remove = QPushButton(self.tr("Remove"), self)
        self._remove.setObjectName(f"field.{field.name}.remove")
        self._add.clicked.connect(self.files_wanted)
        self._remove.clicked.connect(self._on_remove)
        self.setFocusProxy(self._add)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(0, 0, 0, 0)
        for button in (self._add, self._remove):
            buttons.addWidget(button)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._list)
        layout.addLayout(buttons)
        self._show()

    def load(self, value: Json) -> None:
        given = [item for item in value if isinstance(item, str)] if isinstance(value, list) else []
        if given != self._value:
            self._value = given
            self._show()

    def value(self) -> Json:
        return list(self._value)

    def show_files(self, files: Sequence[Mapping[str, Json]]) -> None:
        """The entry's attachments, which say what a file is called."""
        self._files = {str(file.get("sha256")): file for file in files}
        self._show()

    def take(self, sha256: str) -> None:
        """A file that the entry has now."""
        if sha256 not in self._value:
            self._value.append(sha256)
            self._show()
            self.edited.emit()

    def _on_remove(self) -> None:
        row = self._list.currentRow()
        if 0 <= row < len(self._value):
            sha256 = self._value.pop(row)
            self._show()
            self._list.setCurrentRow(min(row, len(self._value) - _NEXT))
            self.edited.emit()
            self.file_dropped.emit(sha256)

    def _show(self) -> None:
        row = self._list.currentRow()
        self._list.clear()
        for sha256 in self._value:
            file = self._files.get(sha256, {})
            name = str(file.get("name") or sha256[:12])
            item = QListWidgetItem(f"{name} · {file_size(file.get('size'))}" if file else name)
            item.setToolTip(name)
            self._list.addItem(item)
        self._list.setCurrentRow(row if 0 <= row < len(self._value) else len(self._value) - _NEXT)
        self._list.setVisible(bool(self._value))
        self._remove.setVisible(bool(self._value))
        height = max(self._list.sizeHintForRow(0), self._list.fontMetrics().height() + 6)
        self._list.setFixedHeight(height * min(_ROWS, max(1, len(self._value))) + 2 * self._list.frameWidth() + 4)
