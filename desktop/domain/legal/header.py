"""The head of a document: its number, where and when it was signed, what it says where it was issued with another."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice

from desktop.domain.legal.frame import Frame, is_preamble
from desktop.domain.legal.issuer import NUMBERED, cells, read_body
from desktop.domain.legal.patterns import (
    BLANK_DATE,
    DATE,
    DATE_AT,
    NUMBER,
    SIGN,
    date_of,
    number_of,
    one_line,
)
from desktop.domain.legal.source import Line, Source, Span
from desktop.domain.legal.values import DOUBTED, LIKELY, SURE, Field, Found, Note
from desktop.domain.legal.words import TYPES

_NO_NUMBER = re.compile(r"(?:luat |nghi quyet )?s\s?o\s*[:.]?[\s.…_]*(?:[/-]|$)")
_BLANK_NUMBER = re.compile(rf"[.…_]*\s?/\s?(?:(?:19|20)\d\d\s?/\s?)?{SIGN}")
_ALONE = re.compile(rf"{NUMBER}(?=\s*$|\s+\S.{{1,40}},? ?ngày)")
_TYPED = re.compile(rf"\W*(?:{'|'.join(sorted(TYPES, key=len, reverse=True))})(?: so)?:? (?=\d)")
_NUMBER = re.compile(NUMBER)
_OLD_TITLE = re.compile(
    rf"\W*(?:{'|'.join(sorted(TYPES, key=len, reverse=True))})\s+(?:cua (?:(?! ve |;).){{2,90}}?\s+)?so\s*:?\s*(?=\d)"
)
_PLACED = re.compile(rf"(?P<place>[^\W\d_][^,;:()\n\d/]{{1,38}}?)\s*[,.]?\s*ngay\s*{DATE}")
_DAY_ALONE = re.compile(rf"ngay\s*{DATE}\W*$", re.MULTILINE)
_ISSUED_WITH = re.compile(
    r"\W*(?:(?:duoc )?ban hanh )?kem theo (?P<what>[a-z ]{3,40}?)\s*(?:so)?\s*:?\s*(?=[\d/.…_]|ngay)"
)
_OF = re.compile(r"\s*,?\s*cua\s+(?P<body>[^()]{5,160}?)\s*(?:[,;)]|\n\s*\n|$)")
_PASSED = re.compile(rf"(?:thong qua|ky hop thu[^.;]{{1,80}}?thong qua)[^.;]{{0,60}}?ngay\s*{DATE}")
_GAZETTE = re.compile(
    rf"cong bao\s*/?\s*(?:tinh [^/\n]{{3,30}}/)?\s*so\s*:?\s*"
    rf"(?P<number>(?:tu so )?\d[\d +&,va-]{{0,18}}\d(?: den so \d+)?|\d+)\s*[/(]?\s*(?:ngay)?\s*{DATE}"
)
_LONGEST = 90
_FIRST, _YEAR = 6, 6
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
        (
            "so_hieu",
            number,
            no_number,
            issued.number if issued else None,
            "number-differs",
        ),
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
        titled = _titled(frame)
        passed = (titled[1] if titled is not None else None) or _passed(frame)
        if passed is not None:
            values["ngay_ban_hanh"] = passed
    body = read_body(frame, issued.body if issued is not None else None, place) or database.get("co_quan_ban_hanh")
    if body is not None:
        values["co_quan_ban_hanh"] = body
    values.update(_gazette(frame.source))
    return Head(
        values,
        place,
        no_number and "so_hieu" not in values,
        no_date and "ngay_ban_hanh" not in values,
        tuple(notes),
    )


def _number(frame: Frame) -> tuple[Found | None, bool]:
    source, blank = frame.source, False
    for cell in cells(frame):
        match = NUMBERED.match(source.text, cell.start)
        if match is not None:
            return _found_number(source, match, SURE), False
        blank = blank or _NO_NUMBER.match(cell.low) is not None or _BLANK_NUMBER.fullmatch(cell.text) is not None
    if blank:
        return None, True
    for cell in cells(frame):
        match = _ALONE.match(source.text, cell.start, cell.end) or _broken(source, cell)
        if match is not None:
            return _found_number(source, match, LIKELY), False
    titled = _titled(frame)
    if titled is not None:
        return titled[0], False
    for cell in islice(cells(frame), _FIRST):
        typed = _TYPED.match(cell.low)
        match = _NUMBER.match(source.text, cell.start + typed.end(), cell.end) if typed else None
        if match is not None:
            return _found_number(source, match, LIKELY), False
    return None, False


def _broken(source: Source, cell: Line) -> re.Match[str] | None:
    """A number that goes on where the next line begins, and ends with that line or with a blank: "1372/" "KH-UBND"."""
    if not cell.text.endswith(("/", "-", "–")):
        return None
    match = _NUMBER.match(source.text, cell.start)
    goes_on = (
        match is not None and match.end() > cell.end and source.text[match.end() : match.end() + 1] in {"", "\n", " "}
    )
    return match if goes_on else None


def _titled(frame: Frame) -> tuple[Found, Found | None] | None:
    """Number and date of an older title: "THÔNG TƯ CỦA BỘ NỘI VỤ SỐ 01/2011/TT-BNV NGÀY 19 THÁNG 01 NĂM 2011 …"."""
    if frame.titled is None:
        return None
    source, start = frame.source, frame.line(frame.titled).start
    end = frame.line(frame.grounds[0]).start if frame.grounds else len(source.flat)
    so = _OLD_TITLE.match(source.flat, start, end)
    number = _NUMBER.match(source.text, so.end()) if so is not None else None
    if number is None:
        return None
    dated = re.compile(rf",?\s*ngay\s*{DATE}").match(source.flat, number.end())
    day = date_of(dated) if dated is not None else None
    found = (
        Found(day.isoformat(), source.span(dated.start("day"), dated.end("full")), LIKELY) if dated and day else None
    )
    return _found_number(source, number, LIKELY), found


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
                        Found(
                            day.isoformat(),
                            frame.source.span(match.start("day"), match.end("full")),
                            SURE,
                        ),
                        place,
                        False,
                    )
            # The blanks left for day and month look like a gap between columns.
            for piece in (line, *line.columns) if at in header else ():
                blank = blank or (len(piece.text) < _LONGEST and _is_blank_date(frame.source, piece))
    return None, "", blank


def _is_blank_date(source: Source, cell: Line) -> bool:
    blank = BLANK_DATE.search(cell.low)
    # A year on the next line is a year all the same.
    return blank is not None and DATE_AT.search(source.flat, cell.start + blank.start(), cell.end + _YEAR) is None


def _day_in(source: Source, cell: Line, *, in_header: bool) -> tuple[re.Match[str], str] | None:
    low, start = source.folded, cell.start
    number = NUMBERED.match(source.text, cell.start)
    if number is not None and number.end() <= cell.end:
        start = number.end()
        while start < cell.end and not source.text[start].isalnum():
            start += 1
    match = _PLACED.match(low, start)
    if match is not None and match.start("day") <= cell.end + 1:
        place = one_line(source.text[match.start("place") : match.end("place")])
        comma = "," in source.text[match.end("place") : match.start("day")]
        closed = not source.text[match.end("full") : cell.end].strip(" .*")
        if (in_header or (comma and closed)) and (
            place[:1].isupper()
            and re.match(r"[A-ZĐ]+[-/]", place) is None
            and _is_place(place)
            and not match["place"].startswith(("can cu", "ban hanh", "kem theo"))
        ):
            return match, place
    alone = _DAY_ALONE.match(low, start)
    if alone is not None and in_header and not source.text[start : start + 4].isupper():
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
        Found(
            day.isoformat(),
            source.span(day_match.start("day"), day_match.end("full")),
            LIKELY,
        )
        if day and day_match
        else None,
        (
            one_line(source.text[of.start("body") : of.end("body")]),
            source.span(of.start("body"), of.end("body")),
        )
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
            return Found(
                day.isoformat(),
                frame.source.span(match.start("day"), match.end("full")),
                LIKELY,
                "passed",
            )
    return None


def _gazette(source: Source) -> dict[Field, Found]:
    """The line "CÔNG BÁO/Số 599 + 600/Ngày 12-6-2015", as the Gazette prints above its pages."""
    match = _GAZETTE.search(source.folded)
    if match is None or not source.text[match.start() : match.start() + 4].isupper():
        return {}
    day = date_of(match)
    found: dict[Field, Found] = {
        "so_cong_bao": Found(
            one_line(source.text[match.start("number") : match.end("number")]),
            source.span(match.start("number"), match.end("number")),
            LIKELY,
        )
    }
    if day is not None:
        found["ngay_cong_bao"] = Found(day.isoformat(), source.span(match.start("day"), match.end("full")), LIKELY)
    return found
