"""The legal dialect on the five regulations and on hard lines: nothing of the text is lost, no label is renumbered."""

import re
from itertools import pairwise

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from desktop.domain.text import tidy_text
from desktop.editor.text.html_text import contents, plain_text
from desktop.editor.text.normalise import count_marks
from desktop.editor.text.render import MarkdownRenderer
from desktop.editor.text.sanitise import POLICY
from tests.support.labels import label_sequence

RENDERER = MarkdownRenderer()
NAMES = ["000", "001", "002", "003", "004"]
LINES = st.sampled_from(
    [
        *(
            "Điều 1. Phạm vi",
            "Điều 2. Có hiệu lực.",
            "Điều 3, Thời gian",
            "Điều 1:",
            "Chương I",
            "Chương 2:",
            "Mục 1. A",
        ),
        *(
            "QUY CHẾ",
            "QUY ĐỊNH CHUNG",
            "(Ban hành kèm theo Quyết định số 1)",
            "1. Một",
            "2) Hai",
            "a) a",
            "đ) đ",
            "b) b",
        ),
        *("- gạch", "* sao", "> trích", "# Đầu", "## 1. Đầu", "| a | b |", "|---|---|", "---", "====", "    thụt", ""),
        *("<so + tên>.vn", "<table>", "<tr><td>1. ô</td></tr>", "</table>", "**đậm", "*x* _y_ __z__", "`mã`", "[a](b)"),
        *(
            "&amp; &lt; & <",
            "\\*",
            "Phụ lục I",
            "Căn cứ Luật",
            "<b>đậm",
            "</b>",
            "<!-- ghi chú -->",
            "\u2028x",
            "1. <b>x</b>",
        ),
        *(
            "<b>1. đậm</b>",
            "<b>Điều 1</b>. A",
            "1. a<br>2. b",
            "[2. nối](b)",
            "`a) mã`",
            "3\\. thoát",
            "Điều 2. Có **hiệu lực**.",
        ),
    ]
)


def regulation(name: str) -> str:
    return tidy_text(resources.path("texts", f"{name}.txt").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def rendered() -> dict[str, str]:
    return {name: RENDERER.render(regulation(name), "legal") for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_labels_are_those_of_the_source(rendered: dict[str, str], name: str) -> None:
    source = label_sequence(regulation(name))
    assert label_sequence(plain_text(rendered[name])) == source
    assert len(source) > 90


@pytest.mark.parametrize("name", NAMES)
def test_every_word_of_the_source_stands_in_the_page_in_order(rendered: dict[str, str], name: str) -> None:
    words = re.findall(r"[\w+<>/.:-]+", re.sub(r"\*|<(?=http)|(?<=gov\.vn)>", "", regulation(name)))
    assert re.findall(r"[\w+<>/.:-]+", plain_text(rendered[name])) == words
    assert count_marks(rendered[name]) == 0


@pytest.mark.parametrize("name", NAMES)
def test_the_html_is_strict_and_settled(rendered: dict[str, str], name: str) -> None:
    html5lib.HTMLParser(strict=True).parseFragment(rendered[name])
    assert POLICY.cleaner().clean(rendered[name]) == rendered[name]
    ids = re.findall(r' id="([^"]*)"', rendered[name])
    assert len(ids) == len(set(ids))
    assert not re.search(r"<[ou]l|<li|<hr|<pre|<blockquote", rendered[name])


@pytest.mark.parametrize(
    ("name", "decision", "attached"), [("000", 2, 20), ("001", 3, 23), ("002", 3, 15), ("003", 3, 22)]
)
def test_contents_tell_the_decision_from_its_regulation(
    rendered: dict[str, str], name: str, decision: int, attached: int
) -> None:
    ids = [heading.id for heading in contents(rendered[name])]
    assert [ident for ident in ids if ident.startswith("dieu-")] == [f"dieu-{n + 1}" for n in range(decision)]
    articles = [ident for ident in ids if ident.startswith("qc-dieu-")]
    assert articles == [f"qc-dieu-{n + 1}" for n in range(attached)]
    assert ids.index("qc") == decision


def test_special_lines_of_the_regulations(rendered: dict[str, str]) -> None:
    assert "<p>&lt;so + tên_đơn_vị&gt;.thuathienhue.gov.vn" in rendered["003"]
    assert '<p class="diem" id="qc-dieu-19-diem-b-2">b) Bước 3: Đăng tải' in rendered["003"]
    assert 'id="qc-dieu-4-khoan-2-diem-dd">đ) Thực hiện' in rendered["003"]
    assert '<h4 class="dieu" id="qc-dieu-9">Điều 9, Thời gian thụ lý' in rendered["004"]
    assert "<strong>binhphuoc.gov.vn</strong>." in rendered["001"]
    assert "**" not in rendered["001"]
    chapter = next(heading for heading in contents(rendered["001"]) if heading.id == "qc-chuong-5")
    assert chapter.text == "Chương V KINH PHÍ THỰC HIỆN, CHẾ ĐỘ BÁO CÁO, KIỂM TRA, KHEN THƯỞNG VÀ XỬ LÝ VI PHẠM"


def test_a_sentence_is_no_heading(rendered: dict[str, str]) -> None:
    assert all(len(heading.text) < 200 for html in rendered.values() for heading in contents(html))
    assert '<h2 class="dieu gop" id="dieu-2">Điều 2.</h2>\n<p>Quyết định này có hiệu lực' in rendered["003"]


def test_heading_levels_never_skip(rendered: dict[str, str]) -> None:
    for html in rendered.values():
        levels = [1] + [heading.level for heading in contents(html)]
        assert all(after - before <= 1 for before, after in pairwise(levels))


def words(text: str) -> list[str]:
    """All but the names of tags and entities and the address of the link, which may go or stay."""
    return [
        word for word in re.findall(r"[a-zđà-ỹ]+", text.lower()) if word not in {*"b br table tr td amp lt".split()}
    ]


@given(st.lists(LINES, max_size=12).map("\n".join))
def test_any_mixture_keeps_labels_and_words(source: str) -> None:
    html = RENDERER.render(source, "legal")
    text = plain_text(html)
    assert POLICY.cleaner().clean(html) == html
    assert label_sequence(text) == label_sequence(tidy_text(source))
    assert words(text) == words(source)


@given(st.text(alphabet=st.sampled_from("Điều 1.ChươngIVa)-*_<>&`[]()|#\n \tqQ")))
def test_any_text_can_be_rendered(source: str) -> None:
    html = RENDERER.render(source, "legal")
    assert POLICY.cleaner().clean(html) == html


def test_a_second_attached_document_has_its_own_ids() -> None:
    one = "QUY CHẾ\n(Ban hành kèm theo Quyết định này)\nĐiều 1. A\nĐiều 2. B\n"
    ids = [heading.id for heading in contents(RENDERER.render("Điều 1. Ban hành.\n" + one * 2, "legal"))]
    assert ids == ["dieu-1", "qc", "qc-dieu-1", "qc-dieu-2", "qc2", "qc2-dieu-1", "qc2-dieu-2"]
