"""Every type of document: who issues it, how its number is made, and what it is written of."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from tests.legal_corpus import frame, issuers
from tests.legal_corpus.annexes import annexes, attached
from tests.legal_corpus.articles import OWN, clauses, dashes, heading, outline, regulation, sentence_article, titled
from tests.legal_corpus.bases import bases, not_a_basis, proposals
from tests.legal_corpus.issuers import Issuer
from tests.legal_corpus.words import WORDS, Dice, day, long_date, paragraph, sentence, topic
from tests.legal_corpus.writer import Writer

_YEARS: Final = {"nd30": (2020, 2025), "tt01": (2011, 2020), "ttlt55": (1998, 2011), "web": (2001, 2025)}
Committee = issuers.people_committee


@dataclass(frozen=True)
class Job:
    """What a body is written from."""

    issuer: Issuer
    made: frame.Numbering
    about: str
    own: str


Body = Callable[[Writer, Job], list[str]]


@dataclass(frozen=True)
class Kind:
    """`numbers` are patterns of {n}, {y}, {code}, {unit}; `abouts` of {topic}; `own` is how it speaks of itself."""

    loai: str
    makers: Sequence[Callable[[Dice], Issuer]]
    numbers: Sequence[str]
    abouts: Sequence[str]
    body: Body
    label: str = "Số"
    own: str = ""


def _resolving(w: Writer, job: Job, verb: str) -> list[str]:
    """Authority, bases, proposals, "QUYẾT ĐỊNH:"."""
    lines = (
        [w.say("co_quan_ban_hanh", job.issuer.authority, *job.issuer.names)]
        if w.chance(0.85) or w.layout == "web"
        else []
    )
    lines += bases(w, job.made.signed)
    lines += proposals(
        w, job.made.signed, w.dice.choice(("Giám đốc Sở Tư pháp", "Chánh Văn phòng", "Giám đốc Sở Tài chính"))
    )
    return [*lines, f"{verb}:"]


def _decision(w: Writer, job: Job) -> list[str]:
    """Three or four Điều that are sentences."""
    texts = [f"{sentence(w.dice)}", *(sentence(w.dice) for _ in range(w.dice.randint(0, 2)))]
    return [*_resolving(w, job, "QUYẾT ĐỊNH"), *_closing_articles(w, job, texts)]


def _issuing(w: Writer, job: Job) -> list[str]:
    """Its first Điều issues what is attached."""
    quote = w.dice.choice((("", ""), ("“", "”"), ('"', '"')))
    name = job.about.removeprefix("ban hành ").removeprefix("Ban hành ")
    return [
        *_resolving(w, job, "QUYẾT ĐỊNH"),
        *_closing_articles(w, job, [f"Ban hành kèm theo Quyết định này {quote[0]}{name}{quote[1]}."]),
    ]


def _closing_articles(w: Writer, job: Job, texts: Sequence[str]) -> list[str]:
    effect = frame.effect(w, job.own, job.made)
    loose = bool(effect) and w.chance(0.15)
    bound = f"Chánh Văn phòng, {w.dice.choice(WORDS['agencies'])} và các tổ chức, cá nhân có liên quan"
    duty = f"{bound} chịu trách nhiệm thi hành {job.own} này./."
    every = [*texts, *([effect] if effect and not loose else []), duty]
    lines = [sentence_article(w, number, text) for number, text in enumerate(every, 1)]
    return [*lines, *([effect] if loose else [])]


def _resolution(w: Writer, job: Job) -> list[str]:
    texts = [paragraph(w.dice) for _ in range(w.dice.randint(1, 4))]
    return [*_resolving(w, job, "QUYẾT NGHỊ"), *_closing_articles(w, job, texts)]


def _law(w: Writer, job: Job) -> list[str]:
    lines = []
    if w.chance(0.7):
        w.optional.add("base.0")
        rest = "nước Cộng hòa xã hội chủ nghĩa Việt Nam"
        w.values["base.0.loai"] = (None, "Hiến pháp")
        w.values["base.0.ten"] = (None, rest, f"Hiến pháp {rest}")
        opening, name = w.say("base.0.line", "Căn cứ"), w.say("base.0.loai", "Hiến pháp")
        lines.append(f"{opening} {name} {w.say('base.0.ten', rest)};")
    lines += [f"Quốc hội ban hành Luật {job.about}.", *regulation(w, OWN, most=30, parts=w.chance(0.3))]
    effect = frame.effect(w, job.own, job.made)
    lines += [effect] if effect else []
    session = f"khóa {w.dice.choice(('XI', 'XII', 'XIII', 'XIV', 'XV'))}, kỳ họp thứ {w.dice.randint(2, 11)}"
    adopted = w.say("ngay_ban_hanh", long_date(job.made.signed, padded=w.padded), job.made.signed.isoformat())
    return [
        *lines,
        f"{job.own} này đã được Quốc hội nước Cộng hòa xã hội chủ nghĩa Việt Nam {session} thông qua {adopted}./.",
    ]


def _decree(w: Writer, job: Job) -> list[str]:
    """A decree or a circular: bases, one sentence that issues it, Điều with headings."""
    lines = [*bases(w, job.made.signed), *proposals(w, job.made.signed, "Bộ trưởng Bộ Nội vụ")]
    lines.append(f"{job.issuer.names[-1]} ban hành {job.own} {job.about}.")
    return [*lines, *regulation(w, OWN, most=24), *_effect_article(w, job)]


def _effect_article(w: Writer, job: Job) -> list[str]:
    effect = frame.effect(w, job.own, job.made)
    number = 1 + sum(1 for key in w.values if key.startswith("n.dieu.own."))
    return [heading(w, OWN, number, "Hiệu lực thi hành"), effect or sentence(w.dice)]


def _amending(w: Writer, job: Job) -> list[str]:
    """Quotes Điều, khoản and điểm of another document: none of them is its own."""
    old = day(w.dice, job.made.signed.year - 9, job.made.signed.year - 1)
    lines = [*bases(w, job.made.signed), *proposals(w, job.made.signed, "Giám đốc Sở Tư pháp")]
    lines.append(f"{job.issuer.names[-1]} ban hành {job.own} {job.about}.")
    lines.append(
        heading(w, OWN, 1, f"Sửa đổi, bổ sung một số điều của Nghị định số {w.dice.randint(2, 99)}/{old.year}/NĐ-CP")
    )
    for number in range(1, w.dice.randint(2, 6)):
        lines += _change(w, number)
    lines.append(heading(w, OWN, 2, "Trách nhiệm tổ chức thực hiện"))
    lines += clauses(w, OWN)
    return [*lines, *_effect_article(w, job)]


def _change(w: Writer, number: int) -> list[str]:
    label, other = w.say("n.khoan.own", f"{number}."), w.dice.randint(3, 40)
    opened, closed = w.dice.choice((("“", "”"), ('"', '"')))
    if w.chance(0.5):
        return [
            f"{label} Sửa đổi, bổ sung khoản 2 Điều {other} như sau:",
            f"{opened}2. {sentence(w.dice)}",
            f"a) {sentence(w.dice)}",
            f"b) {sentence(w.dice)}{closed}.",
        ]
    return [
        f"{label} Bổ sung Điều {other}a vào sau Điều {other} như sau:",
        f"{opened}Điều {other}a. {w.dice.choice(WORDS['headings']).format(agency='Sở Tài chính')}",
        f"1. {sentence(w.dice)}",
        f"2. {sentence(w.dice)}{closed}.",
    ]


def _direction(w: Writer, job: Job) -> list[str]:
    return [
        paragraph(w.dice),
        f"Để tăng cường {topic(w.dice)}, {job.issuer.names[0]} yêu cầu:",
        *outline(w),
        f"{sentence(w.dice)}/.",
    ]


def _plan(w: Writer, job: Job) -> list[str]:
    lines = bases(w, job.made.signed) if w.chance(0.4) else [not_a_basis(w, job.made.signed)]
    return [
        *lines,
        f"{job.issuer.names[0]} xây dựng nội dung cụ thể như sau:",
        *outline(w),
        "Trên đây là toàn bộ nội dung, đề nghị các đơn vị thực hiện./.",
    ]


def _letter(w: Writer, job: Job) -> list[str]:
    addressed = w.say("loai_van_ban", "Kính gửi", "Công văn", None)
    names = w.dice.sample(WORDS["agencies"], w.dice.randint(1, 3))
    to = [f"{addressed}: {names[0]}"] if len(names) == 1 else [f"{addressed}:", *(f"- {name};" for name in names)]
    middle = bases(w, job.made.signed) if w.chance(0.3) else [not_a_basis(w, job.made.signed)] if w.chance(0.6) else []
    text = [paragraph(w.dice) for _ in range(w.dice.randint(1, 3))]
    return [*to, *middle, *text, *(outline(w) if w.chance(0.3) else []), "Trân trọng./."]


def _addressed(w: Writer, job: Job) -> list[str]:
    return [f"Kính gửi: {w.dice.choice(WORDS['agencies'])}", *_plan(w, job)]


def _telegram(w: Writer, job: Job) -> list[str]:
    names = w.dice.sample(WORDS["agencies"], 3)
    return [
        f"{job.issuer.authority} điện:",
        *(f"- {name};" for name in names),
        paragraph(w.dice),
        *outline(w),
        *dashes(w),
    ]


def _titled_decision(w: Writer, job: Job) -> list[str]:
    """A decision of rules whose own Điều have headings, with nothing attached."""
    count = w.dice.randint(3, 9)
    lines = _resolving(w, job, "QUYẾT ĐỊNH")
    lines += [line for number in range(1, count) for line in titled(w, OWN, number)]
    return [*lines, *_effect_article(w, job)]


_LOCAL: Final = (Committee, Committee, issuers.commune_committee, issuers.department)
_ABOUT: Final = ("{topic}",)
KINDS: Final[Mapping[str, Kind]] = {
    "luat": Kind("Luật", (issuers.assembly,), ("{n}/{y}/QH14",), ("{law}",), _law, "Luật số"),
    "nghi_quyet": Kind(
        "Nghị quyết",
        (issuers.council,),
        ("{n}/NQ-{code}", "{n}/{y}/NQ-{code}"),
        ("quy định {topic}", "{topic}"),
        _resolution,
    ),
    "nghi_dinh": Kind("Nghị định", (issuers.government,), ("{n}/{y}/NĐ-CP",), ("quy định {topic}", "{topic}"), _decree),
    "quyet_dinh": Kind("Quyết định", _LOCAL, ("{n}/QĐ-{code}",), _ABOUT, _decision),
    "quyet_dinh_quy_pham": Kind(
        "Quyết định", (Committee,), ("{n}/{y}/QĐ-{code}",), ("quy định {topic}",), _titled_decision
    ),
    "quyet_dinh_kem": Kind(
        "Quyết định",
        (Committee, Committee, issuers.ministry, issuers.prime_minister, issuers.department),
        ("{n}/{y}/QĐ-{code}", "{n}/QĐ-{code}"),
        ("ban hành {attached} {topic}",),
        _issuing,
    ),
    "chi_thi": Kind(
        "Chỉ thị", (Committee, issuers.prime_minister), ("{n}/CT-{code}", "{n}/{y}/CT-{code}"), _ABOUT, _direction
    ),
    "thong_tu": Kind(
        "Thông tư", (issuers.ministry,), ("{n}/{y}/TT-{code}",), ("quy định {topic}", "hướng dẫn {topic}"), _decree
    ),
    "thong_tu_lien_tich": Kind(
        "Thông tư liên tịch", (issuers.ministry,), ("{n}/{y}/TTLT-{code}",), ("hướng dẫn {topic}",), _decree
    ),
    "cong_van": Kind(
        "", (*_LOCAL, issuers.ministry), ("{n}/{code}-{unit}", "{n}/{code}-{unit}-{unit}"), _ABOUT, _letter
    ),
    "ke_hoach": Kind("Kế hoạch", _LOCAL, ("{n}/KH-{code}",), _ABOUT, _plan),
    "thong_bao": Kind("Thông báo", _LOCAL, ("{n}/TB-{code}",), _ABOUT, _plan),
    "bao_cao": Kind("Báo cáo", _LOCAL, ("{n}/BC-{code}",), ("kết quả {topic}", "{topic}"), _plan),
    "to_trinh": Kind("Tờ trình", _LOCAL, ("{n}/TTr-{code}",), ("đề nghị ban hành Quy chế {topic}",), _addressed),
    "huong_dan": Kind("Hướng dẫn", (issuers.department, issuers.ministry), ("{n}/HD-{code}",), _ABOUT, _plan),
    "cong_dien": Kind("Công điện", (Committee, issuers.prime_minister), ("{n}/CĐ-{code}",), _ABOUT, _telegram),
    "sua_doi": Kind(
        "Nghị định",
        (issuers.government,),
        ("{n}/{y}/NĐ-CP",),
        (
            "sửa đổi, bổ sung một số điều của Nghị định số 12/2009/NĐ-CP ngày 03 tháng 02 năm 2009 của Chính phủ về {topic}",
        ),
        _amending,
    ),
}


def compose(w: Writer, name: str, *, draft: bool) -> tuple[frame.Sheet, Job]:
    """The parts of one document of this kind, its values marked."""
    kind = KINDS[name]
    makers = [w.dice.choice(kind.makers)(w.dice)]
    while name == "thong_tu_lien_tich" and len(makers) < 2:
        other = issuers.ministry(w.dice)
        makers += [other] if other.code != makers[0].code else []
    made = _number(w, kind, makers, draft=draft)
    about = _about(w, kind)
    job = Job(makers[0], made, about, kind.own or kind.loai or "Công văn")
    head = frame.letterhead(w, makers)
    lines, below = _top(w, kind, job)
    w.values["co_quan_ban_hanh"] = frame.names_of(makers)
    sheet = frame.Sheet(
        letterhead=head if w.layout != "web" else [],
        motto=frame.motto(w) if w.layout != "web" else [],
        numbering=frame.numbering(w, made, about=below) if w.layout != "web" else [],
        dateline=frame.dateline(w, job.issuer.town, made) if w.layout != "web" else [],
        lines=[*lines, *kind.body(w, job)],
        receivers=frame.receivers(w),
        signatures=frame.signatures(
            w, [maker.signer(w.dice) for maker in makers], makers, named=not draft or w.chance(0.5)
        ),
    )
    if name == "quyet_dinh_kem":
        sheet.after.append(attached(w, job.about, job.made, job.issuer))
    sheet.after += annexes(w, job.made, kind.loai or "Công văn")
    return sheet, job


def _number(w: Writer, kind: Kind, makers: Sequence[Issuer], *, draft: bool) -> frame.Numbering:
    signed: date = day(w.dice, *_YEARS[w.layout])
    count = w.dice.choice((f"{w.dice.randint(1, 99):02}", str(w.dice.randint(1, 99)), str(w.dice.randint(100, 4200))))
    number = w.dice.choice(kind.numbers)
    while "{unit}" in number:
        number = number.replace("{unit}", w.dice.choice(WORDS["units"]), 1)
    number = number.format(n=count, y=signed.year, code="-".join(maker.code for maker in makers))
    return frame.Numbering(number, signed, kind.label, blank=draft)


def _about(w: Writer, kind: Kind) -> str:
    pattern = w.dice.choice(kind.abouts)
    return str(
        pattern.format(
            topic=topic(w.dice), law=w.dice.choice(WORDS["law_topics"]), attached=w.dice.choice(WORDS["attached"])
        )
    )


def _top(w: Writer, kind: Kind, job: Job) -> tuple[list[str], str]:
    """The title, or for a letter what stands below its number."""
    if not kind.loai:
        return (
            ([w.say("loai_van_ban", "CÔNG VĂN", "Công văn"), w.say("trich_yeu", job.about)], "")
            if w.layout == "web"
            else ([], job.about)
        )
    if kind.loai == "Luật":
        return frame.title(w, "Luật", job.about), ""
    if w.layout in {"ttlt55", "web"} and w.chance(0.25):
        return frame.heading_line(w, kind.loai, job.about, by=job.issuer.names[0], made=job.made), ""
    opening = w.dice.choice(("Về việc ", "", "V/v ", "Về "))
    return frame.title(w, kind.loai, job.about, opening=opening), ""
