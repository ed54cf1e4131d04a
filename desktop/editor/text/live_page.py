"""A page while its text is written: the pieces of the text, what stands around them, and what changed since the last one."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from desktop.domain.digest import Json
from desktop.editor.text.incremental import Live, Piece
from desktop.editor.text.page import render_main

_HOLE = "\ue0fd\ue0fc"


@dataclass(frozen=True)
class LivePage:
    """`before` and `after`: the `<main>` around the text; `place`: a CSS selector of the element that holds the pieces, ""
    for a page that has to be shown as it is.
    """

    before: str
    after: str
    place: str
    pieces: tuple[Piece, ...] = ()

    @property
    def main(self) -> str:
        """`<main>…</main>`, byte for byte as it is published."""
        return f"{self.before}{self._html()}{self.after}"

    @cached_property
    def places(self) -> "Places":
        return Places(self.pieces)

    def _html(self) -> str:
        return "\n".join(piece.html for piece in self.pieces if piece.html is not None)


@dataclass(frozen=True)
class Patch:
    """Of the `had` elements that hold the text now, the `gone` from `start` on become `html`; afterwards there are `has`."""

    start: int
    gone: int
    html: str
    had: int
    has: int


class Shell:
    """What stands around the text of one page; remembered, for most keys change nothing in it."""

    def __init__(self) -> None:
        self._made: tuple[Mapping[str, Json], str, str] | None = None

    def around(self, context: Mapping[str, Json], theme: str) -> str:
        """The `<main>` of a context in which the text is a hole."""
        if self._made is None or self._made[:2] != (context, theme):
            self._made = (context, theme, render_main(context, theme))
        return self._made[2]


def live_page(
    context: Mapping[str, Json], theme: str, *, field: str, live: Live | None, shell: Shell | None = None
) -> LivePage:
    """The page of `context`, with the text of `field` in pieces. `shell`: that of the same page a key before."""
    parts = context["body"]
    if live is not None and live.pieces and isinstance(parts, list):
        around = [
            {**part, "html": _HOLE} if isinstance(part, dict) and part["field"] == field else part for part in parts
        ]
        main = (shell or Shell()).around({**context, "body": around}, theme)
        before, hole, after = main.partition(_HOLE)
        if hole and _HOLE not in after:
            return LivePage(before, after, f".than-{field}", live.pieces)
    return LivePage(render_main(context, theme), "", "")


def patch(old: LivePage, new: LivePage) -> Patch | None:
    """What turns the text of `old` into that of `new`; None where it cannot be told by whole elements."""
    if not old.place or old.place != new.place:
        return None
    start = _alike(old.pieces, new.pieces)
    end = _alike(old.pieces[start:][::-1], new.pieces[start:][::-1])
    gone, come = old.pieces[start : len(old.pieces) - end], new.pieces[start : len(new.pieces) - end]
    had, has, before = _elements(old.pieces), _elements(new.pieces), _elements(new.pieces[:start])
    taken = _elements(gone)
    if had is None or has is None or before is None or taken is None:
        return None
    return Patch(before, taken, "\n".join(piece.html for piece in come if piece.html is not None), had, has)


def _alike(one: Sequence[Piece], other: Sequence[Piece]) -> int:
    """How many pieces both begin with; what was kept is the same object."""
    count = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine is not theirs and mine != theirs:
            break
        count += 1
    return count


def _elements(pieces: Sequence[Piece]) -> int | None:
    count = 0
    for piece in pieces:
        if piece.elements is None:
            return None
        count += piece.elements
    return count


class Places:
    """Which element of the text shows which line of the source, and the other way round; both count from 0, with fractions."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self._lines, self._elements = [0], [0]
        for piece in pieces:
            line, element = self._lines[-1], self._elements[-1]
            self._lines += [line + mark for mark in piece.marks[1:]]
            self._elements += range(element + 1, element + len(piece.marks))
            self._lines.append(line + piece.lines)
            self._elements.append(element + (piece.elements or 0))

    def element(self, line: float) -> float:
        return _across(self._lines, self._elements, line)

    def line(self, element: float) -> float:
        return _across(self._elements, self._lines, element)


def _across(known: Sequence[int], wanted: Sequence[int], place: float) -> float:
    """`place` among `known`, carried over to `wanted` stretch by stretch."""
    at = max(0, bisect_right(known, place) - 1)
    if at == len(known) - 1 or known[at + 1] == known[at]:
        return float(wanted[at])
    share = max(0.0, (place - known[at]) / (known[at + 1] - known[at]))
    return wanted[at] + share * (wanted[at + 1] - wanted[at])
