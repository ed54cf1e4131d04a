"""Who issues a document: from the left column of its head, the line above its grounds, or its older title."""

import re
from collections.abc import Iterator
from itertools import takewhile

from desktop.domain.legal.bodies import bodies_of, is_complete, named, with_place, without_head
from desktop.domain.legal.frame import Frame, is_preamble
from desktop.domain.legal.patterns import NUMBER, one_line
from desktop.domain.legal.source import Line, Span, folded
from desktop.domain.legal.values import DOUBTED, LIKELY, SURE, Found
from desktop.domain.legal.words import BODIES, HEADS

NUMBERED = re.compile(
    rf"(?:(?:Luật|LUẬT|Bộ luật|BỘ LUẬT|Nghị quyết|NGHỊ QUYẾT|Pháp lệnh|PHÁP LỆNH|Lệnh|LỆNH) (?:[Ss]ố|SỐ)|"
    rf"S\s?[ốôỐÔo]|SỐ|Số hiệu|S(?=:))\s*[:.;]?\s*{NUMBER}"
)
_NATION = re.compile(
    r"cong hoa xa(?: hoi(?: chu(?: nghia(?: viet(?: nam)?)?)?)?)?|^cong(?: hoa)?$|"
    r"^(?:hoa )?(?:xa )?(?:hoi )?(?:chu )?(?:nghia )?(?:viet )?nam$|"
    r"doc lap\s*-\s*tu do\s*-\s*hanh phuc|dang cong san viet nam"
)
_RULE = re.compile(r"[\W_]*")
_SIGNING = re.compile(rf"(?:tm|kt|tl|tuq|q)\s?\.|(?:{'|'.join(HEADS)})\b(?! chinh phu$| nuoc$)|noi (?:nhan|gui)")
_SIGNED = re.compile(r"(?:tm|kt|tl|tuq)\s?\.|noi (?:nhan|gui)\b")
_SIGN_ALONE = re.compile(r"[^\W\d_]+[-–][^\W\d_]+")
_PROMULGATES = re.compile(r"quoc hoi ban hanh (?:bo )?luat|quoc hoi (?:nuoc .{10,50} )?ban hanh")
_DIVIDES = re.compile(r"\W*(?:phan (?:thu|[ivx\d])|chuong [ivx\d]|muc \d)")
_LONGEST = 90


def cells(frame: Frame) -> Iterator[Line]:
    """The lines of the header, column by column."""
    for at in frame.header():
        line = frame.line(at)
        if not is_preamble(line):
            yield from line.columns


def read_body(frame: Frame, issued: tuple[str, Span] | None, place: str) -> Found | None:
    """The issuing body with its place; `issued`: as "(Ban hành kèm theo … của …)" names it; `place`: where it was signed."""
    source = frame.source
    lines = _left_column(frame)
    bodies = bodies_of([line.text for line in lines])
    if bodies and lines:
        span = source.span(lines[0].start, lines[-1].end)
        if _is_joint(frame, bodies):
            names = [named(part, source) for body in bodies for part in re.split(r"\s+[-–]\s+", body)]
            return Found("; ".join(dict.fromkeys(names)), span, LIKELY)
        name = named(with_place(bodies, place), source)
        if is_complete(name):
            return Found(name, span, SURE)
    authority = _authority(frame)
    if authority is not None:
        name = named(without_head(one_line(authority.text)), source)
        if is_complete(name) and folded(name) not in HEADS:
            return Found(name, source.span(authority.start, authority.end), LIKELY)
    if issued is not None:
        name = named(without_head(issued[0]), source)
        if is_complete(name):
            return Found(name, issued[1], LIKELY)
    titled = _titled_body(frame)
    return (
        titled
        or _by_law(frame)
        or (
            Found(
                named(with_place(bodies, place), source),
                source.span(lines[0].start, lines[-1].end),
                DOUBTED,
            )
            if bodies
            else None
        )
    )


def _titled_body(frame: Frame) -> Found | None:
    if frame.titled is None:
        return None
    of = re.compile(r"\W*[a-z ]{4,22}?\s+cua\s+(?P<body>.{4,90}?)\s+(?:so\s*:?\s*\d|ve viec )").match(
        frame.source.flat, frame.line(frame.titled).start
    )
    if of is None:
        return None
    start, end = of.span("body")
    name = named(without_head(one_line(frame.source.text[start:end])), frame.source)
    return Found(name, frame.source.span(start, end), LIKELY) if is_complete(name) else None


def _by_law(frame: Frame) -> Found | None:
    match = _PROMULGATES.search(frame.source.folded)
    return Found("Quốc hội", frame.source.span(match.start(), match.start() + 8), LIKELY) if match else None


def _is_joint(frame: Frame, bodies: list[str]) -> bool:
    joined = any(re.search(r"\S\s+[-–]\s+\S", body) for body in bodies)
    head = " ".join(cell.text for cell in cells(frame))
    typed = frame.titled is not None and "lien tich" in frame.line(frame.titled).low
    return (typed or re.search(r"/(?:TTLT|NQLT|TTLB|KHLT|HDLT)\b", head) is not None) and (joined or len(bodies) > 1)


def _left_column(frame: Frame) -> list[Line]:
    """The lines of the header that name bodies: capitals above the type, or above what is no header any more."""
    end = frame.titled if frame.titled is not None else frame.body
    found: list[Line] = []
    signing = False  # what stands in a signature above the title issues nothing
    numbered = 0  # where the number ends: a broken "QĐ-\nUBND" names no body
    for at in frame.lines:
        line = frame.line(at)
        if at >= end or line.low.startswith(("kinh gui", "v/v", "can cu", "ve viec")):
            break
        for cell in line.columns:
            number = NUMBERED.match(frame.source.text, cell.start)
            numbered = number.end() if number is not None else numbered
            signing = (signing and not _NATION.search(cell.low)) or _SIGNED.match(cell.low) is not None
            if cell.start >= numbered and not signing:
                found += _names_in(cell, begun=bool(found))
    return found


def _names_in(cell: Line, *, begun: bool) -> Iterator[Line]:
    at = 0
    for gap in [
        *((m.start(), m.end()) for m in _NATION.finditer(cell.low)),
        (len(cell.text), len(cell.text)),
    ]:
        text = cell.text[at : gap[0]].strip(" -–_*")
        if text and not _RULE.fullmatch(text):
            start = cell.start + cell.text.index(text, at)
            piece = Line(
                text,
                cell.low[start - cell.start : start - cell.start + len(text)],
                start,
            )
            capital = (piece.upper or text.startswith("UBND")) and text[0].isalpha() and not _SIGNING.match(piece.low)
            if (
                capital
                and (piece.low.startswith(BODIES) or begun)
                and len(text) <= _LONGEST
                and not re.search(r"\d|:", text)
                and not _SIGN_ALONE.fullmatch(text)
            ):
                yield piece
        at = gap[1]


def _authority(frame: Frame) -> Line | None:
    """The line "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH X" between title and grounds; one line, or two that belong together."""
    end = frame.grounds[0] if frame.grounds else frame.body
    above = [at for at in frame.lines if at < end and (frame.titled is None or at > frame.titled)]
    above = list(takewhile(lambda at: not _DIVIDES.match(frame.line(at).low), above))
    block: list[Line] = []
    for at in reversed(above[-4:]):
        line = frame.line(at)
        if not line.upper or re.search(r"\d", line.text):
            continue
        block.insert(0, line)
        if line.low.startswith(BODIES) or without_head(line.text) != line.text:
            first, last = block[0], block[-1]
            text = one_line(" ".join(piece.text for piece in block))
            low = " ".join(piece.low for piece in block)
            return Line(text, low, first.start) if len(block) == 1 else _Joined(text, low, first.start, last.end)
    return None


class _Joined(Line):
    """Two lines read as one; its end is that of the second."""

    def __init__(self, text: str, low: str, start: int, end: int) -> None:
        super().__init__(text, low, start)
        object.__setattr__(self, "_end", end)

    @property
    def end(self) -> int:
        return int(self.__dict__["_end"])
