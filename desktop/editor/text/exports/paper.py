"""A word processor's file as it is written: paragraphs and two columns on the page of Nghị định 30/2020/NĐ-CP, Phụ lục I.

A4, margins 2 cm and 3 cm on the left, Times New Roman 14, the page number above the text from the second page on.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

_FONT: Final = "Times New Roman"
_SIZE: Final = 14
_INDENT: Final = 1.27


@dataclass(frozen=True)
class Run:
    """A line in a cell; `size` in points."""

    text: str
    bold: bool = False
    italic: bool = False
    size: int = 13


class Paper:
    """One .docx in the making."""

    def __init__(self) -> None:
        # Loaded with the first export: it costs as much as half a start of the program.
        import docx.enum.text  # noqa: PLC0415  heavy
        import docx.oxml.ns  # noqa: PLC0415  heavy
        import docx.shared  # noqa: PLC0415  heavy

        self._docx: Any = docx
        self._made = docx.Document()
        self._page()

    def paragraph(
        self,
        text: str,
        *,
        centred: bool = False,
        bold: bool = False,
        italic: bool = False,
        indented: bool = False,
        more: str = "",
    ) -> None:
        """`more` follows on the same line, neither bold nor italic."""
        paragraph = self._made.add_paragraph()
        align = self._docx.enum.text.WD_ALIGN_PARAGRAPH
        paragraph.alignment = align.CENTER if centred else align.JUSTIFY
        paragraph.paragraph_format.space_after = self._docx.shared.Pt(6)
        if indented:
            paragraph.paragraph_format.first_line_indent = self._docx.shared.Cm(_INDENT)
        run = paragraph.add_run(text)
        run.bold, run.italic = bold, italic
        if more:
            paragraph.add_run(f" {more}")

    def columns(
        self, left: Sequence[Run], right: Sequence[Run], *, widths: tuple[float, float], to_left: bool = False
    ) -> None:
        """Two columns without lines; `widths` in centimetres. The right one is centred, the left one unless `to_left`."""
        self._made.add_paragraph().paragraph_format.space_after = self._docx.shared.Pt(0)
        table = self._made.add_table(rows=1, cols=2)
        table.autofit = False
        for column, cell, width in zip(table.columns, table.rows[0].cells, widths, strict=True):
            column.width = cell.width = self._docx.shared.Cm(width)
        self._cell(table.rows[0].cells[0], left, centred=not to_left)
        self._cell(table.rows[0].cells[1], right, centred=True)
        self._made.add_paragraph().paragraph_format.space_after = self._docx.shared.Pt(0)

    def new_page(self) -> None:
        self._made.add_page_break()  # type: ignore[no-untyped-call]  # the library has no annotation here

    def saved(self) -> bytes:
        target = BytesIO()
        self._made.save(target)
        return target.getvalue()

    def _cell(self, cell: Any, runs: Iterable[Run], *, centred: bool) -> None:  # noqa: ANN401  of the lazily loaded library
        align = self._docx.enum.text.WD_ALIGN_PARAGRAPH
        paragraph = cell.paragraphs[0]
        for number, one in enumerate(runs):
            paragraph = paragraph if number == 0 else cell.add_paragraph()
            paragraph.alignment = align.CENTER if centred else align.LEFT
            paragraph.paragraph_format.space_after = self._docx.shared.Pt(0)
            run = paragraph.add_run(one.text)
            run.bold, run.italic, run.font.size = one.bold, one.italic, self._docx.shared.Pt(one.size)

    def _page(self) -> None:
        cm, section = self._docx.shared.Cm, self._made.sections[0]
        section.page_width, section.page_height = cm(21), cm(29.7)
        section.top_margin = section.bottom_margin = section.right_margin = cm(2)
        section.left_margin = cm(3)
        section.different_first_page_header_footer = True
        style: Any = self._made.styles["Normal"]
        style.font.name, style.font.size = _FONT, self._docx.shared.Pt(_SIZE)
        style.element.rPr.rFonts.set(self._docx.oxml.ns.qn("w:eastAsia"), _FONT)
        number = section.header.paragraphs[0]
        number.alignment = self._docx.enum.text.WD_ALIGN_PARAGRAPH.CENTER
        for name, kind, text in (("fldChar", "begin", None), ("instrText", "", "PAGE"), ("fldChar", "end", None)):
            field = self._docx.oxml.OxmlElement(f"w:{name}")
            if kind:
                field.set(self._docx.oxml.ns.qn("w:fldCharType"), kind)
            field.text = text
            number.add_run()._r.append(field)  # noqa: SLF001  the library has no fields of its own
