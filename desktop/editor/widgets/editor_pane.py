"""Toolbar, find bar and source together: the part of a document's page where text is written."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.editor.widgets.colours import EditorColours
from desktop.editor.widgets.editing_actions import EditingActions
from desktop.editor.widgets.editing_commands import COMMANDS
from desktop.editor.widgets.editor_toolbar import EditorToolbar
from desktop.editor.widgets.find_bar import FindBar
from desktop.editor.widgets.source_editor import SourceEditor


class EditorPane(QWidget):
    """Signals: `picture_requested()`, `file_requested()`: the window asks for a file and attaches it.

    The number of words comes from outside (`toolbar.set_words`): counting a long text is no work for the GUI thread.
    """

    picture_requested = Signal()
    file_requested = Signal()

    def __init__(
        self, parent: QWidget | None = None, *, colours: EditorColours | None = None, own_toolbar: bool = True
    ) -> None:
        """Without `own_toolbar` the window places `toolbar` itself (over editor, preview and inspector together)."""
        super().__init__(parent)
        self.actions_table = EditingActions(self)
        self.editor = SourceEditor(self, colours=colours)
        self.editor.setObjectName("editor.text")
        self.toolbar = EditorToolbar(self.actions_table, self)
        self.find_bar = FindBar(self.editor, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        if own_toolbar:
            layout.addWidget(self.toolbar)
        layout.addWidget(self.find_bar)
        layout.addWidget(self.editor, 1)
        self.setFocusProxy(self.editor)
        self.actions_table.chosen.connect(self._on_chosen)
        if colours is not None:
            self.set_colours(colours)

    def set_colours(self, colours: EditorColours) -> None:
        self.editor.set_colours(colours)
        self.find_bar.set_colours(colours)

    def set_writable(self, writable: bool) -> None:  # noqa: FBT001  the state is the one argument
        self.editor.setReadOnly(not writable)
        self.actions_table.set_writable(writable)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.actions_table.retranslate()
        super().changeEvent(event)

    @Slot(str)
    def _on_chosen(self, name: str) -> None:
        if name in COMMANDS:
            self.editor.run_command(name)
            self.editor.setFocus()
            return
        others: dict[str, Callable[[], None]] = {
            "find": self.find_bar.open_bar,
            "replace": lambda: self.find_bar.open_bar(replace=True),
            "find-next": self.find_bar.find_next,
            "find-previous": self.find_bar.find_previous,
            "picture": self.picture_requested.emit,
            "file": self.file_requested.emit,
            "source": lambda: self.editor.set_quiet(not self.actions_table["source"].isChecked()),
            "proof": self.editor.proofing.go_on,
        }
        others[name]()
