"""Word files made here with python-docx: numbered as Word numbers, in old fonts, with merged cells, notes and comments."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph

_W = nsdecls("w")


@dataclass(frozen=True)
class Level:
    """One level of a list: `more` is any XML besides (lvlRestart, pStyle, isLgl, start)."""

    format: str
    text: str
    more: str = ""
    start: int = 1


LAW = (
    Level("upperRoman", "Chương %1"),
    Level("decimal", "Điều %2.", '<w:lvlRestart w:val="0"/>'),
    Level("decimal", "%3."),
    Level("lowerLetter", "%4)"),
)


class WordFile:
    """A document that grows line by line."""

    def __init__(self) -> None:
        self.document: WordDocument = Document()
        self._numbering: BaseOxmlElement = self.document.part.numbering_part.element

    def add_list(self, number: int, levels: Sequence[Level], *, more: str = "") -> None:
        """An abstract list and one instance of the same number."""
        rows = "".join(
            f'<w:lvl w:ilvl="{at}"><w:start w:val="{level.start}"/><w:numFmt w:val="{level.format}"/>{level.more}'
            f'<w:lvlText w:val="{level.text}"/></w:lvl>'
            for at, level in enumerate(levels)
        )
        self._numbering.insert(
            0, parse_xml(f'<w:abstractNum {_W} w:abstractNumId="{number}">{more}{rows}</w:abstractNum>')
        )
        self.add_instance(number, number)

    def add_instance(self, number: int, abstract: int, *, overrides: str = "") -> None:
        self._numbering.append(
            parse_xml(f'<w:num {_W} w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{overrides}</w:num>')
        )

    def line(self, text: str, level: int | None = None, *, number: int = 90, style: str | None = None) -> Paragraph:
        paragraph = self.document.add_paragraph(text, style=style)
        if level is not None:
            paragraph._p.get_or_add_pPr().append(
                parse_xml(f'<w:numPr {_W}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')
            )
        return paragraph

    def run(self, paragraph: Paragraph, text: str, *, font: str = "", bold: bool = False, italic: bool = False) -> None:
        made = paragraph.add_run(text)
        made.bold, made.italic = bold or None, italic or None
        if font:
            made.font.name = font

    def style_numbered(self, style: str, number: int, level: int | None = None) -> None:
        """The style itself carries the number."""
        place = "" if level is None else f'<w:ilvl w:val="{level}"/>'
        found = self.document.styles[style].element.get_or_add_pPr()
        for old in found.findall(qn("w:numPr")):
            found.remove(old)
        found.append(parse_xml(f'<w:numPr {_W}>{place}<w:numId w:val="{number}"/></w:numPr>'))

    def data(self) -> bytes:
        made = io.BytesIO()
        self.document.save(made)
        return made.getvalue()


def law() -> WordFile:
    """A regulation as offices type it: chapters in Roman numbers, articles that run on through them, points with đ."""
    word = WordFile()
    word.add_list(90, LAW)
    word.line("QUY ĐỊNH CHUNG", 0)
    word.line("Phạm vi điều chỉnh", 1)
    word.line("Quy chế này quy định:", 2)
    for point in range(1, 8):
        word.line(f"nội dung thứ {point};", 3)
    word.line("Khoản sau các điểm.", 2)
    word.line("Đối tượng áp dụng", 1)
    word.line("Cơ quan nhà nước.", 2)
    word.line("Đoạn không đánh số.")
    word.line("Tổ chức, cá nhân.", 2)
    word.line("TỔ CHỨC THỰC HIỆN", 0)
    word.line("Hiệu lực", 1)
    word.line("Quy chế có hiệu lực từ ngày ký.", 2)
    return word
