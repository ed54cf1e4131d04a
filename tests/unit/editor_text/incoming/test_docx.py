"""A Word document as Markdown: headings, emphasis, tables, pictures, notes, links, comments, old fonts."""

import io

from PIL import Image

from desktop.editor.text.incoming.docx import from_docx
from desktop.editor.text.render import MarkdownRenderer
from tests.support.old_bytes import encoded
from tests.support.word_files import LAW, WordFile, law


def prose(word: WordFile) -> str:
    return from_docx(word.data(), "prose").markdown


def test_headings_and_emphasis() -> None:
    word = WordFile()
    word.document.add_heading("Tên bài", 1)
    word.document.add_heading("Mục con", 2)
    line = word.line("")
    word.run(line, "đậm ", bold=True)
    word.run(line, "đậm tiếp", bold=True)
    word.run(line, " thường ")
    word.run(line, "nghiêng", italic=True)
    assert prose(word) == "# Tên bài\n\n## Mục con\n\n**đậm đậm tiếp** thường *nghiêng*"


def test_what_would_be_markdown_is_escaped_in_prose_and_left_in_law() -> None:
    word = WordFile()
    word.line("giá 5*3*2, tên_tệp, <b>, [x](y)")
    assert MarkdownRenderer().render(prose(word), "prose") == "<p>giá 5*3*2, tên_tệp, &lt;b&gt;, [x](y)</p>"
    assert from_docx(word.data(), "legal").markdown == "giá 5*3*2, tên_tệp, <b>, [x](y)"


def test_numbers_stand_on_the_page_as_in_the_document() -> None:
    html = MarkdownRenderer().render(from_docx(law().data(), "legal").markdown, "legal")
    assert [part in html for part in ('id="dieu-3"', 'id="dieu-1-khoan-2"', "đ) nội dung thứ 5;")] == [True] * 3


def test_a_number_that_does_not_follow_is_no_new_list_in_prose() -> None:
    word = WordFile()
    word.add_list(90, LAW[2:3])
    for text in ("1. một", "2. hai", "5. năm"):
        word.line(text)
    assert prose(word) == "1. một\n2. hai\n\n5\\. năm"


def test_a_plain_table_and_one_with_merged_cells() -> None:
    word = WordFile()
    plain = word.document.add_table(2, 2)
    merged = word.document.add_table(2, 3)
    for table in (plain, merged):
        for at, cell in enumerate(table._cells):
            cell.text = f"ô {at}"
    merged.cell(0, 0).merge(merged.cell(0, 1)).text = "gộp ngang"
    merged.cell(0, 2).merge(merged.cell(1, 2)).text = "gộp dọc"
    word.document.element.body.insert(1, word.line("giữa")._p)
    assert prose(word) == (
        "| ô 0 | ô 1 |\n| --- | --- |\n| ô 2 | ô 3 |\n\ngiữa\n\n<table>\n"
        '<tr><td colspan="2">gộp ngang</td><td rowspan="2">gộp dọc</td></tr>\n<tr><td>ô 3</td><td>ô 4</td></tr>\n</table>'
    )
    assert 'rowspan="2"' in MarkdownRenderer().render(prose(word), "prose")


def test_the_letterhead_is_no_table() -> None:
    word = WordFile()
    table = word.document.add_table(1, 2)
    table.cell(0, 0).text = "ỦY BAN NHÂN DÂN TỈNH"
    table.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert prose(word) == "ỦY BAN NHÂN DÂN TỈNH\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"


def test_a_picture_comes_along_under_its_digest() -> None:
    picture = io.BytesIO()
    Image.new("RGB", (40, 20), "navy").save(picture, "PNG")
    word = WordFile()
    word.document.add_picture(picture)
    made = from_docx(word.data(), "prose")
    assert [made.markdown] == [f"![](/_blob/{one.sha256})" for one in made.pictures]


def test_comments_are_listed_and_not_in_the_text() -> None:
    word = WordFile()
    line = word.line("Một đoạn cần xem.")
    word.document.add_comment(line.runs, text="Kiểm tra lại số liệu", author="btv.tin")
    made = from_docx(word.data(), "prose")
    assert made.markdown == "Một đoạn cần xem."
    assert [(one.author, one.text, one.about) for one in made.remarks] == [
        ("btv.tin", "Kiểm tra lại số liệu", "Một đoạn cần xem.")
    ]


def test_old_fonts_run_by_run() -> None:
    def old(text: str, charset: str) -> str:
        return encoded(text, charset).decode("latin-1")

    word = WordFile()
    line = word.line("")
    word.run(line, old("Cộng hòa ", "tcvn3"), font=".VnTime")
    word.run(line, old("việt nam", "tcvn3"), font=".VnTimeH")
    word.run(line, " Độc lập ", font="Times New Roman")
    vni = old("Hạnh phúc", "vni-windows")
    word.run(line, vni[:2], font="VNI-Times")  # the mark of "ạ" stands in the next run
    word.run(line, vni[2:], font="VNI-Times", bold=True)
    assert prose(word) == "Cộng hòa VIỆT NAM Độc lập Hạ**nh phúc**"


def test_old_text_in_a_new_font_and_english_beside_it() -> None:
    word = WordFile()
    word.line(encoded("Thông tư hướng dẫn của Bộ Tài chính", "tcvn3").decode("latin-1"))
    word.line("Résumé of the naïve café, © 2020.")
    assert prose(word) == "Thông tư hướng dẫn của Bộ Tài chính\n\nRésumé of the naïve café, © 2020."


def test_capitals_that_only_a_format_draws() -> None:
    word = WordFile()
    word.line("").add_run("quyết định").font.all_caps = True
    assert prose(word) == "QUYẾT ĐỊNH"
