"""The generator: repeatable, of every kind, and true to its own texts."""

import re
from collections import Counter

import pytest

from tests.legal_corpus import damage
from tests.legal_corpus.arrange import CLOSINGS, HEADS, PLACES
from tests.legal_corpus.compare import Text
from tests.legal_corpus.generate import document, documents, large
from tests.legal_corpus.kinds import KINDS
from tests.legal_corpus.tags import MARKS, Tags
from tests.legal_corpus.truth import Document

SEED = 20_240_101
MANY = 400


@pytest.fixture(scope="module")
def corpus() -> list[Document]:
    return list(documents(SEED, MANY))


def test_a_seed_makes_the_same_document_again(corpus: list[Document]) -> None:
    assert document(f"{SEED}:77") == corpus[77]
    assert document(f"{SEED + 1}:77") != corpus[77]


def test_every_kind_layout_and_damage_occurs(corpus: list[Document]) -> None:
    assert {item.kind for item in corpus} == set(KINDS)
    assert {item.layout for item in corpus} == {"nd30", "tt01", "ttlt55", "web", "none"}
    seen = {name for item in corpus for name in item.damages}
    arranged = (
        {f"head_{name}" for name in HEADS}
        | {f"closing_{name}" for name in CLOSINGS}
        | {f"signature_{name}" for name in PLACES}
    )
    around = {"nfd", "draft", "two_documents", "unreadable", "metadata", "gazette", "stamp", "furniture"}
    usual = {"head_rows", "closing_receivers_first", "signature_after_text"}
    assert seen == set(damage.DAMAGES) | (arranged - usual) | around


def test_no_mark_is_left_in_a_text(corpus: list[Document]) -> None:
    assert not [item.seed for item in corpus if MARKS.search(item.text)]


def test_a_clean_text_says_what_its_truth_says(corpus: list[Document]) -> None:
    """Dates and numbers in one piece, everything else in its words; only a computed date of effect may be absent."""
    silent = []
    for item in corpus:
        text = Text(item.text)
        for key, expected in item.truth.scalars.items():
            said = text.contains if key.startswith(("ngay", "so_")) else text.has_words
            known = key in {"ngay_hieu_luc", "loai_van_ban"} or expected.value is None or not expected.scored
            if not item.damages and not known and not any(map(said, filter(None, (expected.value, *expected.also)))):
                silent.append(f"{item.seed} {key}: {expected.value}")
    assert silent == []


def test_articles_are_counted_as_an_independent_eye_counts_them(corpus: list[Document]) -> None:
    """In clean texts without annexes: lines that begin with a label, outside of quotations."""
    checked = 0
    for item in corpus:
        if item.damages or item.kind == "sua_doi" or re.search(r"(?m)^(PHỤ LỤC|Mẫu số|\[\d\])", item.text):
            continue
        lines = Counter(re.findall(r"(?m)^(Điều \d+|Chương|CHƯƠNG|Mục \d|Phần thứ)", item.text))
        articles = sum(count for label, count in lines.items() if label.startswith("Điều"))
        counts = item.truth.counts
        assert articles == counts["dieu"].value + (
            counts["dieu_quyet_dinh"].value if item.kind == "quyet_dinh_kem" else 0
        )
        assert lines["Chương"] + lines["CHƯƠNG"] == (counts["chuong"].value or 0)
        checked += articles
    assert checked > 200


def test_what_a_damage_destroys_is_no_longer_demanded() -> None:
    tags = Tags()
    text = f"Số: {tags.mark('so_hieu', '17/2011/QĐ-UBND')}, {tags.mark('ngay', 'ngày 6')}, {tags.mark('ten', 'Võ')}"
    worse = text.replace("17/2011", "17/2O11").replace("ngày 6", "ngày\n6").replace("Võ", "")
    assert [(said.key, said.intact) for said in tags.said(worse)] == [
        ("so_hieu", False),
        ("ngay", True),
        ("ten", False),
    ]
    assert [said.key for said in tags.said(worse.partition(",")[0])] == ["so_hieu"]


def test_a_draft_has_neither_number_nor_date(corpus: list[Document]) -> None:
    drafts = [
        item for item in corpus if item.draft and "metadata" not in item.damages and "two_documents" not in item.damages
    ]
    assert drafts
    assert all(item.truth.scalars["so_hieu"].value is None for item in drafts)
    assert all(item.truth.scalars["ngay_ban_hanh"].value is None for item in drafts if item.kind != "luat")


def test_a_large_text_is_one_document_with_as_many_articles_as_it_says() -> None:
    item = large(3, 200_000)
    assert len(item.text) >= 200_000
    assert item.truth.counts["dieu"].value == len(item.truth.headings) > 100


def test_an_unreadable_text_says_nothing(corpus: list[Document]) -> None:
    spoilt = [item for item in corpus if item.unreadable]
    assert spoilt
    assert all(expected.value is None for item in spoilt for expected in item.truth.scalars.values())
