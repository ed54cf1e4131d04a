"""The window's menu, built from the action tables; one submenu per group, and the homes to change to in the demo."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMenu, QWidget

from desktop.editor.widgets.editing_actions import EditingActions
from desktop.ui.actions import MENUS, ActionTable
from desktop.ui.presenters.words import QT_TRANSLATE_NOOP

_NESTED = {"width": "view", "language": "view", "theme": "view"}
_TEXT = QT_TRANSLATE_NOOP("Menus", "&Text")
_PARTS = frozenset({"bullets", "picture", "find", "footnote", "row-add", "outline", "source", "zoom-in"})
_CHANGE_ROLE = QT_TRANSLATE_NOOP("Menus", "Change &role (demo)")


class MainMenu(QMenu):
    """Object name `menu`; its submenus `menu.<group>`."""

    def __init__(self, table: ActionTable, editing: EditingActions, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("menu")
        self._menus: dict[str, QMenu] = {}
        for name in MENUS:
            if name == "view":
                self._menus["text"] = self._text_menu(editing)
            above = self._menus.get(_NESTED.get(name, ""))
            menu = QMenu(above or self)
            menu.setObjectName(f"menu.{name}")
            menu.setToolTipsVisible(True)
            (above or self).addMenu(menu)
            self._menus[name] = menu
        for spec, action in table:
            self._menus[spec.menu].addAction(action)
        self._roles: QMenu | None = None
        self.retranslate()

    def offer_roles(self, roles: Sequence[tuple[str, Path]], here: Path, reopen: Callable[[Path], None]) -> None:
        """The homes of the demo's members; the one that is open cannot be chosen."""
        self._roles = QMenu(self)
        self._roles.setObjectName("menu.roles")
        for label, home in roles:
            action = self._roles.addAction(label)
            action.setObjectName(f"role.{home.name}")
            action.setEnabled(home != here)
            action.triggered.connect(lambda _checked=False, home=home: reopen(home))
        self.addSeparator()
        self.addMenu(self._roles)
        self.retranslate()

    def _text_menu(self, editing: EditingActions) -> QMenu:
        """What is done to a text while it is written."""
        menu = QMenu(self)
        menu.setObjectName("menu.text")
        for row, action in editing:
            if row.name in _PARTS:
                menu.addSeparator()
            menu.addAction(action)
        self.addMenu(menu)
        return menu

    def retranslate(self) -> None:
        self._menus["text"].setTitle(QCoreApplication.translate("Menus", _TEXT))
        for name, words in MENUS.items():
            self._menus[name].setTitle(QCoreApplication.translate("Menus", words))
        if self._roles is not None:
            self._roles.setTitle(QCoreApplication.translate("Menus", _CHANGE_ROLE))
