"""Word's automatic numbers as the text that Word shows: "Chương I", "Điều 5.", "2.", "đ)".

Counters belong to the abstract list, not to its instances; an instance may restart them once (`startOverride`) or replace a
level. A level starts anew after a higher one, unless `lvlRestart` says after which, or never (0).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from lxml import etree

from desktop.editor.text.incoming.styles import Styles
from desktop.editor.text.incoming.wordml import child, is_on, number, val, w

LEVELS = 9
# Điểm in laws and official letters: no f, j, w, z, and none of ă, â, ê, ô, ơ, ư.
_POINTS = "abcdđeghiklmnopqrstuvxy"
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_DIGITS = "không một hai ba bốn năm sáu bảy tám chín mười".split()
_HIGHEST = 3_999


@dataclass(frozen=True)
class Label:
    """`text` as shown, "" for a level that shows nothing; `bullet` for a sign that counts nothing; `level` from 0."""

    text: str
    level: int
    bullet: bool = False
    bold: bool = False


@dataclass(frozen=True)
class _Level:
    start: int
    format: str
    text: str
    restart: int
    legal: bool
    bold: bool


@dataclass
class _List:
    """One abstract list while the document is read from its beginning."""

    levels: Mapping[int, _Level]
    counts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Gives the labels of a document's paragraphs, asked in the document's order."""

    def __init__(self, root: etree._Element | None, styles: Styles, *, vietnamese: bool = True) -> None:
        self._styles = styles
        self._letters = _POINTS if vietnamese else _LATIN
        self._abstracts = _by_id(root, "abstractNum", "abstractNumId")
        self._nums = _by_id(root, "num", "numId")
        self._lists: dict[str, _List] = {}
        self._begun: set[tuple[int, int]] = set()

    def label(self, paragraph: etree._Element) -> Label | None:
        """The label of the next paragraph; None when it has no number."""
        found = self._placed(paragraph)
        if found is None:
            return None
        num_id, at = found
        num = self._nums.get(str(num_id))
        key = self._abstract_id(num)
        if num is None or key is None:
            return None
        own = self._lists.setdefault(key, _List(_levels(self._abstracts[key])))
        levels = {**own.levels, **_overrides(num)}
        level = levels.get(at)
        if level is None:
            return None
        self._count(own, levels, at, num_id=num_id, num=num)
        if level.format == "bullet":
            return Label(level.text, at, bullet=True)
        return Label(self._shown(own, levels, level), at, bold=level.bold)

    def _placed(self, paragraph: etree._Element) -> tuple[int, int] | None:
        """(numId, level) of a paragraph: its own, or its style's; a style may be named by a level instead of naming it."""
        style = val(paragraph, "pPr", "pStyle")
        own = child(paragraph, "pPr", "numPr")
        num, level = number(own, "numId"), number(own, "ilvl")
        if num is None:
            num, styled, named = self._styles.numbering(style)
            if num and level is None:
                level = self._level_of_style(num, named) if styled is None else styled
        if not num:  # none, or 0: numbering switched off
            return None
        return num, min(max(level or 0, 0), LEVELS - 1)

    def _level_of_style(self, num_id: int, style: str) -> int | None:
        key = self._abstract_id(self._nums.get(str(num_id)))
        levels = [] if key is None else self._abstracts[key].findall(w("lvl"))
        return next((number_of(level) for level in levels if val(level, "pStyle") == style), None)

    def _abstract_id(self, num: etree._Element | None) -> str | None:
        """The list behind an instance, also where it is named through a list style."""
        for _ in range(LEVELS):
            key = val(num, "abstractNumId")
            abstract = self._abstracts.get(key or "")
            if abstract is None:
                return None
            style = val(abstract, "numStyleLink")
            if style is None:
                return key
            num_id, _level, _name = self._styles.numbering(style)
            num = self._nums.get(str(num_id))
        return None

    def _count(self, own: _List, levels: Mapping[int, _Level], at: int, *, num_id: int, num: etree._Element) -> None:
        start = _start_override(num, at)
        if start is not None and (num_id, at) not in self._begun:
            own.counts[at] = start
        elif at in own.counts:
            own.counts[at] += 1
        else:
            own.counts[at] = levels[at].start
        self._begun.add((num_id, at))
        for deeper in range(at + 1, LEVELS):
            after = levels[deeper].restart if deeper in levels else deeper
            if at < after:
                own.counts.pop(deeper, None)

    def _shown(self, own: _List, levels: Mapping[int, _Level], level: _Level) -> str:
        text = level.text
        for at in range(LEVELS):
            sign = f"%{at + 1}"
            if sign in text and at in levels:
                shown = "decimal" if level.legal else levels[at].format
                text = text.replace(sign, self._number(own.counts.get(at, levels[at].start), shown))
        return text.strip()

    def _number(self, count: int, shown: str) -> str:
        make = _FORMATS.get(shown, _decimal)
        return make(count, self._letters)


def number_of(level: etree._Element) -> int:
    """The place of a level, from 0."""
    text = level.get(w("ilvl"), "0")
    return int(text) if text.isdecimal() else 0


def _by_id(root: etree._Element | None, name: str, key: str) -> dict[str, etree._Element]:
    return {} if root is None else {element.get(w(key), ""): element for element in root.findall(w(name))}


def _levels(abstract: etree._Element) -> dict[int, _Level]:
    return {number_of(level): _level(level) for level in abstract.findall(w("lvl"))}


def _overrides(num: etree._Element) -> dict[int, _Level]:
    found = {}
    for override in num.findall(w("lvlOverride")):
        level = override.find(w("lvl"))
        if level is not None:
            found[number_of(override)] = _level(level)
    return found


def _level(level: etree._Element) -> _Level:
    at = number_of(level)
    start, restart = number(level, "start"), number(level, "lvlRestart")
    return _Level(
        start=1 if start is None else start,
        format=val(level, "numFmt") or "decimal",
        text=val(level, "lvlText") or "",
        restart=at if restart is None else restart,
        legal=is_on(level, "isLgl"),
        bold=is_on(level, "rPr", "b"),
    )


def _start_override(num: etree._Element, at: int) -> int | None:
    """Where this instance begins a level anew the first time it uses it."""
    for override in num.findall(w("lvlOverride")):
        if number_of(override) == at:
            given = number(override, "startOverride")
            if given is None and override.find(w("lvl")) is not None:
                return None
            return given
    return None


def _decimal(count: int, _letters: str) -> str:
    return str(count)


def _letter(count: int, letters: str) -> str:
    """From a to y, then aa, bb: as Word goes on."""
    if count < 1:
        return ""
    return letters[(count - 1) % len(letters)] * ((count - 1) // len(letters) + 1)


def _roman(count: int, _letters: str) -> str:
    if not 0 < count <= _HIGHEST:
        return str(count)
    text = ""
    for value, sign in _ROMAN:
        text += sign * (count // value)
        count %= value
    return text


def _in_words(count: int, _letters: str) -> str:
    """Vietnamese numerals up to 99: một, mười lăm, hai mươi mốt."""
    tens, ones = divmod(count, 10)
    if not 0 < count < 100:  # noqa: PLR2004  two digits
        return str(count)
    if tens == 0:
        return _DIGITS[ones]
    last = {0: "", 1: "mốt" if tens > 1 else "một", 5: "lăm"}.get(ones, _DIGITS[ones])
    return f"{'mười' if tens == 1 else f'{_DIGITS[tens]} mươi'} {last}".strip()


_FORMATS: Mapping[str, Callable[[int, str], str]] = {
    "decimal": _decimal,
    "decimalZero": lambda count, _letters: f"{count:02d}",
    "lowerLetter": _letter,
    "upperLetter": lambda count, letters: _letter(count, letters).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda count, letters: _roman(count, letters).upper(),
    "vietnameseCounting": _in_words,
    "none": lambda _count, _letters: "",
}
