"""From when and until when a document has effect: only what its own text settles, with the rule it follows from."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from desktop.domain.legal.frame import Frame
from desktop.domain.legal.parts import quoted_lines
from desktop.domain.legal.patterns import DATE, date_of, one_line
from desktop.domain.legal.source import Span
from desktop.domain.legal.values import LIKELY, SURE, Found

_SELF = (
    r"(?:bo luat|luat|phap lenh|nghi quyet|nghi dinh|quyet dinh|chi thi|thong tu lien tich|thong tu|ke hoach|quy che|"
    r"quy dinh|huong dan|van ban|chuong trinh|cong van|thong bao|dieu le|noi quy) (?:lien tich )?(?:nay|kem theo)"
)
_CLAUSE = re.compile(
    rf"(?:{_SELF})(?P<between>[^.;\n]{{0,140}}?)(?:co hieu luc|co gia tri|duoc ap dung)"
    rf"(?: thi hanh| phap ly| ap dung)?\s*(?=(?P<when>[^;]{{0,220}}))"
)
_WORDS = {
    "mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10, "bay ngay": 7,
    "muoi lam": 15, "hai muoi": 20, "ba muoi": 30, "bon muoi lam": 45, "sau muoi": 60, "chin muoi": 90,
}  # fmt: skip
_COUNT = rf"(?P<count>\d{{1,3}}|{'|'.join(sorted(_WORDS, key=len, reverse=True))})\s*(?:\([^)]{{1,20}}\))?\s*ngay"
_FROM = r"\s*,?\s*(?:ke )?(?:tu|sau)\s+(?:khi|ngay)\s+(?:duoc )?"
_AFTER_SIGNING = re.compile(rf"(?:ke tu )?sau\s+{_COUNT}{_FROM}(?:ky|ban hanh)(?! (?:ket|dang))")
_AFTER_PASSING = re.compile(rf"(?:ke tu )?sau\s+{_COUNT}{_FROM}(?:[^.,;]{{0,80}})?thong qua")
_AFTER_GAZETTE = re.compile(
    rf"(?:sau\s+)?{_COUNT}(?:{_FROM}(?:dang|cong bo|xuat ban|in)\s[^.;]{{0,40}}|[^.;]{{0,30}}dang )cong bao"
)
_AT_GAZETTE = re.compile(r"(?:ke )?tu ngay dang [^.;]{0,20}cong bao")
_AT_SIGNING = re.compile(
    r"(?:,?\s*(?:ke )?(?:tu|sau)\s+(?:ngay|khi)\s+(?:duoc )?(?:ky|ban hanh|ky ban hanh)|ngay sau khi ky)(?! ket)"
)
_AT_PASSING = re.compile(r"(?:ke )?tu (?:ngay|khi) (?:[^.,;]{0,60} )?thong qua(?! ngay)")
_ON = re.compile(
    rf"(?:ke )?(?:tu|vao)?\s*(?:00 gio|0 gio|0h|00h)?\s*(?:00|phut)?\s*,?\s*(?:cua )?(?:tu )?ngay\s*{DATE}"
)
_PATTERNS = (
    (_AFTER_GAZETTE, "gazette"),
    (_AFTER_PASSING, "days-after-passing"),
    (_AFTER_SIGNING, "days-after-signing"),
    (_AT_GAZETTE, "gazette"),
    (_ON, "date"),
    (_AT_PASSING, "passing"),
    (_AT_SIGNING, "signing"),
)
_UNTIL = re.compile(rf"(?:den|den het)\s+(?:het\s+)?ngay\s*{DATE}")
_EXPIRES = re.compile(rf"(?:{_SELF})[^.;]{{0,80}}?het hieu luc[^.;]{{0,40}}?(?:ke )?(?:tu|vao|sau)?\s*ngay\s*{DATE}")
_NEAR = 60
_ON_LATER = re.compile(r"thay the|het hieu luc|bai bo|sua doi")


@dataclass(frozen=True)
class Effect:
    """`start` and `end` where the text settles them; `rule` is the clause as printed, settled or not."""

    start: Found | None = None
    end: Found | None = None
    rule: str | None = None
    clause: Span | None = None


def read_effect(frame: Frame, signed: date | None) -> Effect:
    """The effect of the document; `signed` is its date, on which most rules count."""
    source = frame.source
    quoted = quoted_lines(source)
    for kind in ("main", "attached"):
        for part in frame.parts:
            if part.kind != kind or part.first >= len(source.lines):
                continue
            low_end = source.lines[part.end - 1].end
            for match in _CLAUSE.finditer(source.folded, source.lines[part.first].start, low_end):
                if _is_quoted(frame, match.start(), quoted) or _ON_LATER.search(match["between"]):
                    continue
                effect = _settled(frame, match, signed)
                if effect is not None:
                    return effect
    return Effect(end=_expiry(frame))


def _is_quoted(frame: Frame, at: int, quoted: frozenset[int]) -> bool:
    line = frame.source.text.count("\n", 0, at)
    return line in quoted


def _settled(frame: Frame, clause: re.Match[str], signed: date | None) -> Effect | None:
    source = frame.source
    base = clause.start("when")
    when = re.split(r"\.\s|\n\s*\n|\./", clause["when"])[0].replace("\n", " ")

    def found(match: re.Match[str], day: date | None, rule: str) -> Effect:
        end = base + match.end()
        text = one_line(source.text[base + match.start() : end])
        span = source.span(base + match.start(), end)
        start = Found(day.isoformat(), span, SURE if rule == "date" else LIKELY, rule) if day is not None else None
        return Effect(start, _until(frame, base, when), text, source.span(clause.start(), end))

    # The earliest rule counts: what follows it ("và thay thế … ngày …") speaks of others.
    matches = [(match, rule) for pattern, rule in _PATTERNS if (match := pattern.search(when)) is not None]
    if matches:
        match, rule = min(matches, key=lambda pair: pair[0].start())
        if match.start() <= _NEAR:
            return found(match, _day(match, rule, signed), rule)
    named = re.match(r"\s*(?:thi hanh )?(?:ke )?tu\s[^.;,]{3,80}", when)
    return found(named, None, "unsettled") if named is not None else None


def _day(match: re.Match[str], rule: str, signed: date | None) -> date | None:
    if rule == "date":
        return date_of(match)
    if rule == "gazette" or signed is None:
        return None
    if rule in {"signing", "passing"}:
        return signed
    count = match["count"]
    return signed + timedelta(days=int(count) if count.isdigit() else _WORDS[count])


def _until(frame: Frame, base: int, when: str) -> Found | None:
    match = _UNTIL.search(when)
    day = date_of(match) if match is not None else None
    if match is None or day is None:
        return None
    return Found(
        day.isoformat(),
        frame.source.span(base + match.start(), base + match.end()),
        LIKELY,
        "date",
    )


def _expiry(frame: Frame) -> Found | None:
    for at in frame.lines:
        line = frame.line(at)
        match = _EXPIRES.search(line.low)
        day = date_of(match) if match is not None else None
        if match is not None and day is not None:
            return Found(
                day.isoformat(),
                frame.source.span(line.start + match.start("day"), line.start + match.end("full")),
                LIKELY,
                "date",
            )
    return None
