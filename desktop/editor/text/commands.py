"""What the toolbar does to Markdown: pure functions from a text and a selection to a text and a selection.

Every command applied twice gives back what was there (link and table apart). Selections keep what was selected.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

_ITEM = re.compile(r"(?P<indent>\s*)(?:(?P<bullet>[-*+])|(?P<number>\d{1,3})\.)\s+")
_HEADING = re.compile(r"#{1,6}\s+")
_QUOTE = re.compile(r"> ?")
_ADDRESS = re.compile(r"(?:https?://|mailto:)\S+")
_LINK = re.compile(r"\[(?:\\.|[^\]\\\n])*\]\((?P<address>[^()\s]*)(?:\s+\"[^\"\n]*\")?\)")
_NOTE = re.compile(r"\[\^(\d+)\]")
_WORD = re.compile(r"[\w’'-]")


@dataclass(frozen=True)
class Selection:
    """Offsets in characters; `start` ≤ `end`, equal for a mere caret."""

    start: int
    end: int


@dataclass(frozen=True)
class Edited:
    """The text after a command and what is selected in it."""

    text: str
    selection: Selection


def bold(text: str, selection: Selection) -> Edited:
    return _emphasise(text, selection, "**")


def italic(text: str, selection: Selection) -> Edited:
    return _emphasise(text, selection, "*")


def heading(text: str, selection: Selection, *, level: int) -> Edited:
    """Headings of `level` (2 to 6) on the selected lines; plain lines again where all of them are that already."""
    mark = "#" * level + " "

    def change(lines: list[str]) -> list[str]:
        filled = [line for line in lines if line.strip()]
        off = bool(filled) and all(line.startswith(mark) for line in filled)
        bare = [_HEADING.sub("", line, count=1) if _HEADING.match(line) else line for line in lines]
        return bare if off else [mark + line.lstrip() if line.strip() or len(lines) == 1 else line for line in bare]

    return _on_lines(text, selection, change)


def bullet_list(text: str, selection: Selection) -> Edited:
    return _on_lines(text, selection, lambda lines: _as_list(lines, numbered=False))


def numbered_list(text: str, selection: Selection) -> Edited:
    """Numbers from 1 upwards; empty lines between items stay and do not count."""
    return _on_lines(text, selection, lambda lines: _as_list(lines, numbered=True))


def quote(text: str, selection: Selection) -> Edited:
    def change(lines: list[str]) -> list[str]:
        if all(line.startswith(">") for line in lines):
            return [_QUOTE.sub("", line, count=1) for line in lines]
        return [f"> {line}".rstrip() for line in lines]

    return _on_lines(text, selection, change)


def link(text: str, selection: Selection, *, address: str = "", label: str = "") -> Edited:
    """`[label](address)`; the selection is the label, or the address when it looks like one. Selects what is missing.

    Within a link its address is selected, to be changed.
    """
    for found in _LINK.finditer(text, text.rfind("\n", 0, selection.start) + 1):
        if (
            found.start() < selection.start
            and selection.end < found.end()
            and "\n" not in text[selection.start : selection.end]
        ):
            return Edited(text, Selection(*found.span("address")))
        if found.start() > selection.end:
            break
    chosen = text[selection.start : selection.end]
    is_address = _ADDRESS.fullmatch(chosen.strip()) is not None
    address = address or (chosen.strip() if is_address else "")
    label = label or ("" if is_address else chosen)
    safe = address.replace(" ", "%20").replace("(", "%28").replace(")", "%29")
    piece = f"[{label}]({safe})"
    start = selection.start
    if not label:
        selected = Selection(start + 1, start + 1)
    elif not address:
        selected = Selection(start + len(label) + 3, start + len(label) + 3)
    else:
        selected = Selection(start + len(piece), start + len(piece))
    return Edited(text[: selection.start] + piece + text[selection.end :], selected)


def paste_address(text: str, selection: Selection, *, address: str) -> Edited | None:
    """The selected words become a link to `address`; None where it is no address, or the selection is no mere words."""
    chosen = text[selection.start : selection.end]
    if (
        not chosen.strip()
        or "\n" in chosen
        or _ADDRESS.fullmatch(chosen.strip())
        or not _ADDRESS.fullmatch(address.strip())
    ):
        return None
    return link(text, selection, address=address.strip())


def footnote(text: str, selection: Selection) -> Edited:
    """A mark behind the selection, numbered on, and its note at the end of the text, where the caret goes."""
    number = max((int(found) for found in _NOTE.findall(text)), default=0) + 1
    made = text[: selection.end] + f"[^{number}]" + text[selection.end :]
    last = made.rstrip("\n").rpartition("\n")[2]
    gap = "\n" if last.startswith("[^") and "]:" in last else "\n\n"
    made = f"{made.rstrip(chr(10))}{gap}[^{number}]: "
    return Edited(made + "\n", Selection(len(made), len(made)))


def table(text: str, selection: Selection, *, columns: int, rows: int) -> Edited:
    """An empty table of `rows` lines under a head, after the current block; the caret stands in its first cell."""
    head = "|" + " … |" * columns
    lines = [head.replace("…", " "), "|" + "---|" * columns, *(["|" + "   |" * columns] * rows)]
    before, after = text[: selection.end], text[selection.end :]
    rest_of_line, _, following = after.partition("\n")
    before = (before + rest_of_line).rstrip("\n ")
    gap = "\n\n" if before else ""
    made = before + gap + "\n".join(lines) + "\n"
    caret = len(before) + len(gap) + 2
    return Edited(f"{made}\n{following.lstrip(chr(10))}" if following.strip() else made, Selection(caret, caret))


def _emphasise(text: str, selection: Selection, mark: str) -> Edited:
    start, end = _trimmed(text, selection)
    if start == end:
        start, end = _word_around(text, start)
    size = len(mark)
    if _stands(text, start - size, mark) and _stands(text, end, mark):
        made = text[: start - size] + text[start:end] + text[end + size :]
        return Edited(made, Selection(start - size, end - size))
    if end - start >= 2 * size and _stands(text, start, mark) and _stands(text, end - size, mark):
        made = text[:start] + text[start + size : end - size] + text[end:]
        return Edited(made, Selection(start, end - 2 * size))
    made = text[:start] + mark + text[start:end] + mark + text[end:]
    return Edited(made, Selection(start + size, end + size))


def _stands(text: str, at: int, mark: str) -> bool:
    """Whether exactly this emphasis stands at `at`: of a run of asterisks, bold takes two and italic the odd one."""
    if at < 0 or not text.startswith(mark, at):
        return False
    first, last = at, at + len(mark)
    while first > 0 and text[first - 1] == "*":
        first -= 1
    while last < len(text) and text[last] == "*":
        last += 1
    run = last - first
    return run % 2 == 1 if mark == "*" else run >= len(mark)


def _trimmed(text: str, selection: Selection) -> tuple[int, int]:
    """The selection without blanks at its ends: `** đậm **` would be no emphasis."""
    start, end = selection.start, selection.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _word_around(text: str, at: int) -> tuple[int, int]:
    start = end = at
    while start > 0 and _WORD.match(text[start - 1]):
        start -= 1
    while end < len(text) and _WORD.match(text[end]):
        end += 1
    return start, end


def _as_list(lines: list[str], *, numbered: bool) -> list[str]:
    wanted = "number" if numbered else "bullet"
    found = [_ITEM.match(line) for line in lines]
    filled = [item for item, line in zip(found, lines, strict=True) if line.strip()]
    off = bool(filled) and all(item is not None and item[wanted] is not None for item in filled)
    made: list[str] = []
    count = 0
    for line, item in zip(lines, found, strict=True):
        if not line.strip() and len(lines) > 1:
            made.append(line)
            continue
        indent = item["indent"] if item else ""
        bare = line[item.end() :] if item else line.lstrip()
        count += 1
        mark = "" if off else f"{count}. " if numbered else "- "
        made.append(indent + mark + bare)
    return made


def _on_lines(text: str, selection: Selection, change: Callable[[list[str]], list[str]]) -> Edited:
    """Changes the lines that the selection touches; what was selected stays selected, as whole lines if more than one."""
    start = text.rfind("\n", 0, selection.start) + 1
    # A selection that ends at the very start of a line does not touch that line.
    last = selection.end - 1 if selection.end > selection.start and text[selection.end - 1] == "\n" else selection.end
    end = text.find("\n", last)
    end = len(text) if end < 0 else end
    old = text[start:end].split("\n")
    new = change(old)
    piece = "\n".join(new)
    made = text[:start] + piece + text[end:]
    if len(new) > 1:
        return Edited(made, Selection(start, start + len(piece)))
    shift = len(new[0]) - len(old[0])
    moved = [
        max(start, min(offset + shift, start + len(piece))) for offset in (selection.start, min(selection.end, end))
    ]
    return Edited(made, Selection(moved[0], moved[1]))
