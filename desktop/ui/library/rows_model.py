"""The list's model: a count and pages of 200 rows, fetched when a view asks for them. 100,000 rows cost what is seen."""

from collections.abc import Sequence
from dataclasses import replace
from enum import IntEnum

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from desktop.application.records import ListQuery, Shown
from desktop.domain.ids import EntryId
from desktop.ui.plain_label import plain_tip
from desktop.ui.presenters.row import Row, RowWords, row
from desktop.ui.shell import Shell

PAGE = 200
_KEPT_PAGES = 12
Index = QModelIndex | QPersistentModelIndex


class RowRole(IntEnum):
    """`SHOWN` the record, `ROW` what to paint; both None while the page is on its way."""

    SHOWN = Qt.ItemDataRole.UserRole + 1
    ROW = Qt.ItemDataRole.UserRole + 2


class RowsModel(QAbstractListModel):
    """Signals: `loaded(int)` with the count, when the first page of a query or a refresh stands."""

    loaded = Signal(int)

    def __init__(self, shell: Shell, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._query = ListQuery(box="drafts")
        self._words: RowWords | None = None
        self._count = 0
        self._pages: dict[int, Sequence[Shown]] = {}
        self._asked: set[int] = set()
        self._generation = 0

    @property
    def query(self) -> ListQuery:
        return self._query

    def show(self, query: ListQuery) -> None:
        """Another list, from its top."""
        self._query = query
        self._fetch(first=0, fresh=True)

    def refresh(self, first: int = 0) -> None:
        """The same list as it is now; the page of row `first` is fetched again at once, the others when seen."""
        self._fetch(first=first // PAGE, fresh=False)

    def use_words(self, words: RowWords) -> None:
        """What all rows share (language, profile, online); repaints."""
        self._words = words
        if self._count:
            self.dataChanged.emit(self.index(0), self.index(self._count - 1))

    def shown(self, number: int) -> Shown | None:
        """The record of a row; None while its page is on its way (it is asked for)."""
        page, place = divmod(number, PAGE)
        rows = self._pages.get(page)
        if rows is None:
            self._ask(page)
            return None
        return rows[place] if place < len(rows) else None

    def place_of(self, entry_id: EntryId) -> int | None:
        """The row number of an entry among the pages that are here."""
        for page, rows in self._pages.items():
            for place, shown in enumerate(rows):
                if shown.entry_id == entry_id:
                    return page * PAGE + place
        return None

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else self._count

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or self._words is None:
            return None
        shown = self.shown(index.row())
        if shown is None:
            return None
        if role == RowRole.SHOWN:
            return shown
        made: Row = row(shown, self._words)
        match role:
            case RowRole.ROW:
                return made
            case Qt.ItemDataRole.DisplayRole:
                return made.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return made.spoken
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(made.title)
        return None

    def _fetch(self, *, first: int, fresh: bool) -> None:
        library, query = self._shell.desk.library, self._query
        self._generation += 1
        generation = self._generation
        pages = [first] if first == 0 else [0, first]

        def read() -> tuple[int, dict[int, Sequence[Shown]]]:
            got = {page: library.rows(replace(query, limit=PAGE, offset=page * PAGE)) for page in pages}
            return library.count(query), got

        def take(answer: tuple[int, dict[int, Sequence[Shown]]]) -> None:
            if generation == self._generation:
                self._replace(answer[0], answer[1], fresh=fresh)

        self._shell.bridge.store(read, take, slot="rows")

    def _replace(self, count: int, pages: dict[int, Sequence[Shown]], *, fresh: bool) -> None:
        if fresh or count != self._count:
            self.beginResetModel()
            self._count, self._pages, self._asked = count, pages, set()
            self.endResetModel()
        else:
            self._pages, self._asked = pages, set()
            if count:
                self.dataChanged.emit(self.index(0), self.index(count - 1))
        self.loaded.emit(count)

    def _ask(self, page: int) -> None:
        if page in self._asked:
            return
        self._asked.add(page)
        library, query, generation = self._shell.desk.library, self._query, self._generation

        def take(rows: Sequence[Shown]) -> None:
            if generation != self._generation:
                return
            if len(self._pages) >= _KEPT_PAGES:
                oldest = next(iter(self._pages))
                del self._pages[oldest]
                self._asked.discard(oldest)
            self._pages[page] = rows
            last = min(self._count, (page + 1) * PAGE) - 1
            self.dataChanged.emit(self.index(page * PAGE), self.index(last))

        self._shell.bridge.store(lambda: library.rows(replace(query, limit=PAGE, offset=page * PAGE)), take)
