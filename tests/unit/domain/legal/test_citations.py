"""One name for one cited document, and a title in capitals as the text itself spells it."""

import pytest

from desktop.domain.legal.casing import as_sentence
from desktop.domain.legal.citations import canonical, read_citations
from desktop.domain.legal.source import Source


@pytest.mark.parametrize(
    "written",
    ["Nghị định 64/2007/NĐ-CP", "Nghị định số 64/2007/NĐ-CP", "nghị định số: 64/2007/NĐ - CP", "NĐ 64/2007/NĐ-CP"],
)
def test_one_name(written: str) -> None:
    assert canonical(written) == "Nghị định số 64/2007/NĐ-CP"


def test_a_name_without_a_number_has_no_such_name() -> None:
    assert canonical("Luật Công nghệ thông tin") is None


def test_every_cited_document_once() -> None:
    text = (
        "Theo Nghị định số 64/2007/NĐ-CP ngày 10/4/2007 và Nghị định 64/2007/NĐ-CP; Quyết định số 20/2008/\nQĐ-BTTTT."
    )
    found = [(one.loai, one.so_hieu, one.ngay) for one in read_citations(Source(text))]
    assert found == [("Nghị định", "64/2007/NĐ-CP", "2007-04-10"), ("Quyết định", "20/2008/QĐ-BTTTT", None)]


def test_a_title_in_capitals_is_spelled_as_the_text_spells_it() -> None:
    text = "Ban hành kèm theo Quyết định này Quy chế làm việc của Sở Y tế tỉnh Cà Mau."
    assert as_sentence("BAN HÀNH QUY CHẾ LÀM VIỆC CỦA SỞ Y TẾ TỈNH CÀ MAU", text) == (
        "Ban hành Quy chế làm việc của Sở Y tế tỉnh Cà Mau"
    )
    assert as_sentence("QUY CHẾ KHÁC HẲN VĂN BẢN", text) == "QUY CHẾ KHÁC HẲN VĂN BẢN"
    assert as_sentence("góp ý Dự thảo", text) == "Góp ý Dự thảo"
