"""Labels of law as they stand in real documents."""

import pytest

import resources
from desktop.domain.text import tidy_text
from tests.support.labels import label_sequence, read_labels


def regulation(name: str) -> str:
    return tidy_text(resources.path("texts", f"{name}.txt").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("name", "chapters", "articles", "clauses", "points"),
    [
        ("000", 5, 2 + 20, 67, 0),
        ("001", 6, 3 + 23, 69, 54),
        ("002", 4, 3 + 15, 56, 15),
        ("003", 6, 3 + 22, 55, 20),
        ("004", 4, 3 + 15, 58, 18),
    ],
)
def test_the_regulations(name: str, chapters: int, articles: int, clauses: int, points: int) -> None:
    levels = [label.level for label in read_labels(regulation(name))]
    counted = [levels.count(level) for level in ("chuong", "dieu", "khoan", "diem", "phan", "muc")]
    assert counted == [chapters, articles, clauses, points, 0, 0]


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("Điều 5. Phạm vi", "Điều 5."),
        ("Điều 2: Quyết định này có hiệu lực.", "Điều 2:"),
        ("ĐIỀU 7.", "ĐIỀU 7."),
        ("Điều 5a. Bổ sung", "Điều 5a."),
        ("Điều\xa03.  Địa chỉ", "Điều 3."),
        ("  **Điều 5.** Phạm vi", "Điều 5."),
        ("## Điều 5. Phạm vi", "Điều 5."),
        ("Chương I", "Chương I"),
        ("Chương 1:", "Chương 1:"),
        ("CHƯƠNG IV. TỔ CHỨC", "CHƯƠNG IV."),
        ("Chương V **KINH PHÍ**", "Chương V"),
        ("Mục 2. QUẢN LÝ", "Mục 2."),
        ("Phần thứ nhất", "Phần thứ nhất"),
        ("1. Một", "1."),
        ("10) Mười", "10)"),
        ("1.Sát chữ", "1."),
        ("1.2. Hai cấp", "1.2."),
        ("a) một", "a)"),
        ("đ) năm", "đ)"),
        ("aa) dài", "aa)"),
    ],
)
def test_labels(line: str, label: str) -> None:
    assert label_sequence(line) == [label]


@pytest.mark.parametrize(
    "line",
    [
        "Điều 28 của Luật Công nghệ thông tin quy định",
        "Điều 17, Nghị định 43/2011/NĐ-CP",
        "Điều này áp dụng",
        "Chương IV của Quy chế này",
        "Mục lấy ý kiến góp ý",
        "Phần mềm",
        "2015. Theo đó",
        "1/2 ngày làm việc",
        "1.268 thủ tục",
        "22.11.2026",
        "147 Thống Nhất",
        "- a) gạch",
        "abc) x",
        "",
    ],
)
def test_mentions_and_numbers_are_no_labels(line: str) -> None:
    assert label_sequence(line) == []


def test_a_comma_makes_a_label_only_of_the_next_article() -> None:
    assert label_sequence("Điều 8. Nộp hồ sơ\nĐiều 9, Thời gian thụ lý") == ["Điều 8.", "Điều 9,"]
    assert label_sequence("Điều 8. Nộp hồ sơ\nĐiều 28, Luật Công nghệ thông tin") == ["Điều 8."]


def test_cells_of_a_table_hold_no_labels() -> None:
    assert label_sequence("<table>\n<tr><td>\n1. Một\n</td></tr>\n</table>\nĐiều 1. A") == ["Điều 1."]
    assert label_sequence("| 1. Một | a) b |") == []
