"""What Word, LibreOffice, browsers and WordPad put on the clipboard comes as clean Markdown."""

import base64
import io
import tempfile
from pathlib import Path

import pytest
from PIL import Image

from desktop.editor.text.incoming.pasted import from_html, from_paste
from desktop.editor.text.incoming.rtf import html_of

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta charset=utf-8><style><!--
p.MsoNormal {font-family:"Times New Roman";} p.Cu {font-family:".VnTime";}
@list l0:level1 {mso-level-number-format:roman-upper;} --></style></head><body><!--StartFragment-->
<p class=MsoNormal style='margin:0cm'><b><span style='font-size:14.0pt'>QUYẾT<o:p></o:p></span></b><b><span> ĐỊNH</span></b></p>
<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>1.<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span><![endif]>Khoản một,<span style='mso-spacerun:yes'>&nbsp; </span>dòng
bị ngắt</p>
<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>đ)<span>&nbsp; </span></span><![endif]>điểm đ</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><![if !supportLists]><span style='font-family:Symbol'><span
style='mso-list:Ignore'>·<span>&nbsp; </span></span></span><![endif]>chấm <i>nghiêng</i></p>
<p class=Cu>B¸o c¸o tµi chÝnh</p><p style='mso-hide:all'>ẩn</p>
<p class=MsoNormal>Chú thích<a style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1"><span>[1]</span></a></p>
<div style='mso-element:footnote' id=ftn1><p><a href="#_ftnref1">[1]</a> Lời chú</p></div>
<!--EndFragment--></body></html>"""


def prose(html: str) -> str:
    return from_html(html, "prose").markdown


def test_word() -> None:
    assert prose(WORD) == (
        "**QUYẾT ĐỊNH**\n\n1. Khoản một, dòng bị ngắt\n\nđ) điểm đ\n\n- chấm *nghiêng*\n\nBáo cáo tài chính\n\n"
        "Chú thích[^1]\n\n[^1]: Lời chú"
    )


def test_word_in_law_keeps_labels_as_they_are() -> None:
    made = from_html(WORD, "legal").markdown
    assert "1. Khoản một, dòng bị ngắt\n\nđ) điểm đ\n\n- chấm" in made
    assert made.endswith("Chú thích[1]\n\n[1] Lời chú")


def test_a_browser_and_google_docs() -> None:
    html = (
        '<b style="font-weight:normal" id="docs-internal-guid-1"><p><span style="font-weight:700">đậm</span> '
        '<span style="font-style:italic">nghiêng</span> <a href="https://a.vn/x">liên kết</a></p>'
        "<ul><li>một<ul><li>trong</li></ul></li><li>hai</li></ul><ol start=3><li>ba</li></ol></b>"
    )
    assert prose(html) == "**đậm** *nghiêng* [liên kết](https://a.vn/x)\n\n- một\n  - trong\n- hai\n\n3. ba"


def test_tables_plain_merged_nested_and_a_box() -> None:
    assert prose("<table><tr><th>a<th>b|c<tr><td>1<td><p>2</p></table>") == "| a | b\\|c |\n| --- | --- |\n| 1 | 2 |"
    nested = "<table><tr><td colspan=2>gộp<tr><td><table><tr><td>x<td>y</table><td>z</table>"
    assert prose(nested) == (
        '<table>\n<tr><td colspan="2">gộp</td></tr>\n<tr><td><table><tr><td>x</td><td>y</td></tr></table></td><td>z</td></tr>\n</table>'
    )
    assert prose("<table><tr><td><p>một</p><p>hai</p></table>") == "một\n\nhai"


def picture() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (8, 8), "teal").save(made, "PNG")
    return made.getvalue()


def test_pictures_of_the_clipboard_come_along() -> None:
    with tempfile.NamedTemporaryFile(suffix=".png") as file:
        file.write(picture())
        file.flush()
        data = base64.b64encode(picture()).decode()
        made = from_html(
            f'<p><img src="data:image/png;base64,{data}" alt="cờ"><img src="{Path(file.name).as_uri()}"></p>', "prose"
        )
    assert len({one.sha256 for one in made.pictures}) == 1
    assert made.markdown.count(f"/_blob/{made.pictures[0].sha256}") == 2


@pytest.mark.parametrize(
    "source", ["file:///etc/hostname", "file://may-la/chung/a.png", "//may-la/a.png", "https://a.vn/a.png"]
)
def test_a_picture_elsewhere_is_told_and_never_fetched(source: str) -> None:
    made = from_html(f'<p>chữ <img src="{source}"></p>', "prose")
    assert (made.markdown, made.pictures) == ("chữ", ())
    assert [note.code for note in made.notes] == ["import-remote-picture"]


def test_rtf() -> None:
    rtf = (
        rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Times New Roman;}{\f1 .VnTime;}}{\*\generator x;}"
        rb"\pard{\listtext 1.\tab}\b \u273?\u7897?c l\u7853?p\b0  th\'e1ng\par\f1 B\'b8o c\'b8o\f0\par a\cell b\cell\row}"
    )
    assert from_paste("x", html="", rtf=rtf, dialect="legal").markdown.startswith("1. **độc lập** tháng\n\nBáo cáo\n\n")
    assert "<td>" in html_of(rtf)


def test_plain_text_of_old_is_read_and_other_text_left() -> None:
    assert from_paste("B¸o c¸o tµi chÝnh", html="", rtf=b"", dialect="prose").markdown == "Báo cáo tài chính"
    assert from_paste("x * y\n  - z", html="", rtf=b"", dialect="prose").markdown == "x * y\n  - z"
