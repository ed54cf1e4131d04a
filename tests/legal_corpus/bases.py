"""The lines that a document rests on, and their look-alikes that are no basis."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from tests.legal_corpus.words import WORDS, Dice, any_date, topic
from tests.legal_corpus.writer import Writer

_SUBJECTS: Final = (
    "về {}",
    "về việc {}",
    "quy định {}",
    "hướng dẫn {}",
    "về việc ban hành Quy chế {}",
    "quy định chi tiết một số điều về {}",
)
_DAYS_BEFORE: Final = (40, 6000)


@dataclass(frozen=True)
class Cited:
    loai: str
    so_hieu: str
    owner: str


def bases(w: Writer, signed: date) -> list[str]:
    """One to seven lines, laws first; now and then one that names no document, or two laws in one."""
    older = [law for law in WORDS["laws"] if law[2] < signed.isoformat()] or WORDS["laws"]
    lines = [_law(w, law) for law in w.dice.sample(older, min(len(older), w.dice.randint(1, 3)))]
    lines += [_other(w, signed) for _ in range(w.dice.randint(0, 4))]
    if w.chance(0.1):
        number = _number(w)
        w.optional.add(f"base.{number}")
        text = w.say(f"base.{number}.ten", "tình hình thực tế và yêu cầu nhiệm vụ của đơn vị", None)
        lines.append(f"{_opening(w, number)} {text};")
    return lines


def proposals(w: Writer, signed: date, proposer: str) -> list[str]:
    """Documents that are named ("Xét đề nghị …") and are no basis."""
    made = signed - timedelta(days=w.dice.randint(3, 60))
    number = f"{w.dice.randint(1, 400)}/TTr-{w.dice.choice(WORDS['departments'])[1]}"
    opening = w.dice.choice(("Xét đề nghị của", "Theo đề nghị của", "Xét Tờ trình của"))
    return [f"{opening} {proposer} tại Tờ trình số {number} {any_date(made, w.dice)}{w.dice.choice((',', '.', ';'))}"]


def not_a_basis(w: Writer, signed: date) -> str:
    made = signed - timedelta(days=w.dice.randint(3, 300))
    cited = _cited(w.dice, made.year)
    opening = w.dice.choice(("Thực hiện", "Triển khai thực hiện", "Xét", "Phúc đáp"))
    return f"{opening} {cited.loai} số {cited.so_hieu} {any_date(made, w.dice)} {cited.owner} về {topic(w.dice)};"


def _law(w: Writer, law: Sequence[str]) -> str:
    number = _number(w)
    name, printed, day = law
    made = date.fromisoformat(day)
    key = f"base.{number}"
    title = f"{w.say(f'{key}.loai', 'Luật')} {w.say(f'{key}.ten', name, name, f'Luật {name}')}"
    draw = w.dice.random()
    if draw < 0.1:
        return f"{_opening(w, number)} {title} năm {made.year};"
    dated = w.say(f"{key}.ngay", any_date(made, w.dice).removeprefix("ngày "), made.isoformat())
    if draw < 0.35:
        return f"{_opening(w, number)} {title} số {w.say(f'{key}.so_hieu', printed)} ngày {dated};"
    second = ""
    if draw > 0.92:
        other = _number(w)
        w.optional.add(f"base.{other}")
        changing = f"sửa đổi, bổ sung một số điều của Luật {name}"
        later = made + timedelta(days=w.dice.randint(400, 1800))
        second = (
            f" {w.say(f'base.{other}.loai', 'Luật')} {w.say(f'base.{other}.ten', changing, changing, f'Luật {changing}')} "
            f"ngày {w.say(f'base.{other}.ngay', any_date(later, w.dice).removeprefix('ngày '), later.isoformat())};"
        )
    return f"{_opening(w, number)} {title} ngày {dated};{second}"


def _other(w: Writer, signed: date) -> str:
    number = _number(w)
    made = signed - timedelta(days=w.dice.randint(*_DAYS_BEFORE))
    cited, subject = _cited(w.dice, made.year), w.dice.choice(_SUBJECTS).format(topic(w.dice))
    if w.chance(0.1):
        subject = f"về việc sửa đổi, bổ sung Quyết định số {w.dice.randint(2, 90)}/{made.year - 1}/QĐ-UBND ngày 03/02/{made.year - 1}"
    key, bare = f"base.{number}", subject.removeprefix("về việc ").removeprefix("về ")
    tail = f"{cited.owner} {subject}"
    meant = (bare, subject, f"việc {bare}", tail, f"{cited.loai} {subject}", f"{cited.loai} {tail}")
    dated = w.say(f"{key}.ngay", any_date(made, w.dice).removeprefix("ngày "), made.isoformat())
    word = "" if w.chance(0.12) else "số " if w.chance(0.9) else "số: "
    return (
        f"{_opening(w, number)} {w.say(f'{key}.loai', cited.loai)} {word}{w.say(f'{key}.so_hieu', cited.so_hieu)} "
        f"ngày {dated} {cited.owner} {w.say(f'{key}.ten', subject, *meant)};"
    )


def _cited(dice: Dice, year: int) -> Cited:
    number, (ministry, code) = dice.randint(1, 220), dice.choice(WORDS["ministries"])
    other = dice.choice(WORDS["ministries"])[1]
    return dice.choice(
        (
            Cited("Nghị định", f"{number:02}/{year}/NĐ-CP", "của Chính phủ"),
            Cited("Nghị định", f"{number}/{year}/NĐ-CP", "của Chính phủ"),
            Cited("Thông tư", f"{number:02}/{year}/TT-{code}", f"của {dice.choice(('Bộ trưởng ', ''))}{ministry}"),
            Cited("Quyết định", f"{number}/{year}/QĐ-TTg", "của Thủ tướng Chính phủ"),
            Cited("Quyết định", f"{number * 7}/QĐ-UBND", "của Ủy ban nhân dân tỉnh"),
            Cited("Nghị quyết", f"{number}/{year}/NQ-HĐND", "của Hội đồng nhân dân tỉnh"),
            Cited("Thông tư liên tịch", f"{number:02}/{year}/TTLT-{code}-{other}", f"của {ministry}"),
        )
    )


def _opening(w: Writer, number: int) -> str:
    word = "Căn cứ" if w.chance(0.88) else w.dice.choice(("Căn cứ vào", "Chiểu theo"))
    return w.say(f"base.{number}.line", word)


def _number(w: Writer) -> int:
    return len({key.split(".")[1] for key in w.values if key.startswith("base.")})
