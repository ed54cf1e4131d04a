"""Every action of the window in one table: one name, one key, one place in the menu; the palette lists them all.

An action that is not allowed stays visible, disabled, and says why in its tool tip and status tip.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QWidget

from desktop.ui.presenters.words import QT_TRANSLATE_NOOP


@dataclass(frozen=True)
class Spec:
    """`keys`: the first is shown. `menu` names the menu; `choice` names the group of which one is checked."""

    name: str
    text: str
    menu: str
    keys: tuple[str, ...] = ()
    choice: str = ""
    checkable: bool = False


MENUS: Mapping[str, str] = {
    "entry": QT_TRANSLATE_NOOP("Menus", "&Entry"),
    "stage": QT_TRANSLATE_NOOP("Menus", "&Stages"),
    "view": QT_TRANSLATE_NOOP("Menus", "&View"),
    "account": QT_TRANSLATE_NOOP("Menus", "&Account"),
    "width": QT_TRANSLATE_NOOP("Menus", "Preview &width"),
    "language": QT_TRANSLATE_NOOP("Menus", "&Language"),
    "theme": QT_TRANSLATE_NOOP("Menus", "&Theme"),
    "help": QT_TRANSLATE_NOOP("Menus", "&Help"),
}

TABLE: tuple[Spec, ...] = (
    Spec("compose", QT_TRANSLATE_NOOP("Actions", "New entry"), "entry", ("Ctrl+N",)),
    Spec("paste-law", QT_TRANSLATE_NOOP("Actions", "Legal document from a pasted text…"), "entry", ("Ctrl+Alt+V",)),
    Spec("attach", QT_TRANSLATE_NOOP("Actions", "Attach a file…"), "entry", ("Ctrl+Shift+A",)),
    Spec(
        "keep-originals",
        QT_TRANSLATE_NOOP("Actions", "Keep pictures as they came, on this machine"),
        "entry",
        checkable=True,
    ),
    Spec("save", QT_TRANSLATE_NOOP("Actions", "Write to disk now"), "entry", ("Ctrl+S",)),
    Spec("copy", QT_TRANSLATE_NOOP("Actions", "Copy as a new entry"), "entry"),
    Spec("translate", QT_TRANSLATE_NOOP("Actions", "Translate into the other language"), "entry"),
    Spec("versions", QT_TRANSLATE_NOOP("Actions", "Earlier texts…"), "entry"),
    Spec("print", QT_TRANSLATE_NOOP("Actions", "Print…"), "entry", ("Ctrl+P",)),
    Spec("pdf", QT_TRANSLATE_NOOP("Actions", "The page as PDF…"), "entry", ("Ctrl+Alt+P",)),
    Spec("edit", QT_TRANSLATE_NOOP("Actions", "Correct the text"), "entry", ("F2",)),
    Spec("read", QT_TRANSLATE_NOOP("Actions", "Back to reading"), "entry", ("Shift+F2",)),
    Spec("export-document", QT_TRANSLATE_NOOP("Actions", "Export the document…"), "entry"),
    Spec("import-archive", QT_TRANSLATE_NOOP("Actions", "Import an old archive…"), "entry"),
    Spec("import-calendar", QT_TRANSLATE_NOOP("Actions", "Bring in a calendar (.ics)…"), "entry"),
    Spec("quit", QT_TRANSLATE_NOOP("Actions", "Quit"), "entry", ("Ctrl+Q",)),
    Spec("forward", QT_TRANSLATE_NOOP("Actions", "Send on"), "stage", ("Ctrl+Return", "Ctrl+Enter")),
    Spec("return", QT_TRANSLATE_NOOP("Actions", "Return with a reason…"), "stage", ("Ctrl+Backspace",)),
    Spec("recall", QT_TRANSLATE_NOOP("Actions", "Recall to edit"), "stage"),
    Spec("revise", QT_TRANSLATE_NOOP("Actions", "Revise what is published"), "stage"),
    Spec("unpublish", QT_TRANSLATE_NOOP("Actions", "Take off the portal…"), "stage"),
    Spec("restore", QT_TRANSLATE_NOOP("Actions", "Restore"), "stage"),
    Spec("discard", QT_TRANSLATE_NOOP("Actions", "Discard the draft…"), "stage"),
    Spec("search", QT_TRANSLATE_NOOP("Actions", "Search everything"), "view", ("Ctrl+Shift+F",)),
    Spec("clear-search", QT_TRANSLATE_NOOP("Actions", "Clear the search"), "view"),
    Spec("palette", QT_TRANSLATE_NOOP("Actions", "Find a command"), "view", ("Ctrl+Shift+P",)),
    Spec("as-portal", QT_TRANSLATE_NOOP("Actions", "As on the portal"), "view", ("Alt+1",)),
    Spec("compare", QT_TRANSLATE_NOOP("Actions", "Against what is published"), "view", ("Alt+2",)),
    Spec("as-source", QT_TRANSLATE_NOOP("Actions", "Source"), "view", ("Alt+3",)),
    Spec("next-pane", QT_TRANSLATE_NOOP("Actions", "Next panel"), "view", ("F6",)),
    Spec("toggle-preview", QT_TRANSLATE_NOOP("Actions", "Preview"), "view", ("F9",), checkable=True),
    Spec("next-width", QT_TRANSLATE_NOOP("Actions", "Another width of the preview"), "width", ("Shift+F9",)),
    Spec("width-pane", QT_TRANSLATE_NOOP("Actions", "As it fits"), "width", choice="width"),
    Spec("width-desktop", QT_TRANSLATE_NOOP("Actions", "Desktop"), "width", choice="width"),
    Spec("width-phone", QT_TRANSLATE_NOOP("Actions", "Phone"), "width", choice="width"),
    Spec("width-print", QT_TRANSLATE_NOOP("Actions", "On paper"), "width", choice="width"),
    Spec("toggle-inspector", QT_TRANSLATE_NOOP("Actions", "Facts"), "view", ("F8",), checkable=True),
    Spec("sync", QT_TRANSLATE_NOOP("Actions", "Synchronise now"), "account", ("F5",)),
    Spec("import-unsent", QT_TRANSLATE_NOOP("Actions", "Bring in exported work…"), "account"),
    Spec("network", QT_TRANSLATE_NOOP("Actions", "Network…"), "account"),
    Spec("sign-in", QT_TRANSLATE_NOOP("Actions", "Sign in…"), "account"),
    Spec("password", QT_TRANSLATE_NOOP("Actions", "Change password…"), "account"),
    Spec("sign-out", QT_TRANSLATE_NOOP("Actions", "Sign out"), "account"),
    Spec("language-vi", "Tiếng Việt", "language", choice="language"),
    Spec("language-en", "English", "language", choice="language"),
    Spec("theme-system", QT_TRANSLATE_NOOP("Actions", "As the system"), "theme", choice="theme"),
    Spec("theme-light", QT_TRANSLATE_NOOP("Actions", "Light"), "theme", choice="theme"),
    Spec("theme-dark", QT_TRANSLATE_NOOP("Actions", "Dark"), "theme", choice="theme"),
    Spec("about", QT_TRANSLATE_NOOP("Actions", "About Tòa Soạn"), "help", ("F1",)),
)
STAGE_ACTIONS = tuple(spec.name for spec in TABLE if spec.menu == "stage")


class ActionTable(QObject):
    """The QActions of one window, by name. Object names: `action.<name>`."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._actions: dict[str, QAction] = {}
        self._why: dict[str, str] = {}
        self._texts: dict[str, str] = {}
        groups: dict[str, QActionGroup] = {}
        for spec in TABLE:
            action = QAction(window)
            action.setObjectName(f"action.{spec.name}")
            action.setShortcuts([QKeySequence(key) for key in spec.keys])
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            action.setCheckable(spec.checkable or bool(spec.choice))
            if spec.choice:
                groups.setdefault(spec.choice, QActionGroup(window)).addAction(action)
            window.addAction(action)
            self._actions[spec.name] = action
        self.retranslate()

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def __iter__(self) -> Iterator[tuple[Spec, QAction]]:
        return ((spec, self._actions[spec.name]) for spec in TABLE)

    def on(self, name: str, slot: Callable[[], object]) -> None:
        """Connect the action to a method that takes nothing."""
        self._actions[name].triggered.connect(lambda _checked=False: slot())

    def allow(self, name: str, *, text: str = "") -> None:
        """Enable; `text` replaces the table's words (a command as the portal profile calls it)."""
        self._set(name, text=text, why="", enabled=True)

    def refuse(self, name: str, why: str, *, text: str = "") -> None:
        """Disable and say why."""
        self._set(name, text=text, why=why, enabled=False)

    def why(self, name: str) -> str:
        return self._why.get(name, "")

    def retranslate(self) -> None:
        """The words of the language in use."""
        for spec in TABLE:
            self._show(spec)

    def _set(self, name: str, *, text: str, why: str, enabled: bool) -> None:
        self._texts[name], self._why[name] = text, why
        self._actions[name].setEnabled(enabled)
        self._show(next(spec for spec in TABLE if spec.name == name))

    def _show(self, spec: Spec) -> None:
        action, why = self._actions[spec.name], self._why.get(spec.name, "")
        text = self._texts.get(spec.name) or QCoreApplication.translate("Actions", spec.text)
        action.setText(text.replace("&", "&&"))
        key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip("\n".join(part for part in (f"{text} ({key})" if key else text, why) if part))
        action.setStatusTip(why or text)
