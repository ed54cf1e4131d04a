"""A legal document for a word processor, laid out by Nghị định 30/2020/NĐ-CP, Phụ lục I: head, title, grounds, text, closing.

The text is laid out as it stands; nothing is filled in that it does not say.
"""

import re
from collections.abc import Sequence
from typing import Final

from desktop.domain.legal.frame import type_of
from desktop.domain.legal.sheet import Piece, Sheet
from desktop.domain.legal.source import Line, folded
from desktop.domain.legal.words import BODIES
from desktop.editor.text.exports.paper import Paper, Run

_HEAD: Final = (6.2, 9.8)
_CLOSING: Final = (8.0, 8.0)
_SMALL: Final = 12
_LIST: Final = 11
_NATION: Final = re.compile(r"\W*cong hoa xa hoi chu nghia viet nam\W*")
_MOTTO: Final = re.compile(r"\W*doc lap\W+tu do\W+hanh phuc\W*")
_DATED: Final = re.compile(r".{0,40}\bngay\b.{0,12}\bthang\b.{0,8}\bnam\b.{0,8}")
_NUMBERED: Final = re.compile(r"(?:luat |nghi quyet )?so ?[:.]?[\d ._…]*/")
_ABOUT: Final = re.compile(r"\W*(?:v/v|ve viec)\b")
_RECEIVERS: Final = re.compile(r"\W*noi (?:nhan|gui)\b")
_RULE: Final = re.compile(r"[-_=–—\s]+")
_CENTRED: Final = frozenset({"phan", "chuong", "muc", "tieu_muc"})


def word(sheets: Sequence[Sheet]) -> bytes:
    """A .docx file."""
    paper = Paper()
    for number, sheet in enumerate(sheets):
        if number:
            paper.new_page()
        for text in _head(paper, sheet.above) if sheet.kind == "main" else sheet.above:
            aside = text.startswith("(")
            paper.paragraph(text, centred=True, bold=not aside, italic=aside)
        for text in sheet.grounds:
            verb = text.isupper()  # QUYẾT ĐỊNH:
            paper.paragraph(text, centred=verb, bold=verb, italic=not verb, indented=not verb)
        for text in sheet.loose:
            paper.paragraph(text, indented=True)
        for piece in sheet.pieces:
            _piece(paper, piece)
        _closing(paper, sheet.closing)
    return paper.saved()


def _head(paper: Paper, above: Sequence[str]) -> Sequence[str]:
    """The two columns of the head; returns what stands below them: the title."""
    columns = [part for text in above for part in Line(text, folded(text), 0).columns]
    nation = next((at for at, part in enumerate(columns) if _NATION.fullmatch(part.low)), None)
    if nation is None:
        return above
    titled = next((at for at, part in enumerate(columns) if at > nation and part.upper and type_of(part)), len(columns))
    left: list[Line] = []
    right: list[Run] = []
    for part in columns[:titled]:
        if _NATION.fullmatch(part.low) or _MOTTO.fullmatch(part.low):
            right.append(Run(part.text, bold=True, size=_SMALL))
        elif _DATED.fullmatch(part.low):
            right.append(Run(part.text, italic=True))
        elif part.upper or _NUMBERED.match(part.low) or any(_ABOUT.match(one.low) for one in (*left, part)):
            left.append(part)  # a letter's subject goes on until the head ends
        elif not _RULE.fullmatch(part.text):
            paper.paragraph(part.text)
    paper.columns(_left(left), right, widths=_HEAD)
    return [part.text for part in columns[titled:]]


def _left(parts: Sequence[Line]) -> list[Run]:
    """The one that issues is bold, the one above it is not; number and subject are plain."""
    names = [at for at, part in enumerate(parts) if part.upper and not _NUMBERED.match(part.low)]
    own = max((at for at in names if parts[at].low.startswith(BODIES)), default=min(names, default=0))
    about = next((at for at, part in enumerate(parts) if _ABOUT.match(part.low)), len(parts))
    return [
        Run(part.text, bold=at in names and own <= at < about, size=13 if at < about else _SMALL)
        for at, part in enumerate(parts)
        if not _RULE.fullmatch(part.text)
    ]


def _piece(paper: Paper, piece: Piece) -> None:
    if piece.level in _CENTRED:
        paper.paragraph(piece.label, centred=True, bold=True)
        if piece.title:
            paper.paragraph(piece.title, centred=True, bold=True)
        texts: Sequence[str] = piece.text
    else:
        beside = "" if piece.title or not piece.text else piece.text[0]
        texts = piece.text if not beside else piece.text[1:]
        paper.paragraph(f"{piece.label} {piece.title}".strip(), bold=piece.level == "dieu", indented=True, more=beside)
    for text in texts:
        paper.paragraph(text, indented=True)
    for inner in piece.pieces:
        _piece(paper, inner)


def _closing(paper: Paper, closing: Sequence[str]) -> None:
    """Receivers on the left, the signature on the right with room for the seal."""
    receivers: list[Run] = []
    signature: list[Run] = []
    dash = ""
    for part in (part for text in closing for part in Line(text, folded(text), 0).columns):
        if part.text in {"-", "+"}:  # its words are on the next line
            dash = part.text
        elif _RECEIVERS.match(part.low):
            receivers.append(Run(part.text, bold=True, italic=True, size=_SMALL))
        elif dash or part.text.startswith(("-", "+")):
            receivers.append(Run(f"{dash} {part.text}".strip(), size=_LIST))
            dash = ""
        else:
            signature.append(Run(part.text, bold=True))
    if len(signature) > 1:
        signature[-1:] = [Run(""), Run(""), Run(""), signature[-1]]
    if closing:
        paper.columns(receivers, signature, widths=_CLOSING, to_left=True)
