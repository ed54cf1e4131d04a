"""Tables while they are written: from cell to cell, rows and columns more and fewer, alignment. Pure, over a table's own lines."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desktop.editor.text.commands import Edited, Selection
from desktop.editor.text.rows import Alignment, alignments, cells, is_table

_DASHES: dict[Alignment, str] = {"": "---", "left": ":--", "center": ":-:", "right": "--:"}
_HEAD = 2  # head and divider


@dataclass(frozen=True)
class Grid:
    """A table taken apart: the words of its cells, row by row (the head first), the alignment of its columns."""

    rows: tuple[tuple[str, ...], ...]
    aligned: tuple[Alignment, ...]


def reads_as_table(text: str) -> bool:
    return is_table(text.split("\n"))


def next_cell(text: str, caret: int, *, back: bool = False) -> Edited:
    """The words of the next cell, selected; behind the last one a new row begins."""
    lines = text.split("\n")
    row, column = _where(lines, caret)
    width = len(cells(lines[0]))
    flat = row * width + min(column, width - 1) + (-1 if back else 1)
    while flat // width == 1:  # nobody writes in the divider
        flat += -1 if back else 1
    flat = max(flat, 0)
    if flat // width >= len(lines):
        lines.append(_line([""] * width))
    return _at(lines, flat // width, flat % width)


def add_row(text: str, caret: int) -> Edited:
    """An empty row below the caret's."""
    lines = text.split("\n")
    row, _ = _where(lines, caret)
    below = max(row + 1, _HEAD)
    lines.insert(below, _line([""] * len(cells(lines[0]))))
    return _at(lines, below, 0)


def remove_row(text: str, caret: int) -> Edited:
    """Without the caret's row; the head stays, and a table without rows is gone with its last one."""
    lines = text.split("\n")
    row, column = _where(lines, caret)
    if row < _HEAD:
        return Edited(text, Selection(caret, caret))
    del lines[row]
    return _at(lines, min(row, len(lines) - 1) if len(lines) > _HEAD else 0, column)


def add_column(text: str, caret: int) -> Edited:
    """An empty column right of the caret's."""
    return _columns(text, caret, lambda at, row, empty: [*row[: at + 1], empty, *row[at + 1 :]], step=1)


def remove_column(text: str, caret: int) -> Edited:
    """Without the caret's column; the last one stays."""
    if len(cells(text.split("\n", maxsplit=1)[0])) == 1:
        return Edited(text, Selection(caret, caret))
    return _columns(text, caret, lambda at, row, _empty: [*row[:at], *row[at + 1 :]], step=0)


def align(text: str, caret: int, how: Alignment) -> Edited:
    """The caret's column aligned; to its former state when it is that already."""
    lines = text.split("\n")
    row, column = _where(lines, caret)
    grid = _grid(lines)
    at = min(column, len(grid.aligned) - 1)
    wanted: Alignment = "" if grid.aligned[at] == how else how
    made = [*grid.aligned[:at], wanted, *grid.aligned[at + 1 :]]
    lines[1] = _line([_DASHES[one] for one in made])
    return _at(lines, row if row != 1 else 0, column)


def _columns(text: str, caret: int, change: Callable[[int, Sequence[str], str], list[str]], *, step: int) -> Edited:
    lines = text.split("\n")
    row, column = _where(lines, caret)
    grid = _grid(lines)
    at = min(column, len(grid.aligned) - 1)
    made = [_line(change(at, one, "")) for one in grid.rows]
    divider = _line(change(at, [_DASHES[one] for one in grid.aligned], _DASHES[""]))
    return _at([made[0], divider, *made[1:]], 0 if row == 1 else row, at + step)


def _grid(lines: Sequence[str]) -> Grid:
    aligned = alignments(lines[1])
    rows = []
    for line in (lines[0], *lines[_HEAD:]):
        words = [line[cell.first : cell.last] for cell in cells(line)][: len(aligned)]
        rows.append(tuple(words + [""] * (len(aligned) - len(words))))
    return Grid(tuple(rows), aligned)


def _where(lines: Sequence[str], caret: int) -> tuple[int, int]:
    """Row and column of the caret."""
    row = 0
    while row < len(lines) - 1 and caret > len(lines[row]):
        caret -= len(lines[row]) + 1
        row += 1
    found = cells(lines[row])
    column = next((number for number, cell in enumerate(found) if caret <= cell.end), len(found) - 1)
    return row, column


def _at(lines: Sequence[str], row: int, column: int) -> Edited:
    """The words of a cell selected; a row that is too short gets its missing cells first."""
    made = list(lines)
    width = len(cells(made[0]))
    if column >= len(cells(made[row])):
        words = [made[row][cell.first : cell.last] for cell in cells(made[row])]
        made[row] = _line(words + [""] * (width - len(words)))
    found = cells(made[row])
    cell = found[min(column, len(found) - 1)]
    before = sum(len(line) + 1 for line in made[:row])
    first = cell.first
    if cell.first == cell.last and made[row][cell.start : cell.end].startswith(" "):
        first = cell.start + 1
    last = max(first, cell.last if cell.first < cell.last else first)
    return Edited("\n".join(made), Selection(before + first, before + last))


def _line(words: Sequence[str]) -> str:
    return "| " + " | ".join(words) + " |"
