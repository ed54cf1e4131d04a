"""A translation beside its original: what the two say otherwise is told, and nothing else."""

import pytest

from desktop.domain.parity import Difference, differences

VI = "Sáng 22/11/2026, tỉnh khai trương 1.268 thủ tục, trong đó 3,5% mới.\n\nTheo Quyết định 17/2011/QĐ-UBND ngày 06 tháng 6 năm 2011."
EN = (
    "On the morning of 22 November 2026, the province opened 1,268 procedures, 3.5% of them new.\n\n"
    "Under Decision 17/2011/QĐ-UBND of June 6, 2011."
)


def compared(original: str, translation: str) -> tuple[Difference, ...]:
    return differences(original, translation, langs=("vi", "en"))


def test_a_faithful_translation_differs_in_nothing() -> None:
    assert compared(VI, EN) == ()
    assert differences(EN, VI, langs=("en", "vi")) == ()


@pytest.mark.parametrize(
    ("wrong", "right", "found"),
    [
        ("22 November", "23 November", [Difference("date", "", "2026-11-22"), Difference("date", "2026-11-23", "")]),
        ("1,268", "1,286", [Difference("number", "", "1268"), Difference("number", "1286", "")]),
        ("3.5%", "35%", [Difference("number", "", "3.5"), Difference("number", "35", "")]),
        ("17/2011/QĐ-UBND", "71/2011/QĐ-UBND", [Difference("number", "", "17/2011/QĐ-UBND"), Difference("number", "71/2011/QĐ-UBND", "")]),
        (" of June 6, 2011", "", [Difference("date", "", "2011-06-06")]),
        ("\n\nUnder", " Under", [Difference("paragraphs", "1", "2")]),
    ],
)  # fmt: skip
def test_what_differs_is_told(wrong: str, right: str, found: list[Difference]) -> None:
    assert list(compared(VI, EN.replace(wrong, right))) == found


def test_the_same_number_twice_and_once_is_a_difference() -> None:
    assert compared("5 và 5", "5 and five") == (Difference("number", "", "5"),)


def test_addresses_of_links_are_no_numbers() -> None:
    assert compared("[mẫu 2](https://a.vn/2026/11/1)", "[form 2](https://a.vn/en/7)") == ()


def test_what_is_no_day_is_no_date() -> None:
    assert compared("tỉ lệ 45/13/2026", "rate 45/13/2026") == ()
