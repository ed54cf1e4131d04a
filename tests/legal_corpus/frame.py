"""What frames a document: letterhead and motto, number and date, title, effect, receivers, signature."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from tests.legal_corpus.issuers import Issuer, Signer
from tests.legal_corpus.words import WORDS, any_date, day, long_date
from tests.legal_corpus.writer import Writer

MOTTO: Final = (
    ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"),
    ("CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập – Tự do – Hạnh phúc"),
    ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"),
)
_COLUMN: Final = 34


@dataclass(frozen=True)
class Numbering:
    """The number, whether it is written in, the day of signing and the word before the number."""

    number: str
    signed: date
    label: str = "Số"
    blank: bool = False


@dataclass
class Sheet:
    """A document before it is laid out: two rows of two cells, the text, the closing, what follows it."""

    letterhead: list[str]
    motto: list[str]
    numbering: list[str]
    dateline: list[str]
    lines: list[str]
    receivers: list[str]
    signatures: list[list[str]]
    after: list[list[str]] = field(default_factory=list)


def names_of(issuers: Sequence[Issuer]) -> tuple[str, ...]:
    if len(issuers) == 1:
        return issuers[0].names
    return tuple(mark.join(issuer.names[0] for issuer in issuers) for mark in ("; ", ", ", " - "))


def letterhead(w: Writer, issuers: Sequence[Issuer]) -> list[str]:
    """Joint documents name each issuer, with dashes between."""
    printed = [line for issuer in issuers for line in issuer.letterhead]
    lines = w.say_lines("co_quan_ban_hanh", printed, *names_of(issuers))
    if len(issuers) > 1 and w.chance(0.5):
        lines = [" - ".join(lines)]
    return [*lines, *(["-" * w.dice.randint(5, 10)] if w.chance(0.5) else [])]


def motto(w: Writer) -> list[str]:
    return [*w.dice.choice(MOTTO), *(["-" * w.dice.randint(12, 18)] if w.chance(0.5) else [])]


def numbering(w: Writer, made: Numbering, *, about: str = "") -> list[str]:
    """As "Số: 12/QĐ-UBND"; a draft leaves the number open; a letter has its subject below."""
    head, _, tail = made.number.partition("/")
    if made.blank:
        line = f"{made.label}:{' ' * w.dice.randint(1, 9)}{w.dice.choice(('', '.....'))}/{tail}"
    elif w.chance(0.12):
        line = f"{made.label}: {w.say('so_hieu', f'{head} /{tail}', made.number)}"
    else:
        line = f"{made.label}{w.dice.choice((': ', ': ', ':', ' '))}{w.say('so_hieu', made.number)}"
    if not about:
        return [line]
    pieces = w.say_lines("trich_yeu", broken(about, _COLUMN if w.chance(0.7) else 300), about)
    return [line, w.dice.choice(("V/v ", "V/v: ", "Về việc ")) + pieces[0], *pieces[1:]]


def dateline(w: Writer, town: str, made: Numbering) -> list[str]:
    if made.blank:
        gap = " " * w.dice.randint(1, 6)
        return [f"{town}, ngày{gap}tháng{gap}năm {made.signed.year}"]
    printed = long_date(made.signed, padded=w.padded)
    return [f"{town}, {w.say('ngay_ban_hanh', printed, made.signed.isoformat())}"]


def title(w: Writer, kind: str, about: str, *, opening: str = "") -> list[str]:
    """The type alone on its line, the title below it; half of the writers print the title in capitals."""
    capital = w.layout in {"ttlt55", "web"} and w.chance(0.6)
    text = about.upper() if capital else about[0].upper() + about[1:] if not opening else about
    meant = (about, f"về {about}") if opening == "Về " else (about,)
    pieces = w.say_lines("trich_yeu", broken(text, w.dice.choice((40, 60, 400))), *meant)
    pieces[0] = (opening.upper() if capital else opening) + pieces[0]
    return [w.say("loai_van_ban", kind.upper(), kind), *pieces]


def heading_line(w: Writer, kind: str, about: str, *, by: str, made: Numbering) -> list[str]:
    """Older prints and web copies have all of it in one line in capitals."""
    owner = w.say("co_quan_ban_hanh", by.upper())
    number = "" if made.blank else f" SỐ {w.say('so_hieu', made.number)}"
    dated = (
        ""
        if made.blank
        else f" {w.say('ngay_ban_hanh', long_date(made.signed, padded=False).upper(), made.signed.isoformat())}"
    )
    return [
        f"{w.say('loai_van_ban', kind.upper(), kind)} CỦA {owner}{number}{dated} VỀ VIỆC {w.say('trich_yeu', about.upper(), about)}"
    ]


def effect(w: Writer, own: str, made: Numbering) -> str:
    """One sentence on when it takes effect, or none; its meaning is marked where the text settles it."""
    own, draw = own[0].upper() + own[1:], w.dice.random()
    signed = made.signed
    if draw < 0.3:
        phrase, on = (
            w.dice.choice(
                ("có hiệu lực kể từ ngày ký", "có hiệu lực thi hành kể từ ngày ký ban hành", "có hiệu lực từ ngày ký")
            ),
            signed,
        )
    elif draw < 0.55:
        days = w.dice.choice((7, 10, 15, 45))
        comma, verb = w.dice.choice(("", ",")), w.dice.choice(("có hiệu lực", "có hiệu lực thi hành"))
        phrase, on = (
            f"{verb} sau {days:02} ngày{comma} kể từ ngày ký{w.dice.choice(('', ' ban hành'))}",
            signed + timedelta(days=days),
        )
    elif draw < 0.8:
        return _explicit(w, own, signed)
    elif draw < 0.9:
        return f"{own} này có hiệu lực sau 15 ngày kể từ ngày đăng Công báo."
    else:
        return ""
    said = w.say("hieu_luc.relative", phrase, on.isoformat())
    return f"{own} này {said}{_replaces(w, signed)}."


def _explicit(w: Writer, own: str, signed: date) -> str:
    on = signed + timedelta(days=w.dice.randint(1, 120))
    said = w.say(
        "ngay_hieu_luc", f"có hiệu lực thi hành {w.dice.choice(('', 'kể '))}từ {any_date(on, w.dice)}", on.isoformat()
    )
    if w.chance(0.12):
        until = on + timedelta(days=w.dice.randint(300, 1500))
        return f"{own} này {said} đến hết {w.say('ngay_het_hieu_luc', any_date(until, w.dice), until.isoformat())}."
    return f"{own} này {said}{_replaces(w, signed)}."


def _replaces(w: Writer, signed: date) -> str:
    """An older document that ends: its number and date are not this one's."""
    if w.chance(0.6):
        return ""
    old = day(w.dice, signed.year - 8, signed.year - 1)
    named = f"Quyết định số {w.dice.randint(2, 90)}/{old.year}/QĐ-UBND {any_date(old, w.dice)}"
    return w.dice.choice(
        (f" và thay thế {named}", f". {named} hết hiệu lực kể từ ngày văn bản này có hiệu lực", f"; bãi bỏ {named}")
    )


def receivers(w: Writer) -> list[str]:
    names = w.dice.sample(WORDS["receivers"], w.dice.randint(3, 7))
    kept = f"Lưu: VT, {w.dice.choice(WORDS['units'])}{w.dice.choice(('', f' ({w.dice.randint(2, 90)}b)', f', {w.dice.randint(2, 30)}'))}."
    return [w.dice.choice(("Nơi nhận:", "Nơi nhận:", "Nơi gửi:")), *(f"- {name};" for name in names), f"- {kept}"]


def signatures(w: Writer, signers: Sequence[Signer], issuers: Sequence[Issuer], *, named: bool) -> list[list[str]]:
    """Capacity, rank, a gap for the seal, the name if it is `named`; several signers share each key, joined by "; "."""
    joint = len(signers) > 1
    ranks = [_rank(signer, issuer, joint=joint) for signer, issuer in zip(signers, issuers, strict=True)]
    said_ranks = w.say_lines(
        "chuc_vu_nguoi_ky",
        [rank.upper() for rank in ranks],
        *_joined([(r, s.rank) for r, s in zip(ranks, signers, strict=True)]),
    )
    names = [signer.name for signer in signers]
    w.values["nguoi_ky"] = ("; ".join(names),)
    names = w.say_lines("nguoi_ky", names) if named else ["" for _ in names]
    above = [_above(signer, issuer, joint=joint) for signer, issuer in zip(signers, issuers, strict=True)]
    printed = [line for lines in above for line in lines]
    said_above = w.say_lines("quyen_han_ky", printed, *_capacities(above)) if printed else []
    made = []
    for index, lines in enumerate(above):
        said, said_above = said_above[: len(lines)], said_above[len(lines) :]
        gap = w.dice.choice(([], [""], ["", "", ""], ["(Đã ký)"], ["", "(Ký tên, đóng dấu)", ""]))
        made.append([*said, said_ranks[index], *gap, names[index]])
    return made


def broken(text: str, width: int) -> list[str]:
    """The words in lines of about this width."""
    lines = [""]
    for word in text.split(" "):
        if lines[-1] and len(lines[-1]) + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _above(signer: Signer, issuer: Issuer, *, joint: bool) -> tuple[str, ...]:
    if not joint:
        return signer.capacity
    return tuple(f"{line} {issuer.names[0].upper()}" if line.startswith("KT.") else line for line in signer.capacity)


def _rank(signer: Signer, issuer: Issuer, *, joint: bool) -> str:
    return f"{signer.rank} {issuer.names[0]}" if joint and not signer.capacity else signer.rank


def _joined(choices: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    return "; ".join(full for full, _ in choices), "; ".join(short for _, short in choices)


def _capacities(above: Sequence[Sequence[str]]) -> tuple[str | None, ...]:
    """The whole capacity first; the last line alone is enough; "TM." alone may be left out."""
    whole = "; ".join("; ".join(lines) for lines in above if lines)
    last = "; ".join(lines[-1] for lines in above if lines)
    only_name = all(lines[-1].startswith("TM.") for lines in above if lines)
    return (whole, last, None) if only_name else (whole, last)
