"""What this is, which version, under which licence, and where the home lies."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.plain_label import PlainLabel
from desktop.ui.theme.roles import Role, set_role


def about(version: str, home: Path, *, parent: QWidget, words: tuple[str, str]) -> QWidget:
    """`words`: what it is, and the licence line, in the language in use."""
    box = QWidget(parent)
    box.setObjectName("about")
    layout = QVBoxLayout(box)
    layout.setSpacing(8)
    for text, role in (
        (f"Tòa Soạn {version}", Role.HEADING),
        (words[0], None),
        (words[1], Role.MUTED),
        (str(home), Role.MUTED),
    ):
        label = PlainLabel(text, box)
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if role is not None:
            set_role(label, role)
        layout.addWidget(label)
    return box
