"""How numbers, dates and documents are written: read over broken lines, blanks and lost marks, never repaired by guess."""

import re
from datetime import date

_PART = r"[A-ZĐƯ][A-ZĐƯÔƠÂÊ0-9]*[a-zđ]{0,2}[A-ZĐ0-9]*(?![^\W_])"
SIGN = rf"{_PART}(?:\s{{0,2}}[-–/.&]\s{{0,2}}{_PART})*"
NUMBER = (
    rf"(?P<digits>\d{{1,5}}(?:\n\d{{1,3}})?[a-z]?)\s{{0,6}}"
    rf"(?:/\s{{0,2}}(?P<year>(?:19|20)\s?\d\s?\d|\d\d(?=\s?/))\s{{0,2}})?(?P<bar>[/-])\s{{0,4}}(?P<sign>{SIGN})"
)
NUMBER_AT = re.compile(NUMBER)
DATE = (
    r"(?P<day>\d\s?\d?)\s*(?:thang|/|-|\.)\s*(?P<month>\d\s?\d?)\s*(?:,?\s*nam|/|-|\.)\s*"
    r"(?P<full>(?:1|2)\s?\d\s?\d\s?\d)(?![^\S\n]?\d)"
)
"""On folded text: "21 thang 9 nam 2015", "21/9/2015", "21-9-2015"; what the next line begins with is no part of the year."""
DATE_AT = re.compile(DATE)
BLANK_DATE = re.compile(r"ngay[\s.…_/]*(?:\d{1,2}[\s.…_]*)?thang[\s.…_]*(?:\d{1,2}[\s.…_]*)?nam")
_BLANKS = re.compile(r"\s+")


def number_of(match: re.Match[str]) -> str:
    """The number as printed, without blanks."""
    year = f"/{match['year']}" if match["year"] else ""
    return _BLANKS.sub("", f"{match['digits']}{year}{match['bar']}{match['sign']}").replace("–", "-")


def date_of(match: re.Match[str]) -> date | None:
    parts = [int(_BLANKS.sub("", match[name])) for name in ("full", "month", "day")]
    try:
        return date(parts[0], parts[1], parts[2])
    except ValueError:
        return None


def one_line(text: str) -> str:
    return _BLANKS.sub(" ", text).strip()
