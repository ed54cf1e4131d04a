"""The form drawn from a kind: labels above controls, what must be filled marked, help and clause in the tool tip."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop.application.records import Shown
from desktop.domain.digest import Json
from desktop.domain.relations import WIDGET, Relation
from desktop.ui.document.attachments_control import AttachmentsControl
from desktop.ui.document.controls import CONTROLS, Control, LineControl
from desktop.ui.document.people_control import PeopleControl
from desktop.ui.document.relations_control import RelationsControl
from desktop.ui.document.structured_controls import STRUCTURED
from desktop.ui.layouts import clear
from desktop.ui.plain_label import PlainLabel
from desktop.ui.presenters.form import Form
from desktop.ui.theme.roles import Role, set_role

_KINDS: Mapping[str, type[Control]] = {
    **CONTROLS,
    **STRUCTURED,
    "people": PeopleControl,
    "attachments": AttachmentsControl,
    WIDGET: RelationsControl,
}


class FormView(QWidget):
    """Everything but the title and the long text. Signals: `edited()`, `left()`; `search_wanted(str)` for related entries."""

    search_wanted = Signal(str)
    files_wanted = Signal(str)
    file_dropped = Signal(str)
    edited = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form: Form | None = None
        self._controls: dict[str, Control] = {}
        self._relations: RelationsControl | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(2)

    def build(self, form: Form) -> None:
        """The controls of this form; the same form again changes nothing."""
        if form == self._form:
            return
        self._form = form
        clear(self._layout)
        self._controls, self._relations = {}, None
        for field in form.fields:
            if field.name == form.title:
                continue
            control = _KINDS.get(field.widget, LineControl)(field, self)
            control.setToolTip(field.hint)
            if field.widget != "check":
                self._layout.addWidget(self._label(field.label, required=field.required, control=control))
            self._layout.addWidget(control)
            self._layout.addSpacing(6)
            control.edited.connect(self.edited)
            control.left.connect(self.left)
            self._controls[field.name] = control
            if isinstance(control, RelationsControl):
                self._relations = control
                control.search_wanted.connect(self.search_wanted)

            if isinstance(control, AttachmentsControl):
                control.files_wanted.connect(lambda name=field.name: self.files_wanted.emit(name))
                control.file_dropped.connect(self.file_dropped)

    def load(self, fields: Mapping[str, Json]) -> None:
        """Show these values without `edited`."""
        for name, control in self._controls.items():
            control.load(fields.get(name))

    def values(self) -> dict[str, Json]:
        return {name: control.value() for name, control in self._controls.items()}

    def go_to(self, name: str) -> bool:
        """Put the focus into a field; False when it is not here."""
        control = self._controls.get(name)
        if control is not None:
            control.setFocus()
        return control is not None

    def show_files(self, files: Sequence[Mapping[str, Json]]) -> None:
        """The entry's attachments, for the fields that some of them belong to."""
        for control in self._controls.values():
            if isinstance(control, AttachmentsControl):
                control.show_files(files)

    def take_file(self, name: str, sha256: str) -> None:
        """An answer to `files_wanted`: a file for the field `name`."""
        control = self._controls.get(name)
        if isinstance(control, AttachmentsControl):
            control.take(sha256)

    def show_found(self, found: Sequence[Shown]) -> None:
        """The answer to `search_wanted`."""
        if self._relations is not None:
            self._relations.show_found(found)

    def begin_related(self) -> None:
        """Another entry stands here."""
        if self._relations is not None:
            self._relations.begin()

    def show_named(self, named: Sequence[Relation]) -> None:
        """Relations that the text itself names."""
        if self._relations is not None:
            self._relations.show_named(named)

    def show_inverse(self, lines: Sequence[str]) -> None:
        """What other entries say of this one."""
        if self._relations is not None:
            self._relations.show_inverse(lines)

    def _label(self, text: str, *, required: bool, control: Control) -> QLabel:
        label = PlainLabel(self.tr("{field} (required)").format(field=text) if required else text, self)
        label.setBuddy(control)
        label.setWordWrap(True)
        set_role(label, Role.FIELD_LABEL)
        return label
