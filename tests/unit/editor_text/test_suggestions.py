"""What is proposed for a wrong word, and in which order."""

import pytest

from desktop.editor.text.suggestions import suggest
from desktop.editor.text.vocabulary import vocabulary


@pytest.mark.parametrize(
    ("before", "word", "after", "meant"),
    [
        ("hệ", "thng", "để", "thống"),
        ("phối", "hp", "với", "hợp"),
        ("luật", "Tchức", "hội", "Tổ chức"),
        ("người", "sdụng", "", "sử dụng"),
        ("", "hòan", "thành", "hoàn"),
        ("", "QUYÊT", "ĐỊNH", "QUYẾT"),
        ("cung", "cp", "thông", "cấp"),
    ],
)
def test_the_first_proposal(*, before: str, word: str, after: str, meant: str) -> None:
    assert suggest(word, before=before, after=after)[0] == meant


def test_a_term_that_was_nearly_written() -> None:
    assert suggest("Inertnet", known=vocabulary()) == ("Internet",)


def test_no_more_than_six_and_none_twice() -> None:
    made = suggest("tng")
    assert len(made) == len(set(made)) == 6


def test_nothing_for_what_is_no_word() -> None:
    assert suggest("x" * 40) == ()
