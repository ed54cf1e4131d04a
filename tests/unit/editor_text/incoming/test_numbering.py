"""Word's automatic numbers come as the text that Word shows, and as LibreOffice shows them but for its own two faults."""

import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from desktop.editor.text.incoming.docx import from_docx
from tests.support.word_files import LAW, Level, WordFile, law

CLAUSES = (Level("decimal", "%1."), Level("lowerLetter", "%2)"))


def lines(word: WordFile) -> list[str]:
    return [line for line in from_docx(word.data(), "legal").markdown.split("\n") if line]


def labels(word: WordFile) -> list[str]:
    """The label of each line: what stands before "|"."""
    return [line.split("|")[0].strip() for line in lines(word)]


def numbered(levels: Sequence[Level], places: Sequence[int | None]) -> WordFile:
    word = WordFile()
    word.add_list(90, levels)
    for place in places:
        word.line("| dòng có dấu tiếng Việt: đủ", place)
    return word


def test_a_law() -> None:
    assert [line.split(" ", 2)[:2] for line in lines(law())] == [
        ["Chương", "I"], ["Điều", "1."], ["1.", "Quy"], ["a)", "nội"], ["b)", "nội"], ["c)", "nội"], ["d)", "nội"], ["đ)", "nội"],
        ["e)", "nội"], ["g)", "nội"], ["2.", "Khoản"], ["Điều", "2."], ["1.", "Cơ"], ["Đoạn", "không"], ["2.", "Tổ"],
        ["Chương", "II"], ["Điều", "3."], ["1.", "Quy"],
    ]  # fmt: skip


def test_levels_below_start_anew_unless_they_say_otherwise() -> None:
    levels = (
        Level("decimal", "%1."),
        Level("decimal", "%1.%2."),
        Level("decimal", "%1.%2.%3", '<w:lvlRestart w:val="1"/>'),
    )
    assert labels(numbered(levels, [0, 1, 2, 2, 1, 2, 0, 1, 2])) == [
        "1.", "1.1.", "1.1.1", "1.1.2", "1.2.", "1.2.3", "2.", "2.1.", "2.1.1",
    ]  # fmt: skip


def test_a_level_above_that_was_never_used_shows_its_start() -> None:
    assert labels(numbered((Level("decimal", "%1.", start=3), Level("decimal", "%1.%2.")), [1, 1, 0])) == [
        "3.1.",
        "3.2.",
        "3.",
    ]


def test_legal_numbering_shows_every_number_in_figures() -> None:
    levels = (Level("upperRoman", "Chương %1"), Level("decimal", "%1.%2.", "<w:isLgl/>"))
    assert labels(numbered(levels, [0, 0, 1])) == ["Chương I", "Chương II", "2.1."]


def test_an_instance_restarts_its_list_once() -> None:
    word = WordFile()
    word.add_list(90, CLAUSES)
    word.add_instance(91, 90, overrides='<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>')
    word.add_instance(92, 90)
    for number in (90, 90, 91, 91, 92):
        word.line("| đoạn", 0, number=number)
    assert labels(word) == ["1.", "2.", "1.", "2.", "3."]


def test_an_instance_replaces_a_level() -> None:
    word = WordFile()
    word.add_list(90, CLAUSES)
    changed = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperLetter"/><w:lvlText w:val="Phần %1:"/></w:lvl>'
    )
    word.add_instance(91, 90, overrides=f'<w:lvlOverride w:ilvl="0">{changed}</w:lvlOverride>')
    word.line("| đoạn", 0, number=91)
    word.line("| đoạn", 0, number=90)
    assert labels(word) == ["Phần A:", "2."]


def test_a_style_carries_its_number_and_a_paragraph_takes_it_off() -> None:
    word = WordFile()
    word.add_list(90, (Level("upperRoman", "Chương %1", '<w:pStyle w:val="Heading1"/>'),
                       Level("decimal", "Điều %2.", '<w:lvlRestart w:val="0"/><w:pStyle w:val="Heading2"/>')))  # fmt: skip
    word.style_numbered("Heading 1", 90)
    word.style_numbered("Heading 2", 90)  # without a level: the list's level names the style
    for style in ("Heading 1", "Heading 2", "Heading 1", "Heading 2"):
        word.line("QUY ĐỊNH CHUNG", style=style)
    word.line("Không số", 0, number=0, style="Heading 2")
    assert [line.removesuffix(" QUY ĐỊNH CHUNG") for line in lines(word)] == [
        "Chương I", "Điều 1.", "Chương II", "Điều 2.", "## Không số",
    ]  # fmt: skip


def test_a_list_that_is_named_through_a_list_style() -> None:
    word = WordFile()
    word.add_list(90, CLAUSES, more='<w:styleLink w:val="DanhSach"/>')
    word.add_list(95, (), more='<w:numStyleLink w:val="DanhSach"/>')
    style = word.document.styles.add_style("DanhSach", 4)  # a list style
    style.element.set("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}styleId", "DanhSach")
    word.style_numbered("DanhSach", 90)
    word.line("| đoạn", 0, number=95)
    word.line("| đoạn", 1, number=95)
    assert labels(word) == ["1.", "a)"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("decimal", "1 2 3 4 5 6"), ("decimalZero", "01 02 03 04 05 06"), ("upperRoman", "I II III IV V VI"),
        ("lowerRoman", "i ii iii iv v vi"), ("upperLetter", "A B C D Đ E"), ("lowerLetter", "a b c d đ e"),
        ("vietnameseCounting", "một hai ba bốn năm sáu"),
    ],
)  # fmt: skip
def test_formats(name: str, shown: str) -> None:
    assert labels(numbered((Level(name, "(%1)"),), [0] * 6)) == [f"({one})" for one in shown.split()]


def test_points_go_round_after_y() -> None:
    shown = labels(numbered((Level("lowerLetter", "%1)"),), [0] * 25))
    assert "".join(label[0] for label in shown[:23]) == "abcdđeghiklmnopqrstuvxy"
    assert shown[23:] == ["aa)", "bb)"]


def test_an_english_list_has_the_english_alphabet() -> None:
    word = WordFile()
    word.add_list(91, (Level("lowerLetter", "%1)"),))
    for _ in range(6):
        word.line("| plain", 0, number=91)
    assert labels(word) == ["a)", "b)", "c)", "d)", "e)", "f)"]


def test_numbers_in_a_table_and_of_empty_paragraphs_count() -> None:
    word = WordFile()
    word.add_list(90, CLAUSES)
    word.line("| đoạn", 0)
    word.line("", 0)
    cell = word.document.add_table(1, 1).cell(0, 0)
    cell.paragraphs[0]._p.getparent().replace(cell.paragraphs[0]._p, word.line("| trong ô", 0)._p)
    word.line("| đoạn", 0)
    assert labels(word) == ["1.", "2.", "3.", "4."]


def test_libreoffice_shows_the_same_labels(tmp_path: Path) -> None:
    """Its two faults are left out: it restarts articles in each chapter (lvlRestart=0), and has no đ."""
    soffice = shutil.which("soffice")
    assert soffice, "requirements/debian.txt lists LibreOffice"
    word = WordFile()
    word.add_list(90, (LAW[0], Level("decimal", "Điều %2."), *LAW[2:]))
    word.add_list(
        91, (Level("decimal", "%1.", start=4), Level("decimal", "%1.%2.", "<w:isLgl/>"), Level("lowerRoman", "(%3)"))
    )
    word.add_instance(92, 91, overrides='<w:lvlOverride w:ilvl="0"><w:startOverride w:val="2"/></w:lvlOverride>')
    word.add_list(93, (Level("upperLetter", "Phụ lục %1"), Level("decimalZero", "%1-%2")))
    for place in (0, 1, 2, 3, 3, 3, 3, 2, 1, 2, None, 2, 0, 1, 2):
        word.line("| đoạn", place)
    for number, places in ((91, (0, 1, 2, 2, 1, 0, 1)), (92, (0, 1, 0)), (93, (0, 1, 1, 0, 1))):
        for place in places:
            word.line("| đoạn", place, number=number)
    source = tmp_path / "danh-so.docx"
    source.write_bytes(word.data())
    subprocess.run(
        [soffice, "--headless", "--norestore", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "txt:Text",
         "--outdir", str(tmp_path), str(source)],
        check=True, capture_output=True,
    )  # fmt: skip
    theirs = (tmp_path / "danh-so.txt").read_text("utf-8-sig")
    assert labels(word) == [re.split(r"\|", line)[0].strip() for line in theirs.split("\n") if line.strip()]
