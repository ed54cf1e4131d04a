"""A legal document as it is laid out: what stands above its text, the grounds, labelled pieces in each other, the closing.

Every line of the text is in it once and in order, whatever is recognised: what no label claims is a paragraph of what stands above.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop.domain.legal.frame import read_frame
from desktop.domain.legal.parts import Kind, Part, read_parts
from desktop.domain.legal.source import Line, Source
from desktop.domain.legal.structure import Node, read_structure

_CLOSING = re.compile(r"\W*(?:noi (?:nhan|gui)\b|t/?m\.|k/?t\.|tl\.|tuq\.)")
_ADDRESS = re.compile(r"\W*kinh gui\b")
_PARAGRAPH = 160  # no receiver and no rank is as long as that
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class Piece:
    """`level`: phan … diem; `title` stands beside or below the label; `text` are its own paragraphs, before what is in it."""

    level: str
    label: str
    title: str
    text: tuple[str, ...]
    pieces: tuple["Piece", ...]


@dataclass(frozen=True)
class Sheet:
    """The document itself (`kind` main) or what follows it: an attached regulation, an annex, a form, notes."""

    kind: Kind
    above: tuple[str, ...]
    grounds: tuple[str, ...]
    loose: tuple[str, ...]
    pieces: tuple[Piece, ...]
    closing: tuple[str, ...]


def sheets(text: str) -> tuple[Sheet, ...]:
    """The first document of `text` and what follows it, in order; of several documents each begins with its main sheet."""
    source = Source(text)
    parts = read_parts(source)
    made: list[Sheet] = []
    for number in range(parts[-1].document + 1):
        own = [part for part in parts if part.document == number]
        frame = read_frame(source, own)
        nodes = read_structure(source, own).nodes
        made += [_sheet(source.lines, part, nodes, grounds=frame.grounds) for part in own]
    return tuple(
        sheet for sheet in made if sheet.above or sheet.grounds or sheet.loose or sheet.pieces or sheet.closing
    )


def _sheet(lines: Sequence[Line], part: Part, nodes: Sequence[Node], *, grounds: Sequence[int]) -> Sheet:
    own = [node for node in nodes if part.first <= node.line < part.end]
    full = [at for at in range(part.first, part.end) if lines[at].text]
    resting = [at for at in grounds if part.first <= at < part.end]
    address = next((at for at in full if _ADDRESS.match(lines[at].low)), part.first)
    end = _closing(lines, part, after=own[-1].line if own else address) if part.kind == "main" else part.end
    first = _first(lines, own, full, end=end, resting=resting)
    start = next((at for at in resting if at < first), first)
    loose, pieces = _body(lines, [at for at in full if first <= at < end], own)
    return Sheet(
        part.kind,
        tuple(lines[at].text for at in full if at < start),
        tuple(lines[at].text for at in full if start <= at < first),
        tuple(loose),
        tuple(pieces),
        tuple(lines[at].text for at in full if at >= end),
    )


def _first(lines: Sequence[Line], own: Sequence[Node], full: Sequence[int], *, end: int, resting: Sequence[int]) -> int:
    """Where the text begins: at the first label, else below the grounds, else at the address of a letter."""
    if own:
        return own[0].line - (0 if _begins(lines[own[0].line], own[0]) else 1)
    if resting:
        return min(end, resting[-1] + 1)
    return next((at for at in full if at < end and _ADDRESS.match(lines[at].low)), min(full, default=end))


def _begins(line: Line, node: Node) -> bool:
    """Whether the label stands on this line alone; a label that was broken begins on the line before."""
    return _bare(line.text).startswith(_bare(node.label))


def _closing(lines: Sequence[Line], part: Part, *, after: int) -> int:
    """Where the receivers and the signature begin and nothing but them follows; the end of the part where they do not."""
    for at in range(after + 1, part.end):
        if any(_CLOSING.match(one.low) for one in lines[at].columns):
            if all(len(lines[other].text) < _PARAGRAPH for other in range(at, part.end)):
                return at
            break
    return part.end


class _Open:
    """A piece that still takes what follows."""

    def __init__(self, node: Node, label: str, title: str, text: list[str]) -> None:
        self.node = node
        self.label = label
        self.title = title
        self.text = text
        self.pieces: list[Piece] = []

    def closed(self) -> Piece:
        return Piece(self.node.level, self.label, self.title, tuple(self.text), tuple(self.pieces))


def _body(lines: Sequence[Line], body: Sequence[int], nodes: Sequence[Node]) -> tuple[list[str], list[Piece]]:
    loose: list[str] = []
    done: list[Piece] = []
    stack: list[_Open] = []
    for text, node in _runs(lines, body, nodes):
        if node is None:
            target = stack[-1] if stack else None
            if target is None:
                loose.append(text)
            elif not target.text and not target.pieces and _completes(target, text):
                target.title = f"{target.title} {text}".strip()
            else:
                target.text.append(text)
            continue
        while stack and stack[-1].node.depth >= node.depth:
            _close(stack, done)
        behind = _label_end(text, node.label)
        rest = text[behind:].strip()
        titled = bool(rest) and _bare(node.title).startswith(_bare(rest))
        stack.append(_Open(node, text[:behind].strip(), rest if titled else "", [rest] if rest and not titled else []))
    while stack:
        _close(stack, done)
    return loose, done


def _close(stack: list[_Open], done: list[Piece]) -> None:
    piece = stack.pop().closed()
    (stack[-1].pieces if stack else done).append(piece)


def _completes(piece: _Open, text: str) -> bool:
    """Whether this line is the rest of the title."""
    whole = _bare(piece.node.title)
    return whole != _bare(piece.title) and whole.startswith(_bare(f"{piece.title} {text}"))


def _runs(lines: Sequence[Line], body: Sequence[int], nodes: Sequence[Node]) -> Iterator[tuple[str, Node | None]]:
    """Each line, cut before every label but its first; a label that is broken over two lines is joined."""
    waiting = list(nodes)
    held = ""
    for order, at in enumerate(body):
        text = f"{held} {lines[at].text}".strip()
        held = ""
        here = [node for node in waiting if node.line == at]
        following = body[order + 1] if order + 1 < len(body) else None
        broken = next((node for node in waiting if node.line == following), None)
        if not here and following is not None and broken is not None and not _begins(lines[following], broken):
            held = text
            continue
        waiting = waiting[len(here) :]
        if not here:
            yield text, None
            continue
        cuts = [0, *(_cut(text, node.label) for node in here[1:]), len(text)]
        for number, node in enumerate(here):
            yield text[cuts[number] : cuts[number + 1]].strip(), node


def _cut(text: str, label: str) -> int:
    found = text.rfind(label)
    return found if found >= 0 else len(text)


def _label_end(text: str, label: str) -> int:
    """Behind the label, with whatever stands before it and whatever blanks stand in it."""
    wanted, seen = max(0, _bare(text).find(_bare(label))) + len(_bare(label)), 0
    for place, char in enumerate(text):
        if seen >= wanted:
            return place
        seen += not char.isspace()
    return len(text)


def _bare(text: str) -> str:
    return _SPACES.sub("", text)
