"""The outline of a source and its word count."""

import resources
from desktop.domain.text import tidy_text
from desktop.editor.text.outline import OutlineItem, count_words, outline


def test_headings_of_an_article() -> None:
    text = "# Một\nvăn bản\n## **Hai** ##\n#không\n\n#### Bốn"
    assert outline(text, "prose") == (OutlineItem(0, 1, "Một"), OutlineItem(2, 2, "Hai"), OutlineItem(5, 4, "Bốn"))
    assert outline("Điều 1. Phạm vi", "prose") == ()


def test_articles_of_law_with_their_lines() -> None:
    text = "Chương I\n\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi\n1. Một\na) a\nĐiều 2.\nMục 1. TỔ CHỨC"
    assert outline(text, "legal") == (
        OutlineItem(0, 2, "Chương I QUY ĐỊNH CHUNG"),
        OutlineItem(3, 4, "Điều 1. Phạm vi"),
        OutlineItem(6, 4, "Điều 2."),
        OutlineItem(7, 3, "Mục 1. TỔ CHỨC"),
    )


def test_outline_of_a_regulation() -> None:
    text = tidy_text(resources.path("texts", "003.txt").read_text(encoding="utf-8"))
    items = outline(text, "legal")
    assert [item.depth for item in items].count(4) == 25
    assert [item.depth for item in items].count(2) == 6
    assert text.split("\n")[items[-1].line].startswith("Điều 22.")


def test_words_are_syllables() -> None:
    assert count_words("Sáng 22/11/2026, Ủy ban nhân dân tỉnh: **17/2011/QĐ-UBND** (½ ngày)") == 10
    assert count_words("## Một cửa\n\n- [Cổng tỉnh](https://a.gov.vn/x-y) <https://a.vn>\n| a | b |") == 6
    assert count_words("") == 0
