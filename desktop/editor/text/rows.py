"""Rows of Markdown tables: where a row's cells stand, which lines are a table, how its columns are aligned."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

Alignment = Literal["", "left", "center", "right"]

_DIVIDER = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_BAR = re.compile(r"\\.|(?P<code>`+)(?!`).+?(?<!`)(?P=code)(?!`)|(?P<bar>\|)")


@dataclass(frozen=True)
class Cell:
    """`line[start:end]` lies between two bars; `line[first:last]` is what is written there, without blanks around."""

    start: int
    end: int
    first: int
    last: int


@lru_cache(maxsize=4096)
def cells(line: str) -> tuple[Cell, ...]:
    """The cells of a row, with or without bars at its ends; a bar in code or behind a backslash parts nothing."""
    bars = [found.start("bar") for found in _BAR.finditer(line) if found["bar"]]
    edges = [-1, *bars, len(line)]
    found = [_cell(line, before + 1, after) for before, after in pairwise(edges)]
    if len(found) > 1 and found[0].first == found[0].last:
        del found[0]
    if len(found) > 1 and found[-1].first == found[-1].last and line.rstrip().endswith("|"):
        del found[-1]
    return tuple(found)


def is_divider(line: str) -> bool:
    """The line of dashes between head and rows."""
    return "|" in line and "-" in line and _DIVIDER.fullmatch(line) is not None


def is_table(lines: Sequence[str]) -> bool:
    """Whether these lines without an empty one between them are a table, as the renderer has it."""
    return len(lines) > 1 and "|" in lines[0] and is_divider(lines[1]) and len(cells(lines[0])) == len(cells(lines[1]))


def alignments(divider: str) -> tuple[Alignment, ...]:
    """One per column; "" where none is asked for."""
    found: list[Alignment] = []
    for cell in cells(divider):
        dashes = divider[cell.first : cell.last]
        left, right = dashes.startswith(":"), dashes.endswith(":")
        found.append("center" if left and right else "left" if left else "right" if right else "")
    return tuple(found)


def _cell(line: str, start: int, end: int) -> Cell:
    written = line[start:end]
    first = start + len(written) - len(written.lstrip())
    return Cell(
        start, end, min(first, end), max(first, start + len(written.rstrip())) if written.strip() else min(first, end)
    )
