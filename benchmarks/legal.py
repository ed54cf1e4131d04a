"""Legal documents that nobody has seen, read as `toasoan extract --json` reads them: what is right, what is invented, how fast.

`./dev bench legal --seed S --documents N` prints exact fields and inventions by field, layout, type and damage; a seed repeats it.
"""

import json
import os
import random
import time
from collections import Counter
from collections.abc import Mapping
from typing import Final

from benchmarks.harness import Measured, benchmark
from desktop.cli.extracting import as_json
from desktop.domain.digest import Json
from desktop.domain.legal.extract import extract
from tests.legal_corpus import WANTED
from tests.legal_corpus.generate import documents, large
from tests.legal_corpus.perfect import plain
from tests.legal_corpus.score import marks
from tests.legal_corpus.tally import Tally
from tests.legal_corpus.truth import Document

SEED: Final = int(os.environ.get("BENCH_SEED", "") or random.SystemRandom().randrange(2**32))
DOCUMENTS: Final = int(os.environ.get("BENCH_DOCUMENTS", "300"))
_LARGE: Final = 1_000_000
_SHOWN: Final = 40
_AIM: Final = json.loads(WANTED.read_text(encoding="utf-8"))["aim"]
_PLAIN: Final = "four regular expressions on the same text"


@benchmark("legal.exact", unit="%", better="higher", reference="what the issue asks for")
def exact() -> Measured:
    """Prints the whole table, and the inventions with the seed that makes each document again."""
    tally, told = Tally(), Counter[str]()
    spent = size = 0.0
    for document in documents(SEED, DOCUMENTS):
        begin = time.process_time()
        answer = _read(document.text)
        spent += time.process_time() - begin
        size += len(document.text.encode()) / 1e6
        tally.add(document, marks(document, answer))
        told.update(_says_so(document, answer))
    print(f"seed {SEED}, {DOCUMENTS} documents, {size:.1f} MB")
    print("\n".join(tally.lines()))
    print("says so: " + ", ".join(f"{name} {count}" for name, count in sorted(told.items())))
    print(f"processor: {spent / DOCUMENTS * 1000:.1f} ms a document, {spent / size:.2f} s a MB")
    for document, mark in tally.inventions[:_SHOWN]:
        print(
            f"invented in {document.seed} ({document.kind}, {document.layout}): {mark.field} = {mark.given!r}, not {mark.wanted!r}"
        )
    return Measured(100 * tally.exact, 100 * _AIM["exact"])


@benchmark("legal.large", unit="s", better="lower", reference=_PLAIN)
def one_megabyte() -> Measured:
    """A text of a million characters; budget 1 s."""
    text = large(SEED, _LARGE).text
    return Measured(_seconds(text, by_us=True), _seconds(text, by_us=False))


def _seconds(text: str, *, by_us: bool) -> float:
    begin = time.process_time()
    _ = _read(text) if by_us else plain(text)
    return time.process_time() - begin


def _read(text: str) -> Mapping[str, Json]:
    return as_json(extract(text), text)


def _says_so(document: Document, answer: Mapping[str, Json]) -> list[str]:
    """Of what a reader must be warned of: told, silent, or told for nothing."""
    notes = answer["ghi_chu"]
    told = set(map(str, notes)) if isinstance(notes, list) else set()
    known = {"several-documents": document.documents > 1, "unreadable": document.unreadable, "draft": document.draft}
    return [
        f"{name} {'told' if is_so else 'for nothing'}" if name in told else f"{name} silent"
        for name, is_so in known.items()
        if is_so or name in told
    ]
