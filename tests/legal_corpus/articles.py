"""Phần, Chương, Mục, Điều, khoản, điểm: with every label marked by the scope it counts for."""

from collections.abc import Sequence
from typing import Final

from tests.legal_corpus.words import WORDS, filled, paragraph, sentence
from tests.legal_corpus.writer import Writer

LETTERS: Final = "abcdđeghiklmnopqrstuvxy"
ORDINALS: Final = ("nhất", "hai", "ba", "tư", "năm", "sáu")
ROMAN: Final = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
OWN, REGULATION, ANNEX = "own", "reg", "annex"


def heading(w: Writer, scope: str, number: int, title: str = "") -> str:
    """The line of a Điều; without a title only its label."""
    label = w.say(f"n.dieu.{scope}.{number}", f"Điều {number}")
    mark = "." if w.layout in {"nd30", "tt01"} else w.dice.choice((".", ".", ".", ":", ","))
    if not title:
        return f"{label}{mark}"
    return f"{label}{mark} {w.say(f'h.{scope}.{number}.title', title)}"


def sentence_article(w: Writer, number: int, text: str, *, scope: str = OWN) -> str:
    """A Điều that is a sentence, as in a decision: it has no heading, and whoever takes the sentence for one is not wrong."""
    return f"{heading(w, scope, number)} {w.say(f'h.{scope}.{number}.sentence', text)}"


def clauses(w: Writer, scope: str) -> list[str]:
    """What stands in a Điều: one paragraph, numbered khoản with or without điểm, or dashes."""
    draw = w.dice.random()
    if draw < 0.2:
        return [paragraph(w.dice)]
    if draw < 0.28:
        return [sentence(w.dice).removesuffix(".") + ":", *points(w, scope)]
    lines = [sentence(w.dice).removesuffix(".") + ":"] if w.chance(0.2) else []
    for number in range(1, w.dice.randint(2, 6)):
        label = w.say(f"n.khoan.{scope}", f"{number}.")
        if w.chance(0.25):
            lines += [f"{label} {sentence(w.dice).removesuffix('.')}:", *points(w, scope)]
        elif w.chance(0.1):
            lines += [f"{label} {sentence(w.dice)}", *dashes(w)]
        else:
            lines.append(f"{label} {paragraph(w.dice, 1, 2)}")
    return lines


def points(w: Writer, scope: str) -> list[str]:
    count = w.dice.randint(2, 8 if w.chance(0.9) else 14)
    return [f"{w.say(f'n.diem.{scope}', f'{letter})')} {_item(w)};" for letter in LETTERS[:count]]


def dashes(w: Writer) -> list[str]:
    return [f"- {_item(w)};" for _ in range(w.dice.randint(2, 4))]


def titled(w: Writer, scope: str, number: int) -> list[str]:
    title = filled(w.dice.choice(WORDS["headings"]), w.dice)
    return [heading(w, scope, number, title), *clauses(w, scope)]


def regulation(w: Writer, scope: str, *, most: int = 18, parts: bool = False) -> list[str]:
    """Chapters of Điều numbered through; short ones have no chapter, long ones may have Mục."""
    total = w.dice.randint(3, most)
    if total < 6 and w.chance(0.7):
        return [line for number in range(1, total + 1) for line in titled(w, scope, number)]
    lines, number = [], 1
    for index, share in enumerate(_shares(w, total)):
        if parts and index in {0, 2}:
            lines += _part(w, scope, index // 2)
        lines += _chapter(w, scope, index)
        split = share >= 4 and w.chance(0.4)
        for place in range(share):
            if split and place in {0, share // 2}:
                lines += _section(w, scope, 1 if place == 0 else 2)
            lines += titled(w, scope, number)
            number += 1
    return lines


def _shares(w: Writer, total: int) -> Sequence[int]:
    """At least one Điều for each chapter."""
    chapters = min(w.dice.randint(2, 6), total)
    cuts = sorted(w.dice.sample(range(1, total), chapters - 1))
    return [after - before for before, after in zip([0, *cuts], [*cuts, total], strict=True)]


def _chapter(w: Writer, scope: str, index: int) -> list[str]:
    arabic = w.layout in {"ttlt55", "web"} and w.chance(0.3)
    label = f"{w.dice.choice(('Chương', 'Chương', 'CHƯƠNG'))} {index + 1 if arabic else ROMAN[index]}"
    title = WORDS["chapters"][min(index, len(WORDS["chapters"]) - 1)]
    marked = w.say(f"n.chuong.{scope}", label)
    if w.layout in {"ttlt55", "web"} and w.chance(0.3):
        return [f"{marked}{w.dice.choice(('.', ':', ''))} {title}"]
    return [marked + (":" if arabic else ""), title]


def _section(w: Writer, scope: str, number: int) -> list[str]:
    title = w.dice.choice(WORDS["sections"])
    if w.chance(0.7):
        return [f"{w.say(f'n.muc.{scope}', f'Mục {number}')}{w.dice.choice(('.', ':'))} {title}"]
    return [w.say(f"n.muc.{scope}", f"Mục {number}"), title]


def _part(w: Writer, scope: str, index: int) -> list[str]:
    return [w.say(f"n.phan.{scope}", f"Phần thứ {ORDINALS[index]}"), w.dice.choice(WORDS["chapters"])]


def outline(w: Writer) -> list[str]:
    """The body of a plan, a report or a letter: Roman headings, "1." and "a)"; these count, finer numbers do not."""
    lines, headings = [], w.chance(0.7)
    for index in range(w.dice.randint(2, 5) if headings else 1):
        if headings:
            lines.append(f"{ROMAN[index]}. {w.dice.choice(WORDS['chapters'])}")
        for number in range(1, w.dice.randint(2, 6)):
            lines.append(f"{w.say('n.khoan.own', f'{number}.')} {sentence(w.dice)}")
            draw = w.dice.random()
            if draw < 0.3:
                lines += points(w, OWN)
            elif draw < 0.5:
                lines += dashes(w)
            elif draw < 0.58:
                lines += [f"{number}.{fine}. {sentence(w.dice)}" for fine in (1, 2)]
    return lines


def _item(w: Writer) -> str:
    text = filled(w.dice.choice(WORDS["items"]), w.dice)
    return text if w.chance(0.8) else text[0].lower() + text[1:]
