"""What a paste says of itself: a draft, several documents, pages that ended within a sentence; told where it is so and only there."""

import pytest

from desktop.domain.legal.extract import extract
from desktop.domain.legal.structure import headings

HEAD = "ỦY BAN NHÂN DÂN\nTỈNH CÀ MAU\n-------\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
DATED = f"{HEAD}Số: 12/2015/QĐ-UBND\nCà Mau, ngày 21 tháng 5 năm 2015\n"
BODY = """QUYẾT ĐỊNH
Về việc công tác văn thư, lưu trữ
Căn cứ Luật Lưu trữ ngày 11 tháng 11 năm 2011;
QUYẾT ĐỊNH:
Điều 1. Giao Sở Nội vụ thực hiện.
Điều 2. Quyết định này có hiệu lực kể từ ngày ký.
Nơi nhận:
- Như Điều 2;
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Phan Quang Thoạch
"""
REPORT = f"{HEAD}Số 62/BC-UBND\nCà Mau, ngày 21 tháng 6 năm 2015\nBÁO CÁO\nVề tiếp công dân\n1. Đã tiếp 12 lượt.\n"
LETTER = f"{HEAD}Số: 18/UBND-NC\nV/v văn thư\nCà Mau, ngày 2 tháng 6 năm 2015\nKính gửi: Sở Nội vụ\nTriển khai ngay.\n"
PLAN = "KẾ HOẠCH CỦA ỦY BAN NHÂN DÂN TỈNH CÀ MAU SỐ 78/KH-UBND NGÀY 24 THÁNG 3\nNĂM 2015 VỀ VIỆC VAY VỐN\n1. Cho vay.\n"
DIRECTIVE = "CHỈ THỊ\nV/v phân cấp quản lý cây xanh\n1. Sở Xây dựng chủ trì.\n"
FORM = f"{HEAD}Số: ...../BC-UBND\n........, ngày ... tháng ... năm ...\nBÁO CÁO\nVề .........\n1. Đã tiếp ... lượt.\n"


def values(text: str) -> dict[str, str]:
    return {name: found.value for name, found in extract(text).facts.values.items()}


@pytest.mark.parametrize(
    "head",
    [
        f"{HEAD}   /QĐ-UBND\nCà Mau, ngày      tháng      năm 2015\n",
        f"{HEAD}...../2015/QĐ-UBND\nCà Mau, ngày ... tháng ... năm 2015\n",
        f"{HEAD}Số:      /QĐ-UBND\nCà Mau, ngày   tháng   năm 2015\n",
    ],
)
def test_a_head_with_blanks_is_a_draft_without_number_and_date(head: str) -> None:
    found = extract(head + BODY).facts
    assert "draft" in found.notes
    assert not {"so_hieu", "ngay_ban_hanh", "ngay_hieu_luc"} & found.values.keys()


def test_a_number_without_its_word_below_the_date_is_no_part_of_the_year() -> None:
    found = extract(f"{HEAD}Cà Mau, ngày 21 tháng 5 năm 2015\n641/QĐ-UBND\n{BODY}")
    assert not found.facts.notes
    assert (found.facts.values["so_hieu"].value, found.facts.values["ngay_ban_hanh"].value) == (
        "641/QĐ-UBND",
        "2015-05-21",
    )


def test_a_number_broken_over_two_lines_is_whole_and_names_no_body() -> None:
    found = values(f"{HEAD}1372/\nQĐ-UBND\nCà Mau, ngày 21 tháng 5 năm 2015\n{BODY}")
    assert (found["so_hieu"], found["co_quan_ban_hanh"]) == ("1372/QĐ-UBND", "Ủy ban nhân dân tỉnh Cà Mau")


@pytest.mark.parametrize("second", [REPORT, LETTER, PLAN, DIRECTIVE])
def test_a_second_document_is_told_and_not_mixed_into_the_first(second: str) -> None:
    alone, both = extract(DATED + BODY), extract(f"{DATED}{BODY}\n\n\n{second}")
    assert "several-documents" in both.facts.notes
    assert len(both.documents) == 2
    assert both.facts.plain == alone.facts.plain


@pytest.mark.parametrize("second", [REPORT, LETTER])
def test_a_second_document_is_told_behind_annex_and_form(second: str) -> None:
    for between in ("PHỤ LỤC\nMức thu\n1. Ghi chú chung.\n", "Mẫu số 01\nĐƠN ĐỀ NGHỊ\nTên tôi là: ........\n"):
        assert "several-documents" in extract(f"{DATED}{BODY}{between}\n\n{second}").facts.notes


@pytest.mark.parametrize("between", ["PHỤ LỤC I\nMẪU BÁO CÁO\n", "Mẫu số 01\n"])
def test_a_form_with_its_blanks_is_no_second_document(between: str) -> None:
    assert not extract(f"{DATED}{BODY}{between}{FORM}").facts.notes


def test_a_ward_is_no_plan() -> None:
    head = "ỦY BAN NHÂN DÂN\nPHƯỜNG AN SƠN\nSố: 82/TTr-UBND\nAn Sơn, ngày 24 tháng 12 năm 2025\n"
    signature = "Nơi nhận:\n- Như trên;\nCHỦ TỊCH\nHoàng Minh Voát\n"
    found = extract(f"{head}{signature}TỜ TRÌNH\nV/v văn thư\nKính gửi: Sở Nội vụ\n1. Đề nghị cho phép.\n")
    assert not found.facts.notes
    assert found.structure.khoan == 1


@pytest.mark.parametrize("page", ["3", "- 3 -", "Trang 3", "3/12"])
def test_the_number_of_a_page_is_no_part_of_the_sentence_it_stands_in(page: str) -> None:
    broken = BODY.replace("11 năm 2011", f"11 năm\n{page}\n2011")
    (ground,) = extract(DATED + broken).facts.can_cu
    assert (ground.ten, ground.ngay) == ("Luật Lưu trữ", "2011-11-11")


def test_a_bare_number_that_the_sentence_waits_for_is_kept() -> None:
    broken = BODY.replace("ngày 11 tháng 11 năm", "ngày\n11\ntháng 11 năm")
    (ground,) = extract(DATED + broken).facts.can_cu
    assert ground.ngay == "2011-11-11"


def test_an_article_that_is_mentioned_at_the_begin_of_a_line_is_no_article() -> None:
    more = (
        "Điều 2. Sở Nội vụ làm theo quy định tại Điều 26 và\nĐiều 3.\nĐiều 3. Quyết định này có hiệu lực kể từ ngày ký."
    )
    found = extract(DATED + BODY.replace("Điều 2. Quyết định này có hiệu lực kể từ ngày ký.", more))
    assert [node.number for node in headings(found.structure)] == ["1", "2", "3"]


def test_the_heading_of_a_chapter_issues_nothing() -> None:
    law = "LUẬT\nBẢO VỆ NGUỒN NƯỚC\nQuốc hội ban hành Luật Bảo vệ nguồn nước.\nChương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi\nNước.\n"
    assert values(law)["co_quan_ban_hanh"] == "Quốc hội"


@pytest.mark.parametrize(
    "title",
    [
        "Về sửa đổi Nghị định số 12/2009/NĐ-CP\nngày 03 tháng 02 năm 2009 của Chính phủ về văn thư",
        "Về sửa đổi Nghị định số\n12/2009/NĐ-CP ngày 03 tháng 02\nnăm 2009 của Chính phủ về văn thư",
        "Về sửa đổi Nghị định số 12/\n2009/NĐ-CP ngày 03 tháng 02 năm 2009 của Chính phủ về văn thư",
    ],
)
def test_a_title_goes_on_through_number_and_date_of_what_it_amends(title: str) -> None:
    found = values(DATED + BODY.replace("Về việc công tác văn thư, lưu trữ", title))
    assert (
        found["trich_yeu"]
        .replace("/ ", "/")
        .endswith("12/2009/NĐ-CP ngày 03 tháng 02 năm 2009 của Chính phủ về văn thư")
    )
