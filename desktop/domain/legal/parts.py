"""The pieces of a paste: one or more documents, in each its own text, what it issues "kèm theo", annexes, forms, footnotes.

What is quoted by an amending document, stands in a table or in a table of contents is marked line by line.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile
from typing import Literal

from desktop.domain.legal.source import Line, Source
from desktop.domain.legal.words import ATTACHED, BODIES, TYPES

Kind = Literal["main", "attached", "annex", "form", "notes"]

# A title that numbers itself, as older documents have it: "KẾ HOẠCH CỦA … SỐ 78/KH-UBND NGÀY 24 THÁNG 3 NĂM 2002 VỀ …".
_SELF_NUMBERED = re.compile(
    rf"(?:{'|'.join(sorted(TYPES, key=len, reverse=True))}) cua .{{3,120}}? so:? (?P<digits>\d+) ?[/-].{{3,60}}? ngay "
)
_NATION = re.compile(r"\W*cong hoa xa hoi chu nghia viet nam\W*|cong hoa xa hoi.{5,20}viet ?nam|dang cong san viet nam")
_TYPE = re.compile(rf"({'|'.join(sorted(TYPES, key=len, reverse=True))})( cua .{{3,60}}| so:? .{{3,40}})?")
_BEGINS = re.compile(rf"(?:{'|'.join(sorted(TYPES, key=len, reverse=True))})\b")
_ATTACHED = re.compile(rf"\W*({'|'.join(ATTACHED)})\W*")
_ATTACHED_TITLED = re.compile(rf"({'|'.join(ATTACHED)}) .{{3,200}}")
_ISSUED_WITH = re.compile(r"\W*(?:(?:duoc )?ban hanh )?kem theo ")
_ANNEX = re.compile(r"\W*phu luc\b(?!.*[.;]$).{0,80}")
_FORM = re.compile(r"\W*(?:bieu )?mau(?: so)?:? ?[0-9a-z][0-9a-z./-]{0,12}\b.{0,70}|\W*(?:bieu|mau) mau\W*")
_NOTE = re.compile(r"\[1\] ?\S")
_DIEU = re.compile(r"dieu\s+(\d{1,3})[a-zd]?\s*(?:[.:,]|$)")
_GROUND = re.compile(r"\W{0,3}(?:can cu|chieu theo|xet|theo de nghi)\b")
_NUMBERED = re.compile(r"(?:luat |nghi quyet |phap lenh )?so ?[:.]? ?(?P<digits>\d*)[ .…_]*(?:/|-)")
_ABOUT = re.compile(r"\W*(?:kinh gui|v/v|ve)\b")
_BLANK = re.compile(r"\.{3,}|…|_{3,}")
_HEADED = re.compile(r"\W*(?:can cu|kinh gui|chieu theo)\b")
_TAIL = re.compile(r"\W*(?:noi nhan|noi gui|tm\.|kt\.|tl\.|tuq\.)")
_CONTENTS = re.compile(r"\W*muc luc\W*")
_LEADER = re.compile(r"(?:\.{4,}|…{2,}|\t) ?\d{1,4}$")
_ITEM = re.compile(r"(?!v/v)(?:[ivx]{1,4}|\d{1,2}|a)[.)/]\s?\S")
_ANNEX_HEAD = 3
_AHEAD = 25
_HEADER = 8
_CLOSES_WITHIN = 600
_LONGEST = 90
_TITLE = 3
_SHORT = 40


@dataclass(frozen=True)
class Part:
    """Lines `first` to before `end`; `document` counts from 0."""

    document: int
    kind: Kind
    first: int
    end: int


def read_parts(source: Source) -> tuple[Part, ...]:
    """The pieces in order; together they are all lines."""
    return _Walk(source.lines, quoted_lines(source)).parts()


class _Walk:
    """Goes down the lines and starts a part wherever one begins."""

    def __init__(self, lines: Sequence[Line], quoted: frozenset[int]) -> None:
        self._lines = lines
        self._quoted = quoted
        self._full = [at for at, line in enumerate(lines) if line.text]
        self._began: list[tuple[int, Kind, int]] = [(0, "main", 0)]
        self._body = False  # an article, an item or a signature of the present part was seen
        self._number = ""
        self._signed = False
        self._headed = False  # its type, its grounds or its address was seen

    def parts(self) -> tuple[Part, ...]:
        for order, at in enumerate(self._full):
            line = self._lines[at]
            following = [self._lines[i] for i in self._full[order + 1 : order + _AHEAD]]
            if at not in self._quoted and not line.cell:
                self._line(at, line, following)
        ends = [first for _, _, first in self._began[1:]] + [len(self._lines)]
        return tuple(
            Part(document, kind, first, end) for (document, kind, first), end in zip(self._began, ends, strict=True)
        )

    def _line(self, at: int, line: Line, following: Sequence[Line]) -> None:
        document, kind, _ = self._began[-1]
        if kind == "main" and not self._number:
            found = next((m for part in line.columns if (m := _NUMBERED.match(part.low))), None)
            self._number = found["digits"] if found else ""
        if self._body and self._is_new_document(line, following, kind):
            self._begin(document + 1, "main", self._header_of(at))
            self._number, self._headed, self._signed = "", False, False
        elif self._body and kind not in {"notes", "form"} and _NOTE.match(line.low):
            self._begin(document, "notes", at)
        elif (self._body or self._headed) and _is_annex(line):
            self._begin(document, "annex", at)
        elif (self._body or self._headed) and _FORM.fullmatch(line.low) and _is_heading(line):
            self._begin(document, "form", at)
        elif self._body and not self._names_annex(at) and _is_attached(line, following, kind):
            self._begin(document, "attached", at)
        elif _DIEU.match(line.low) or (self._headed and (_TAIL.match(line.low) or _ITEM.match(line.low))):
            self._body = True
        self._signed = self._signed or (kind == "main" and _TAIL.match(line.low) is not None)
        # A signature that stands above all this is no end of anything.
        self._headed = self._headed or _HEADED.match(line.low) is not None or _names_type(line)

    def _begin(self, document: int, kind: Kind, at: int) -> None:
        self._began.append((document, kind, max(at, self._began[-1][2] + 1)))
        self._body = kind in {"annex", "form", "notes"}

    def _names_annex(self, at: int) -> bool:
        """Whether line `at` is still the heading of an annex: its title may be called "QUY ĐỊNH CHUNG"."""
        _, kind, first = self._began[-1]
        return kind == "annex" and sum(1 for i in range(first, at) if self._lines[i].text) <= _ANNEX_HEAD

    def _is_new_document(self, line: Line, following: Sequence[Line], kind: Kind) -> bool:
        nation = any(_NATION.fullmatch(part.low) and part.upper for part in line.columns)
        typed = _is_typed(line)
        numbered = self._numbers_itself(line, following)
        if numbered or not (nation or typed):
            return numbered
        before_articles = []
        for after in following:
            if _DIEU.match(after.low):
                break
            before_articles.append(after)
        if any(_ISSUED_WITH.match(after.low) for after in before_articles[:12]):
            return False
        numbers = [
            m["digits"] for after in before_articles for part in after.columns if (m := _NUMBERED.match(part.low))
        ]
        grounds = any(_GROUND.match(after.low) for after in before_articles)
        own = any(digits and digits != self._number for digits in numbers)
        titled = any(_ABOUT.match(after.low) for after in before_articles[:_TITLE])
        issued = typed and titled and _ATTACHED.fullmatch(line.low) is None
        if kind in {"annex", "form", "notes"}:
            # A form leaves blank who says what to whom, and what it rests on.
            filled = not any(_BLANK.search(after.text) for after in before_articles)
            headed = nation and own and any(_ABOUT.match(after.low) for after in before_articles)
            return (grounds and own) or (filled and (headed or (kind != "form" and issued and grounds)))
        if grounds or (issued and self._signed):
            return True
        typed_below = any(_names_type(after) for after in before_articles)
        return nation and (
            (own and typed_below) or (bool(numbers) and any(_ABOUT.match(a.low) for a in before_articles))
        )

    def _numbers_itself(self, line: Line, following: Sequence[Line]) -> bool:
        """Whether a title begins here that has another number than the present document."""
        if not line.upper or not _names_type(line):
            return False
        below = list(takewhile(lambda after: after.upper, following[:_TITLE]))
        found = _SELF_NUMBERED.match(" ".join([line.low, *(after.low for after in below)]))
        return found is not None and found["digits"] != self._number

    def _header_of(self, at: int) -> int:
        """The first line of the header whose nation line is `at`: the body's name may stand above it."""
        first = at
        for i in range(at - 1, max(at - _HEADER, 0), -1):
            line = self._lines[i]
            if line.text and not (line.upper and line.low.startswith(BODIES) and not _TAIL.match(line.low)):
                break
            first = i if line.text else first
        return first


def _is_typed(line: Line) -> bool:
    return line.upper and _TYPE.fullmatch(line.low) is not None and not line.text.endswith(":")


def _names_type(line: Line) -> bool:
    """QUYẾT ĐỊNH, or a title that begins with it. Without its marks "PHƯỜNG AN SƠN" would begin as "PHƯƠNG ÁN" does."""
    return line.upper and _BEGINS.match(line.low) is not None and not line.text.startswith("PHƯỜNG")


def _is_heading(line: Line) -> bool:
    return len(line.text) <= _LONGEST and not line.text.endswith((".", ";", ","))


def _is_annex(line: Line) -> bool:
    if _ANNEX.fullmatch(line.low) is None:
        return False
    return line.text.lstrip(" -–[(")[:7].isupper() or (len(line.text) <= _SHORT and line.text[:1] == "P")


def _is_attached(line: Line, following: Sequence[Line], kind: Kind) -> bool:
    """QUY CHẾ above "(Ban hành kèm theo …" or above a Điều 1 that begins anew."""
    if kind == "form":
        return False
    if _ISSUED_WITH.match(line.low):
        return line.text.startswith("(") and kind == "main"
    plain = _ATTACHED.fullmatch(line.low) is not None and not line.text.endswith(":")
    titled = _ATTACHED_TITLED.fullmatch(line.low) is not None and line.upper
    if not line.upper or not (plain or titled):
        return False
    near = following[:10]
    if any(_ISSUED_WITH.match(after.low) for after in near):
        return True
    first = next((m[1] for after in following if (m := _DIEU.match(after.low))), "")
    return plain and first == "1"


@lru_cache(maxsize=1)  # asked for by every reader of the same text
def quoted_lines(source: Source) -> frozenset[int]:
    """Lines within quotation marks that were opened on an earlier line, or opened by the line itself and not closed on it."""
    found: set[int] = set()
    opened: int | None = None
    depth = 0
    for at, line in enumerate(source.lines):
        text = line.text
        if opened is not None:
            depth += _depth(text, within=True)
            if depth <= 0:
                found.update(range(opened, at + 1))
                opened = None
            elif at - opened > _CLOSES_WITHIN:
                opened = None
            continue
        if text[:1] in "“\"«‘'" and text[1:2].isalnum():
            depth = _depth(text, within=False)
            if depth > 0:
                opened = at
            elif text[:-1].rstrip(".;,").endswith(("”", '"')) or text.rstrip(".;,").endswith(("”", '"', "»")):
                found.add(at)
    return frozenset(found | contents_lines(source.lines))


def _depth(text: str, *, within: bool) -> int:
    """How many quotations `text` leaves open (closes, below 0)."""
    curly = text.count("“") + text.count("«") - text.count("”") - text.count("»")
    straight = text.count('"') % 2
    if not straight:
        return curly
    ends = text.rstrip(" .;,").endswith('"')
    return curly + (-1 if ends and (within or text[:1] != '"') else 1)


def contents_lines(lines: Sequence[Line]) -> frozenset[int]:
    """Lines of a table of contents: those with a leader and a page, and all from MỤC LỤC to the first label that comes again."""
    found = {at for at, line in enumerate(lines) if _LEADER.search(line.text)}
    start = next(
        (at for at, line in enumerate(lines) if line.upper and _CONTENTS.fullmatch(line.low)),
        None,
    )
    if start is None:
        return frozenset(found)
    heads = [
        (at, line.low[:24])
        for at, line in enumerate(lines)
        if at > start and re.match(r"(?:chuong|dieu|phan) ", line.low)
    ]
    if heads:
        again = next((at for at, low in heads[1:] if low == heads[0][1]), None)
        if again is not None:
            found.update(range(start, again))
    return frozenset(found)
