"""The extractor on 200 legal documents that nobody has seen, another 200 in every run; the bar is data (`wanted.json`)."""

import json
import random

from desktop.cli.extracting import as_json
from desktop.domain.legal.extract import extract
from tests.legal_corpus import WANTED
from tests.legal_corpus.generate import documents
from tests.legal_corpus.score import marks
from tests.legal_corpus.tally import Tally

DOCUMENTS = 200


def test_documents_nobody_has_seen() -> None:
    """Nothing raises; `./dev bench legal --seed S --documents 200` prints the whole table of a seed."""
    seed = random.SystemRandom().randrange(2**32)
    print(f"seed {seed}")  # noqa: T201  pytest shows it when the test fails
    floor = json.loads(WANTED.read_text("utf-8"))["floor"]
    tally = Tally()
    for document in documents(seed, DOCUMENTS):
        tally.add(document, marks(document, as_json(extract(document.text), document.text)))
    invented = [f"{item.seed}: {mark.field} = {mark.given!r}, not {mark.wanted!r}" for item, mark in tally.inventions]
    assert len(invented) <= floor["inventions"] * DOCUMENTS, "\n".join(invented)
    assert tally.exact >= floor["exact"], "\n".join(tally.lines())
