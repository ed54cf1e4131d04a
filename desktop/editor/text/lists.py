"""What Enter, Tab and Shift+Tab do inside lists and quotations: items go on, move in and out, and are numbered anew.

Pure functions over the lines of one list; numbers of the same depth count on from the first of them.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from desktop.editor.text.commands import Edited, Selection

STEP = "  "
_ITEM = re.compile(r"(?P<quotes>(?:> ?)*)(?P<indent> *)(?P<mark>[-*+]|(?P<number>\d{1,3})\.)(?P<gap> +)(?P<rest>.*)")
_QUOTE = re.compile(r"(?P<mark>(?:> ?)+)(?P<rest>.*)")


def next_start(line: str) -> str | None:
    """What a new line begins with after Enter in `line`: the next item of its list, its quotation; "" for none.

    None: the item is empty, and Enter ends the list by emptying the line.
    """
    if found := _ITEM.fullmatch(line):
        if not found["rest"].strip():
            return None
        mark = f"{int(found['number']) + 1}." if found["number"] else found["mark"]
        return found["quotes"] + found["indent"] + mark + found["gap"]
    if found := _QUOTE.fullmatch(line):
        return found["mark"] if found["rest"].strip() else None
    return ""


def is_item(line: str) -> bool:
    """Whether Tab and Shift+Tab move this line in and out instead of moving the focus."""
    return _ITEM.fullmatch(line) is not None


def outdented(line: str) -> str:
    return line.removeprefix(STEP) if line.startswith(STEP) else line.lstrip(" ")


def enter(text: str, caret: int) -> Edited | None:
    """Enter at `caret` of these lines; None where it is only a new line."""
    start = text.rfind("\n", 0, caret) + 1
    end = text.find("\n", caret)
    end = len(text) if end < 0 else end
    line = text[start:end]
    begins = next_start(line)
    if begins == "":
        return None
    if begins is None:
        return renumbered(Edited(text[:start] + text[end:], Selection(start, start)))
    if caret < start + len(begins) and caret < end:
        return None  # before its text: the whole item moves down
    made = (
        text[:caret] + "\n" + begins + text[caret:].lstrip(" ")
        if caret < end
        else text[:caret] + "\n" + begins + text[caret:]
    )
    at = caret + 1 + len(begins)
    return renumbered(Edited(made, Selection(at, at)))


def moved(text: str, selection: Selection, *, deeper: bool) -> Edited:
    """The items that `selection` touches, one level further in or out."""
    lines = text.split("\n")
    first, last = text.count("\n", 0, selection.start), text.count("\n", 0, selection.end)
    shifts = []
    for number in range(first, last + 1):
        old = lines[number]
        if is_item(old):
            lines[number] = STEP + old if deeper else outdented(old)
        shifts.append(len(lines[number]) - len(old))
    start = max(selection.start + shifts[0], text.rfind("\n", 0, selection.start) + 1)
    end = max(selection.end + sum(shifts), start)
    return renumbered(Edited("\n".join(lines), Selection(start, end)))


def renumbered(edited: Edited) -> Edited:
    """Numbered items count on from the first of their list; what is selected stays selected."""
    old = edited.text.split("\n")
    new = _numbered(old)
    if new == old:
        return edited
    starts = [0]
    for line in old:
        starts.append(starts[-1] + len(line) + 1)

    def place(offset: int) -> int:
        row = next(number for number, (_, end) in enumerate(pairwise(starts)) if offset < end)
        shift = sum(len(one) - len(other) for one, other in zip(new[:row], old[:row], strict=True))
        here = len(new[row]) - len(old[row])
        item = _ITEM.fullmatch(old[row])
        behind = item is not None and offset - starts[row] >= item.end("mark")
        return offset + shift + (here if behind else 0)

    return Edited("\n".join(new), Selection(place(edited.selection.start), place(edited.selection.end)))


def _numbered(lines: Sequence[str]) -> list[str]:
    made: list[str] = []
    counts: dict[int, int] = {}  # by indent, of the lists we are in
    empty = 0
    for line in lines:
        found = _ITEM.fullmatch(line)
        if found is None:
            empty = empty + 1 if not line.strip() else 0
            indent = len(line) - len(line.lstrip(" "))
            if empty > 1 or (line.strip() and not indent and empty == 0 and made and not made[-1].strip()):
                counts.clear()
            made.append(line)
            continue
        empty, indent = 0, len(found["indent"])
        counts = {depth: count for depth, count in counts.items() if depth <= indent}
        if not found["number"]:
            counts.pop(indent, None)
            made.append(line)
            continue
        counts[indent] = counts[indent] + 1 if indent in counts else _first(found["number"], indent)
        made.append(line[: found.start("mark")] + f"{counts[indent]}." + line[found.end("mark") :])
    return made


def _first(number: str, indent: int) -> int:
    """A list may begin with any number; one within another list begins with 1."""
    return 1 if indent else int(number)
