"""The fifteen defects Y1 to Y15 of the five regulations: found in the texts where they are, silent in the others."""

import re

import pytest

import resources
from desktop.domain.checks.leftovers import loose_marks
from desktop.domain.errors import Rule
from desktop.domain.finding import Finding
from desktop.domain.text import tidy_text
from desktop.editor.text.proofreading import Proofreader
from desktop.editor.text.vocabulary import vocabulary

NAMES = ("000", "001", "002", "003", "004")
RAW = {name: resources.path("texts", f"{name}.txt").read_text("utf-8") for name in NAMES}
READER = Proofreader(vocabulary())
FOUND = {name: READER.findings(tidy_text(raw)) for name, raw in RAW.items()}

# Defect → rule, what of its words must fit, and how often it stands in which text; nowhere else.
DEFECTS: dict[str, tuple[str, str, dict[str, int]]] = {
    "Y2": ("spelling", "hòan", {"003": 1}),
    "Y3": ("law-standard", "6909:2011", {"001": 1}),
    "Y4": ("spelling", "Tchức|hp|trkết|thng|sđịnh|quQuy", {"004": 14}),
    "Y5": ("law-duplicate", r"b\)", {"003": 1}),
    "Y6": ("law-sign", r"Điều \d+[,:]", {"001": 2, "004": 1}),
    "Y7": ("law-dangling", "Như Điều 3", {"000": 1}),
    "Y8": ("law-date", "ngày 29/06/2005", {"003": 1}),
    "Y9": ("law-own-name", "Quy định này", {"003": 3}),
    "Y10": ("term", "Công TTĐT|Công thông tin|Đề Quy chế|Du thảo", {"001": 18}),
    "Y12": ("law-cut|law-stray", "", {"001": 9}),
    "Y13": ("law-effect", "Đang cập nhật", {"004": 1}),
    "Y13, misspelt": ("term", "cập nhập", {"004": 1}),
    "Y14": ("law-number-word", "Nghị định 64/2007/NĐ-CP", {"003": 1}),
    "Y15": ("law-draft", "số: /QĐ-UBND", {"001": 1}),
}


@pytest.mark.parametrize("defect", DEFECTS)
@pytest.mark.parametrize("name", NAMES)
def test_found_where_it_is_and_silent_where_it_is_not(defect: str, name: str) -> None:
    code, words, counts = DEFECTS[defect]
    text = tidy_text(RAW[name])
    places = [
        text[item.start : item.end]
        for item in FOUND[name]
        if re.fullmatch(code, item.rule.code) and (not words or re.fullmatch(words, text[item.start : item.end]))
    ]
    assert len(places) == counts.get(name, 0), places


@pytest.mark.parametrize(
    ("code", "counts"),
    [
        ("law-standard", {"001": 1}),
        ("law-duplicate", {"003": 1}),
        ("law-gap", {}),
        ("law-letter", {"001": 4}),
        ("law-dangling", {"000": 1}),
        ("law-date", {"003": 1}),
        ("law-count", {}),
        ("law-number-word", {"001": 1, "003": 1}),
    ],
)
def test_nothing_else_is_found_by_these_rules(code: str, counts: dict[str, int]) -> None:
    found = {name: sum(item.rule.code == code for item in FOUND[name]) for name in NAMES}
    assert found == {name: counts.get(name, 0) for name in NAMES}


@pytest.mark.parametrize(("name", "marks"), [("000", "93"), ("001", ""), ("002", "4"), ("003", "55"), ("004", "")])
def test_y1_loose_marks_are_counted_before_a_text_is_stored(name: str, marks: str) -> None:
    assert [item.rule.params["count"] for item in loose_marks(RAW[name])] == ([marks] if marks else [])
    assert list(loose_marks(tidy_text(RAW[name]))) == []


def test_y11_a_count_that_is_true_passes_and_a_false_one_does_not() -> None:
    text = tidy_text(RAW["001"]).replace("gồm 06 chương, 23 Điều", "gồm 06 chương, 22 Điều")
    rule = Rule("law-count", params={"found": "gồm 06 chương, 22 Điều", "chapters": "6", "articles": "23"})
    start = text.index("gồm 06")
    assert [item for item in READER.whole(text) if item.rule.code == "law-count"] == [Finding(rule, start, start + 22)]


@pytest.mark.parametrize(
    ("line", "fixes"),
    [
        ("Căn cứ Luật Công nghệ thông tin ngày 29 tháng 6 năm 2005;", ["ngày 29 tháng 6 năm 2006"]),
        ("Căn cứ Luật Tổ chức Hội đồng nhân dân và Uỷ ban nhân dân năm 2004;", ["năm 2003"]),
        ("Căn cứ Nghị định số 43/2011/NĐ-CP ngày 14/6/2011 của Chính phủ;", ["ngày 13/06/2011"]),
        ("Căn cứ Luật Báo chí ngày 28/12/1989; Luật Báo chí ngày 05/4/2016;", []),
        ("Luật sửa đổi, bổ sung một số điều của Luật Báo chí ngày 12/6/1999;", []),
        ("Luật Công nghệ thông tin và Nghị định của Chính phủ ngày 01/01/2010", []),
        ("theo TCVN 6909:2011 và TCVN 6909:2001", ["TCVN 6909:2001"]),
    ],
)
def test_citations(line: str, fixes: list[str]) -> None:
    assert [item.fixes[0] for item in READER.whole(line)] == fixes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("trách nhiệm của tổ\n\nchức quản lý", ["law-cut"]),
        ("Kính gửi các sở\n\nĐiều 1. Phạm vi", []),
        ("gồm:\n\na) Một", []),
        ("**đậm** và **lửng", ["law-stray"]),
        ("Xem [trang](https://a.vn) và <https://b.vn>", []),
        ("ngày … tháng … năm 2026", ["law-draft"]),
        ("ngày 5 tháng 6 năm 2026", []),
    ],
)
def test_leftovers_and_drafts(text: str, codes: list[str]) -> None:
    assert [item.rule.code for item in READER.whole(text)] == codes


def test_every_rule_has_its_sentence() -> None:
    said = resources.path("locale", "messages.vi.json").read_text("utf-8")
    codes = {item.rule.code for found in FOUND.values() for item in found}
    assert {code for code in codes if f'"rule.{code}"' not in said} == set()
