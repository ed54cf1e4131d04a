"""What a legal document is made of: Phần, Chương, Mục, Điều, khoản, điểm; what is doubled, missing or oddly lettered.

Only labels count that are the document's own: no mention on a broken line, nothing quoted, nothing of a table.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from desktop.domain.legal.labels import Label, LabelReader, Level
from desktop.domain.legal.parts import Kind, Part, quoted_lines
from desktop.domain.legal.source import ENDED, PAGE, Line, Source, Span, folded
from desktop.domain.legal.words import POINTS

Oddity = Literal["duplicate", "gap", "letter", "sign"]

_HEAD_ALONE = re.compile(r"(?:dieu|chuong|muc|phan|tieu muc)")
_RUN_ON = re.compile(
    r"(?<=[.;:/”\"])\s+(?=Điều\s+\d{1,3}[a-zđ]?\s*[.:]\s+[^\W\d_a-zđ])|\s+(?=Chương\s+[IVXL]+[.:]?\s+[A-ZĐ]{2,})"
)
_OLD = re.compile(r"(?P<mark>\d{1,3}|[a-zđ])\s*(?:/|\.)\s+(?P<rest>\S.*)", re.DOTALL)
_NUMERAL = re.compile(r"[IVXLC]+")
_SIGNED = re.compile(r"\W*(?:noi (?:nhan|gui)\s*:|(?:tm|kt|tl|tuq)\s?\. ?\S)")
_SENTENCE = re.compile(
    r"(?:Luật|Nghị định|Quyết định|Thông tư|Nghị quyết|Chỉ thị|Quy chế|Quy định)(?: liên tịch)? này "
)
_AMENDS = re.compile(r"(?:sua doi|bo sung|thay the|bai bo|huy bo|thay cum tu)")
_AS_FOLLOWS = re.compile(r"nhu sau\s*:?\s*$")
_LONGEST_TITLE = 220
_FOREIGN = frozenset("fjwz")
_FAR = 3
_MENTIONS = re.compile(r"\b(?:theo|tai|va|cua|hoac|khoan \d+|diem \w|quy dinh|den|tu|voi)$")
_MENTIONED_HERE = re.compile(r"\b(?:theo|tai|va|cua|hoac|den|tu|voi)$")
_SHORT = 25
_TITLE_LINES = 4


@dataclass(frozen=True)
class Node:
    """One labelled piece; `title` is its heading, "" when it has none. `depth`: 1 for Phần … 7 for điểm."""

    level: Level
    label: str
    number: str
    title: str
    part: Kind
    span: Span
    line: int
    depth: int


@dataclass(frozen=True)
class Flag:
    """What is odd about a label."""

    kind: Oddity
    label: str
    span: Span


@dataclass(frozen=True)
class Structure:
    """`dieu`, `khoan` and the rest of what is issued "kèm theo", where there is such a text with Điều; else of the document."""

    phan: int = 0
    chuong: int = 0
    muc: int = 0
    tieu_muc: int = 0
    dieu: int = 0
    khoan: int = 0
    diem: int = 0
    dieu_quyet_dinh: int = 0
    dieu_phu_luc: int = 0
    nodes: tuple[Node, ...] = ()
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True)
class _Piece:
    """A logical line: what was broken is joined, what ran on is cut."""

    text: str
    low: str
    start: int
    end: int
    at: int


_DEPTHS: dict[Level, int] = {
    "phan": 1,
    "chuong": 2,
    "muc": 3,
    "tieu_muc": 4,
    "dieu": 5,
    "khoan": 6,
    "diem": 7,
}


def read_structure(source: Source, parts: Sequence[Part]) -> Structure:
    """The structure of one document, given its parts."""
    quoted = quoted_lines(source)
    nodes: list[Node] = []
    flags: list[Flag] = []
    for part in parts:
        if part.kind in {"form", "notes"}:
            continue
        walk = _Walk(source, part.kind)
        pieces = list(_pieces(source.lines, part, quoted))
        for at, piece in enumerate(pieces):
            walk.take(piece, pieces[at + 1 : at + 1 + _TITLE_LINES])
        nodes += walk.nodes
        flags += walk.flags
    return _counted(nodes, flags)


def _counted(nodes: Sequence[Node], flags: Sequence[Flag]) -> Structure:
    articles = Counter(node.part for node in nodes if node.level == "dieu")
    carrier: Kind = "attached" if articles["attached"] else "main"
    if not articles["attached"] and not any(node.part == "main" for node in nodes):
        carrier = "attached"
    counts = Counter(node.level for node in nodes if node.part == carrier)
    return Structure(
        phan=counts["phan"], chuong=counts["chuong"], muc=counts["muc"], tieu_muc=counts["tieu_muc"],
        dieu=counts["dieu"], khoan=counts["khoan"], diem=counts["diem"],
        dieu_quyet_dinh=articles["main"] if articles["attached"] else 0, dieu_phu_luc=articles["annex"],
        nodes=tuple(nodes), flags=tuple(flags),
    )  # fmt: skip


def headings(structure: Structure) -> tuple[Node, ...]:
    """The Điều that `structure.dieu` counts, in order."""
    carrier = "attached" if any(n.part == "attached" and n.level == "dieu" for n in structure.nodes) else "main"
    return tuple(node for node in structure.nodes if node.level == "dieu" and node.part == carrier)


def _pieces(lines: Sequence[Line], part: Part, quoted: frozenset[int]) -> Iterator[_Piece]:
    held: Line | None = None
    for at in range(part.first, part.end):
        line = lines[at]
        if at in quoted or line.cell or not line.text or PAGE.fullmatch(line.low):
            continue
        if held is None and _HEAD_ALONE.fullmatch(line.low):
            held = line
            continue
        if held is not None:
            broken, held = held, None
            if line.text[:1].isdigit() or _NUMERAL.match(line.text):
                text = f"{broken.text} {line.text}"
                yield _Piece(text, f"{broken.low} {line.low}", broken.start, line.end, at)
                continue
        done = 0
        for cut in _RUN_ON.finditer(line.text):
            yield _cut(line, done, cut.start(), at=at)
            done = cut.end()
        yield _cut(line, done, len(line.text), at=at)


def _cut(line: Line, low: int, high: int, *, at: int) -> _Piece:
    return _Piece(line.text[low:high], line.low[low:high], line.start + low, line.start + high, at)


class _Walk:
    """Takes the logical lines of one part in order and keeps the labels that fit."""

    def __init__(self, source: Source, kind: Kind) -> None:
        self.nodes: list[Node] = []
        self.flags: list[Flag] = []
        self._source = source
        self._kind = kind
        self._reader = LabelReader()
        self._dieu, self._khoan, self._diem = 0, 0, ""
        self._seen: set[tuple[str, str]] = set()
        self._before = ""
        self._signed = False
        self._quoting = False  # an amending document quotes without quotation marks

    def take(self, piece: _Piece, after: Sequence[_Piece]) -> None:
        if self.nodes and _SIGNED.match(piece.low):
            self._signed = True
        label = self._reader.read(piece.text) or self._old_style(piece)
        if label is not None and self._fits(label, piece):
            self._add(label, piece, after)
        self._before = piece.low

    def _old_style(self, piece: _Piece) -> Label | None:
        """Labels "1/ …", "a/ …" and "a. …" of older documents, where they are the next of their row."""
        found = _OLD.match(piece.text)
        if found is None:
            return None
        mark = found["mark"]
        if mark.isdigit():
            following = int(mark) == self._khoan + 1 and piece.text[len(mark)] == "/"
            return Label("khoan", f"{mark}/", mark, found["rest"]) if following else None
        if mark == _next_letter(self._diem):
            return Label("diem", piece.text[: found.start("rest")].strip(), mark, found["rest"])
        return None

    def _fits(self, label: Label, piece: _Piece) -> bool:
        level = label.level
        if self._signed:  # what follows a signature is of the text only where its articles go on
            self._signed = not (level == "dieu" and _value(label.number) == self._dieu + 1)
            return not self._signed
        if level == "dieu":
            return self._dieu_fits(label)
        if self._quoting:
            ends = level == "khoan" and _AMENDS.match(piece.low[len(label.text) :].strip()) is not None
            if level == "khoan" and ends and _value(label.number) == self._khoan + 1:
                self._quoting = False
                return True
            return False
        if level == "khoan":
            return self._khoan_fits(label)
        if level == "diem":
            return len(label.number) == 1 or bool(self._diem)
        return self._ended() or label.rest.isupper() or not label.rest

    def _dieu_fits(self, label: Label) -> bool:
        value, last = _value(label.number), self._dieu
        if _AS_FOLLOWS.search(self._before) and _AMENDS.search(self._before) and last and value != last + 1:
            self._quoting = True
            return False
        if self._quoting:
            self._quoting = not (value == last + 1 and not _AS_FOLLOWS.search(self._before))
            return not self._quoting
        if not self._before:
            return True
        if value == last + 1:  # no paragraph ends in "tại" or "và": what follows is mentioned
            return not _MENTIONED_HERE.search(self._before)
        return self._ended() and not label.rest[:1].islower()

    def _khoan_fits(self, label: Label) -> bool:
        if "." in label.number:
            return False
        value, last = _value(label.number), self._khoan
        if value == last + 1 or value == 1:
            return True
        return value <= last + _FAR and self._ended()

    def _ended(self) -> bool:
        """Whether the line before was the end of something, so that this one begins something."""
        return (
            not self._before
            or ENDED.search(self._before) is not None
            or (len(self._before) < _SHORT and not _MENTIONS.search(self._before))
        )

    def _add(self, label: Label, piece: _Piece, after: Sequence[_Piece]) -> None:
        shown = self._source.span(piece.start, min(piece.start + len(label.text), piece.end))
        title = _title(label, after)
        depth = _DEPTHS[label.level]
        self.nodes.append(
            Node(
                label.level,
                label.text,
                label.number,
                title,
                self._kind,
                shown,
                piece.at,
                depth,
            )
        )
        odd = self._oddities(label)
        if odd is not None:
            self.flags.append(Flag(odd, label.text, shown))
        self._advance(label)

    def _oddities(self, label: Label) -> Oddity | None:
        if label.level in {"khoan", "dieu"}:
            last = self._khoan if label.level == "khoan" else self._dieu
            value = _value(label.number)
            if value == last if label.level == "khoan" else ("dieu", label.number) in self._seen:
                return "duplicate"
            if value > last + 1:
                return "gap"
            return "sign" if label.text.endswith(",") else None
        if label.level == "diem":
            if label.number[:1] in _FOREIGN:
                return "letter"
            if label.number == self._diem:
                return "duplicate"
            follows = label.number == "a" or len(label.number) > 1 or self._diem[:1] in _FOREIGN
            late = label.number == "e" and self._diem == "d"  # the letters of the Latin alphabet
            return None if follows or late or label.number == _next_letter(self._diem) else "gap"
        return "duplicate" if label.level != "muc" and (label.level, label.number) in self._seen else None

    def _advance(self, label: Label) -> None:
        if label.level == "khoan":
            self._khoan, self._diem = _value(label.number), ""
        elif label.level == "diem":
            self._diem = label.number
        else:
            self._khoan, self._diem = 0, ""
            if label.level == "dieu":
                self._dieu = _value(label.number)
        self._seen.add((label.level, label.number))


def _value(number: str) -> int:
    digits = re.match(r"\d+", number)
    return int(digits[0]) if digits else 0


def _next_letter(letter: str) -> str:
    at = POINTS.find(letter[:1]) if letter else -1
    return POINTS[at + 1] if at + 1 < len(POINTS) else ""


def _title(label: Label, after: Sequence[_Piece]) -> str:
    """The heading of a label; "" where what follows is its sentence."""
    if label.level in {"khoan", "diem"}:
        return ""
    if label.level != "dieu":
        return _title_below(label, after)
    title = label.rest
    for piece in after:
        if title.endswith(("/", "-")):  # a number broken over two lines
            title = f"{title}{piece.text}"
            continue
        # A broken line: the title goes on in lower case.
        if (
            not title
            or ENDED.search(title.rstrip(","))
            or not (piece.text[:1].islower() or piece.text[:1].isdigit())
            or LabelReader().read(piece.text)
        ):
            break
        title = f"{title} {piece.text}"
    title = " ".join(title.split())
    if _MENTIONED_HERE.search(folded(title)):  # a sentence that breaks off before what it names
        return ""
    if len(title) > _LONGEST_TITLE or ";" in title or _SENTENCE.match(title) or re.search(r"[.;,/]\W*$", title):
        return ""
    return title.rstrip(" :")


def _title_below(label: Label, after: Sequence[_Piece]) -> str:
    lines = [label.rest] if label.rest else []
    for piece in after:
        letters = [char for char in piece.text if char.isalpha()]
        if LabelReader().read(piece.text) or not letters or (lines and not piece.text.isupper()):
            break
        if len(piece.text) > _LONGEST_TITLE or piece.text.endswith((".", ";")):
            break
        lines.append(piece.text)
        if not piece.text.isupper():
            break
    return " ".join(" ".join(lines).split())
