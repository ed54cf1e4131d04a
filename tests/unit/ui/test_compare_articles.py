"""A legal text against its earlier state, Điều by Điều."""

import re

import resources
from desktop.ui.presenters.compare_articles import articles, by_article, pairs
from desktop.ui.presenters.words import untranslated

OLD = (
    "Căn cứ Luật;\n\nĐiều 1. Phạm vi\n\nMột.\n\nĐiều 2. Đối tượng\n\n1. Mọi người.\n\nĐiều 3. Hiệu lực\n\nTừ ngày ký.\n"
)


def heads(page: str) -> list[str]:
    return re.findall(r'<h3>(.*?)</h3>|<p class="nhat">(.*?)</p>', page) and [
        head or line for head, line in re.findall(r'<h3>(.*?)</h3>|<p class="nhat">(.*?)</p>', page)
    ]


def test_the_same_text_is_one_line() -> None:
    assert heads(by_article(OLD, OLD, untranslated)) == ["beginning – Điều 3: unchanged"]


def test_a_changed_word_shows_its_article_and_nothing_else() -> None:
    page = by_article(OLD, OLD.replace("Mọi người", "Mọi tổ chức"), untranslated)
    assert heads(page) == ["beginning – Điều 1: unchanged", "Điều 2 — changed", "Điều 3: unchanged"]
    assert "<del>người</del> <ins>tổ chức</ins>" in page
    assert "Từ ngày ký" not in page


def test_one_more_in_the_middle_moves_the_others_without_changing_them() -> None:
    new = OLD.replace("Điều 3. Hiệu lực", "Điều 3. Kinh phí\n\nNgân sách.\n\nĐiều 4. Hiệu lực")
    assert heads(by_article(OLD, new, untranslated)) == [
        "beginning – Điều 2: unchanged", "Điều 3 — new", "Điều 4 — was Điều 3",
    ]  # fmt: skip
    assert heads(by_article(new, OLD, untranslated))[1:] == ["Điều 3 — gone", "Điều 3 — was Điều 4"]


def test_articles_of_an_attached_text_are_others_than_those_of_the_decision() -> None:
    text = resources.path("texts", "004.txt").read_text("utf-8")
    read = articles(text)
    assert [sum(one.part == part for one in read) for part in (0, 1, 2)] == [1, 3, 15]
    changed = text.replace("Điều 15.", "Điều 15. (sửa)")
    differing = [(old, new) for old, new in pairs(read, articles(changed)) if old != new]
    assert [new.label for _, new in differing if new is not None] == ["Điều 15"]


def test_hostile_words_stay_words() -> None:
    page = by_article(OLD, OLD.replace("Một.", "<script>alert(1)</script>"), untranslated)
    assert "<script>" not in page
