"""The day's own reading of labels finds what a renderer may lose: a number, a letter, a list."""

from tests.journeys.day.labels import body_of, combining, labels, letters, printed

PAGE = """<main><nav><ul><li>Điều 9. Mục lục</li></ul></nav><table><tr><td>1. Không phải thân bài</td></tr></table>
<div class="than than-luat than-body">
<h2 class="chuong" id="chuong-1">Chương I<br>QUY ĐỊNH CHUNG</h2>
<h3 id="dieu-1">Điều 1. Phạm vi</h3><p class="khoan">1. Quy chế này &amp; <strong>phụ lục</strong>.</p><p>a) một;</p>
<p>b) hai.</p></div><footer><p>2. Chân trang</p></footer></main>"""


def test_only_the_body_counts_and_every_block_is_a_line() -> None:
    body = body_of(PAGE)
    assert body.lines == (
        "Chương I", "QUY ĐỊNH CHUNG", "Điều 1. Phạm vi", "1. Quy chế này & phụ lục.", "a) một;", "b) hai.",
    )  # fmt: skip
    assert labels(body.lines) == ["Chương I", "Điều 1.", "1.", "a)", "b)"]
    assert body.lists == 0


def test_a_page_that_turned_labels_into_a_list_is_found_out() -> None:
    page = PAGE.replace('<p class="khoan">1. ', "<ol><li>").replace(
        "phụ lục</strong>.</p>", "phụ lục</strong></li></ol>"
    )
    body = body_of(page)
    assert body.lists == 2
    assert "1." not in labels(body.lines)


def test_labels_as_real_documents_write_them() -> None:
    lines = [
        "Điều 9, Kinh phí",
        "Chương 1:",
        "b ) hai",
        "1.2. Ba",
        "đ) bốn",
        "10) năm",
        "Mục 2",
        "Căn cứ Điều 3",
        "2015 là năm",
    ]
    assert labels(lines) == ["Điều 9,", "Chương 1:", "b )", "1.2.", "đ)", "10)", "Mục 2"]


def test_letters_ignore_blanks_and_what_nothing_prints_but_no_letter() -> None:
    assert letters("Điều\u00a01. \ufeffMột\n") == letters("Điều 1.\tMột")
    assert letters("Điều 1") != letters("Điêu 1")


def test_a_mark_apart_from_its_letter_is_counted() -> None:
    assert combining("Điều") == 0
    assert combining("Điê\u0300u") == 1


def test_marks_of_emphasis_are_not_printed_but_a_lone_asterisk_is() -> None:
    assert printed("“*Theo Cổng*” **đậm** <http://a.vn> 2 * 3 * 4") == "“Theo Cổng” đậm http://a.vn 2 * 3 * 4"
