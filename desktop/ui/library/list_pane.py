"""The list: search, filters, and rows that cost only what is seen; an empty list says what belongs here."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QMenu,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.application.records import ListQuery, Shown
from desktop.domain.ids import EntryId
from desktop.ui.empty_state import EmptyState
from desktop.ui.grounds import set_ground
from desktop.ui.layouts import stacked
from desktop.ui.library.filter_bar import FilterBar
from desktop.ui.library.row_delegate import RowDelegate
from desktop.ui.library.rows_model import RowRole, RowsModel
from desktop.ui.parts import Chip, grouped
from desktop.ui.presenters.empty import empty
from desktop.ui.presenters.row import RowWords
from desktop.ui.presenters.words import label
from desktop.ui.shell import Shell
from desktop.ui.theme.roles import Role, set_role

_SEARCH_MS = 180
_MOST_CHIPS, _FIRST_CHIPS = 4, 2  # kinds: so many have a chip each, of more only the first
_BEHIND = 3  # what stands behind the kinds: the others, urgent, the rest of the room
_CHIP_TEXT = 130


class ListPane(QFrame):
    """Signals: `entry_chosen(EntryId, str)` with its title, `nothing_chosen()`, `action_requested(str)` from an empty state's button;
    `arrived(int)` with the count, when another box stands.
    """

    entry_chosen = Signal(str, str)
    nothing_chosen = Signal()
    arrived = Signal(int)
    action_requested = Signal(str)

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._online = False
        self._arriving = False
        self._box = "drafts"
        self._wanted: EntryId | None = None
        self._wanted_row = 0
        self.setObjectName("list")
        set_ground(self, Role.LIST_PANE)
        self.model = RowsModel(shell, self)
        self.search = SearchLine(self)
        self._kind_chips: dict[str, Chip] = {}
        self._all_chip = self._chip("chip.all")
        self._more_chip = self._chip("chip.more")
        self._urgent_chip = self._chip("chip.urgent")
        self._filters = FilterBar(self)
        self.view = RowsView(self)
        self.view.setModel(self.model)
        self.view.setItemDelegate(RowDelegate(self.view))
        self._empty = EmptyState("list.empty", self)
        self._pages = QStackedWidget(self)
        self._chips = QHBoxLayout()
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(_SEARCH_MS)
        self._lay_out()
        self._connect()
        self.retranslate()

    @property
    def chosen(self) -> EntryId | None:
        return self._wanted

    def show_box(self, box: str) -> None:
        """Another place of the navigation, from its top; a search is left."""
        self._box = box
        self._arriving = True
        self.search.clear()
        self._apply()

    def refresh(self) -> None:
        """The same list as it is now; the entry that was chosen stays chosen where it is still here."""
        if self._wanted is not None:
            self._wanted_row = max(0, self.view.currentIndex().row())
        self.model.refresh(self._wanted_row)

    def choose(self, entry_id: EntryId) -> None:
        """Choose an entry as soon as the list shows it."""
        self._wanted, self._wanted_row = entry_id, 0
        self.model.refresh()

    def take_focus(self) -> None:
        """The keyboard goes to the rows."""
        (self.view if self.model.rowCount() else self.search).setFocus()

    def let_go(self) -> None:
        """The chosen entry is done with: at the next refresh whatever stands in its row is chosen."""
        self._wanted_row = max(0, self.view.currentIndex().row())
        self._wanted = None

    def show_online(self, *, online: bool) -> None:
        if online != self._online:
            self._online = online
            self._use_words()

    def clear_search(self) -> None:
        self.search.clear()
        for chip in self._kind_chips.values():
            chip.setChecked(False)
        self._urgent_chip.setChecked(False)
        self._apply()

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("List"))
        self.view.setAccessibleName(self.tr("Entries"))
        self.search.setAccessibleName(self.tr("Search"))
        for button in self.search.findChildren(QToolButton):  # Qt's own cross
            button.setAccessibleName(self.tr("Clear the search"))
        self._all_chip.setText(self.tr("All"))
        self._urgent_chip.setText(self.tr("Urgent"))
        self._use_words()
        self._fill_chips()
        self._show_filters()
        self._show_count(self.model.rowCount())

    def _query(self) -> ListQuery:
        text = self.search.text().strip()
        kind = next((name for name, chip in self._kind_chips.items() if chip.isChecked()), None)
        # A search looks everywhere, whatever box stands beside it.
        box, urgent = "all" if text else self._box, self._urgent_chip.isChecked()
        return ListQuery(box=box, text=text, kind=kind, urgent=urgent, marks=self._filters.marks)

    def _use_words(self) -> None:
        bearings = self._shell.bearings
        if bearings is None:
            return
        lang = self._shell.lang
        kinds = {name: label(kind.label, lang) for name, kind in bearings.kinds.items()}
        self.model.use_words(
            RowWords(
                bearings.profile,
                kinds,
                lang,
                online=self._online,
                now=self._shell.now(),
                translate=self._shell.translate,
            )
        )

    def _fill_chips(self) -> None:
        bearings = self._shell.bearings
        for name, kind in (bearings.kinds if bearings else {}).items():
            chip = self._kind_chips.get(name)
            if chip is None:
                chip = self._kind_chips[name] = self._chip(f"chip.{name}")
                chip.clicked.connect(lambda _checked=False, name=name: self._on_kind(name))
                self._chips.insertWidget(self._chips.count() - _BEHIND, chip)
            chip.setText(label(kind.label, self._shell.lang))
        self._show_chips()

    def _show_chips(self) -> None:
        """The first kinds have a chip each; where there are many, the others stand in the menu of one, which bears the chosen name."""
        chips = list(self._kind_chips.values())
        few = chips if len(chips) <= _MOST_CHIPS else chips[:_FIRST_CHIPS]
        for chip in chips:
            chip.setVisible(chip in few)
        chosen = next((chip.text() for chip in chips if chip.isChecked() and chip not in few), "")
        room = self._more_chip.fontMetrics()
        shown = room.elidedText(chosen, Qt.TextElideMode.ElideRight, _CHIP_TEXT) if chosen else self.tr("More kinds")
        self._more_chip.setText(f"{shown} ▾")
        self._more_chip.setToolTip(chosen)
        self._more_chip.setChecked(bool(chosen))
        self._more_chip.setVisible(len(few) < len(chips))

    def _on_more(self) -> None:
        self._show_chips()  # the click has turned it over
        menu = QMenu(self)
        menu.setObjectName("chip.more.menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name, chip in self._kind_chips.items():
            if chip.isHidden():
                action = menu.addAction(chip.text())
                action.setObjectName(f"chip.more.{name}")
                action.setCheckable(True)
                action.setChecked(chip.isChecked())
                action.triggered.connect(chip.click)
        menu.popup(self._more_chip.mapToGlobal(self._more_chip.rect().bottomLeft()))

    def _on_kind(self, chosen: str) -> None:
        for name, chip in self._kind_chips.items():
            chip.setChecked(name == chosen and chip.isChecked())
        self._apply()

    def _on_all(self) -> None:
        for chip in (*self._kind_chips.values(), self._urgent_chip):
            chip.setChecked(False)
        self._apply()

    def _apply(self) -> None:
        self._delay.stop()
        filtered = self._urgent_chip.isChecked() or any(chip.isChecked() for chip in self._kind_chips.values())
        self._all_chip.setChecked(not filtered)
        self._show_chips()
        self._show_filters()
        if not self._searching:  # while a person types, what is open stays open
            self._wanted, self._wanted_row = None, 0
        self.model.show(self._query())

    def _show_filters(self) -> None:
        bearings = self._shell.bearings
        chosen = next((name for name, chip in self._kind_chips.items() if chip.isChecked()), None)
        self._filters.show_kind(bearings.kinds.get(chosen or "") if bearings else None, self._shell.lang)

    @property
    def _searching(self) -> bool:
        return bool(self.search.text().strip())

    def _on_loaded(self, count: int) -> None:
        self._show_count(count)
        if self._wanted is not None:
            self._point_at(self.model.place_of(self._wanted))
        elif count and not self._searching:
            self._point_at(min(self._wanted_row, count - 1))
        elif not count:
            self.nothing_chosen.emit()
        if self._arriving:
            self._arriving = False
            self.arrived.emit(count)

    def _point_at(self, place: int | None) -> None:
        """Make the row current; None: what is open does not stand in this list, so no row looks chosen."""
        if place is None:
            self.view.selectionModel().clear()
            return
        index = self.model.index(place)
        self._mark(index)
        if index != self.view.currentIndex():
            self.view.setCurrentIndex(index)
        elif (shown := self.model.shown(place)) is not None and shown.entry_id != self._wanted:
            self._on_current(index, index)
        self.view.scrollTo(index)

    def _mark(self, index: QModelIndex) -> None:
        """The open row looks chosen; Qt makes a row current, but not selected, when the list gets the focus."""
        self.view.selectionModel().select(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _on_current(self, current: QModelIndex, before: QModelIndex) -> None:
        del before
        if current.isValid():
            self._mark(current)
        shown = current.data(RowRole.SHOWN) if current.isValid() else None
        if isinstance(shown, Shown):
            self._wanted = shown.entry_id
            self.entry_chosen.emit(shown.entry_id, shown.title)

    def _on_again(self, index: QModelIndex) -> None:
        """A row that was chosen already, clicked or entered: what was put aside is wanted again."""
        shown = index.data(RowRole.SHOWN)
        if isinstance(shown, Shown):
            self.entry_chosen.emit(shown.entry_id, shown.title)

    def _show_count(self, count: int) -> None:
        said = empty(self._box, searching=self._searching, translate=self._shell.translate)
        self._empty.show_empty(said)
        self._pages.setCurrentWidget(self.view if count else self._empty)
        self.search.setPlaceholderText(
            self.tr("Search…") if not count else self.tr("Search in {count}…").format(count=grouped(count))
        )

    def _connect(self) -> None:
        self.model.loaded.connect(self._on_loaded)
        self.view.selectionModel().currentChanged.connect(self._on_current)
        self.view.clicked.connect(self._on_again)
        self.view.activated.connect(self._on_again)
        self.search.textEdited.connect(lambda _text: self._delay.start())
        self.search.returnPressed.connect(self._on_return)
        self.search.left_downwards.connect(self.view.setFocus)
        self.search.cleared.connect(self._apply)
        self._delay.timeout.connect(self._apply)
        self._all_chip.clicked.connect(lambda _checked=False: self._on_all())
        self._urgent_chip.clicked.connect(lambda _checked=False: self._apply())
        self._more_chip.clicked.connect(lambda _checked=False: self._on_more())
        self._filters.changed.connect(self._apply)
        self._empty.action_requested.connect(self.action_requested)
        self._shell.bearings_changed.connect(self.retranslate)

    def _on_return(self) -> None:
        self._apply()
        self.view.setFocus()
        if self.model.rowCount():
            self.view.setCurrentIndex(self.model.index(0))

    def _chip(self, name: str) -> Chip:
        chip = Chip("", self)
        chip.setObjectName(name)
        return chip

    def _lay_out(self) -> None:
        self._chips.setContentsMargins(12, 0, 12, 10)
        self._chips.setSpacing(6)
        self._all_chip.setChecked(True)
        for widget in (self._all_chip, self._more_chip, self._urgent_chip):
            self._chips.addWidget(widget)
        self._chips.addStretch(1)
        self._pages.addWidget(self.view)
        self._pages.addWidget(self._empty)
        head = QVBoxLayout()
        head.setContentsMargins(12, 12, 12, 12)
        head.addWidget(self.search)
        layout = stacked(self)
        layout.addLayout(head)
        layout.addLayout(self._chips)
        layout.addWidget(self._filters)
        layout.addWidget(self._pages, 1)


class SearchLine(QLineEdit):
    """Signals: `left_downwards()` for Down; `cleared()` for Escape."""

    left_downwards = Signal()
    cleared = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("list.search")
        self.setClearButtonEnabled(True)
        set_role(self, Role.SEARCH)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The key stands at the right end while nothing is typed."""
        super().paintEvent(event)
        if self.text() or self.hasFocus():
            return
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
        room = self.rect().adjusted(0, 0, -12, 0)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), "Ctrl+Shift+F")
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.left_downwards.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self.cleared.emit()
        else:
            super().keyPressEvent(event)


class RowsView(QListView):
    """The virtual list."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("list.rows")
        self.setUniformItemSizes(True)
        self.setLayoutMode(QListView.LayoutMode.SinglePass)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.setMouseTracking(True)
        set_role(self, Role.ROWS)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 120)
