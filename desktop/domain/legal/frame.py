"""Where the parts of one document's own text stand: header, title, grounds, body and the end with its signature."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop.domain.legal.parts import Part, quoted_lines
from desktop.domain.legal.source import Line, Source
from desktop.domain.legal.words import TYPES

_TYPE = re.compile(rf"\W*({'|'.join(sorted(TYPES, key=len, reverse=True))})(?: so:? .{{3,40}}| cua .{{3,60}})?[ .*]*")
_TYPED_TITLE = re.compile(
    rf"\W*(?P<type>{'|'.join(sorted(TYPES, key=len, reverse=True))})\s+"
    r"(?=(?:cua|so|ve|ban hanh|quy dinh|phe duyet|huong dan|sua doi|bai bo|cong bo|v/v)\b.{8})"
)
# Behind "CỦA BỘ NỘI VỤ" there is something that belongs to the title: its number, or what it is about.
_TELLS = re.compile(
    r"\b(?:so\s*:?\s*(?:\d|$)|(?:ve|ban hanh|quy dinh|phe duyet|huong dan|sua doi|bai bo|cong bo|v/v)\b)"
)
_DIEU = re.compile(r"dieu\s+\d{1,3}[a-zd]?\s*(?:[.:,]|$)")
_ITEM = re.compile(r"(?:phan\s+(?:thu\b|[ivx\d]+\b|[a-d]\b)|chuong\s+[ivx\d]+|[ivx]{1,4}[.)/]\s|1[.)/]\s?\S|a[)]\s)")
_GROUND = re.compile(r"\W{0,3}(?:can cu|chieu theo|chieu)\b")
_PREAMBLE = re.compile(
    r"\W{0,3}(?:can cu|chieu|xet|theo de nghi|thuc hien|de (?!nghi\b|an\b)|nham |trien khai|phuc dap|trong thoi gian|thi hanh)\b"
)
_TO = re.compile(r"\W*kinh gui\b")
_STAMP = re.compile(
    r"(?:ky boi|nguoi ky|thoi gian ky|ngay ky|email|co quan|signed by|signature|digitally signed|chu ky so)\s*:|"
    r".*\d{1,2}[.:/-]\d{1,2}[.:/-]\d{4} \d{1,2}:\d{2}"
)
_STAMPED = re.compile(r"(?:email|thoi gian ky|signed by|digitally signed|signature not verified)\b")
_HEADER = 45


@dataclass(frozen=True)
class Frame:
    """One document of a paste; line numbers are of the source. `body`: where its articles or items begin;
    `signed_from`: below title, grounds and address, where a signature may stand.
    """

    source: Source
    parts: Sequence[Part]
    lines: Sequence[int]
    titled: int | None
    grounds: Sequence[int]
    body: int
    address: int | None
    signed_from: int

    def line(self, at: int) -> Line:
        return self.source.lines[at]

    def header(self) -> Iterator[int]:
        """The lines above the grounds, or above the body where there are none."""
        end = min(at for at in (self.body, self.address, *self.grounds[:1]) if at is not None)
        return (at for at in self.lines if at < end)

    def main_end(self) -> int:
        return self.lines[-1] + 1 if self.lines else 0


def read_frame(source: Source, parts: Sequence[Part]) -> Frame:
    """The frame of the document that consists of `parts`."""
    quoted = quoted_lines(source)
    stamped = stamp_lines(source)
    main = [part for part in parts if part.kind == "main"]
    lines = [
        at
        for part in main
        for at in range(part.first, part.end)
        if source.lines[at].text and at not in quoted and at not in stamped
    ]
    body = _body(source, lines)
    before = [at for at in lines if at < body]
    titled = next((at for at in before if _is_type(source.lines[at])), None)
    grounds = [at for at in before if _GROUND.match(source.lines[at].low)]
    if titled is not None:
        grounds = [at for at in grounds if at > titled]
    address = next((at for at in lines if _TO.match(source.lines[at].low)), None)
    above = max([at for at in (titled, address, *grounds) if at is not None], default=-1)
    start = min(body, above + 1) if above >= 0 else body
    return Frame(source, parts, lines, titled, grounds, body, address=address, signed_from=start)


def _body(source: Source, lines: Sequence[int]) -> int:
    end = lines[-1] + 1 if lines else 0
    articles = next((at for at in lines if _DIEU.match(source.lines[at].low)), None)
    if articles is not None:
        return articles
    for order, at in enumerate(lines):
        low = source.lines[at].low
        if _ITEM.match(low) and order > 1 and not source.lines[at].cell:
            return at
    to = next((at for at in lines if _TO.match(source.lines[at].low)), None)
    # No items: a letter's text begins below its address, everything else after what a header can hold.
    return min(end, (to + _HEADER) if to is not None else (lines[0] + _HEADER if lines else 0))


def _is_type(line: Line) -> bool:
    if not line.upper or line.text.rstrip().endswith(":"):
        return False
    return _TYPE.fullmatch(line.low) is not None or _TYPED_TITLE.match(line.low) is not None


def title_of(line: Line) -> Line | None:
    """What follows the type on its own line: "QUYẾT ĐỊNH VỀ VIỆC …", "KẾ HOẠCH CỦA … SỐ … NGÀY … VỀ …"."""
    found = _TYPED_TITLE.match(line.low)
    if found is None or not _TELLS.search(line.low, found.end()):
        return None
    at = found.end()
    return Line(line.text[at:], line.low[at:], line.start + at)


def is_preamble(line: Line) -> bool:
    return _PREAMBLE.match(line.low) is not None


def type_of(line: Line) -> str | None:
    """The type that a line such as "QUYẾT ĐỊNH" names."""
    low = line.low.rstrip(" :")
    found = _TYPE.fullmatch(low) or _TYPED_TITLE.match(low)
    return TYPES[found[1]] if found else None


def stamp_lines(source: Source) -> frozenset[int]:
    """Lines of an electronic signature's stamp: they name an office's account, not the one who signed."""
    found: set[int] = set()
    for at, line in enumerate(source.lines):
        if not _STAMPED.match(line.low):
            continue
        found.add(at)
        for step in (-1, 1):
            i = at + step
            while 0 <= i < len(source.lines) and (not source.lines[i].text or _STAMP.match(source.lines[i].low)):
                found.add(i)
                i += step
    return frozenset(found)
