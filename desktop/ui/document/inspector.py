"""The column beside the text: why it came back, its facts, its files, and what is checked before it is sent."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.digest import Json
from desktop.ui.document.checks_list import ChecksList
from desktop.ui.document.files_list import FilesList
from desktop.ui.document.form_view import FormView
from desktop.ui.grounds import set_ground
from desktop.ui.plain_label import PlainLabel
from desktop.ui.presenters.checks import Check
from desktop.ui.presenters.history import Remark
from desktop.ui.theme.roles import Role, set_role, set_tone
from desktop.ui.theme.tokens import INSPECTOR_WIDTH, Tone

_NARROWEST = 200


class Inspector(QScrollArea):
    """Signals: `edited()`, `left()` of the form; `described(sha256, alt, source, licence)`, `file_opened(FileWords)` of a file."""

    file_opened = Signal(object)
    described = Signal(str, str, str, str)
    edited = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inspector")
        self.setWidgetResizable(True)
        self.setMinimumWidth(_NARROWEST)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget(self)
        set_ground(inner, Role.INSPECTOR)
        self._remark = PlainLabel(parent=inner)
        self._remark.setObjectName("inspector.remark")
        self._remark.setWordWrap(True)
        set_tone(self._remark, Tone.BAD)
        self.form = FormView(inner)
        self._files_title = _heading(inner)
        self._files = FilesList(inner)
        self._files.setObjectName("inspector.files")
        self._files.described.connect(self.described)
        self._files.opened.connect(self.file_opened)
        self._checks_title = _heading(inner)
        self.checks = ChecksList(inner)
        layout = QVBoxLayout(inner)
        layout.setContentsMargins(16, 14, 16, 14)
        layout.setSpacing(4)
        for widget in (self._remark, self.form, self._files_title, self._files, self._checks_title, self.checks):
            layout.addWidget(widget)
        layout.addStretch(1)
        self.setWidget(inner)
        self.form.edited.connect(self.edited)
        self.form.left.connect(self.left)
        self.resize(INSPECTOR_WIDTH, self.height())
        self.retranslate()

    def show_remark(self, remark: Remark | None) -> None:
        """Why the text came back."""
        if remark is not None:
            said = self.tr("Returned by {who}: “{reason}”").format(who=remark.by, reason=remark.text)
            self._remark.setText(said)
        self._remark.setVisible(remark is not None)

    def show_files(self, files: Sequence[Mapping[str, Json]]) -> None:
        self._files.show_files(files)
        self.form.show_files(files)
        self._files_title.setVisible(bool(files))

    def show_checks(self, checks: Sequence[Check]) -> None:
        self.checks.show_checks(checks)

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Facts"))
        self._files_title.setText(self.tr("Files"))
        self._checks_title.setText(self.tr("Checks before sending"))


def _heading(parent: QWidget) -> QLabel:
    label = PlainLabel(parent=parent)
    set_role(label, Role.CARD_TITLE)
    return label
