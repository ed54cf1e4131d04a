"""Under the chips: the fields that the chosen kind is narrowed by, each a list of its values; hidden where there are none."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from desktop.domain.filtering import filter_word, filters_of
from desktop.domain.kind import Kind
from desktop.ui.layouts import clear
from desktop.ui.presenters.form import choices
from desktop.ui.presenters.words import label

_IN_ROW = 2  # a box does not shorten its words, it cuts them


class FilterBar(QWidget):
    """Signal: `changed()`. Object names: `filter.<field>`."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind: tuple[Kind | None, str] = (None, "")
        self._boxes: dict[str, QComboBox] = {}
        self._layout = QGridLayout(self)
        self._layout.setContentsMargins(12, 0, 12, 10)
        self._layout.setSpacing(6)
        self.hide()

    @property
    def marks(self) -> tuple[str, ...]:
        """The words of what is chosen (`ListQuery.marks`)."""
        chosen = ((name, str(box.currentData() or "")) for name, box in self._boxes.items())
        return tuple(filter_word(name, value) for name, value in chosen if value)

    def show_kind(self, kind: Kind | None, lang: str) -> None:
        """The filters of this kind, nothing chosen; the same kind again changes nothing."""
        if (kind, lang) == self._kind:
            return
        self._kind = (kind, lang)
        clear(self._layout)
        self._boxes = {}
        for place, field in enumerate(filters_of(kind) if kind is not None else ()):
            box = QComboBox(self)
            box.setObjectName(f"filter.{field.name}")
            box.setAccessibleName(label(field.label, lang))
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(6)
            box.addItem(label(field.label, lang), "")  # all of them
            for option in choices(field, lang):
                box.addItem(option.label, option.value)
            box.activated.connect(lambda _row: self.changed.emit())
            self._layout.addWidget(box, place // _IN_ROW, place % _IN_ROW)
            self._layout.setColumnStretch(place % _IN_ROW, 1)
            self._boxes[field.name] = box
        self.setVisible(bool(self._boxes))
