"""Two languages of one text beside each other: paragraphs, numbers and dates that one has and the other has not.

Words are not compared; a translation may say "two" where the original says 2, so a difference is worth a look and no fault.
Source: Dự thảo Quy chế Bình Phước Điều 7.2 (both languages are publications of the portal).
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

What = Literal["paragraphs", "number", "date"]

_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_MONTH: Final = "|".join((*_MONTHS, *(name[:3] for name in _MONTHS)))
_DATES: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?P<d>\d{1,2})\s+tháng\s+(?P<m>\d{1,2})\s+năm\s+(?P<y>\d{4})",
        r"(?<![\d/.-])(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>\d{4})(?![\d/-])",
        r"(?<![\d-])(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})(?![\d-])",
        rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<m>{_MONTH})\.?,?\s+(?P<y>\d{{4}})\b",
        rf"\b(?P<m>{_MONTH})\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}})\b",
    )
)
# A number of a document ("17/2011/QĐ-UBND") is the same in every language.
_CODE: Final = re.compile(r"\d+(?:/\d{4})?/[A-ZĐ][\w-]*")
_LINK: Final = re.compile(r"\]\([^)]*\)|<?https?://\S+")
_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)*")
_GROUPS: Final = {"vi": (".", ","), "en": (",", ".")}  # between thousands, before decimals


@dataclass(frozen=True)
class Difference:
    """`here`: what the translation has, `there`: what the original has; empty where it lacks it."""

    what: What
    here: str
    there: str


def differences(original: str, translation: str, *, langs: tuple[str, str]) -> tuple[Difference, ...]:
    """What `translation` has otherwise than `original`; `langs` are the languages of the two, in that order."""
    found: list[Difference] = []
    there, here = (len(_paragraphs(text)) for text in (original, translation))
    if there != here:
        found.append(Difference("paragraphs", str(here), str(there)))
    dates = [Counter(_dates(text)) for text in (original, translation)]
    numbers = [Counter(_numbers(text, lang)) for text, lang in zip((original, translation), langs, strict=True)]
    found += _apart("date", *dates)
    found += _apart("number", *numbers)
    return tuple(found)


def _apart(what: What, there: Counter[str], here: Counter[str]) -> Iterator[Difference]:
    for value in there - here:
        yield Difference(what, "", value)
    for value in here - there:
        yield Difference(what, value, "")


def _paragraphs(text: str) -> list[str]:
    return [block for block in re.split(r"\n\s*\n", text) if block.strip()]


def _dates(text: str) -> Iterator[str]:
    """ISO 8601, as far as the day is one of a calendar."""
    for pattern in _DATES:
        for match in pattern.finditer(text):
            month = _month(match["m"])
            if 1 <= month <= 12 and 1 <= int(match["d"]) <= 31:  # noqa: PLR2004  of a year, of a month
                yield f"{match['y']}-{month:02}-{int(match['d']):02}"


def _month(word: str) -> int:
    if word.isdigit():
        return int(word)
    return next(number for number, name in enumerate(_MONTHS, 1) if name.startswith(word.lower()[:3]))


def _numbers(text: str, lang: str) -> Iterator[str]:
    """Numbers as a machine writes them, and the numbers of documents as they stand; dates left out."""
    text = _LINK.sub(" ", text)
    for pattern in _DATES:
        text = pattern.sub(" ", text)
    yield from _CODE.findall(text)
    thousands, decimals = _GROUPS.get(lang, _GROUPS["en"])
    grouped = re.compile(rf"\d{{1,3}}(?:{re.escape(thousands)}\d{{3}})+(?:{re.escape(decimals)}\d+)?")
    for match in _NUMBER.finditer(_CODE.sub(" ", text)):
        number = match[0]
        if grouped.fullmatch(number):
            number = number.replace(thousands, "")
        yield number.replace(decimals, ".")
