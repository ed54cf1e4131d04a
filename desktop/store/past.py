"""Texts as they stood when their writer paused, packed; the oldest go when there are too many, and are counted."""

import json
import zlib
from collections import Counter
from collections.abc import Sequence
from typing import Final

from sqlalchemy import bindparam, delete, func, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from desktop.application.records import PastText
from desktop.domain.errors import FileChanged
from desktop.domain.ids import EntryId
from desktop.domain.revision import Content
from desktop.store import codec
from desktop.store.line import Line
from desktop.store.tables import past_dropped, past_text

_ADD: Final = insert(past_text)
_SIZE: Final = func.length(past_text.c.body)
_OF: Final = (
    select(past_text.c.no, past_text.c.entry_id, past_text.c.at, past_text.c.portal_time, _SIZE.label("size"))
    .where(past_text.c.entry_id == bindparam("entry_id"))
    .order_by(past_text.c.no.desc())
)
_BODY: Final = select(past_text.c.body).where(past_text.c.no == bindparam("no"))
_LAST: Final = (
    select(past_text.c.body)
    .where(past_text.c.entry_id == bindparam("entry_id"))
    .order_by(past_text.c.no.desc())
    .limit(1)
)
_ALL: Final = select(past_text.c.no, past_text.c.entry_id, past_text.c.portal_time, _SIZE.label("size")).order_by(
    past_text.c.no.desc()
)
_DROP: Final = delete(past_text).where(past_text.c.no == bindparam("of_no"))
_COUNT: Final = upsert(past_dropped)
_COUNTED: Final = _COUNT.on_conflict_do_update(
    index_elements=["entry_id"], set_={"count": past_dropped.c.count + _COUNT.excluded.count}
)
_DROPPED: Final = select(past_dropped.c.count).where(past_dropped.c.entry_id == bindparam("entry_id"))


class PastRows:
    def __init__(self, connection: Line) -> None:
        self._connection = connection

    def keep(self, entry_id: EntryId, content: Content, *, at: str, portal_time: str) -> bool:
        """Add a text; False where it is the one that was kept last."""
        body = zlib.compress(codec.own(content.as_json()))
        if self._connection.execute(_LAST, {"entry_id": entry_id}).scalar_one_or_none() == body:
            return False
        row = {"entry_id": entry_id, "at": at, "portal_time": portal_time, "body": body}
        self._connection.execute(_ADD, row)
        return True

    def of(self, entry_id: EntryId) -> Sequence[PastText]:
        """The texts of an entry, the newest first."""
        rows = self._connection.execute(_OF, {"entry_id": entry_id})
        return [PastText(row.no, EntryId(row.entry_id), row.at, row.size) for row in rows]

    def text(self, no: int) -> Content | None:
        """None for a number that is not kept (any more); FileChanged where the disk has changed it."""
        body = self._connection.execute(_BODY, {"no": no}).scalar_one_or_none()
        if body is None:
            return None
        try:
            return Content.from_json(json.loads(zlib.decompress(body)))
        except (zlib.error, ValueError, KeyError, TypeError) as fault:
            # Like a file that has changed: nothing that a recovery could bring back, and nothing else of the home is wrong.
            raise FileChanged(f"a kept text cannot be read: {fault}") from fault

    def trim(self, *, before: str, most: int, most_in_all: int) -> int:
        """Drop what was kept before a time of the portal, and the oldest above `most` bytes an entry and `most_in_all`."""
        sizes: Counter[str] = Counter()
        gone: list[tuple[int, str]] = []
        everything = 0
        for row in self._connection.execute(_ALL):
            sizes[row.entry_id] += row.size
            everything += row.size
            if "" < row.portal_time < before or sizes[row.entry_id] > most or everything > most_in_all:
                gone.append((row.no, row.entry_id))
        for no, _ in gone:
            self._connection.execute(_DROP, {"of_no": no})
        for entry_id, count in Counter(entry_id for _, entry_id in gone).items():
            self._connection.execute(_COUNTED, {"entry_id": entry_id, "count": count})
        return len(gone)

    def dropped(self, entry_id: EntryId) -> int:
        """How many texts of the entry are kept no more."""
        return self._connection.execute(_DROPPED, {"entry_id": entry_id}).scalar_one_or_none() or 0
