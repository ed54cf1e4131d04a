"""Toolbar, outline, find bar and source together: the part of a document's page where text is written."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QResizeEvent, QTextCursor
from PySide6.QtWidgets import QBoxLayout, QMenu, QVBoxLayout, QWidget

from desktop.editor.text.outline import Reading
from desktop.editor.widgets.colours import EditorColours
from desktop.editor.widgets.editing_actions import EditingActions
from desktop.editor.widgets.editing_commands import COMMANDS, TABLE_COMMANDS
from desktop.editor.widgets.editor_toolbar import EditorToolbar
from desktop.editor.widgets.find_bar import FindBar
from desktop.editor.widgets.outline_panel import OutlinePanel
from desktop.editor.widgets.source_editor import SourceEditor

_WIDE = 560  # from here on the outline stands beside the text, else above it
ZOOMS = (70, 80, 90, 100, 110, 125, 150, 175, 200)


class EditorPane(QWidget):
    """Signals: `picture_requested()`, `file_requested()`, `import_requested()`: the window asks for a file and attaches it, or
    brings its text in; `chosen()` when something of how one writes was chosen anew (`choices` tells all of it).

    Words, reading time and outline come from outside (`show_reading`): reading a long text is no work for the GUI thread.
    """

    picture_requested = Signal()
    file_requested = Signal()
    chosen = Signal()
    import_requested = Signal()

    def __init__(
        self, parent: QWidget | None = None, *, colours: EditorColours | None = None, own_toolbar: bool = True
    ) -> None:
        """Without `own_toolbar` the window places `toolbar` itself (over editor, preview and inspector together)."""
        super().__init__(parent)
        self._phrases: Sequence[tuple[str, str]] = ()
        self.actions_table = EditingActions(self)
        self.editor = SourceEditor(self, colours=colours)
        self.editor.setObjectName("editor.text")
        self.toolbar = EditorToolbar(self.actions_table, self)
        self.find_bar = FindBar(self.editor, self)
        self.outline = OutlinePanel(self.editor.folding, self)
        self._lay_out(own_toolbar=own_toolbar)
        self.setFocusProxy(self.editor)
        self.actions_table.chosen.connect(self._on_chosen)
        self.editor.zoom_requested.connect(self._step_zoom)
        self.outline.line_chosen.connect(self.go_to_line)
        self.outline.left.connect(self.editor.setFocus)
        self.set_phrases(())
        if colours is not None:
            self.set_colours(colours)

    def set_colours(self, colours: EditorColours) -> None:
        self.editor.set_colours(colours)
        self.find_bar.set_colours(colours)

    def set_writable(self, writable: bool) -> None:  # noqa: FBT001  the state is the one argument
        self.editor.setReadOnly(not writable)
        self.actions_table.set_writable(writable)
        self.actions_table["snippet"].setEnabled(writable and bool(self._phrases))

    def set_phrases(self, phrases: Sequence[tuple[str, str]]) -> None:
        """Set phrases by name, as the portal profile has them."""
        self._phrases = phrases
        self.actions_table["snippet"].setEnabled(bool(phrases) and not self.editor.isReadOnly())

    def show_reading(self, reading: Reading) -> None:
        """What was read in the text: its words, the time it takes, its outline."""
        self.toolbar.set_words(reading.words)
        self.outline.show_items(reading.outline)

    def go_to_line(self, line: int) -> None:
        """The caret to the beginning of `line`, counted from 0."""
        block = self.editor.document().findBlockByNumber(line)
        if block.isValid():
            self.editor.setTextCursor(QTextCursor(block))
            self.editor.centerCursor()
            self.editor.setFocus()

    def choices(self) -> dict[str, str]:
        """How one writes: the names that `choose` knows, each with its value."""
        marked = {row.name: action for row, action in self.actions_table if row.checked is not None}
        return {name: str(action.isChecked()) for name, action in marked.items()} | {"zoom": str(self.editor.zoom)}

    def choose(self, name: str, value: str) -> None:
        """One of `choices` as it was told; another value counts as none."""
        if name == "zoom":
            self._zoom(next((zoom for zoom in ZOOMS if str(zoom) == value), 100))
        elif value in {"True", "False"} and self.actions_table[name].isChecked() != (value == "True"):
            self.actions_table[name].trigger()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.actions_table.retranslate()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width() >= _WIDE
        self._beside.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        self.outline.take_side(beside=wide)

    def _lay_out(self, *, own_toolbar: bool) -> None:
        layout = QVBoxLayout(self)
        self._beside = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        for one in (layout, self._beside):
            one.setContentsMargins(0, 0, 0, 0)
            one.setSpacing(0)
        if own_toolbar:
            layout.addWidget(self.toolbar)
        layout.addWidget(self.find_bar)
        self._beside.addWidget(self.outline)
        self._beside.addWidget(self.editor, 1)
        layout.addLayout(self._beside, 1)

    @Slot(str)
    def _on_chosen(self, name: str) -> None:
        if name in COMMANDS or name in TABLE_COMMANDS:
            self.editor.run_command(name)
            self.editor.setFocus()
            return
        line = self.editor.textCursor().blockNumber()
        checked = self.actions_table[name].isChecked()
        others: dict[str, Callable[[], None]] = {
            "find": self.find_bar.open_bar,
            "replace": lambda: self.find_bar.open_bar(replace=True),
            "find-next": self.find_bar.find_next,
            "find-previous": self.find_bar.find_previous,
            "picture": self.picture_requested.emit,
            "file": self.file_requested.emit,
            "import": self.import_requested.emit,
            "proof": self.editor.proofing.go_on,
            "snippet": self._offer_phrases,
            "outline": lambda: self._show_outline(shown=checked),
            "fold": lambda: self.outline.toggle_fold(line),
            "unfold-all": self.editor.folding.unfold_all,
            "focus-mode": lambda: self.editor.set_focused(checked),
            "source": lambda: self.editor.set_quiet(not checked),
            "curling": lambda: self.editor.set_curling(checked),
            "zoom-in": lambda: self._step_zoom(1),
            "zoom-out": lambda: self._step_zoom(-1),
            "zoom-reset": lambda: self._zoom(100),
        }
        others[name]()
        if self.actions_table[name].isCheckable():
            self.chosen.emit()

    def _show_outline(self, *, shown: bool) -> None:
        """Opened by a person the outline gets the keyboard; put away it gives it back."""
        self.outline.setVisible(shown)
        if shown and self.editor.hasFocus():
            self.outline.setFocus()
        elif not shown:
            self.editor.setFocus()

    @Slot(int)
    def _step_zoom(self, step: int) -> None:
        place = ZOOMS.index(self.editor.zoom) + step
        self._zoom(ZOOMS[max(0, min(place, len(ZOOMS) - 1))])
        self.chosen.emit()

    def _zoom(self, percent: int) -> None:
        self.editor.set_zoom(percent)

    def _offer_phrases(self) -> None:
        """A menu of them at the caret; what is chosen goes in, and what is to be filled in is selected."""
        if self.editor.composing:
            return
        menu = QMenu(self)
        menu.setObjectName("editor.phrases")
        for name, text in self._phrases:
            action = menu.addAction(name)
            action.setToolTip(text)
            action.triggered.connect(lambda _checked=False, text=text: self.editor.insert_phrase(text))
        if menu.actions():
            menu.setActiveAction(menu.actions()[0])
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.editor.viewport().mapToGlobal(self.editor.cursorRect().bottomLeft()))
