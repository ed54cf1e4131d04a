"""A switch of several words of which one is on."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from desktop.ui.theme.roles import Role, set_role


class Segments(QWidget):
    """Arrow keys move within it. Signals: `chosen(str)` when a person chose."""

    chosen = Signal(str)

    def __init__(self, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: dict[str, QPushButton] = {}
        group = QButtonGroup(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for number, name in enumerate(names):
            button = QPushButton(self)
            button.setObjectName(f"segment.{name}")
            button.setCheckable(True)
            button.setAutoDefault(False)  # in a dialog the first one would look chosen
            last = number == len(names) - 1
            set_role(button, Role.SEGMENT_FIRST if number == 0 else Role.SEGMENT_LAST if last else Role.SEGMENT)
            button.clicked.connect(lambda _checked=False, name=name: self.chosen.emit(name))
            group.addButton(button)
            layout.addWidget(button)
            self._buttons[name] = button

    def name_all(self, words: dict[str, str]) -> None:
        for name, text in words.items():
            self._buttons[name].setText(text)
            self._buttons[name].setAccessibleName(text)

    def choose(self, name: str) -> None:
        """Without `chosen`."""
        self._buttons[name].setChecked(True)

    def allow(self, name: str, *, allowed: bool, why: str = "") -> None:
        self._buttons[name].setEnabled(allowed)
        self._buttons[name].setToolTip(why)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
        names = [name for name, button in self._buttons.items() if button.isEnabled()]
        focused = next((name for name in names if self._buttons[name].hasFocus()), None)
        if step is None or focused is None:
            super().keyPressEvent(event)
            return
        name = names[(names.index(focused) + step) % len(names)]
        self._buttons[name].setFocus()
        self._buttons[name].click()
