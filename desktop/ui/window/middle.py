"""Navigation, list and work area beside one another: which of them stand here, and where the keyboard goes between them."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QWidget

from desktop.ui.centre.pane import SyncCentre
from desktop.ui.library.list_pane import ListPane
from desktop.ui.library.navigation_panel import NavigationPanel
from desktop.ui.theme.tokens import LIST_WIDTH
from desktop.ui.work_area import WorkArea


class Middle(QWidget):
    def __init__(
        self, navigation: NavigationPanel, lists: ListPane, work: WorkArea, *, centre: SyncCentre, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._navigation = navigation
        self._list = lists
        self._work = work
        self._centre = centre
        self.splitter = QSplitter(self)
        self.splitter.setObjectName("main.splitter")
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(lists)
        self.splitter.addWidget(work)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([LIST_WIDTH, 884])
        QShortcut(QKeySequence("F10"), self, navigation.menu_button.showMenu)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(navigation)
        self._pages = QStackedWidget(self)
        for page in (self.splitter, centre):
            self._pages.addWidget(page)
        layout.addWidget(self._pages, 1)

    def show_centre(self, *, shown: bool) -> None:
        """The sync centre in place of list and work area, or these again."""
        self._pages.setCurrentIndex(int(shown))

    def fold_list(self, *, folded: bool) -> None:
        """Three columns take the list's room; whoever was in the list goes into them."""
        if folded == self._list.isHidden():
            return
        focused = self._focused()
        into = folded and (focused is None or not self._work.isAncestorOf(focused))
        if into:
            self._work.focus_inside()  # before the list goes, and the keyboard with it
        self._list.setVisible(not folded)

    def on_arrived(self, count: int) -> None:
        """Whoever chose a place goes on in its list by keyboard; whoever writes is left alone."""
        focused = self._focused()
        if self._list.isHidden() or (focused is not None and not self._navigation.isAncestorOf(focused)):
            return
        if count:
            self._list.take_focus()
        elif focused in {None, self._navigation.menu_button}:
            self._navigation.compose_button.setFocus()

    def on_focus_freed(self) -> None:
        if self._list.model.rowCount() and not self._list.isHidden():
            self._list.take_focus()
        else:
            self._work.focus_inside()

    def next_pane(self) -> None:
        """F6: navigation, list, work, and round again; what is folded away is passed over."""
        panes: list[tuple[QWidget, QWidget]] = [(self._navigation, self._navigation.compose_button)]
        focused = self._focused()
        if self._pages.currentIndex():
            in_navigation = focused is not None and self._navigation.isAncestorOf(focused)
            (self._centre.focus_table if in_navigation else panes[0][1].setFocus)()
            return
        if not self._list.isHidden():
            panes.append((self._list, self._list.view))
        panes.append((self._work, self._work))
        at = next((n for n, (owner, _) in enumerate(panes) if focused is not None and owner.isAncestorOf(focused)), -1)
        owner, target = panes[(at + 1) % len(panes)]
        if owner is self._work:
            self._work.focus_inside()
        else:
            target.setFocus(Qt.FocusReason.TabFocusReason)

    def _focused(self) -> QWidget | None:
        focused: QWidget | None = self.window().focusWidget()
        return focused
