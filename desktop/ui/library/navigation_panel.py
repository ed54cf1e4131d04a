"""The navy column: whose move it is. Groups and labels come from the portal profile, counts from one query."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QToolButton, QVBoxLayout, QWidget

from desktop.application.records import ListQuery
from desktop.ui.grounds import set_ground
from desktop.ui.layouts import clear
from desktop.ui.parts import KeyButton, NavItem
from desktop.ui.plain_label import PlainLabel
from desktop.ui.presenters.navigation import SYNC, Group, Item, boxes, counted, groups, portal_name
from desktop.ui.shell import Shell
from desktop.ui.theme.icons import icon
from desktop.ui.theme.roles import Role, set_role
from desktop.ui.theme.tokens import NAV_WIDTH, Tokens

Counts = tuple[Mapping[str, int], Mapping[str, int]]


class NavigationPanel(QFrame):
    """Signals: `box_chosen(str)`; `compose_requested()`."""

    box_chosen = Signal(str)
    compose_requested = Signal()

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._tree: tuple[Group, ...] = ()
        self._items: dict[str, NavItem] = {}
        self._box = "drafts"
        self._waiting = 0
        self.setObjectName("navigation")
        self.setFixedWidth(NAV_WIDTH)
        set_ground(self, Role.NAVIGATION)
        self._brand = PlainLabel("Tòa Soạn", self)
        set_role(self._brand, Role.BRAND)
        self._portal = PlainLabel(parent=self)
        set_role(self._portal, Role.PORTAL_NAME)
        self._portal.setWordWrap(True)
        self.menu_button = QToolButton(self)
        self.menu_button.setObjectName("nav.menu")
        self.menu_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self.menu_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.compose_button = KeyButton(key="Ctrl+N", role=Role.COMPOSE, parent=self)
        self.compose_button.setObjectName("nav.compose")
        self.compose_button.clicked.connect(self.compose_requested)
        self._list = QWidget(self)
        self._lay_out()
        shell.bearings_changed.connect(self.rebuild)
        self.retranslate()

    @property
    def box(self) -> str:
        return self._box

    def label_of(self, box: str) -> str:
        return next((item.label for group in self._tree for item in group.items if item.box == box), "")

    def items(self) -> Sequence[Item]:
        """Every place, in order."""
        return [item for group in self._tree for item in group.items]

    def choose(self, box: str) -> None:
        """Go there; an unknown box (another member's, an older profile's) becomes the drafts."""
        self._box = box if box in self._items or not self._items else "drafts"
        for name, item in self._items.items():
            item.setChecked(name == self._box)
        self.box_chosen.emit(self._box)

    def rebuild(self) -> None:
        """Other rules, another member or another language: the groups anew."""
        bearings = self._shell.bearings
        if bearings is None:
            self._tree = ()
        else:
            self._tree = groups(
                bearings.profile, bearings.kinds, bearings.me, lang=self._shell.lang, translate=self._shell.translate
            )
            self._portal.setText(portal_name(bearings.profile, self._shell.lang))
        self._fill()
        self.show_waiting(self._waiting)
        self.refresh_counts()

    def refresh_counts(self) -> None:
        """Count every box again."""
        wanted = boxes(self._tree)
        if not wanted:
            return
        library = self._shell.desk.library
        steps = [box for box in wanted if box.startswith("step:")]

        def read() -> Counts:
            return library.counts(wanted), {box: library.count(ListQuery(box=box, urgent=True)) for box in steps}

        self._shell.bridge.store(read, self._on_counts, slot="counts")

    def show_waiting(self, count: int) -> None:
        """How many operations wait to be sent."""
        self._waiting = count
        if SYNC in self._items:
            self._items[SYNC].set_count(count)

    def retranslate(self) -> None:
        self.compose_button.setText(self.tr("New entry"))
        self.compose_button.setAccessibleName(self.tr("New entry"))
        self.menu_button.setToolTip(self.tr("Menu (F10)"))
        self.menu_button.setAccessibleName(self.tr("Menu"))
        self.setAccessibleName(self.tr("Navigation"))
        self.rebuild()

    def use_tokens(self, tokens: Tokens) -> None:
        """Another theme."""
        self.menu_button.setIcon(icon("more", tokens.nav_text))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down walk through the places."""
        names = list(self._items)
        focused = next((name for name, item in self._items.items() if item.hasFocus()), None)
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is None or focused is None:
            super().keyPressEvent(event)
            return
        place = names.index(focused) + step
        if 0 <= place < len(names):
            self._items[names[place]].setFocus(Qt.FocusReason.TabFocusReason)

    def _on_counts(self, counts: Counts) -> None:
        self._tree = counted(self._tree, counts[0], counts[1])
        for item in (item for item in self.items() if item.box != SYNC):
            hidden = item.box.startswith("kind:") and not item.count
            self._items[item.box].set_count(None if hidden else item.count, hot=item.hot)

    def _fill(self) -> None:
        layout = self._list.layout()
        assert isinstance(layout, QVBoxLayout)  # noqa: S101  made in _lay_out
        clear(layout)
        self._items = {}
        for group in self._tree:
            heading = PlainLabel(group.label.upper(), self._list)
            heading.setContentsMargins(8, 12, 8, 4)
            set_role(heading, Role.NAV_GROUP)
            layout.addWidget(heading)
            for item in group.items:
                layout.addWidget(self._item(item))
        layout.addStretch(1)

    def _item(self, item: Item) -> NavItem:
        made = NavItem(item.label, self._list)
        made.setObjectName(f"nav.{item.box}")
        made.setToolTip(item.label)
        made.set_count(item.count, hot=item.hot)
        made.setChecked(item.box == self._box)
        made.clicked.connect(lambda _checked=False, box=item.box: self.choose(box))
        self._items[item.box] = made
        return made

    def _lay_out(self) -> None:
        places = QVBoxLayout(self._list)
        places.setContentsMargins(0, 0, 0, 0)
        places.setSpacing(2)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self._list)
        head = QHBoxLayout()
        head.setContentsMargins(8, 2, 0, 0)
        head.addWidget(self._brand, 1)
        head.addWidget(self.menu_button)
        name = QVBoxLayout()
        name.setContentsMargins(8, 0, 8, 8)
        name.addWidget(self._portal)
        compose = QVBoxLayout()
        compose.setContentsMargins(4, 2, 4, 0)
        compose.addWidget(self.compose_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 10, 10, 8)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addLayout(name)
        layout.addLayout(compose)
        layout.addWidget(area, 1)
