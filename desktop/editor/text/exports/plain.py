"""A legal document as plain text: one paragraph to a line, no Markdown, blank lines between the parts."""

from collections.abc import Iterator, Sequence

from desktop.domain.legal.sheet import Piece, Sheet


def plain(sheets: Sequence[Sheet]) -> str:
    blocks = [block for sheet in sheets for block in _blocks(sheet) if block]
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _blocks(sheet: Sheet) -> Iterator[Sequence[str]]:
    yield sheet.above
    yield sheet.grounds
    yield sheet.loose
    for piece in sheet.pieces:
        yield list(_lines(piece))
    yield sheet.closing


def _lines(piece: Piece) -> Iterator[str]:
    """Label and title or first paragraph on one line, as they are read."""
    beside = piece.title or (piece.text[0] if piece.text else "")
    yield f"{piece.label} {beside}".strip()
    yield from piece.text if piece.title else piece.text[1:]
    for inner in piece.pieces:
        yield from _lines(inner)
