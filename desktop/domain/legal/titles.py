"""What a document is and what it is about: its type, and its title without "Về việc" and "V/v"."""

import re
from collections.abc import Iterator, Mapping

from desktop.domain.legal.frame import Frame, is_preamble, title_of, type_of
from desktop.domain.legal.patterns import DATE, DATE_AT, NUMBER_AT, one_line
from desktop.domain.legal.source import PAGE, Line, Source
from desktop.domain.legal.values import DOUBTED, LIKELY, SURE, Field, Found
from desktop.domain.legal.words import BY_SIGN, TYPES

_NAMES = "|".join(sorted(TYPES, key=len, reverse=True))
_DATABASE_TITLE = re.compile(rf"\W*(?P<type>{_NAMES})(?: so)?:? (?=\d)")
_ABOUT = re.compile(r"\W*(?:ve viec|v/v|v/ v|vv)\s*[:.]?\s*")
# "CỦA BỘ NỘI VỤ SỐ 01/2011/TT-BNV NGÀY 19 THÁNG 01 NĂM 2011 HƯỚNG DẪN …": the older way to title.
_SELF_NAMED = re.compile(
    rf"\W*(?:cua (?:(?! ve viec |;).){{3,120}}? )?so:? [\w./-]+(?:[/-] [\w./-]+)? ngay {DATE}(?: cua [^;]{{3,60}}?)? (?:ve viec )?(?=\S)"
)
_SELF_NAMED_ONLY = re.compile(r"\W*cua (?:(?! ve viec |;).){3,90} ve viec (?=\S)")
# Who may stand between title and grounds, with its marks: "BẢN" is no "BAN".
_AUTHORITY = re.compile(
    r"(?:ỦY BAN|UỶ BAN|UBND|HỘI ĐỒNG|HĐND|QUỐC HỘI|CHÍNH PHỦ|THỦ TƯỚNG|CHỦ TỊCH|CHỦ NHIỆM|BỘ|BỘ TRƯỞNG|SỞ|GIÁM ĐỐC|VĂN PHÒNG|CHÁNH|"
    r"TỔNG|CỤC|CHI CỤC|BAN|NGÂN HÀNG|THỐNG ĐỐC|TÒA ÁN|TOÀ ÁN|VIỆN|VIỆN TRƯỞNG|KIỂM TOÁN|THANH TRA|HIỆU TRƯỞNG|TRƯỞNG|TRƯỜNG|"
    r"PHÒNG|TRUNG TÂM|PHÓ|QUYỀN|BÍ THƯ|TỈNH ỦY|THÀNH ỦY|HUYỆN ỦY|ĐẢNG ỦY|BẢO HIỂM|CỤC TRƯỞNG|KHO BẠC)\b"
)
_LETTER_ABOUT = re.compile(r"\W*(?:v/v|ve viec)\b")
_TO = re.compile(r"\W*kinh gui\b")
_STOP = re.compile(
    r"\W*(?:kinh gui|dieu \d|chuong [ivx\d]|phan (?:thu|[ivx\d])|so\s*:|cong hoa xa hoi|doc lap\s*-|(?:ban hanh )?kem theo|"
    r"[ivx]{1,4}[.)/] |1[.)/] |khoa [ivx\d]+|ky hop thu|nhiem ky|noi nhan|(?:da duoc )?thong qua)"
)
_SENDS = re.compile(r"\b(?:dien|nhu sau|yeu cau|chi thi|thong bao)\s*:$")
_DATED = re.compile(r".{0,40}ngay\s*(?:\d|[.…_\s]*thang)")
_RULE = re.compile(r"[\W_]*")
_HANGING = re.compile(
    r"\b(?:và|của|về|tại|trong|trên|cho|theo|với|các|một số|đối với|đến|từ|do|ban hành|quy chế|quản lý|tỉnh|việc)$|[-,]$"
)
_MARK = re.compile(r"\s*\[\d+\]|[\s*_]+$")
_LONGEST = 700
_MOST_LINES = 10
_LONGEST_LINE = 100
_FULL = 0.75
_SHORTEST, _SHORTEST_OF_PAGE, _SHORT = 3, 10, 60


def read_type(frame: Frame, number: str | None, database: Mapping[Field, Found]) -> Found | None:
    """The type from its own line, else from the table of a database, else from the number's sign."""
    source = frame.source
    if frame.titled is not None:
        line = frame.line(frame.titled)
        name = type_of(line)
        if name == "Thông tư" and number is not None and "/TTLT" in number:
            name = "Thông tư liên tịch"
        if name == "Nghị quyết" and number is not None and "/NQLT" in number:
            name = "Nghị quyết liên tịch"
        if name is not None:
            return Found(name, source.span(line.start, line.end), SURE)
    if "loai_van_ban" in database:
        return database["loai_van_ban"]
    return _by_sign(frame, number)


def _by_sign(frame: Frame, number: str | None) -> Found | None:
    source = frame.source
    match = NUMBER_AT.search(source.text) if number is not None else None
    if number is None or match is None:
        return _by_database_title(frame)
    sign = re.split(r"[-/.]", re.sub(r"^\d+[a-z]?[-/](?:\d{2,4}/)?", "", number))[0]
    span = source.span(match.start("sign"), match.end("sign"))
    if sign in BY_SIGN and sign not in {"TT", "L"}:
        return Found(BY_SIGN[sign], span, LIKELY)
    letter = any(
        _TO.match(frame.line(at).low) or _LETTER_ABOUT.match(c.low)
        for at in frame.lines[:60]
        for c in frame.line(at).columns
    )
    return Found("Công văn", span, LIKELY) if letter and not sign.startswith("QH") else _by_database_title(frame)


def _by_database_title(frame: Frame) -> Found | None:
    for at in list(frame.header())[:3]:
        line = frame.line(at)
        match = _DATABASE_TITLE.match(line.low)
        if match is not None:
            return Found(
                TYPES[match["type"]],
                frame.source.span(line.start, line.start + match.end("type")),
                DOUBTED,
            )
    return None


def read_title(frame: Frame, database: Mapping[Field, Found]) -> Found | None:
    """The title below the type, or what "V/v" says; else what a database tells."""
    lines: list[Line] = []
    if frame.titled is not None:
        begun = title_of(frame.line(frame.titled))
        lines = [
            *([begun] if begun is not None else []),
            *_below(frame, frame.titled, begun=begun),
        ]
    if not lines:
        lines = list(_letter(frame))
    found = _joined(frame.source, lines)
    return found or database.get("trich_yeu") or _from_database_title(frame)


def _joined(source: Source, lines: list[Line]) -> Found | None:
    if not lines:
        return None
    text = one_line(" ".join(line.text for line in lines))
    low = " ".join(line.low for line in lines)
    about = _SELF_NAMED.match(low) or _SELF_NAMED_ONLY.match(low) or _ABOUT.match(low)
    # Folding keeps lengths, so that what is cut of one is cut of the other.
    joined = " ".join(line.text for line in lines)
    text = one_line(joined[about.end() :]) if about is not None else text
    text = _MARK.sub("", text).strip(' .:;*-–_“”"') if not re.search(r"[“\"]", text) else text.strip(" .:;*")
    if not _SHORTEST <= len(text) <= _LONGEST:
        return None
    return Found(text, source.span(lines[0].start, lines[-1].end), SURE)


def _below(frame: Frame, titled: int, *, begun: Line | None = None) -> Iterator[Line]:
    before: Line | None = begun
    at_before = titled
    taken = 0
    end = frame.grounds[0] if frame.grounds else frame.body
    for at in frame.lines:
        if at <= titled or taken >= _MOST_LINES:
            continue
        line = frame.line(at)
        if at >= end or _STOP.match(line.low) or _SENDS.search(line.low) or is_preamble(line):
            return
        if PAGE.fullmatch(line.low):
            continue
        if _RULE.fullmatch(line.text) or (_is_head(line) and not _is_cited(before, line)):
            if before is not None:
                return
            continue
        if before is not None and not _goes_on(before, line, adjacent=at == at_before + 1):
            return
        yield line
        before, at_before, taken = line, at, taken + 1


def _is_head(line: Line) -> bool:
    """A line of the header that a flattened layout left below the type."""
    return (
        _DATED.match(line.low) is not None and DATE_AT.search(line.low) is not None and len(line.text) < _SHORT
    ) or (NUMBER_AT.fullmatch(line.text) is not None)


def _is_cited(before: Line | None, line: Line) -> bool:
    """Whether `line` is number or date of what the title has just named: "… Nghị định số 12/2009/NĐ-CP" "ngày 03 tháng 02 …"."""
    if before is None:
        return False
    if before.low.endswith(" so") and line.text[:1].isdigit():
        return True
    cited = list(NUMBER_AT.finditer(before.text))
    return bool(cited) and not before.text[cited[-1].end() :].strip(" ,") and line.low.startswith("ngay")


def _goes_on(before: Line, line: Line, *, adjacent: bool) -> bool:
    """Whether `line` belongs to the title that `before` is part of."""
    hangs = _HANGING.search(before.text.lower()) is not None
    if _is_cited(before, line):
        return True
    if line.text[:1].islower() or (before.text.endswith(("/", "-")) and line.text[:1].isalnum()):
        return True
    if line.upper and _AUTHORITY.match(line.text):
        return hangs and before.upper
    if before.upper != line.upper:
        return hangs and before.upper
    if before.upper:
        return True
    # A line that is broken because it is full is about as long as the next; a shorter one has come to its end.
    full = len(before.text) > _FULL * len(line.text)
    ends = line.text.endswith((".", ":", ";")) or len(line.text) > _LONGEST_LINE or not full
    return hangs or (adjacent and not ends and not before.text.endswith("."))


def _letter(frame: Frame) -> Iterator[Line]:
    """The lines "V/v …" under the number of a letter, over as many lines as it takes."""
    begun: Line | None = None
    at_before = 0
    for at in frame.lines:
        if at >= frame.body and begun is None and at > frame.body + 5:
            return
        for cell in frame.line(at).columns:
            if begun is None:
                if _LETTER_ABOUT.match(cell.low):
                    begun, at_before = cell, at
                    yield cell
                continue
            if _TO.match(cell.low):
                return
            if _STOP.match(cell.low) or _DATED.match(cell.low) or _RULE.fullmatch(cell.text):
                continue
            adjacent = at == at_before + 1 or at == at_before
            if not (adjacent or cell.text[:1].islower()) or is_preamble(cell):
                return
            yield cell
            begun, at_before = cell, at


def _from_database_title(frame: Frame) -> Found | None:
    """From "Quyết định 13/2015/QĐ-UBND về Quy chế …", the title of a page."""
    for at in list(frame.header())[:3]:
        line = frame.line(at)
        typed = _DATABASE_TITLE.match(line.low)
        number = NUMBER_AT.match(line.text, typed.end()) if typed else None
        if number is None:
            continue
        rest = line.text[number.end() :]
        cut = len(rest) - len(rest.lstrip(" :,-–"))
        start = line.start + number.end() + cut
        text = one_line(rest[cut:])
        about = _ABOUT.match(line.low[number.end() + cut :])
        if about:
            text, start = text[about.end() :], start + about.end()
        if len(text) >= _SHORTEST_OF_PAGE:
            return Found(text, frame.source.span(start, line.end), DOUBTED)
    return None
