"""Documents that a text cites: its grounds ("Căn cứ …", "Chiểu theo …") and all others, under one normalised name.

"Nghị định 64/2007/NĐ-CP" and "Nghị định số 64/2007/NĐ-CP" are one. What stands in the title of a cited document is not cited.
"""

import re
from collections.abc import Iterator

from desktop.domain.legal.frame import Frame
from desktop.domain.legal.patterns import DATE, NUMBER, date_of, number_of, one_line
from desktop.domain.legal.source import Source, folded
from desktop.domain.legal.values import Ground
from desktop.domain.legal.words import BY_SIGN, TYPES

_CITED = (
    "hien phap", "bo luat", "luat", "phap lenh", "lenh", "nghi quyet lien tich", "nghi quyet", "nghi dinh", "quyet dinh",
    "chi thi", "thong tu lien tich", "thong tu lien bo", "thong tu", "cong van", "cong dien", "ke hoach", "thong bao",
    "ket luan", "chuong trinh", "huong dan", "quy che", "quy dinh", "dieu le", "van ban hop nhat", "van ban", "de an",
    "to trinh", "bao cao",
)  # fmt: skip
_TYPE = "|".join(_CITED)
_TYPES = "|".join(sorted(TYPES, key=len, reverse=True))
_GROUND = re.compile(r"\W{0,3}(?:can cu|chieu theo|chieu)(?: vao| theo)?\s*(?::|cac|nhung)?\s*(?=\S)")
_ENDS = re.compile(
    r"\W{0,3}(?:can cu|chieu|xet|theo de nghi|thuc hien|de (?!nghi\b)|nham |trien khai|quyet nghi|(?:quyet dinh|nghi dinh|thong tu)\s*:|"
    r"ban hanh|dieu \d|kinh gui|uy ban nhan dan|bo truong|chu tich|hoi dong|thu tuong|chinh phu|giam doc|sau khi)"
)
_ITEM = re.compile(rf"(?P<type>{_TYPE})\b")
_NEXT = re.compile(
    rf"(?:;|,(?= (?:va )?(?:{_TYPE}) (?:so )?\d)|(?<=\d) va(?= (?:{_TYPE}))|(?<=\d),(?= (?:{_TYPE})))\s*(?:va |cac |theo )?"
)
_SO = re.compile(rf"\s*(?:lien tich)?\s*(?:so)?\s*:?\s*(?={'[0-9]'})")
_NUMBER = re.compile(NUMBER)
_DAY = re.compile(rf"\s*[,(]?\s*(?:ban hanh |ky |thong qua )?(?:ngay|de ngay)\s*{DATE}\)?")
_OF = re.compile(r"\s*,?\s*cu?a\s+")
_HANGS = re.compile(
    r"\b(?:to chuc|cua|va|tai|theo|ve|viec|so|ngay|thang|nam|thu tuong|bo truong|chu tich|uy ban|hoi dong)$"
)
_SUBJECT = re.compile(
    r"\b(?:ve\s+viec|v/v|ve|quy\s+dinh|huong\s+dan|sua\s+doi|ban\s+hanh|phe\s+duyet|bo\s+sung|thay\s+the|qui\s+dinh|chi\s+tiet|"
    r"cong\s+bo|ung\s+dung|quan\s+ly)\b"
)
_LAW = {"hien phap", "bo luat", "luat", "phap lenh"}
_LAW_ENDS = re.compile(rf"\s*(?:,?\s*(?:ngay\s*(?={DATE})|duoc quoc hoi|so?:?\s*\d|nam \d{{4}}\b|da duoc)|[;:(]|$)")
_YEARED = re.compile(r"\s*nam\s+\d{4}$")
_MENTION = re.compile(rf"(?P<type>{_TYPES})\s+(?:lien tich\s+)?(?:so\s*:?\s*)?(?=\d{{1,5}}[a-z]?\s?[/-])")
_LONGEST = 1200
_SHORTEST = 4


def read_grounds(frame: Frame) -> tuple[Ground, ...]:
    """The documents of the grounds, in order, each once per line that names it."""
    found: list[Ground] = []
    for start, end in _paragraphs(frame):
        match = _GROUND.match(frame.source.folded, start)
        if match is not None:
            found += _items(frame.source, match.end(), end)
    return tuple(found)


def _paragraphs(frame: Frame) -> Iterator[tuple[int, int]]:
    """Each ground with the lines it goes on over, up to where something else begins."""
    lines = frame.source.lines
    order = {at: i for i, at in enumerate(frame.lines)}
    grounds = list(frame.grounds)
    for at in grounds:
        end = lines[at].end
        for after in frame.lines[order[at] + 1 :]:
            line = lines[after]
            ended = frame.source.text[:end].rstrip()[-1:] in ";.:"
            if after >= frame.body or after in grounds or (ended and not line.text[:1].islower()):
                break
            begins = _ENDS.match(line.low) and not line.text[:1].islower()
            # "… của" "Thủ tướng Chính phủ về việc …": a line that breaks off before a name goes on with it.
            if begins and not _HANGS.search(frame.source.folded, lines[at].start, end):
                break
            if end - lines[at].start > _LONGEST:
                break
            end = line.end
        yield lines[at].start, end


def _items(source: Source, start: int, end: int) -> Iterator[Ground]:
    low = source.flat
    kept = ""
    at = start
    while at < end:
        match = _ITEM.match(low, at, end)
        if match is not None and source.text[at].isupper():
            kept = match["type"]
            stop = _cut(low, match.end(), end)
            ground = _ground(source, kept, at=(at, match.end(), stop))
            if ground.so_hieu or ground.ngay or kept in _LAW:
                yield ground
        elif kept and re.compile(r"so\s*:?\s*\d").match(low, at, end):
            stop = _cut(low, at, end)  # "các Nghị định: số …; số …"
            yield _ground(source, kept, at=(at, at, stop))
        else:
            stop = _cut(low, at, end)
        follows = _NEXT.match(low, stop, end)
        at = follows.end() if follows is not None else end


def _cut(low: str, start: int, end: int) -> int:
    """Where the next document of the same line begins: after ";" before a type, or after a date before "và Luật"."""
    for match in _NEXT.finditer(low, start, end):
        after = match.end()
        if _ITEM.match(low, after) or (match[0].startswith(";") and re.match(r"so\s*:?\s*\d", low[after : after + 12])):
            return match.start()
    return end


def _ground(source: Source, kind: str, *, at: tuple[int, int, int]) -> Ground:
    start, after, end = at
    text, low = source.text, source.flat
    while end > after and text[end - 1] in " \n\t.,;:/":
        end -= 1
    so = _SO.match(low, after, end)
    number = _NUMBER.match(text, so.end(), end) if so is not None else None
    loai = TYPES.get(kind, kind.capitalize())
    if kind in _LAW:
        return _law(source, loai, at=(start, after, end), number=number)
    place = number.end() if number is not None else after
    day = _DAY.match(low, place, end) or (
        _DAY.search(low, place, min(end, place + 160)) if number is not None else None
    )
    if day is not None and number is not None and _SUBJECT.search(low, place, day.start()):
        day = None  # the date of a document in its title
    if number is None:
        early = _DAY.search(low, after, min(end, after + 160))
        number, number_after = _late_number(text, after, end)
        day = day or early
        place = max(place, number_after)
    place = max(place, day.end() if day is not None else place)
    return Ground(
        loai,
        number_of(number) if number else None,
        _iso(day),
        _subject(source, place, end),
        source.span(start, end),
    )


def _late_number(text: str, start: int, end: int) -> tuple[re.Match[str] | None, int]:
    """In "Thông tư của Bộ trưởng Bộ Nội vụ số 01/2011/TT-BNV": the number after the issuer, before any subject."""
    match = re.compile(rf"[^;]{{0,80}}?\bsố\s+{NUMBER}").match(text, start, end)
    if match is None or _SUBJECT.search(folded(text[start : match.start("digits")])):
        return None, start
    return match, match.end()


def _law(source: Source, loai: str, *, at: tuple[int, int, int], number: re.Match[str] | None) -> Ground:
    start, after, end = at
    low, text = source.flat, source.text
    if number is not None:
        day = _DAY.match(low, number.end(), end)
        name_at = day.end() if day is not None else number.end()
        return Ground(
            loai,
            number_of(number),
            _iso(day),
            _subject(source, name_at, end),
            source.span(start, end),
        )
    stop = after
    while stop < end and not _LAW_ENDS.match(low, stop, end):
        stop += 1
    written = text[start:after]
    # The type with a wrong mark ("Luât") is the type all the same.
    written = written if written.casefold() == loai.casefold() else loai
    name = _YEARED.sub("", one_line(written + text[after:stop]).strip(" ,"))
    day = _DAY.search(low, stop, end)
    sign = re.compile(rf"\s*\(?(?:luat )?số:?\s*{NUMBER}", re.IGNORECASE).match(text, stop, end)
    return Ground(
        loai,
        number_of(sign) if sign else None,
        _iso(day),
        name or None,
        source.span(start, end),
    )


def _iso(day: re.Match[str] | None) -> str | None:
    value = date_of(day) if day is not None else None
    return value.isoformat() if value is not None else None


def _subject(source: Source, start: int, end: int) -> str | None:
    """What the cited document is about: after its issuer, without "về" and "về việc"."""
    low = source.flat
    of = _OF.match(low, start, end)
    if of is not None:
        subject = _SUBJECT.search(low, of.end(), end)
        if subject is None:
            return None
        start = subject.start()
    about = re.compile(r"\s*,?\s*(?:ve viec|v/v|ve)\s+").match(low, start, end)
    text = one_line(source.text[about.end() if about else start : end]).strip(' ,;.:)(“”"')
    return text if len(text) >= _SHORTEST else None


def read_citations(source: Source) -> tuple[Ground, ...]:
    """Every document that is named by type and number, each once, in the order of its first mention."""
    found: dict[str, Ground] = {}
    for match in _MENTION.finditer(source.flat):
        number = _NUMBER.match(source.text, match.end())
        if number is None or not source.text[match.start()].isupper():
            continue
        name = number_of(number)
        span = source.span(match.start(), number.end())
        day = _DAY.match(source.flat, number.end())
        found.setdefault(name, Ground(TYPES[match["type"]], name, _iso(day), None, span))
    return tuple(found.values())


def canonical(citation: str) -> str | None:
    """The one name of a cited document: "nghị định 64/2007/NĐ-CP" → "Nghị định số 64/2007/NĐ-CP"; None when there is no number."""
    number = _NUMBER.search(citation)
    if number is None:
        return None
    low = folded(citation[: number.start()])
    kind = next(
        (TYPES[name] for name in sorted(TYPES, key=len, reverse=True) if re.search(rf"\b{name}\b", low)),
        None,
    )
    sign = re.split(r"[-/.]", number["sign"])[0]
    kind = kind or BY_SIGN.get(sign)
    return f"{kind} số {number_of(number)}" if kind else number_of(number)
