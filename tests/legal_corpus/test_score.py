"""The scorer: the truth scores in full, and each way to be wrong is told from the others."""

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from tests.legal_corpus.compare import Text, same
from tests.legal_corpus.generate import document, documents
from tests.legal_corpus.perfect import perfect, plain
from tests.legal_corpus.score import Outcome, marks
from tests.legal_corpus.tally import Tally
from tests.legal_corpus.truth import Document

Answer = dict[str, Any]


@cache
def first_clean(kind: str) -> Document:
    return next(item for item in documents(5, 900) if item.kind == kind and not item.damages and item.layout == "nd30")


def outcome(item: Document, answer: Answer, field: str) -> list[Outcome]:
    return [mark.outcome for mark in marks(item, answer) if mark.field == field]


def test_the_truth_itself_is_exact_and_invents_nothing() -> None:
    tally = Tally()
    for item in documents(6, 300):
        tally.add(item, marks(item, perfect(item)))
    assert tally.not_exact == []
    assert tally.exact == 1


def test_values_may_come_with_a_span_and_a_confidence() -> None:
    item = first_clean("quyet_dinh_kem")
    answer = perfect(item)
    dressed = {key: {"value": value, "span": [0, 1], "confidence": 0.9} for key, value in answer.items()}
    assert marks(item, dressed) == marks(item, answer)


def test_no_answer_is_missing_where_the_text_speaks() -> None:
    item = first_clean("quyet_dinh_kem")
    assert outcome(item, {}, "so_hieu") == [Outcome.MISSING]
    assert outcome(item, {}, "structure.dieu") == [Outcome.MISSING]
    assert set(outcome(item, {}, "can_cu.loai")) == {Outcome.MISSING}
    assert outcome(item, {}, "linh_vuc") == [Outcome.EMPTY]


@pytest.mark.parametrize(
    ("field", "spoil"),
    [
        ("so_hieu", lambda answer: answer.update(so_hieu="1/2099/QĐ-XYZ")),
        ("linh_vuc", lambda answer: answer.update(linh_vuc="Văn hóa")),
        ("ngay_ban_hanh", lambda answer: answer.update(ngay_ban_hanh="2099-01-01")),
        ("nguoi_ky", lambda answer: answer.update(nguoi_ky="Người Vắng Mặt")),
        (
            "can_cu",
            lambda answer: answer["can_cu"].append(
                {"loai": "Tờ trình", "so_hieu": "1/TTr-X", "ngay": None, "ten": None}
            ),
        ),
        ("dieu_headings", lambda answer: answer["dieu_headings"].append({"so": "99", "tieu_de": None})),
        ("structure.phan", lambda answer: answer["structure"].update(phan=3)),
    ],
)
def test_what_the_text_does_not_say_is_an_invention(field: str, spoil: Callable[[Answer], None]) -> None:
    item = first_clean("quyet_dinh_kem")
    answer = perfect(item)
    spoil(answer)
    assert Outcome.INVENTED in outcome(item, answer, field)
    assert Outcome.INVENTED not in outcome(item, perfect(item), field)


def test_a_value_of_another_place_of_the_text_is_wrong() -> None:
    item = first_clean("quyet_dinh_kem")
    answer = perfect(item)
    answer["trich_yeu"] = answer["nguoi_ky"]
    answer["structure"] |= {"dieu": answer["structure"]["dieu"] + 1}
    assert outcome(item, answer, "trich_yeu") == [Outcome.WRONG]
    assert outcome(item, answer, "structure.dieu") == [Outcome.WRONG]


def test_an_unreadable_text_wants_silence() -> None:
    item = next(item for item in documents(6, 300) if item.unreadable)
    assert {mark.outcome for mark in marks(item, {})} == {Outcome.EMPTY}
    assert outcome(item, {"so_hieu": "12/QĐ-UBND"}, "so_hieu") == [Outcome.INVENTED]


def test_a_plain_extractor_does_better_on_clean_texts_than_nothing_and_worse_than_the_truth() -> None:
    tally = Tally()
    for item in documents(8, 200):
        tally.add(item, marks(item, plain(item.text)))
    assert 0.1 < tally.exact < 0.6
    assert tally.inventions
    assert any(line.startswith("layout nd30") for line in tally.lines())


def test_spelling_habits_make_no_difference_letters_do() -> None:
    assert same("UBND tỉnh Cà Mau", "UỶ BAN NHÂN DÂN TỈNH CÀ MAU")
    assert same("17/2011/ QĐ-UBND", "17/2011/QĐ-UBND")
    assert same("“Quy chế  hoà giải”", "Quy chế hòa giải")
    assert not same("Phó Chủ tịch", "Chủ tịch")
    assert not same("Võ Đoãn", "Võ Đoan")


def test_a_date_is_found_in_each_of_its_forms() -> None:
    for written in ("ngày 06 tháng 6 năm 2011", "ngày 6/6/2011", "06-06-2011", "ngày 6\ntháng 06 năm 2011"):
        assert Text(f"Tiền Giang, {written}").contains("2011-06-06")
    assert not Text("ngày 16 tháng 7 năm 2011").contains("2011-06-16")


def test_a_document_made_again_scores_alike() -> None:
    item = document("9:5")
    assert marks(item, plain(item.text)) == marks(document("9:5"), plain(item.text))
