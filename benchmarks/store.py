"""One edit made durable: through the store and through the whole use case, beside the same row written by the driver alone.

Budget of `store.save`: 2 ms in the median, on a disk that flushes in time.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import time_ns
from typing import Final

import pysqlite3.dbapi2

import resources
from benchmarks.harness import Measured, benchmark, interleaved
from desktop.application.drafting import Drafting
from desktop.application.freezing import Tools
from desktop.application.records import Account, Draft
from desktop.domain.board import Grant, Member
from desktop.domain.digest import Json, canonical
from desktop.domain.ids import EntryId, MemberId
from desktop.domain.profile import profile_from_json
from desktop.domain.text import tidy_text
from desktop.editor.text.render import MarkdownRenderer
from desktop.store import open_store
from desktop.store.connecting import pragmas
from desktop.store.opening import DATABASE
from desktop.store.transactions import SqlStore

ROUNDS: Final = 300
ENTRY: Final = EntryId("0193-benchmark")
_RAW: Final = "raw sqlite3, same PRAGMAs, same row"
_UPDATE: Final = "UPDATE draft SET fields = ?, updated = ? WHERE entry_id = ?"


class WallClock:
    """The clock of this machine in the spelling of the store."""

    def now(self) -> str:
        return f"2026-11-22T09:41:05.{time_ns() // 1000 % 1_000_000:06}Z"

    def milliseconds(self) -> int:
        return time_ns() // 1_000_000

    def monotonic(self) -> float:
        return time_ns() / 1e9


class Typing:
    """An article of some 6,000 characters to which each edit adds a few."""

    def __init__(self) -> None:
        text = min(resources.path("texts").glob("*.txt")).read_text(encoding="utf-8")
        self._start = tidy_text(text)[:6000]
        self._number = 0

    def fields(self) -> dict[str, Json]:
        self._number += 1
        return {"title": "Một cửa cho 1.268 thủ tục", "body": f"{self._start}\n\nSửa lần {self._number}."}


@contextmanager
def _opened(folder: Path) -> Iterator[SqlStore]:
    with closing(open_store(folder, clock=WallClock())) as store:
        with store.write() as work:
            work.drafts.put(Draft(ENTRY, "article", "vi", {}))
        yield store


@contextmanager
def _driver(folder: Path) -> Iterator[Callable[[bytes, str], None]]:
    """A function that writes the row of another home of the same shape by the driver alone."""
    with _opened(folder):
        pass
    with closing(pysqlite3.dbapi2.connect(str(folder / DATABASE), isolation_level=None)) as connection:
        for statement in pragmas():
            connection.execute(statement)

        def save(data: bytes, at: str) -> None:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(_UPDATE, (data, at, ENTRY))
            connection.execute("COMMIT")

        yield save


@benchmark("store.save", unit="ms", better="lower", reference=_RAW)
def save() -> Measured:
    """A draft through a write transaction of the store."""
    clock, typed, raw_typed = WallClock(), Typing(), Typing()
    with TemporaryDirectory() as name, _opened(Path(name) / "store") as store, _driver(Path(name) / "raw") as raw:

        def own() -> None:
            with store.write() as work:
                work.drafts.put(Draft(ENTRY, "article", "vi", typed.fields(), updated=clock.now()))

        return interleaved(own, lambda: raw(canonical(raw_typed.fields()), clock.now()), rounds=ROUNDS)


@benchmark("store.save.whole", unit="ms", better="lower", reference=_RAW)
def whole() -> Measured:
    """`Drafting.save` as a window calls it: rules, the draft, its row in the lists and in the search index."""
    clock, typed, raw_typed = WallClock(), Typing(), Typing()
    with TemporaryDirectory() as name, _opened(Path(name) / "store") as store, _driver(Path(name) / "raw") as raw:
        settle_in(store)
        drafting = Drafting(store, Tools(clock, Chance(), MarkdownRenderer()), lambda _changes: None)
        return interleaved(
            lambda: drafting.save(ENTRY, typed.fields()),
            lambda: raw(canonical(raw_typed.fields()), clock.now()),
            rounds=ROUNDS,
        )


class Chance:
    """Nothing here is left to it."""

    def bytes(self, count: int) -> bytes:
        return bytes(count)

    def uniform(self, low: float, _high: float) -> float:
        return low


def settle_in(store: SqlStore) -> None:
    """A member who may write, and the rules to write by, as after a first sign-in."""
    profile = _json("profiles", "generic.json")
    kinds: dict[str, Json] = {
        name: _json("contract", "kinds", f"{name}.json") for name in ("article", "legal-document")
    }
    first = profile_from_json(profile).steps[0]
    me = Member(MemberId("u-1"), "ctv.vanhoa", {}, tuple(Grant(role) for role in first.roles))
    with store.write() as work:
        work.feed.put_bundle("benchmark", {"profile": profile, "kinds": kinds})
        work.feed.set_value("bundle_rev", "benchmark")
        work.feed.set_value("server_time", "2026-11-22T09:00:00.000000Z")
        work.board.put_member(me)
        work.feed.set_account(Account("http://127.0.0.1:1", me.id, me.username, "device-1"))


def _json(*names: str) -> dict[str, Json]:
    value: dict[str, Json] = json.loads(resources.path(*names).read_text(encoding="utf-8"))
    return value
