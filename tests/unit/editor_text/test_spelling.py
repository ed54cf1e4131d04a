"""The spelling of the five regulations, and what is never spelling: addresses, numbers, codes, other languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from desktop.domain.digest import Json
from desktop.domain.text import tidy_text
from desktop.editor.text.proofreading import Proofreader
from desktop.editor.text.syllables import syllables
from desktop.editor.text.vocabulary import vocabulary

# Every damaged word of text 004, by reading it.
DAMAGED = """
    Tchức bn Tnh tnh t ng trkết xut hp tchức s thng cng nhm đtra vcông tcông sdụng cp trhoặc phn chký tthành đ cn chng giy
    sđịnh đnh ttrên chc dich đxuất quyn quQuy tng
""".split()
MEANT = {
    "hp": "hợp", "thng": "thống", "tchức": "tổ chức", "cp": "cấp", "sdụng": "sử dụng", "đnh": "định", "dich": "dịch",
    "phn": "phần", "đxuất": "đề xuất", "tnh": "tỉnh", "trkết": "trả kết", "quyn": "quyền", "tng": "tổng", "chc": "chức",
}  # fmt: skip


@pytest.fixture(scope="module")
def reader() -> Proofreader:
    return Proofreader(vocabulary())


def regulation(name: str) -> str:
    return tidy_text(resources.path("texts", f"{name}.txt").read_text("utf-8"))


def misspelt(reader: Proofreader, text: str) -> list[str]:
    return [text[item.start : item.end] for item in reader.findings(text) if item.rule.code == "spelling"]


@pytest.mark.parametrize(
    ("name", "found"), [("000", ["Tien"]), ("001", ["Phuoc", "Province"]), ("002", []), ("003", ["hòan", "Inertnet"])]
)
def test_hardly_a_right_word_is_flagged(reader: Proofreader, name: str, found: list[str]) -> None:
    assert misspelt(reader, regulation(name)) == found


def test_the_damaged_words_of_a_scan_are_flagged(reader: Proofreader) -> None:
    assert sorted(set(misspelt(reader, regulation("004")))) == sorted(DAMAGED)


def test_what_the_scan_lost_is_proposed(reader: Proofreader) -> None:
    text = regulation("004")
    wrong = [
        (text[item.start : item.end], fixes)
        for item in reader.findings(text)
        if (meant := MEANT.get(text[item.start : item.end])) and meant not in (fixes := reader.fixes_in(text, item))
    ]
    assert wrong == []


@pytest.mark.parametrize(
    "line",
    [
        "Tiếp nhận trong ½ ngày, diện tích 12 m² và ③ thủ tục",
        "Xem https://thuathienhue.gov.vn/vb?id=5&lang=xyz, thư zzz.qqq@camau.gov.vn hoặc www.chinhphu.vn.",
        "Số 17/2011/QĐ-UBND, TTr-STTTT, mã Ktr36/5, 5,5 km, 30a, ngày 21/05/2015",
        'Tên <span lang="en">Binh Phuoc Province Web Portal</span> và <i lang="fr">Préfecture</i>',
        "Dùng `git push` hay [trang này](https://xyz.gov/qwrt) và ![Ảnh](/_blob/aabb)",
        "Theo điểm a, b, c và đ khoản 2; d) UBND, HĐND và TTĐT; đ/c trưởng ban; dày 5 m",
        "Buôn Ma Thuột, M'Đrắk, Đắk Lắk, Krông Pắc, KeyPay, YouTube",
        "| a | b |",
    ],
)
def test_never_flagged(reader: Proofreader, line: str) -> None:
    assert misspelt(reader, line) == []


def test_a_fence_of_code_is_no_text(reader: Proofreader) -> None:
    assert misspelt(reader, "Đoạn\n```\nxzq\n```\nxzq") == ["xzq"]


def test_capitals_of_a_heading_are_words(reader: Proofreader) -> None:
    assert misspelt(reader, "QUYT ĐỊNH CỦA UBND TỈNH, CHƯƠNG XIV") == ["QUYT"]


def test_the_portal_and_the_member_add_words() -> None:
    words: dict[str, Json] = {
        "words": {"abbreviations": ["TTr2", "LrĐ"], "terms": ["Xyzzy"], "replacements": {"Công trang": "Cổng trang"}}
    }
    reader = Proofreader(vocabulary(words, own=["plugh"]))
    assert misspelt(reader, "LrĐ xyzzy Plugh lrđ") == ["lrđ"]
    assert [item.rule.code for item in reader.findings("Công trang")] == ["term"]


@given(st.lists(st.sampled_from(sorted(syllables())), max_size=12), st.integers(0, 10**9))
def test_whatever_is_made_of_syllables_and_numbers_is_right(made: list[str], number: int) -> None:
    assert misspelt(Proofreader(vocabulary()), f"{' '.join(made)} {number}/QĐ-UBND") == []
