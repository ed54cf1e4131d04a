"""How the two columns of a head and of a closing come out of a page: in rows, side by side, as a table, in another order."""

from collections.abc import Sequence
from itertools import zip_longest
from typing import Final

from tests.legal_corpus.frame import Sheet
from tests.legal_corpus.writer import Writer

HEADS: Final = ("rows", "rows", "stacked", "columns", "tabs", "markdown", "html", "motto_first")
CLOSINGS: Final = ("receivers_first", "receivers_first", "signature_first", "columns", "tabs", "markdown", "html")
PLACES: Final = ("after_text", "after_text", "after_text", "end", "top")


def laid_out(w: Writer, sheet: Sheet, *, head: str, closing: str, at: str) -> str:
    """The text of the sheet; a blank line between its blocks, now and then between its lines."""
    signed = _closing(w, sheet, closing)
    gap = "\n\n" if w.chance(0.4) else "\n"
    # Whoever joins a regulation to the end of a decision without a signature between leaves only its title.
    blocks = [_head(sheet, head), *([signed] if at == "top" else []), gap.join(sheet.lines)]
    blocks += [signed] if at == "after_text" else []
    blocks += [gap.join(lines) for lines in sheet.after]
    blocks += [signed] if at == "end" else []
    return "\n\n".join(block for block in blocks if block)


def _head(sheet: Sheet, how: str) -> str:
    rows = ((sheet.letterhead, sheet.motto), (sheet.numbering, sheet.dateline))
    if not sheet.letterhead:
        return ""
    match how:
        case "stacked":
            return "\n".join([*sheet.letterhead, *sheet.numbering, "", *sheet.motto, *sheet.dateline])
        case "motto_first":
            return "\n".join(line for left, right in rows for line in (*right, *left))
        case "columns" | "tabs" | "markdown" | "html":
            return _cells(rows, how)
    return "\n".join(line for left, right in rows for line in (*left, *right))


def _closing(w: Writer, sheet: Sheet, how: str) -> str:
    signatures = sheet.signatures
    if len(signatures) > 1 and how in {"columns", "tabs"}:
        return "\n".join([_cells([(signatures[0], signatures[1])], how), "", *sheet.receivers])
    flat = [line for block in signatures for line in block]
    match how:
        case "signature_first":
            return "\n".join([*flat, "", *sheet.receivers])
        case "columns" | "tabs" | "markdown" | "html":
            return _cells([(sheet.receivers, flat)], how)
    gap = [""] * w.dice.randint(1, 3)
    return "\n".join([*sheet.receivers, *gap, *flat])


def _cells(rows: Sequence[tuple[Sequence[str], Sequence[str]]], how: str) -> str:
    if how == "markdown":
        lines = [f"| {'<br>'.join(filter(None, left))} | {'<br>'.join(filter(None, right))} |" for left, right in rows]
        return "\n".join([lines[0], "|---|---|", *lines[1:]])
    if how == "html":
        body = "\n".join(
            f"<tr><td>{'<br/>'.join(left)}</td><td>{'<br/>'.join(right)}</td></tr>" for left, right in rows
        )
        return f"<table>\n{body}\n</table>"
    if how == "tabs":
        return "\n".join(f"{left}\t{right}" for row in rows for left, right in zip_longest(*row, fillvalue=""))
    # Whoever has no column left still stands under its own.
    return "\n".join(
        f"{left:<44}     {right}".rstrip() for row in rows for left, right in zip_longest(*row, fillvalue="")
    )
