"""The form of a line: what is flagged, what stands there instead, and what is left alone."""

import pytest

import resources
from desktop.domain.text import tidy_text
from desktop.editor.text.form import malformed
from desktop.editor.text.proofreading import Proofreader
from desktop.editor.text.vocabulary import vocabulary

KNOWN = vocabulary()


def mended(line: str) -> str:
    """`line` with the first proposal of every finding."""
    for item in sorted(malformed(line, KNOWN), key=lambda item: item.start, reverse=True):
        line = line[: item.start] + item.fixes[0] + line[item.end :]
    return line


@pytest.mark.parametrize(
    ("line", "code", "right"),
    [
        ("một Trưởng Ban , từ 01", "form-space-before", "một Trưởng Ban, từ 01"),
        ("phải đầy đủ,chính xác", "form-space-after", "phải đầy đủ, chính xác"),
        ("ban hành.Các sở", "form-space-after", "ban hành. Các sở"),
        ("Điều 7của Quy định", "form-space-after", "Điều 7 của Quy định"),
        ("Địa chỉ của  các cơ quan", "form-double-space", "Địa chỉ của các cơ quan"),
        ("quy chế ( gọi tắt)", "form-space-inside", "quy chế (gọi tắt)"),
        ('mục "Thông báo" trên', "form-straight-quotes", "mục “Thông báo” trên"),
        ("của Ủy ban Nhân dân tỉnh", "form-agency", "của Ủy ban nhân dân tỉnh"),
        ("của Uỷ ban Nhân dân tỉnh", "form-agency", "của Uỷ ban nhân dân tỉnh"),
        ("Hội Đồng nhân dân", "form-agency", "Hội đồng nhân dân"),
        ("bộ Thông tin và truyền thông", "form-agency", "Bộ Thông tin và Truyền thông"),
        ("hoạt động của Công TTĐT tỉnh", "term", "hoạt động của Cổng TTĐT tỉnh"),
    ],
)
def test_flagged_and_put_right(line: str, code: str, right: str) -> None:
    assert [item.rule.code for item in malformed(line, KNOWN)] == [code]
    assert mended(line) == right
    assert list(malformed(right, KNOWN)) == []


@pytest.mark.parametrize(
    "line",
    [
        "Giá 1.500.000 đồng, lúc 16:30, tỷ lệ 5,5%; v.v., TP.HCM, 30a, 5ha",
        "QUYẾT ĐỊNH CỦA ỦY BAN NHÂN DÂN TỈNH",
        "Chú thích ![Ảnh](/_blob/aa) và [trang](https://a.gov.vn/x,y) ...",
        "| Một  | hai |",
        "“Quy chế” của “Cổng”; <so + tên>.hue.gov.vn",
        "Thi hành Quyết định này./.",
        "công bố thông tin của cổng trên mạng",
    ],
)
def test_left_alone(line: str) -> None:
    assert list(malformed(line, KNOWN)) == []


def test_a_quotation_mark_without_its_partner() -> None:
    assert [item.rule.code for item in malformed("mục “Thông báo trên", KNOWN)] == ["form-unpaired-quote"]


@pytest.mark.parametrize(("name", "most"), [("000", 0), ("001", 2), ("002", 0), ("003", 20), ("004", 0)])
def test_the_regulations(name: str, most: int) -> None:
    text = tidy_text(resources.path("texts", f"{name}.txt").read_text("utf-8"))
    found = [item for item in Proofreader(KNOWN).findings(text) if item.rule.code.startswith("form-")]
    assert len(found) <= most, [(item.rule.code, text[item.start - 9 : item.end + 9]) for item in found]
