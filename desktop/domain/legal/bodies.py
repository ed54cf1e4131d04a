"""Names of issuing bodies: from the capitals of a header to "Ủy ban nhân dân tỉnh Tiền Giang", with its place.

How a name is written is taken from the text where it stands there in lower case; else from how such names are built.
"""

import re
from collections import Counter
from collections.abc import Sequence

from desktop.domain.legal.patterns import one_line
from desktop.domain.legal.source import Source, folded
from desktop.domain.legal.words import BODIES, HEADS

_SHORT = (
    (re.compile(r"\b(?:UBND|Ubnd)\b"), "Ủy ban nhân dân"),
    (re.compile(r"\b(?:HĐND|HDND)\b"), "Hội đồng nhân dân"),
    (re.compile(r"\b(?:VPCP)\b"), "Văn phòng Chính phủ"),
    (re.compile(r"\bBTTTT\b"), "Bộ Thông tin và Truyền thông"),
    (re.compile(r"\bUBTVQH\b"), "Ủy ban Thường vụ Quốc hội"),
    (re.compile(r"\b(?:TP\.?|Tp\.?)(?= ?[^\W\d_])", re.IGNORECASE), "thành phố "),
)
# Fixed words of names, as they are written inside a name. Longer ones first.
_FIXED = (
    "ủy ban nhân dân", "hội đồng nhân dân", "tòa án nhân dân tối cao", "viện kiểm sát nhân dân tối cao",
    "tòa án nhân dân", "viện kiểm sát nhân dân", "kiểm toán nhà nước", "đoàn đại biểu", "mặt trận",
)  # fmt: skip
_PROPER = {
    "chính phủ": "Chính phủ", "quốc hội": "Quốc hội", "thủ tướng": "Thủ tướng", "nhà nước": "Nhà nước",
    "việt nam": "Việt Nam", "thường vụ quốc hội": "Thường vụ Quốc hội", "trung ương": "Trung ương", "đảng": "Đảng",
    "dân tộc": "Dân tộc", "mặt trận tổ quốc": "Mặt trận Tổ quốc", "tổ quốc": "Tổ quốc", "hồ chí minh": "Hồ Chí Minh",
}  # fmt: skip
_PLACE = re.compile(r"\b(tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn)\b ?(?P<name>.*)")
_KIND = re.compile(
    r"(tổng cục|chi cục|cục|bộ|sở|vụ|phòng|ban|viện|trung tâm|học viện|thanh tra|ngân hàng|ủy ban|kho bạc) (?P<name>.+)"
)
_HEADS = tuple(sorted(HEADS, key=len, reverse=True))
_INCOMPLETE = re.compile(
    r"(?:uy ban nhan dan|hoi dong nhan dan)(?: (?:tinh|thanh pho|huyen|quan|thi xa|xa|phuong|thi tran))?"
)
_OF_PLACE = re.compile(r"\b(?:tinh|thanh pho|huyen|quan|thi xa|xa|phuong|thi tran) \S+")
_LOCAL = re.compile(
    r"(?:so|phong|van phong|chi cuc|ban|trung tam|thanh tra|cong an|truong|uy ban|hoi dong|benh vien)\b"
)


def bodies_of(texts: Sequence[str]) -> list[str]:
    """Lines of a header's left column joined to the bodies they name, from the highest to the one that issues."""
    found: list[str] = []
    for text in texts:
        low = folded(text)
        begins = low.startswith(BODIES) and not low.startswith(("va ", "nuoc "))
        if found and (not begins or _unfinished(folded(found[-1]), low)):
            found[-1] = f"{found[-1]} {text}"
        elif begins:
            found.append(text)
    return [one_line(body) for body in found]


def _unfinished(before: str, low: str) -> bool:
    """Whether a name that stops at `before` goes on with a line that would begin a name by itself."""
    return (
        before.endswith((" va", " cua", ",", " ban", " hoi dong", " van phong", " bo", " so"))
        or (before == "van phong" and low.startswith(("chinh phu", "quoc hoi", "uy ban", "ubnd", "hoi dong")))
        or (before in {"chu tich", "thu tuong", "bo truong"})
    )


def without_head(text: str) -> str:
    """So "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH X" → "ỦY BAN NHÂN DÂN TỈNH X"; "THỦ TƯỚNG CHÍNH PHỦ" is a body itself."""
    low = folded(text)
    if low.startswith(("thu tuong chinh phu", "chu tich nuoc")):
        return text
    for head in _HEADS:
        if low.startswith((f"{head} ", f"{head}, ")):
            rest = text[len(head) :].strip(" ,")
            again = without_head(rest) if folded(rest).startswith(BODIES) or folded(rest).startswith(HEADS) else ""
            if again:
                return again
    return text


def is_complete(text: str) -> bool:
    """Whether a name says of which place it is, where such a body has one."""
    return _INCOMPLETE.fullmatch(folded(spelled(text))) is None


def spelled(text: str) -> str:
    """Abbreviations of bodies written out: "UBND TỈNH" → "Ủy ban nhân dân TỈNH"."""
    for pattern, long in _SHORT:
        text = pattern.sub(long, text)
    return one_line(text)


def named(text: str, source: Source) -> str:
    """A body's name as a sentence writes it."""
    full = spelled(text)
    if sum(char.islower() for char in text) * 2 > sum(char.isupper() for char in text):
        return _with_fixed(full[:1].upper() + full[1:])
    seen = _as_in_text(full, source)
    return _with_fixed(seen or _built(full.lower()))


def _as_in_text(full: str, source: Source) -> str | None:
    """The commonest spelling of the name in the text, outside lines of capitals."""
    words = re.escape(folded(full)).replace("\\ ", r"\s+")
    spellings: Counter[str] = Counter()
    for match in re.finditer(rf"\b{words}\b", source.folded):
        written = one_line(source.text[match.start() : match.end()])
        if any(char.islower() for char in written.split(" ", 1)[0]) and written.lower() == full.lower():
            spellings[written[:1].upper() + written[1:]] += 1
    # A name of several words of which none but the first is capital is no name but a kind of body.
    best = [s for s, _ in spellings.most_common() if any(word[:1].isupper() for word in s.split()[1:])]
    return best[0] if best else None


def _built(low: str) -> str:
    place = _PLACE.search(low)
    head, tail = (low[: place.start()].strip(), place) if place is not None else (low, None)
    kind = _KIND.fullmatch(head)
    if kind is not None and not head.startswith(_FIXED):
        parts = re.split(r"( và |, | - )", kind["name"])
        head = kind[1] + " " + "".join(part[:1].upper() + part[1:] for part in parts)
    for word, proper in _PROPER.items():
        head = re.sub(rf"\b{word}\b", proper, head)
    name = f" {tail[1]} {_title(tail['name'])}".rstrip() if tail is not None else ""
    whole = f"{head}{name}".strip()
    return whole[:1].upper() + whole[1:]


def _title(name: str) -> str:
    return " ".join(word[:1].upper() + word[1:] for word in name.split())


def _with_fixed(name: str) -> str:
    """Of "Uỷ ban Nhân dân" → "Ủy ban nhân dân"."""
    for fixed in _FIXED:
        pattern = re.escape(fixed).replace("ủy", "(?:ủy|uỷ)").replace("tòa", "(?:tòa|toà)")
        name = re.sub(pattern, fixed[:1].upper() + fixed[1:], name, flags=re.IGNORECASE)
    return name


def with_place(bodies: Sequence[str], place: str) -> str:
    """The issuing body of a header, with the place that the body above it (or `place`) gives."""
    last = bodies[-1]
    low = folded(spelled(last))
    above = next((b for b in reversed(bodies[:-1]) if _OF_PLACE.search(folded(spelled(b)))), "")
    if low in {"van phong", "thanh tra"} and len(bodies) > 1:
        return f"{last} {with_place(bodies[:-1], place)}"
    if _OF_PLACE.search(low) or not _LOCAL.match(low):
        return last
    if above:
        where = _PLACE.search(spelled(above).lower())
        if where is not None and where["name"]:
            return f"{last} {where[0].upper()}"
    kind = re.search(r"(tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn)$", spelled(last).lower())
    return f"{last} {place}" if kind is not None and place else last
