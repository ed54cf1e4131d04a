"""An old portal's archive brought in: a catalogue of 1,000 legal documents with texts, beside the same rows by the driver alone.

Budget: 1,000 documents in 2 minutes, without their files. The figure is the processor's time.
"""

import csv
import os
import time
from collections import Counter
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pysqlite3.dbapi2

from benchmarks.harness import Measured, benchmark
from benchmarks.office import words
from benchmarks.store import Chance, WallClock, settle_in
from desktop.application.archive import BATCH, Archive, Choice, Fate, Outcome
from desktop.application.archive_reading import Reading
from desktop.application.freezing import Tools
from desktop.editor.text.render import MarkdownRenderer
from desktop.store import open_store
from desktop.store.connecting import pragmas

DOCUMENTS: Final = int(os.environ.get("BENCH_DOCUMENTS", "1000"))
_WORDS: Final = 1500
_HEADER: Final = ("Số hiệu", "Ngày ban hành", "Nơi ban hành", "Tên văn bản", "Toàn văn")


@benchmark("archive.import", unit="s", better="lower", reference="raw sqlite3: the same rows read and inserted")
def bring_in() -> Measured:
    with TemporaryDirectory() as name:
        path = Path(name) / "danh-muc.csv"
        _catalogue(path)
        return Measured(_imported(path, Path(name) / "home"), _inserted(path, Path(name) / "raw.sqlite3"))


def _catalogue(path: Path) -> None:
    """Documents of 1,500 words each, about 9 KB."""
    known = words()
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_HEADER)
        for number in range(DOCUMENTS):
            start = number * 37 % (len(known) - _WORDS)
            body = " ".join(known[start : start + _WORDS])
            title = f"Quyết định số {number} {' '.join(known[start : start + 12])}"
            writer.writerow((f"{number}/2011/QĐ-UBND", "06/06/2011", "Ủy ban nhân dân tỉnh", title, body))


def _imported(path: Path, home: Path) -> float:
    told: list[Outcome] = []
    with closing(open_store(home, clock=WallClock())) as store:
        settle_in(store)
        tools = Tools(WallClock(), Chance(), MarkdownRenderer())
        archive = Archive(store, tools, lambda _changes: None, Reading(bytes.decode, lambda _text: {}))
        choice, begin = Choice(section="van-ban"), time.process_time()
        archive.bring_in(archive.read(path, choice).records, choice, told.append)
        taken = time.process_time() - begin
    fates = Counter(outcome.fate for outcome in told)
    assert fates == {Fate.NEW: DOCUMENTS}, fates
    return taken


def _inserted(path: Path, database: Path) -> float:
    begin = time.process_time()
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    with closing(pysqlite3.dbapi2.connect(str(database), isolation_level=None)) as connection:
        for statement in pragmas():
            connection.execute(statement)
        connection.execute("CREATE TABLE row (so TEXT PRIMARY KEY, ngay TEXT, noi TEXT, ten TEXT, toan_van TEXT)")
        for start in range(0, len(rows), BATCH):
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany("INSERT INTO row VALUES (?, ?, ?, ?, ?)", rows[start : start + BATCH])
            connection.execute("COMMIT")
    return time.process_time() - begin
