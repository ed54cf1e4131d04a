"""A run of text is read by its font, as long as its letters do not contradict it."""

import pytest

from desktop.editor.text.legacy.fonts import by_font


@pytest.mark.parametrize(
    ("font", "old", "text"),
    [
        (".VnTime", "B¸o c¸o", "Báo cáo"),
        (".VnTimeH", "Céng hßa", "CỘNG HÒA"),
        ("'.VnArialH'", "uû ban nh©n d©n", "UỶ BAN NHÂN DÂN"),
        ("ABCDEF+.VnTime", "tµi chÝnh", "tài chính"),
        ("VNI-Times", "Coäng hoøa", "Cộng hòa"),
        ("VPS Times", "Céng", "Céng"),
        (".VnTime", "Báo cáo tài chính", "Báo cáo tài chính"),
        (".VnTime", "Độc lập", "Độc lập"),
        (".VnTime", "Microsoft Office 2003", "Microsoft Office 2003"),
        ("Times New Roman", "Độc lập", "Độc lập"),
    ],
)
def test_by_font(font: str, old: str, text: str) -> None:
    assert by_font(old, font).text == text


def test_one_short_word_is_enough_with_a_font() -> None:
    assert [(one.charset, one.by) for one in by_font("vÒ", ".VnTime").detected] == [("tcvn3", "font")]
