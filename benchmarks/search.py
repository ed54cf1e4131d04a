"""Search as one types: every keystroke of fifty queries over 100,000 entries, beside FTS5 alone on the same folded text.

Figures are p95 of the processor's time of a keystroke. Budget of `search.key`: 20 ms and three times FTS5 alone.
"""

import os
import random
import string
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

import pysqlite3.dbapi2

from benchmarks.harness import Measured, benchmark
from benchmarks.office import BUILD, content, words
from benchmarks.store import WallClock, settle_in
from desktop.application.ports import Work
from desktop.application.records import ListQuery, Shown
from desktop.domain.fold import fold, fold_words, match_query
from desktop.domain.ids import EntryId, MemberId
from desktop.store import open_store
from desktop.store.tables import SEARCH_DDL

ENTRIES: Final = int(os.environ.get("BENCH_ENTRIES", "100000"))
QUERIES: Final = 50
STRINGS: Final = int(os.environ.get("BENCH_STRINGS", "20000"))
_ROWS: Final = 50
_ME: Final = MemberId("u-1")
_STEP: Final = 500
_PHASES: Final = ("draft", "waiting", "published")
_RAW: Final = "FTS5 alone, same text, the newest 50 rowids"
_NEWEST: Final = "SELECT rowid FROM shown_text WHERE shown_text MATCH ? ORDER BY rowid DESC LIMIT 50"
_RANK: Final = "SELECT rowid FROM shown_text WHERE shown_text MATCH ? ORDER BY rank LIMIT 50"
_INSERT: Final = "INSERT INTO shown_text (rowid, title, key, body) VALUES (?, ?, '', ?)"


@benchmark("search.key.date", unit="ms", better="lower", reference="FTS5 alone, ORDER BY rowid DESC LIMIT 50")
def by_date() -> Measured:
    return _keys(_NEWEST, by_date=True)


@benchmark("search.key.best", unit="ms", better="lower", reference="FTS5 alone, ORDER BY rank LIMIT 50")
def best() -> Measured:
    return _keys(_RANK, by_date=False)


@benchmark("search.any", unit="us", better="lower", reference="FTS5 alone on the same strings, quoted by us")
def anything() -> Measured:
    """Random strings, operators and all: none may raise. The mean; BENCH_STRINGS says how many (a million by night)."""
    dice = random.Random(7)  # noqa: S311  repeatable on purpose
    letters = string.printable + "đĐếừỵơư–“”…\x00\u0301\ud7ff"
    typed = ["".join(dice.choices(letters, k=dice.randrange(1, 24))) for _ in range(STRINGS)]
    with _home() as work, _alone() as raw:
        begin = time.process_time()
        for text in typed:
            work.lists.rows(ListQuery("all", text, limit=_ROWS), me=_ME)
        middle = time.process_time()
        for text in typed:
            match = match_query(text)
            if match:
                raw.execute(_NEWEST, (match,)).fetchall()
        end = time.process_time()
    return Measured((middle - begin) * 1e6 / STRINGS, (end - middle) * 1e6 / STRINGS)


def keystrokes() -> list[str]:
    """Every beginning of fifty pieces of the regulations, one to five words long, each with its marks and without."""
    dice, known = random.Random(5), words()  # noqa: S311  repeatable on purpose
    found = []
    for number in range(QUERIES):
        start = dice.randrange(len(known) - 5)
        query = " ".join(known[start : start + 1 + number % 5])
        found += [form[:length] for form in (query, fold(query)) for length in range(1, len(form) + 1)]
    return found


def _keys(raw_query: str, *, by_date: bool) -> Measured:
    typed = keystrokes()
    with _home() as work, _alone() as raw:

        def own(text: str) -> object:
            return work.lists.rows(ListQuery("all", text, by_date=by_date, limit=_ROWS), me=_ME)

        def alone(text: str) -> object:
            match = match_query(text)
            return raw.execute(raw_query, (match,)).fetchall() if match else None

        return Measured(_p95(own, typed), _p95(alone, typed))


def _p95(call: Callable[[str], object], typed: Sequence[str]) -> float:
    taken = []
    for text in typed:
        begin = time.process_time()
        call(text)
        taken.append((time.process_time() - begin) * 1000)
    return sorted(taken)[int(len(taken) * 0.95)]


@contextmanager
def _home() -> Iterator[Work]:
    home = BUILD / f"home-{ENTRIES}"
    made = (home / "made").exists()
    home.mkdir(parents=True, exist_ok=True)
    with closing(open_store(home, clock=WallClock())) as store:
        if not made:
            settle_in(store)
            for start in range(0, ENTRIES, _STEP):
                with store.write() as work:
                    _show(work, range(start, min(start + _STEP, ENTRIES)))
            (home / "made").touch()
        with store.read() as work:
            yield work


def _show(work: Work, numbers: range) -> None:
    for number in numbers:
        fields = content(number)["fields"]
        row = Shown(
            entry_id=EntryId(f"01930000-0000-7000-8000-{number:012x}"), kind="article", lang="vi", title=fields["title"],
            section=fields["section"], key="", step="nhap_moi", phase=_PHASES[number % 3], returned=False,
            public=_PHASES[number % 3] == "published", owner=_ME, submitter="", assignee="", urgent=False, waiting=0,
            conflict=False, card=False, rev_no=1, updated=f"2026-11-22T09:00:{number:012}Z",
        )  # fmt: skip
        work.lists.show(row, text=f"{fields['summary']}\n{fields['body']}")


@contextmanager
def _alone() -> Iterator[Any]:
    """The driver alone on a table of the same definition and text."""
    kept = BUILD / f"fts-{ENTRIES}.sqlite"
    made = Path(f"{kept}.made")
    with closing(pysqlite3.dbapi2.connect(str(kept), isolation_level=None)) as connection:
        if not made.exists():
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute(SEARCH_DDL)
            for start in range(0, ENTRIES, _STEP):
                connection.execute("BEGIN")
                connection.executemany(_INSERT, map(_folded, range(start, min(start + _STEP, ENTRIES))))
                connection.execute("COMMIT")
            made.touch()
        yield connection


def _folded(number: int) -> tuple[int, str, str]:
    fields = content(number)["fields"]
    return number + 1, fold_words(fields["title"]), fold_words(f"{fields['summary']}\n{fields['body']}")
