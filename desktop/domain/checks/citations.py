"""Whether what a text cites is cited rightly: an act by its date, a standard by its year, a number after the word "số".

What is right is said by a register: acts and standards that are known, and the portal's own documents.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from desktop.domain.digest import Json
from desktop.domain.errors import Rule
from desktop.domain.finding import Finding

_DATED = re.compile(
    r"ngày\s+(?P<day>\d{1,2})\s*(?:/|tháng)\s*(?P<month>\d{1,2})\s*(?:/|năm)\s*(?P<year>\d{4})"
    r"|năm\s+(?P<alone>\d{4})"
)
_NUMBER = re.compile(r"(?<![\w/])\d{1,5}/\d{4}/(?:NĐ|QĐ|TT|NQ|CT|TTLT|QH)[\w-]*")
_NUMBERLESS = re.compile(
    r"(?P<type>Nghị định|Thông tư liên tịch|Thông tư|Nghị quyết|Chỉ thị|Quyết định)(?P<gap>\s+)"
    r"(?P<number>\d{1,5}/\d{4}/[A-ZĐ][\w-]*)"
)
_STANDARD = re.compile(
    r"(?:(?P<code>TCVN(?:/\w+)?)|tiêu chuẩn)\s+(?P<number>\d{3,5})\s*:\s*(?P<year>\d{4})", re.IGNORECASE
)
_CITES = re.compile(r"\W{0,4}(?:Căn cứ|Chiểu theo|Theo|Triển khai)\b")
_AMENDED = re.compile(
    r"(?:sửa đổi|bổ sung|hướng dẫn|chi tiết|thi hành|một số điều)[^;.\n]*$", re.IGNORECASE
)  # another act's title
_BETWEEN = 60


@dataclass(frozen=True)
class Act:
    """`name` "" where it is known by its number alone, and the other way round."""

    name: str
    number: str
    date: date


@dataclass(frozen=True)
class Register:
    acts: Sequence[Act]
    standards: Mapping[str, str]

    def with_acts(self, acts: Iterable[Act]) -> "Register":
        return Register((*self.acts, *acts), self.standards)

    @cached_property
    def by_number(self) -> Mapping[str, date]:
        return {act.number: act.date for act in self.acts if act.number}

    @cached_property
    def by_name(self) -> Mapping[str, frozenset[date]]:
        """By the name in lower case: the dates of all acts that bear it."""
        names = {act.name.lower() for act in self.acts if act.name}
        return {name: frozenset(act.date for act in self.acts if act.name.lower() == name) for name in names}

    @cached_property
    def names(self) -> re.Pattern[str] | None:
        """Any of the names, the longest that fits."""
        listed = sorted(self.by_name, key=len, reverse=True)
        body = "|".join(re.escape(name).replace(r"\ ", r"\s+").replace("ủy", "(?:ủy|uỷ)") for name in listed)
        return re.compile(rf"(?<!\w)(?:{body})(?!\w)", re.IGNORECASE) if listed else None


def register_from_json(value: Mapping[str, Json]) -> Register:
    """The register in `value` (`resources/language/register.json`); what is not in its form is left out."""
    acts = []
    for item in _rows(value.get("acts")):
        try:
            acts.append(Act(item.get("name", ""), item.get("number", ""), date.fromisoformat(item.get("date", ""))))
        except ValueError:
            continue
    standards = {item.get("number", ""): item.get("name", "") for item in _rows(value.get("standards"))}
    return Register(tuple(acts), standards)


def citations(text: str, register: Register) -> Iterator[Finding]:
    """What is cited wrongly in `text`."""
    yield from _named(text, register)
    yield from _numbered(text, register)
    yield from _standards(text, register)
    yield from _without_word(text)


def _named(text: str, register: Register) -> Iterator[Finding]:
    """A law by its name ("Luật Công nghệ thông tin ngày 29/06/2005") that has another date."""
    for found in register.names.finditer(text) if register.names else ():
        dated = _date_after(text, found.end())
        if dated is None or _AMENDED.search(text[max(0, found.start() - _BETWEEN) : found.start()]):
            continue
        name = " ".join(found[0].split())
        known = register.by_name[_older(name.lower())]
        if not any(_agrees(dated, day) for day in known):
            yield _wrong_date(name, dated, min(known, key=lambda day: abs(day.year - _year(dated))))


def _numbered(text: str, register: Register) -> Iterator[Finding]:
    for found in _NUMBER.finditer(text):
        known = register.by_number.get(found[0])
        dated = _date_after(text, found.end())
        if known is not None and dated is not None and not _agrees(dated, known):
            yield _wrong_date(found[0], dated, known)


def _date_after(text: str, at: int) -> re.Match[str] | None:
    """The date that follows at once; a number or a title of the act may stand before it, another act may not."""
    dated = _DATED.search(text, at, at + _BETWEEN)
    if dated is None or re.search(r"[;,.:()\n]|Luật|Nghị|Thông tư|Quyết", text[at : dated.start()]):
        return None
    return dated


def _agrees(dated: re.Match[str], known: date) -> bool:
    if dated["alone"]:
        return int(dated["alone"]) == known.year
    return (int(dated["year"]), int(dated["month"]), int(dated["day"])) == (known.year, known.month, known.day)


def _year(dated: re.Match[str]) -> int:
    return int(dated["year"] or dated["alone"])


def _wrong_date(name: str, dated: re.Match[str], known: date) -> Finding:
    spelled = "tháng" in dated[0]
    right = f"ngày {known.day:02} tháng {known.month} năm {known.year}" if spelled else f"ngày {known:%d/%m/%Y}"
    if dated["alone"]:
        right = f"năm {known.year}"
    params = {"name": name, "found": " ".join(dated[0].split()), "right": right}
    return Finding(Rule("law-date", params=params), *dated.span(), (right,))


def _standards(text: str, register: Register) -> Iterator[Finding]:
    for found in _STANDARD.finditer(text):
        known = register.standards.get(found["number"])
        if known is None or known.endswith(f":{found['year']}"):
            continue
        start = found.start() if found["code"] else found.start("number")
        shown = text[start : found.end()]
        yield Finding(Rule("law-standard", params={"found": shown, "right": known}), start, found.end(), (known,))


def _without_word(text: str) -> Iterator[Finding]:
    """A number without "số" before it ("Nghị định 64/2007/NĐ-CP"); only the title of a page may leave the word out."""
    for found in _NUMBERLESS.finditer(text):
        line = text[text.rfind("\n", 0, found.start()) + 1 : found.start()]
        if _CITES.match(line) or " " in line.strip():
            right = f"{found['type']} số {found['number']}"
            yield Finding(Rule("law-number-word", params={"found": found[0], "right": right}), *found.span(), (right,))


def _older(name: str) -> str:
    return " ".join(name.split()).replace("uỷ", "ủy")


def _rows(value: Json) -> list[dict[str, str]]:
    rows = [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
    return [{key: text for key, text in row.items() if isinstance(text, str)} for row in rows]
