"""The words that documents are made of, and the dice that choose them."""

import json
import random
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

WORDS: Final[dict[str, Any]] = json.loads(Path(__file__).with_name("words.json").read_text(encoding="utf-8"))
Dice = random.Random


def person(dice: Dice) -> str:
    """A name that nobody has: its last part is no Vietnamese given name but an onset and a rime thrown together."""
    given = (dice.choice(WORDS["onsets"]) + dice.choice(WORDS["rimes"])).capitalize()
    return " ".join(part for part in (dice.choice(WORDS["surnames"]), dice.choice(WORDS["middles"]), given) if part)


def place(dice: Dice) -> str:
    return f"{dice.choice(WORDS['place_first'])} {dice.choice(WORDS['place_second'])}"


def day(dice: Dice, first: int, last: int) -> date:
    """A day of the years first to last."""
    start = date(first, 1, 1)
    return start + timedelta(days=dice.randrange((date(last, 12, 31) - start).days + 1))


def long_date(moment: date, *, padded: bool = True) -> str:
    """As NĐ 30/2020 wants it: the day below 10 and the months 1 and 2 with a zero; older texts without."""
    if padded:
        return (
            f"ngày {moment.day:02} tháng {moment.month if moment.month > 2 else f'{moment.month:02}'} năm {moment.year}"
        )
    return f"ngày {moment.day} tháng {moment.month} năm {moment.year}"


def short_date(moment: date, dice: Dice) -> str:
    return (
        f"{moment.day:02}/{moment.month:02}/{moment.year}"
        if dice.random() < 0.5
        else f"{moment.day}/{moment.month}/{moment.year}"
    )


def any_date(moment: date, dice: Dice) -> str:
    """With its "ngày"."""
    if dice.random() < 0.6:
        return long_date(moment, padded=dice.random() < 0.7)
    return f"ngày {short_date(moment, dice)}"


def topic(dice: Dice) -> str:
    return str(dice.choice(WORDS["topics"]))


def filled(template: str, dice: Dice) -> str:
    """A sentence with its agencies, numbers and citations; each slot thrown anew."""
    made = template
    while "{" in made:
        before, _, rest = made.partition("{")
        slot, _, after = rest.partition("}")
        made = before + _slot(slot, dice) + after
    return made[0].upper() + made[1:]


def sentence(dice: Dice) -> str:
    return filled(dice.choice(WORDS["sentences"]), dice)


def paragraph(dice: Dice, least: int = 1, most: int = 3) -> str:
    return " ".join(sentence(dice) for _ in range(dice.randint(least, most)))


def _slot(slot: str, dice: Dice) -> str:
    match slot:
        case "agency":
            return str(dice.choice(WORDS["agencies"]))
        case "topic":
            return topic(dice)
        case "date":
            return any_date(day(dice, 1996, 2023), dice).removeprefix("ngày ")
        case "decree":
            return f"{dice.randint(1, 180)}/{dice.randint(1997, 2023)}/NĐ-CP"
        case "decision":
            return f"{dice.randint(1, 4000)}/QĐ-UBND"
    return str(dice.randint(2, 40))
