"""Who signed: name, rank, and in whose place ("KT. CHỦ TỊCH"), from the block at the end of a document's own text.

A name counts where a signature stands: under a rank, or alone under "Nơi nhận". Two sign a joint document.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop.domain.legal.bodies import named
from desktop.domain.legal.frame import Frame
from desktop.domain.legal.source import Line, Source, Span, folded
from desktop.domain.legal.values import DOUBTED, LIKELY, SURE, Found
from desktop.domain.legal.words import HEADS, SURNAMES

_CAPACITY = re.compile(r"\W*(?P<kind>tm|kt|tl|tuq|t/m|k/t|t/l|thua lenh|thay mat|q)\s?[.:]\s*\S")
_CAPACITY_BROKEN = re.compile(r"\W*(?:tm|kt|tl|tuq|t/m|k/t|t/l)\s?[.:]?\s*")
_INSTEAD = re.compile(r"\W*(?:kt|tl|tuq|k/t|t/l|thua lenh)\b")
_HEADS = "|".join(sorted((re.escape(head) for head in HEADS), key=len, reverse=True))
_RANK = re.compile(rf"(?:q\.? ?|quyen )?(?:{_HEADS})(?:\s?[,-]\s?(?:{_HEADS}))?(?P<of>\s.{{2,80}})?")
_SIGNED = re.compile(r"\W*(?:da ky|\(?da ky\)?|signed|\(?da ky va dong dau\)?|ky ten.*|\(?ky,? .*)\W*")
_TITLES = re.compile(
    r"^(?:(?:PGS|GS|TS|ThS|Ths|BS|KS|Đại tá|Thượng tá|Trung tá|Thiếu tướng|Trung tướng|Thượng tướng|Đại tướng|Thượng tá)\.?,?\s*)+"
)
_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)?")
_RECIPIENTS = re.compile(r"\W*noi (?:nhan|gui)\b")
_BIG = "[A-ZĐÀ-ÝĂĨŨƠƯẠ-Ỹ]"
_TAIL = re.compile(
    rf"[:;.)]\s+(?P<tail>(?:(?:TM|KT|TL|TUQ)\s?\.\s*)?{_BIG}{{2,}}(?:,? {_BIG}{{2,}})+|"
    rf"(?:{_BIG}[^\W\d_]+ ){{2,4}}{_BIG}[^\W\d_]+)$"
)
_ITEM = re.compile(r"[-–+•*]\s*|\W*(?:luu|nhu dieu|nhu tren)\b")
_OFFICES = (
    "bo ", "so ", "van phong", "uy ban", "tong cuc", "cuc ", "chinh phu", "quoc hoi", "hoi dong", "ngan hang", "thanh tra",
    "ban ", "vien ", "toa an", "trung tam", "phong ", "vu ", "mat tran", "kho bac", "kiem toan", "tinh ", "thanh pho",
)  # fmt: skip
_REACH = 8
_FEWEST_WORDS, _MOST_WORDS = 2, 6
_LONGEST = 90


@dataclass(frozen=True)
class Signature:
    """`name` and `rank` as they are suggested; `capacity` as printed."""

    name: Found | None
    rank: Found | None
    capacity: str | None


@dataclass(frozen=True)
class _Sign:
    kind: str  # "capacity", "rank", "name"
    line: Line
    value: str


def read_signature(frame: Frame, *, joint: bool) -> Signature:
    """The signature in the document's own text; below what is issued with it, where its own text has none."""
    nameless: Signature | None = None
    for lines in _places(frame):
        signs = [sign for line in _unbroken(lines) for sign in _signs(line)]
        ranks = [sign for sign in signs if sign.kind == "rank"]
        names = _names(signs, joint=joint)
        if names:
            return _signature(frame.source, signs, names, joint=joint)
        alone = _alone(lines, frame.source)
        if alone is not None:
            return Signature(alone, None, None)
        if ranks and nameless is None and not _is_form(lines, frame):
            nameless = _signature(frame.source, signs, [], joint=joint)
    return nameless or Signature(None, None, None)


def _unbroken(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines, a rank or a name that was broken over two of them as one."""
    held: Line | None = None
    for line in lines:
        if held is not None and line.start == held.end + 1:
            both = Line(f"{held.text} {line.text}", f"{held.low} {line.low}", held.start)
            if _is_broken(held, line, both):
                held = both
                continue
        if held is not None:
            yield held
        held = line
    if held is not None:
        yield held


def _is_broken(first: Line, second: Line, both: Line) -> bool:
    low = _CAPACITY_BROKEN.sub("", both.low)
    if both.upper and not _RANK.fullmatch(_CAPACITY_BROKEN.sub("", first.low)) and not _RANK.fullmatch(second.low):
        return low in HEADS
    return (
        " " not in second.text
        and second.text.istitle()
        and name_of(first.text) is not None
        and name_of(both.text) is not None
    )


def _is_form(lines: Sequence[Line], frame: Frame) -> bool:
    """Whether these lines stand in an annex or a form, whose signatures nobody has signed."""
    within = [
        (frame.line(p.first).start, frame.line(p.end - 1).end)
        for p in frame.parts
        if p.kind not in {"main", "attached"}
    ]
    return any(start <= line.start <= end for line in lines[-1:] for start, end in within)


def _places(frame: Frame) -> list[list[Line]]:
    """Where signatures stand, the likeliest first: after the body of the own text, at the end of the whole, above the body."""
    lines = frame.source.lines
    own = [lines[at] for at in frame.lines if at >= frame.signed_from]
    tails = [
        [line for line in lines[max(part.first, part.end - 40) : part.end] if line.text]
        for part in frame.parts
        if part.kind != "main"
    ]
    head = [lines[at] for at in frame.lines if at < frame.body and (frame.titled is None or at < frame.titled)]
    letter = [lines[at] for at in frame.lines] if frame.titled is None else []
    return [own, letter, *tails, head]


def _signs(line: Line) -> list[_Sign]:
    found: list[_Sign] = []
    for cell in (part for column in line.columns for part in _beside(column)):
        low, text = cell.low.strip(" .*"), cell.text.strip(" .*")
        if _is_capacity(cell, low):
            found.append(_Sign("capacity", cell, text))
        elif _is_rank(cell, low):
            found.append(_Sign("rank", cell, text))
        elif (name := name_of(text)) is not None:
            found.append(_Sign("name", cell, name))
        elif (name := name_of(text, doubted=True)) is not None:
            found.append(_Sign("perhaps", cell, name))
    return found


def _beside(cell: Line) -> tuple[Line, ...]:
    """A line of "Nơi nhận" without the signature that a flattened layout left beside it, and that."""
    if not (_RECIPIENTS.match(cell.low) or cell.text[:1] in "-–+•"):
        return (cell,)
    match = _TAIL.search(cell.text)
    if match is None:
        return ()
    at = match.start("tail")
    return (Line(cell.text[at:], cell.low[at:], cell.start + at),)


def _is_capacity(cell: Line, low: str) -> bool:
    if _CAPACITY_BROKEN.fullmatch(low):
        return cell.text[:1].isupper()
    return _CAPACITY.match(low) is not None and len(low) <= _LONGEST and (cell.upper or cell.text[:3].isupper())


def _is_rank(cell: Line, low: str) -> bool:
    match = _RANK.fullmatch(low)
    if match is None or cell.text.endswith((";", ":", ",")):
        return False
    return cell.upper or (match["of"] is None and cell.text[:1].isupper())


def name_of(text: str, *, doubted: bool = False) -> str | None:
    """The name that a line is, without titles of study and rank; None when it is no name.

    `doubted`: three or four words may begin with a word that is no surname we know.
    """
    bare = _TITLES.sub("", text.strip())
    low = folded(bare)
    if (
        _RANK.fullmatch(low)
        or any(head.startswith(low) for head in HEADS)
        or (bare.isupper() and low.startswith(_OFFICES))
    ):
        return None
    words = bare.split()
    if not _FEWEST_WORDS <= len(words) <= _MOST_WORDS or not all(_WORD.fullmatch(word) for word in words):
        return None
    known = folded(words[0]) in SURNAMES or re.match(r"[HKY]['’]|[YH]$", words[0])
    if not known and not (doubted and len(words) in {3, 4} and not bare.isupper()):
        return None
    if not all(word[:1].isupper() for word in words):
        return None
    if bare.isupper():
        return " ".join(word[:1] + word[1:].lower() for word in words)
    return bare if all(word[1:].islower() or len(word) == 1 or "'" in word or "’" in word for word in words) else None


def _names(signs: Sequence[_Sign], *, joint: bool) -> list[_Sign]:
    """The names that follow a rank or a capacity; of a document with one signer, the first."""
    for kind in ("name", "perhaps"):
        seen = False
        found: list[_Sign] = []
        for sign in signs:
            if sign.kind == kind and seen:
                found.append(sign)
            seen = seen or sign.kind in {"rank", "capacity"}
        if found:
            return found if joint else found[:1]
    return []


def _signature(source: Source, signs: Sequence[_Sign], names: Sequence[_Sign], *, joint: bool) -> Signature:
    before = [s for s in signs if not names or s.line.start < names[-1].line.start]
    ranks = [s for s in before if s.kind == "rank"]
    capacities = [s for s in before if s.kind == "capacity"]
    ranks = _without_capacity_rank(ranks, capacities)
    count = max(len(names), 1) if joint else 1
    chosen = ranks[-count:]
    rank = None
    if chosen:
        written = [rank_of(s.value, source) for s in chosen]
        rank = Found("; ".join(written), _span(source, chosen), SURE if names else LIKELY)
    elif capacities and names and not joint:
        rank = _rank_of_capacity(source, capacities[-1])
    name = (
        Found(
            "; ".join(s.value for s in names),
            _span(source, names),
            SURE if chosen else LIKELY,
        )
        if names
        else None
    )
    instead = [s for s in capacities if _INSTEAD.match(s.line.low)]
    shown = instead or capacities
    capacity = "; ".join(dict.fromkeys(_whole_capacity(s, signs) for s in (shown if joint else shown[-1:]))) or None
    return Signature(name, rank, capacity)


def _without_capacity_rank(ranks: Sequence[_Sign], capacities: Sequence[_Sign]) -> list[_Sign]:
    """Of "KT." and "CHỦ TỊCH" on two lines: that rank is whose place is taken, not the signer's."""
    broken = {s.line.end for s in capacities if _CAPACITY_BROKEN.fullmatch(s.line.low)}
    return [s for s in ranks if not any(0 < s.line.start - end <= _REACH for end in broken)]


def _whole_capacity(sign: _Sign, signs: Sequence[_Sign]) -> str:
    if _CAPACITY_BROKEN.fullmatch(sign.line.low):
        after = next((s for s in signs if 0 < s.line.start - sign.line.end <= _REACH), None)
        return f"{sign.value.rstrip('.')}. {after.value}" if after is not None else sign.value
    return sign.value


def _rank_of_capacity(source: Source, sign: _Sign) -> Found | None:
    """In "Q. GIÁM ĐỐC", "TL. CHỦ TỊCH CHÁNH VĂN PHÒNG": the rank stands in the same line."""
    low = sign.line.low
    if low.startswith("q"):
        rest = sign.value.split(".", 1)[-1].strip()
        return Found(
            f"Quyền {rank_of(rest, source)}",
            source.span(sign.line.start, sign.line.end),
            LIKELY,
        )
    match = re.search(rf"\b(?:{_HEADS})$", low)
    first = re.search(rf"\b(?:{_HEADS})\b", low)
    if match is None or first is None or first.start() >= match.start():
        return None
    text = sign.value[match.start() - len(low) :]
    return Found(
        rank_of(text, source),
        source.span(sign.line.start + match.start(), sign.line.end),
        DOUBTED,
    )


def rank_of(text: str, source: Source) -> str:
    """So "PHÓ CHỦ TỊCH" → "Phó Chủ tịch"; the body that stands behind a rank stays with it."""
    low = folded(text)
    match = re.match(rf"(?:q\.? ?|quyen )?(?:{_HEADS})(?:\s?[,-]\s?(?:{_HEADS}))?", low)
    lowered = (text[: match.end()] if match else text).lower()
    lowered = lowered.replace("văn phòng", "Văn phòng").replace("thanh tra", "Thanh tra")
    rest = low[match.end() :].strip() if match else ""
    kept = f" {named(text[match.end() :].strip(), source)}" if match and rest else ""
    first, _, inner = lowered.partition(" ")
    if first in {"phó", "quyền"}:
        return f"{first.capitalize()} {inner[:1].upper()}{inner[1:]}{kept}"
    parts = re.split(r"(\s?, ?|\s-\s)", lowered)
    return "".join(part[:1].upper() + part[1:] for part in parts) + kept


def _alone(lines: Sequence[Line], source: Source) -> Found | None:
    """A name that stands alone under "Nơi nhận"."""
    start = next((i for i, line in enumerate(lines) if _RECIPIENTS.match(line.low)), None)
    if start is None:
        return None
    for line in lines[start + 1 :]:
        for cell in line.columns:
            name = name_of(cell.text) if not _ITEM.match(cell.low) else None
            if name is not None:
                return Found(name, source.span(cell.start, cell.end), DOUBTED)
    return None


def _span(source: Source, signs: Sequence[_Sign]) -> Span:
    return source.span(signs[0].line.start, signs[-1].line.end)
