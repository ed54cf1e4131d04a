"""The repository of kept texts of `tests/support/plain_store.py`."""

from collections import Counter
from collections.abc import Sequence

from desktop.application.records import PastText
from desktop.domain.digest import canonical
from desktop.domain.ids import EntryId
from desktop.domain.revision import Content
from tests.support.plain_rows import Rows


class PastRows(Rows):
    def keep(self, entry_id: EntryId, content: Content, *, at: str, portal_time: str) -> bool:
        kept = self.of(entry_id)
        size = len(canonical(content.as_json()))
        if kept and self.text(kept[0].no) == content:
            return False
        no = self._changing.next_number("past")
        self._changing.past[no] = (PastText(no, entry_id, at, size), content, portal_time)
        return True

    def of(self, entry_id: EntryId) -> Sequence[PastText]:
        found = [text for text, _, _ in self._tables.past.values() if text.entry_id == entry_id]
        return sorted(found, key=lambda text: -text.no)

    def text(self, no: int) -> Content | None:
        found: tuple[PastText, Content, str] | None = self._tables.past.get(no)
        return found[1] if found else None

    def trim(self, *, before: str, most: int, most_in_all: int) -> int:
        sizes: Counter[str] = Counter()
        gone: list[PastText] = []
        for text, _, portal_time in sorted(self._tables.past.values(), key=lambda item: -item[0].no):
            sizes[text.entry_id] += text.size
            if "" < portal_time < before or sizes[text.entry_id] > most or sizes.total() > most_in_all:
                gone.append(text)
        for text in gone:
            del self._changing.past[text.no]
            self._changing.past_dropped[text.entry_id] = self.dropped(text.entry_id) + 1
        return len(gone)

    def dropped(self, entry_id: EntryId) -> int:
        return int(self._tables.past_dropped.get(entry_id, 0))
