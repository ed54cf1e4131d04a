"""What is read out of whole documents: the five regulations, and hard documents of every type; nothing is invented."""

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import resources
from desktop.domain.legal.extract import Extract, extract
from desktop.domain.legal.structure import headings
from desktop.domain.legal.values import FIELDS

CASES = Path(__file__).parent / "cases"
NAMES = sorted(path.stem for path in CASES.glob("*.json"))


def text_of(name: str) -> str:
    own = CASES / f"{name}.txt"
    path = own if own.exists() else resources.path("texts", f"{name}.txt")
    return path.read_text(encoding="utf-8")


def told(found: Extract) -> dict[str, Any]:
    facts, structure = found.facts, found.structure
    values: dict[str, Any] = {name: facts.values[name].value if name in facts.values else None for name in FIELDS}
    return {
        **values,
        "capacity": facts.quyen_han_ky,
        "effect_rule": facts.effect_rule is not None,
        "can_cu": [[ground.loai, ground.so_hieu, ground.ngay] for ground in facts.can_cu],
        "ten": [ground.ten for ground in facts.can_cu],
        "headings": [[node.number, node.title] for node in headings(structure)],
        "flags": [[flag.kind, flag.label] for flag in structure.flags],
        "notes": list(facts.notes),
        "documents": len(found.documents),
        "structure": structure,
    }


@pytest.mark.parametrize("name", NAMES)
def test_everything_that_is_expected_is_read_and_nothing_else(name: str) -> None:
    expected = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    found = told(extract(text_of(name)))
    counts = expected.pop("structure")
    assert {key: getattr(found["structure"], key) for key in counts} == counts
    silent: dict[str, Any] = {**dict.fromkeys(FIELDS), "notes": []}
    assert {key: found[key] for key in silent | expected} == silent | expected


@pytest.mark.parametrize("name", NAMES)
def test_every_value_stands_in_the_text_where_its_evidence_is(name: str) -> None:
    text = text_of(name)
    for found in extract(text).facts.values.values():
        assert 0 <= found.span.start < found.span.end <= len(text)
        assert 0 < found.confidence <= 1


LINES = st.sampled_from(
    [
        *(
            "QUYẾT ĐỊNH",
            "QUY CHẾ",
            "Điều 1. A",
            "Điều\n2. B",
            "1. x",
            "a) y",
            "“Điều 3. C",
            "d”",
            "| a | b |",
            "Phụ lục",
        ),
        *(
            "Số: 1/QĐ-UBND",
            "Hà Nội, ngày 1 tháng 2 năm 2020",
            "ngày 31 tháng 2 năm 2020",
            "Căn cứ Luật A ngày 1/2/2003;",
        ),
        *(
            "KT. CHỦ TỊCH",
            "PHÓ CHỦ TỊCH",
            "Nguyễn Văn A",
            "Nơi nhận:",
            "(Ban hành kèm theo Quyết định số 1/QĐ ngày",
            "MỤC LỤC",
        ),
        *(
            "UBND TỈNH",
            "ỦY BAN NHÂN DÂN",
            "BỘ",
            "Số hiệu: Đang cập nhật Loại văn bản: Người ký:",
            "[1] chú",
            "Mẫu số 1",
        ),
        *("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "\u0065\u0302\u0301", "**", "\t", "<b>", "&nbsp;", "\ufffd", "V/v"),
        "Quyết định này có hiệu lực sau 10 ngày kể từ ngày ký",
    ]
)


@given(st.one_of(st.text(max_size=200), st.lists(LINES, max_size=25).map("\n".join)))
@settings(max_examples=120, deadline=None)
def test_no_text_is_too_broken(text: str) -> None:
    found = extract(text)
    for value in found.facts.values.values():
        assert 0 <= value.span.start <= value.span.end <= len(text)
    for node in found.structure.nodes:
        assert text[node.span.start : node.span.end]


@pytest.mark.parametrize(
    "text", ["", " \n\t", "￾￾￾￾", "QuyÕt ®Þnh cña ñy ban nh©n d©n tØnh " * 9, "�" * 300, "1 2 3 4 5 " * 60]
)
def test_a_text_that_cannot_be_read_says_so_and_gives_nothing(text: str) -> None:
    found = extract(text)
    assert (found.facts.notes, found.facts.values, found.structure.nodes) == (("unreadable",), {}, ())


def test_decomposed_letters_give_the_same_and_the_evidence_is_in_the_paste() -> None:
    text = unicodedata.normalize("NFD", text_of("004"))
    composed, found = told(extract(text_of("004"))), extract(text)
    again = told(found)
    assert {key: again[key] for key in composed if key not in {"structure", "flags"}} == {
        key: composed[key] for key in composed if key not in {"structure", "flags"}
    }
    span = found.facts.values["nguoi_ky"].span
    assert unicodedata.normalize("NFC", text[span.start : span.end]) == "Thân Đức Hưởng"


def test_a_megabyte_is_read_at_one_pace() -> None:
    """No cost that grows with the square: ten times the text takes no more than some fifteen times the steps."""
    article = "Điều {n}. Tên điều\n1. Khoản một theo quy định tại Điều 5 của Luật này;\na) Điểm a “trích dẫn”;\nb) Điểm b.\n2. Khoản hai.\n"
    text = text_of("004") + "\n" + "".join(article.format(n=n) for n in range(16, 7800))
    assert len(text.encode()) > 1_000_000
    found = extract(text)
    assert found.structure.dieu == 7799


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12\tCÔNG BÁO/Số 599 + 600/Ngày 12-6-2015", "599 + 600"),
        ("CÔNG BÁO/Số 05/Ngày 12-6-2015", "05"),
        (
            "Số hiệu: 13/2015/QĐ-UBND\nNgày công báo: 12/06/2015 Số công báo: 599 + 600\nTình trạng: Đang cập nhập",
            "599 + 600",
        ),
    ],
)
def test_the_gazette_is_read_where_it_prints_itself_and_where_a_table_tells(text: str, number: str) -> None:
    values = extract(f"{text}\n\n{text_of('002')}").facts.values
    assert (values["so_cong_bao"].value, values["ngay_cong_bao"].value) == (number, "2015-06-12")
    assert "tinh_trang" not in values
