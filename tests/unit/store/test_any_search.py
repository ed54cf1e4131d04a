"""Whatever is typed into the search box raises nothing: as a query of SQLite's index, and as a list of the store."""

import random
from collections.abc import Iterator
from contextlib import closing

import pysqlite3.dbapi2 as sqlite
import pytest

from desktop.application.records import ListQuery
from desktop.domain.fold import fold_words, match_query
from desktop.store import open_store
from desktop.store.tables import SEARCH_DDL
from tests.contract.store.values import ME, shown
from tests.support.offices import CountedClock

# What a query language could mind: its own signs and words, marks on their own, what is no letter, halves of pairs.
_SIGNS = "\"*^(){}[]:-+~|&  \t\n\r\x00\x01\x7f'%_\\/.,;#<>=!?@$`"
_WORDS = ("AND", "OR", "NOT", "NEAR(", "rank", "title:", "shown_text", "quyết định", "đ", "Đ", "17/2011/QĐ-UBND")
_MARKS = "ăâđêôơưạảãắằẵặấầẩậéèẻẽẹếểễệ\u0300\u0301\u0303\u0309\u0323\u031b"
_ODD = "\u200b\u200d\u202e\u2028\ufeff\ufffe\ufdd0\ud800\udfff\U0001f600\U000e0041漢字١٢ßİıﬀ½Ⅷ"
_TEXT = "Quyết định 17/2011/QĐ-UBND về trang thông tin điện tử; near and or not"


def typed(count: int, *, seed: int = 20261128) -> Iterator[str]:
    chance = random.Random(seed)  # noqa: S311  repeatable on purpose
    choice, draw = chance.choice, chance.random
    pool = [*_SIGNS * 2, *_WORDS, *_MARKS, *_ODD, "a", "b", "z", "0", "9"]
    for _ in range(count):
        size = int(draw() ** 2 * 48)
        yield "".join(choice(pool) if draw() < 0.8 else chr(int(draw() * 0x110000)) for _ in range(size))


def ask_the_index(count: int) -> int:
    """Every string as a query of the index that a home has; how many were queries at all."""
    asked = 0
    with closing(sqlite.connect(":memory:")) as connection:
        connection.execute(SEARCH_DDL)
        row = (fold_words(_TEXT), fold_words(_TEXT * 3))
        connection.execute("INSERT INTO shown_text (rowid, title, body) VALUES (1, ?, ?)", row)
        for text in typed(count):
            if query := match_query(text):
                connection.execute("SELECT rowid FROM shown_text WHERE shown_text MATCH ?", (query,)).fetchall()
                asked += 1
    return asked


def list_in_the_store(count: int) -> int:
    store, found = open_store(None, clock=CountedClock()), 0
    with store.write() as work:
        for number in range(200):
            work.lists.show(shown(f"{number:03} {_TEXT}"), text=_TEXT)
    with store.read() as work:
        for number, text in enumerate(typed(count, seed=7)):
            query = ListQuery(text=text, limit=20, by_date=bool(number % 2))
            found += bool(work.lists.rows(query, me=ME))
            work.lists.count(query, me=ME)
    store.close()
    return found


def test_no_string_raises() -> None:
    assert ask_the_index(20_000) > 10_000
    assert list_in_the_store(300) > 0


@pytest.mark.full
def test_no_string_of_a_million_raises() -> None:
    assert ask_the_index(1_000_000) > 500_000
    assert list_in_the_store(20_000) > 0
