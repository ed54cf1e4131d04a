"""What another program left in a text: loose tone marks, paragraphs cut by a page, signs that mark nothing, facts not filled in.

Source: QĐ 2567/2007/QĐ-UBND Điều 8.2 (Unicode TCVN 6909:2001); the defects Y1, Y12 and Y13.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta

from desktop.domain.errors import Rule
from desktop.domain.finding import Finding

UNICODE_CLAUSE = "QĐ 2567/2007/QĐ-UBND Điều 8.2"
_LOOSE = re.compile("[^\\W\\d_][\u0300-\u036f]+")
_CUT = re.compile(
    r"(?<=[\w,)”])(?P<gap>[ \t\xa0]*\n(?:[ \t\xa0]*\n)+[ \t\xa0]*)(?=(?P<next>[^\W\d_]{2,}))(?![a-zđ]{1,2}[).])"
)
_ENDED = re.compile(r"[;:.,!?]\W*$")
_STRAY = re.compile(r"\*\*[ \t]+\*\*|(?<=[“\"])<https?://[^<>\s]+>(?=[”\"])")
_PAIRS = re.compile(r"\*\*")
_UNKNOWN = re.compile(r"Ngày hiệu lực:[ \t]*(?P<value>Đang cập nh[ậâ][tp])")
_ISSUED = re.compile(r"Ngày ban hành:[ \t]*(\d{1,2})/(\d{1,2})/(\d{4})")
_TAKES_EFFECT = re.compile(
    r"có hiệu lực(?: thi hành)?\s+(?:sau\s+(?P<days>\d{1,3})\s+ngày,?\s+)?kể từ ngày ký(?! ban hành)"
)


def loose_marks(raw: str) -> Iterator[Finding]:
    """Decomposed Unicode, before the text is stored: one finding, which counts them."""
    found = list(_LOOSE.finditer(raw))
    if found:
        marks = sum(len(item[0]) - 1 for item in found)
        rule = Rule("unicode", UNICODE_CLAUSE, {"count": str(marks)})
        yield Finding(rule, *found[0].span(), (unicodedata.normalize("NFC", found[0][0]),))


def leftovers(text: str) -> Iterator[Finding]:
    """The rest, in the stored form of a text."""
    for cut in _CUT.finditer(text):
        line = text[text.rfind("\n", 0, cut.start()) + 1 : cut.start()]
        if cut["next"].islower() and not _ENDED.search(line) and not line.isupper():
            before, after = text[: cut.start()].rsplit(None, 1)[-1], text[cut.end() :].split(None, 1)[0]
            yield Finding(Rule("law-cut", params={"found": f"{before} … {after}"}), *cut.span(), (" ",))
    for stray in _STRAY.finditer(text):
        fix = " " if stray[0].startswith("*") else stray[0].strip("<>")
        yield Finding(Rule("law-stray", params={"found": stray[0]}), *stray.span(), (fix,))
    yield from _unpaired(text)
    yield from _effect(text)


def _unpaired(text: str) -> Iterator[Finding]:
    at = 0
    for line in text.split("\n"):
        signs = list(_PAIRS.finditer(line))
        if len(signs) % 2:
            last = signs[-1]
            yield Finding(Rule("law-stray", params={"found": "**"}), at + last.start(), at + last.end(), ("",))
        at += len(line) + 1


def _effect(text: str) -> Iterator[Finding]:
    """A day of effect that is "Đang cập nhật" although the text says it."""
    unknown, issued, effect = _UNKNOWN.search(text), _ISSUED.search(text), _TAKES_EFFECT.search(text)
    if unknown is None or issued is None or effect is None:
        return
    try:
        signed = date(int(issued[3]), int(issued[2]), int(issued[1]))
    except ValueError:
        return
    day = signed + timedelta(days=int(effect["days"] or 0))
    params = {"rule": " ".join(effect[0].split()), "day": f"{day:%d/%m/%Y}"}
    yield Finding(Rule("law-effect", params=params), *unknown.span("value"), (f"{day:%d/%m/%Y}",))
