"""Where a source may be cut so that its parts become HTML one by one: no cut changes what stands on either side of it."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise
from typing import Literal

from desktop.domain.legal.labels import LabelReader
from desktop.editor.text.markup import may_hold_raw, raw_ranges, without_tags

# After an empty line, a line that is neither indented nor an item nor a quote: whatever was open is closed by it. The
# definition of a note goes without a trace, and the list below it joins the one above it.
_PROSE = re.compile(r"\n[ \t]*\n(?=[^\s>])(?![-*+]\s|[0-9]{1,3}\.\s|\[\^)")
# A Điều that is one whatever stood before it, and ends a table, a title and the search for one.
_LEGAL = re.compile(r"\n(?=(?:#{1,6} )?\*{0,3}Điều [0-9]{1,4}[a-zđ]?[.:][^|\n<]*$)", re.MULTILINE)


def cut(source: str, dialect: Literal["prose", "legal"]) -> list[str]:
    """The parts of `source`, each without the line feed that ends it; joined by line feeds they are the source again."""
    pattern = _LEGAL if dialect == "legal" else _PROSE
    places = [found.end() for found in pattern.finditer(source)]
    if places and may_hold_raw(source):
        places = list(_outside_html(source, places))
    starts = [0, *places, len(source) + 1]
    return [source[start : end - 1] for start, end in pairwise(starts)]


def is_cut(line: str) -> bool:
    """Whether `line`, which begins a part of a legal document, is what `cut` took it for."""
    label = LabelReader().read(without_tags(line.strip()))
    return label is not None and label.level == "dieu"


def _outside_html(source: str, places: list[int]) -> Iterator[int]:
    """Those of `places` that lie in no block of HTML."""
    lines = source.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    ranges = [(starts[first], starts[last + 1]) for first, last, _ in raw_ranges(lines)]
    begins = [start for start, _ in ranges]
    for place in places:
        at = bisect_right(begins, place) - 1
        if at < 0 or place == begins[at] or place >= ranges[at][1]:
            yield place
