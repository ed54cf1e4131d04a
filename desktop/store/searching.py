"""Search: titles first, then numbers, then the rest, each newest first; the index is read only as far as the page reaches.

A row is numbered anew whenever it is dated anew, so that the search index, which goes by the number, goes by the date. There is
no bm25 in it: that looks at every text in which a word stands before it says anything, at a hundred thousand for a common one.
"""

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Row, Select, bindparam, func, select, text

from desktop.store.line import Line
from desktop.store.tables import shown as table

MATCH: Final = text("shown_text MATCH :match")
FOUND: Final = text("shown_text")
JOINED: Final = text("shown_text.rowid = shown.no")
_AMONG: Final = text("shown.no IN (SELECT rowid FROM shown_text WHERE shown_text MATCH :match)")
_NEWEST: Final = text("shown_text.rowid DESC")
# A word of the title says more than one of the number, and both more than one of the body.
_BEST: Final = ("{{title}} : ({})", "{{key}} : ({})", "{}")
_ANY: Final = ("{}",)
_FEW: Final = 2_000  # rows of a list: so many are sooner looked through than all that is found


@dataclass(frozen=True)
class Search:
    """How a list is searched: one statement counts its rows up to a few, one is for such a list, one for a long one."""

    short: Select[Any]
    in_short: Select[Any]
    in_long: Select[Any]

    def page(self, connection: Line, match: str, *, by_date: bool, limit: int, offset: int) -> list[Row[Any]]:
        """The found rows from `offset` on; by date alone, or the best first."""
        most = offset + limit
        few = connection.execute(self.short).scalar_one() <= _FEW
        found: dict[int, Row[Any]] = {}
        for form in _ANY if by_date else _BEST:
            values = {"match": form.format(match), "most": most}
            for row in connection.execute(self.in_short if few else self.in_long, values):
                found.setdefault(row.no, row)
            if len(found) >= most:
                break
        return list(found.values())[offset:most]


def search_in(rows: Select[Any]) -> Search:
    """The search among `rows`, a selection of columns of `shown`."""
    numbers = rows.with_only_columns(table.c.no)
    numbered = rows.add_columns(table.c.no)
    return Search(
        short=select(func.count()).select_from(numbers.limit(_FEW + 1).subquery()),
        in_short=numbered.where(_AMONG).order_by(table.c.no.desc()).limit(bindparam("most")),
        in_long=numbered.select_from(FOUND).where(MATCH, JOINED).order_by(_NEWEST).limit(bindparam("most")),
    )
