"""The head of a document: its number, where and when it was signed, who issues it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from desktop.domain.legal.bodies import bodies_of, is_complete, named, with_place, without_head
from desktop.domain.legal.frame import Frame, is_preamble
from desktop.domain.legal.patterns import BLANK_DATE, DATE, NUMBER, date_of, number_of, one_line
from desktop.domain.legal.source import Line, Source, Span
from desktop.domain.legal.values import DOUBTED, LIKELY, SURE, Field, Found, Note
from desktop.domain.legal.words import BODIES, TYPES

_NUMBERED = re.compile(
    rf"(?:(?:Luật|LUẬT|Bộ luật|BỘ LUẬT|Nghị quyết|NGHỊ QUYẾT|Pháp lệnh|PHÁP LỆNH|Lệnh|LỆNH) )?"
    rf"(?:S\s?[ốôỐÔo]|SỐ|Số hiệu)\s*[:.;]?\s*{NUMBER}"
)
_NO_NUMBER = re.compile(r"(?:luat |nghi quyet )?s\s?o\s*[:.]?[\s.…_]*(?:[/-]|$)")
_ALONE = re.compile(rf"{NUMBER}(?=\s*$|\s+\S.{{1,40}},? ?ngày)")
_TYPED = re.compile(rf"\W*(?:{'|'.join(sorted(TYPES, key=len, reverse=True))})(?: so)?:? (?=\d)")
_NUMBER = re.compile(NUMBER)
_PLACED = re.compile(rf"(?P<place>[^\W\d_][^,;:()\n]{{1,38}}?)\s*[,.]?\s*ngay\s*{DATE}")
_DAY_ALONE = re.compile(rf"ngay\s*{DATE}\W*$", re.MULTILINE)
_ISSUED_WITH = re.compile(
    r"\W*(?:(?:duoc )?ban hanh )?kem theo (?P<what>[a-z ]{3,40}?)\s*(?:so)?\s*:?\s*(?=[\d/.…_]|ngay)"
)
_OF = re.compile(r"\s*,?\s*cua\s+(?P<body>[^()]{5,160}?)\s*(?:[,;)]|\n\s*\n|$)")
_PASSED = re.compile(rf"(?:thong qua|ky hop thu[^.;]{{1,80}}?thong qua)[^.;]{{0,60}}?ngay\s*{DATE}")
_NATION = re.compile(
    r"c[oô]ng hoa xa hoi chu nghia viet nam|doc lap\s*-\s*tu do\s*-\s*hanh phuc|dang cong san viet nam"
)
_RULE = re.compile(r"[\W_]*")
_GAZETTE = re.compile(
    rf"cong bao\s*/?\s*(?:tinh [^/\n]{{3,30}}/)?\s*so\s*:?\s*(?P<number>\d[\d +&,va-]{{0,18}}\d|\d+)\s*[/(]?\s*(?:ngay)?\s*{DATE}"
)
_GAZETTED = re.compile(
    rf"[^.\n]{{0,3}}cong bao so:? ?(?P<number>\d[\d +&-]*\d|\d+)(?: ?,? ?ngay {DATE})?", re.MULTILINE
)
_PROMULGATES = re.compile(r"quoc hoi ban hanh (?:bo )?luat|quoc hoi (?:nuoc .{10,50} )?ban hanh")
_LONGEST = 90
_MOST_WORDS, _MOST_SMALL = 6, 2  # "thành phố Huế"


@dataclass(frozen=True)
class Head:
    """What the head says; `place` is the place of signing; `no_number`, `no_date`: left blank, a draft."""

    values: Mapping[Field, Found]
    place: str = ""
    no_number: bool = False
    no_date: bool = False
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class _With:
    """The line "(Ban hành kèm theo Quyết định số … ngày … của …)"."""

    number: Found | None
    day: Found | None
    body: tuple[str, Span] | None


def read_head(frame: Frame, database: Mapping[Field, Found]) -> Head:
    """Number, date and body, each from the head itself; what it does not say, from what is issued "kèm theo"."""
    notes: list[Note] = []
    number, no_number = _number(frame)
    day, place, no_date = _day(frame, notes)
    issued = _issued_with(frame)
    values: dict[Field, Found] = {}
    for field, own, blank, other, differs in (
        ("so_hieu", number, no_number, issued.number if issued else None, "number-differs"),
        ("ngay_ban_hanh", day, no_date, issued.day if issued else None, "date-differs"),
    ):
        told = database.get(field)  # type: ignore[call-overload]  # two literal names
        best = own or told or (None if blank else other)
        if own is not None and told is not None and own.value != told.value:
            notes.append(differs)  # type: ignore[arg-type]
            best = Found(own.value, own.span, DOUBTED, own.rule)
        if best is not None:
            values[field] = best  # type: ignore[index]
    if "ngay_ban_hanh" not in values and not no_date:
        passed = _passed(frame)
        if passed is not None:
            values["ngay_ban_hanh"] = passed
    body = _body(frame, issued, place) or database.get("co_quan_ban_hanh")
    if body is not None:
        values["co_quan_ban_hanh"] = body
    values.update(_gazette(frame.source))
    return Head(
        values, place, no_number and "so_hieu" not in values, no_date and "ngay_ban_hanh" not in values, tuple(notes)
    )


def _cells(frame: Frame) -> Iterator[Line]:
    """The lines of the header, column by column."""
    for at in frame.header():
        line = frame.line(at)
        if not is_preamble(line):
            yield from line.columns


def _number(frame: Frame) -> tuple[Found | None, bool]:
    source, blank = frame.source, False
    for cell in _cells(frame):
        match = _NUMBERED.match(source.text, cell.start)
        if match is not None:
            return _found_number(source, match, SURE), False
        blank = blank or _NO_NUMBER.match(cell.low) is not None
    if blank:
        return None, True
    for cell in _cells(frame):
        match = _ALONE.match(source.text, cell.start, cell.end)
        if match is not None:
            return _found_number(source, match, LIKELY), False
    for cell in _cells(frame):
        typed = _TYPED.match(cell.low)
        match = _NUMBER.match(source.text, cell.start + typed.end(), cell.end) if typed else None
        if match is not None:
            return _found_number(source, match, LIKELY), False
    return None, False


def _found_number(source: Source, match: re.Match[str], sure: float) -> Found:
    return Found(number_of(match), source.span(match.start("digits"), match.end("sign")), sure)


def _day(frame: Frame, notes: list[Note]) -> tuple[Found | None, str, bool]:
    """The date of the line "Cà Mau, ngày 21 tháng 5 năm 2015": in the header, else anywhere in the document's own text."""
    header = set(frame.header())
    blank = False
    for where in (header, [at for at in frame.lines if at not in header]):
        for at in sorted(where):
            line = frame.line(at)
            for cell in line.columns if not is_preamble(line) else ():
                found = _day_in(frame.source, cell, in_header=at in header)
                if found is not None:
                    match, place = found
                    day = date_of(match)
                    if day is None:
                        notes.append("date-impossible")
                        return None, place, False
                    return (
                        Found(day.isoformat(), frame.source.span(match.start("day"), match.end("full")), SURE),
                        place,
                        False,
                    )
                blank = blank or (
                    at in header and len(cell.text) < _LONGEST and BLANK_DATE.search(cell.low) is not None
                )
    return None, "", blank


def _day_in(source: Source, cell: Line, *, in_header: bool) -> tuple[re.Match[str], str] | None:
    low, start = source.folded, cell.start
    number = _NUMBERED.match(source.text, cell.start)
    if number is not None and number.end() <= cell.end:
        start = number.end()
        while start < cell.end and not source.text[start].isalnum():
            start += 1
    match = _PLACED.match(low, start)
    if match is not None and match.start("day") <= cell.end + 1:
        place = one_line(source.text[match.start("place") : match.end("place")])
        if (
            place[:1].isupper()
            and _is_place(place)
            and not match["place"].startswith(("can cu", "ban hanh", "kem theo"))
        ):
            return match, place
    alone = _DAY_ALONE.match(low, start)
    if alone is not None and in_header:
        return alone, ""
    return None


def _is_place(text: str) -> bool:
    words = re.split(r"[\s-]+", text)
    small = sum(not word[:1].isupper() for word in words if word)
    return len(words) <= _MOST_WORDS and small <= _MOST_SMALL


def _issued_with(frame: Frame) -> _With | None:
    """What "(Ban hành kèm theo Quyết định số 17/… ngày … của …)" says of the document it was issued with."""
    source = frame.source
    for part in frame.parts:
        if part.kind not in {"attached", "annex", "main"}:
            continue
        for at in range(part.first, min(part.end, part.first + 20)):
            match = _ISSUED_WITH.match(source.folded, source.lines[at].start) if source.lines[at].text else None
            if match is not None:
                return _read_issued(source, match.end(), source.lines[at])
    return None


def _read_issued(source: Source, start: int, line: Line) -> _With:
    limit = start + 400
    close = source.text.find(")", start, limit)
    limit = close if close >= 0 else line.end
    number = _NUMBER.match(source.text, start, limit)
    at = number.end() if number is not None else start
    day_match = re.compile(rf"[^()]{{0,30}}?ngay\s*{DATE}").match(source.folded, at, limit)
    day = date_of(day_match) if day_match else None
    of = _OF.search(source.folded, day_match.end() if day_match else at, limit)
    return _With(
        _found_number(source, number, LIKELY) if number else None,
        Found(day.isoformat(), source.span(day_match.start("day"), day_match.end("full")), LIKELY)
        if day and day_match
        else None,
        (one_line(source.text[of.start("body") : of.end("body")]), source.span(of.start("body"), of.end("body")))
        if of
        else None,
    )


def _passed(frame: Frame) -> Found | None:
    """As in "… được Quốc hội khóa XII, kỳ họp thứ 3 thông qua ngày 03 tháng 6 năm 2008"."""
    for at in reversed(frame.lines):
        line = frame.line(at)
        match = _PASSED.search(frame.source.folded, line.start, line.end + 120) if "nay" in line.low else None
        day = date_of(match) if match is not None else None
        if match is not None and day is not None:
            return Found(day.isoformat(), frame.source.span(match.start("day"), match.end("full")), LIKELY, "passed")
    return None


def _body(frame: Frame, issued: _With | None, place: str) -> Found | None:
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
        if is_complete(name):
            return Found(name, source.span(authority.start, authority.end), LIKELY)
    if issued is not None and issued.body is not None:
        name = named(without_head(issued.body[0]), source)
        if is_complete(name):
            return Found(name, issued.body[1], LIKELY)
    return _by_law(frame) or (
        Found(named(with_place(bodies, place), source), source.span(lines[0].start, lines[-1].end), DOUBTED)
        if bodies
        else None
    )


def _by_law(frame: Frame) -> Found | None:
    match = _PROMULGATES.search(frame.source.folded)
    return Found("Quốc hội", frame.source.span(match.start(), match.start() + 8), LIKELY) if match else None


def _is_joint(frame: Frame, bodies: list[str]) -> bool:
    joined = any(re.search(r"\S\s+[-–]\s+\S", body) for body in bodies)
    text = frame.source.text[: frame.line(frame.body).start if frame.body < len(frame.source.lines) else None]
    return bool(re.search(r"/(?:TTLT|NQLT|TTLB|KHLT|HDLT)\b|(?i:thông tư liên tịch|nghị quyết liên tịch)", text)) and (
        joined or len(bodies) > 1
    )


def _left_column(frame: Frame) -> list[Line]:
    """The lines of the header that name bodies: capitals above the type, or above what is no header any more."""
    end = frame.titled if frame.titled is not None else frame.body
    found: list[Line] = []
    numbered = 0  # where the number ends: a broken "QĐ-\nUBND" names no body
    for at in frame.lines:
        line = frame.line(at)
        if at >= end or line.low.startswith(("kinh gui", "v/v", "can cu", "ve viec")):
            break
        for cell in line.columns:
            number = _NUMBERED.match(frame.source.text, cell.start)
            numbered = number.end() if number is not None else numbered
            if cell.start >= numbered:
                found += _names_in(cell, begun=bool(found))
    return found


def _names_in(cell: Line, *, begun: bool) -> Iterator[Line]:
    at = 0
    for gap in [*((m.start(), m.end()) for m in _NATION.finditer(cell.low)), (len(cell.text), len(cell.text))]:
        text = cell.text[at : gap[0]].strip(" -–_*")
        if text and not _RULE.fullmatch(text):
            start = cell.start + cell.text.index(text, at)
            piece = Line(text, cell.low[start - cell.start : start - cell.start + len(text)], start)
            capital = piece.upper or text.startswith("UBND")
            if (
                capital
                and (piece.low.startswith(BODIES) or begun)
                and len(text) <= _LONGEST
                and not re.search(r"\d|:", text)
            ):
                yield piece
        at = gap[1]


def _authority(frame: Frame) -> Line | None:
    """The line "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH X" between title and grounds; one line, or two that belong together."""
    end = frame.grounds[0] if frame.grounds else frame.body
    above = [at for at in frame.lines if at < end and (frame.titled is None or at > frame.titled)]
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


def _gazette(source: Source) -> dict[Field, Found]:
    """The line "CÔNG BÁO/Số 599 + 600/Ngày 12-6-2015", as the Gazette prints above its pages."""
    match = _GAZETTE.search(source.folded)
    if match is None or not source.text[match.start() : match.start() + 4].isupper():
        return {}
    day = date_of(match)
    found: dict[Field, Found] = {
        "so_cong_bao": Found(one_line(match["number"]), source.span(match.start("number"), match.end("number")), LIKELY)
    }
    if day is not None:
        found["ngay_cong_bao"] = Found(day.isoformat(), source.span(match.start("day"), match.end("full")), LIKELY)
    return found
