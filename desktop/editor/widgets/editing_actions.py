"""The actions of the editor: one table of name, words and key for menu, toolbar and command palette."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:  # noqa: N802  the name that Qt Linguist looks for
    """Marks `text` for translation where it is written; PySide6's own is typed `object`."""
    return text


@dataclass(frozen=True)
class EditingAction:
    """`short` stands on the toolbar, `text` everywhere else; `group` parts the toolbar with lines (0: not on it).

    `reads`: of use also where nothing may be written; `checked`: on or off, and how it begins.
    """

    name: str
    text: str
    short: str
    key: str = ""
    group: int = 0
    reads: bool = False
    checked: bool | None = None


TABLE: tuple[EditingAction, ...] = (
    EditingAction("bold", QT_TRANSLATE_NOOP("EditingActions", "Bold"), "B", "Ctrl+B", 1),
    EditingAction("italic", QT_TRANSLATE_NOOP("EditingActions", "Italic"), "I", "Ctrl+I", 1),
    EditingAction("heading-2", QT_TRANSLATE_NOOP("EditingActions", "Heading 2"), "H2", "Ctrl+Alt+2", 1),
    EditingAction("heading-3", QT_TRANSLATE_NOOP("EditingActions", "Heading 3"), "H3", "Ctrl+Alt+3", 1),
    EditingAction("heading-4", QT_TRANSLATE_NOOP("EditingActions", "Heading 4"), "H4", "Ctrl+Alt+4"),
    EditingAction("bullets", QT_TRANSLATE_NOOP("EditingActions", "Bulleted list"),
                  QT_TRANSLATE_NOOP("EditingActions", "• List"), "Ctrl+Shift+L", 2),
    EditingAction("numbers", QT_TRANSLATE_NOOP("EditingActions", "Numbered list"),
                  QT_TRANSLATE_NOOP("EditingActions", "1. Numbers"), "Ctrl+Shift+N", 2),
    EditingAction("table", QT_TRANSLATE_NOOP("EditingActions", "Insert a table"),
                  QT_TRANSLATE_NOOP("EditingActions", "Table"), "", 2),
    EditingAction("quote", QT_TRANSLATE_NOOP("EditingActions", "Quotation"),
                  QT_TRANSLATE_NOOP("EditingActions", "Quote"), "Ctrl+Shift+Q", 2),
    EditingAction("picture", QT_TRANSLATE_NOOP("EditingActions", "Insert a picture…"),
                  QT_TRANSLATE_NOOP("EditingActions", "Picture"), "", 3),
    EditingAction("file", QT_TRANSLATE_NOOP("EditingActions", "Attach a file to the text…"),
                  QT_TRANSLATE_NOOP("EditingActions", "File"), "", 3),
    EditingAction("import", QT_TRANSLATE_NOOP("EditingActions", "Bring in the text of a file…"), "", "Ctrl+Alt+O"),
    EditingAction("link", QT_TRANSLATE_NOOP("EditingActions", "Insert a link"),
                  QT_TRANSLATE_NOOP("EditingActions", "Link"), "Ctrl+K", 3),
    EditingAction("find", QT_TRANSLATE_NOOP("EditingActions", "Find in the text"), "", "Ctrl+F", reads=True),
    EditingAction("find-next", QT_TRANSLATE_NOOP("EditingActions", "Find next"), "", "F3", reads=True),
    EditingAction("find-previous", QT_TRANSLATE_NOOP("EditingActions", "Find previous"), "", "Shift+F3", reads=True),
    EditingAction("replace", QT_TRANSLATE_NOOP("EditingActions", "Find and replace"), "", "Ctrl+H"),
    EditingAction("proof", QT_TRANSLATE_NOOP("EditingActions", "Next mistake in the text"), "", "F7", reads=True),
    EditingAction("footnote", QT_TRANSLATE_NOOP("EditingActions", "Footnote"), "", "Ctrl+Shift+K"),
    EditingAction("snippet", QT_TRANSLATE_NOOP("EditingActions", "Insert a set phrase…"),
                  QT_TRANSLATE_NOOP("EditingActions", "Phrases"), "Ctrl+Shift+J", 3),
    EditingAction("no-break", QT_TRANSLATE_NOOP("EditingActions", "Non-breaking space"), "", "Ctrl+Shift+Space"),
    EditingAction("typography", QT_TRANSLATE_NOOP("EditingActions", "Typeset quotation marks, dashes and units"), "",
                  "Ctrl+Shift+Y"),
    EditingAction("row-add", QT_TRANSLATE_NOOP("EditingActions", "Table: row below"), "", "Alt+Shift+Down"),
    EditingAction("row-remove", QT_TRANSLATE_NOOP("EditingActions", "Table: remove the row"), "", "Alt+Shift+Up"),
    EditingAction("column-add", QT_TRANSLATE_NOOP("EditingActions", "Table: column to the right"), "", "Alt+Shift+Right"),
    EditingAction("column-remove", QT_TRANSLATE_NOOP("EditingActions", "Table: remove the column"), "", "Alt+Shift+Left"),
    EditingAction("align-left", QT_TRANSLATE_NOOP("EditingActions", "Table: column to the left edge"), "", "Ctrl+L"),
    EditingAction("align-center", QT_TRANSLATE_NOOP("EditingActions", "Table: column centred"), "", "Ctrl+E"),
    EditingAction("align-right", QT_TRANSLATE_NOOP("EditingActions", "Table: column to the right edge"), "", "Ctrl+R"),
    EditingAction("outline", QT_TRANSLATE_NOOP("EditingActions", "Outline"), "", "Ctrl+Shift+O", reads=True, checked=False),
    EditingAction("fold", QT_TRANSLATE_NOOP("EditingActions", "Fold or unfold the section"), "", "Ctrl+Alt+F", reads=True),
    EditingAction("unfold-all", QT_TRANSLATE_NOOP("EditingActions", "Unfold everything"), "", "Ctrl+Alt+U", reads=True),
    EditingAction("focus-mode", QT_TRANSLATE_NOOP("EditingActions", "Only the paragraph that is written in"), "", "F11",
                  reads=True, checked=False),
    EditingAction("source", QT_TRANSLATE_NOOP("EditingActions", "Show all signs of the source"), "", "Ctrl+/", reads=True,
                  checked=False),
    EditingAction("curling", QT_TRANSLATE_NOOP("EditingActions", "Typeset while typing"), "", checked=True),
    EditingAction("zoom-in", QT_TRANSLATE_NOOP("EditingActions", "Larger text"), "", "Ctrl++", reads=True),
    EditingAction("zoom-out", QT_TRANSLATE_NOOP("EditingActions", "Smaller text"), "", "Ctrl+-", reads=True),
    EditingAction("zoom-reset", QT_TRANSLATE_NOOP("EditingActions", "Text in its usual size"), "", "Ctrl+0", reads=True),
)  # fmt: skip

_ALSO = {"zoom-in": ("Ctrl+=",)}  # the same key without Shift


class EditingActions(QObject):
    """The QActions of one editor. Signals: `chosen(str)` with the name. Object names: `action.<name>`."""

    chosen = Signal(str)

    def __init__(self, pane: QWidget) -> None:
        super().__init__(pane)
        self._actions: dict[str, QAction] = {}
        for row in TABLE:
            action = QAction(pane)
            action.setObjectName(f"action.{row.name}")
            action.setShortcuts([QKeySequence(key) for key in (row.key, *_ALSO.get(row.name, ())) if key])
            # Only where the text is: Ctrl+F of the list beside it is another one.
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.setCheckable(row.checked is not None)
            action.setChecked(row.checked is True)
            action.triggered.connect(self._on_triggered)
            pane.addAction(action)
            self._actions[row.name] = action
        self.retranslate()

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def __iter__(self) -> Iterator[tuple[EditingAction, QAction]]:
        return ((row, self._actions[row.name]) for row in TABLE)

    def set_writable(self, writable: bool) -> None:  # noqa: FBT001  the state is the one argument
        """A text that may only be read can still be searched."""
        for row, action in self:
            action.setEnabled(writable or row.reads)

    def retranslate(self) -> None:
        for row in TABLE:
            action, text = self._actions[row.name], QCoreApplication.translate("EditingActions", row.text)
            key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            action.setText(text)
            action.setIconText(QCoreApplication.translate("EditingActions", row.short) if row.short else text)
            action.setToolTip(f"{text} ({key})" if key else text)
            action.setStatusTip(text)

    def _on_triggered(self) -> None:
        self.chosen.emit(self.sender().objectName().removeprefix("action."))
