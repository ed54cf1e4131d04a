"""What happens to a text on its way: each damage takes the marked text and gives it back worse.

A damage may change letters, never marks: the truth is read from what is left between them.
"""

import re
from collections.abc import Callable, Mapping
from typing import Final

from tests.legal_corpus.tags import MARKS
from tests.legal_corpus.words import Dice

Damage = Callable[[str, Dice], str]

_MARK: Final = MARKS.pattern
_TONES: Final = str.maketrans("ấầẩẫậếềểễệốồổỗộớờởỡợứừửữựắằẳẵặ", "âââââêêêêêôôôôôơơơơơưưưưưăăăăă")
_LOST: Final = set("ốồổỗộớờởỡợứừửữựảủỉẩểấếạ")
_ALIKE: Final = {"l": "1", "o": "0", "O": "0", "i": "l", "ư": "u", "ơ": "o", "đ": "d", "Đ": "D", "rn": "m", "ô": "o"}


def wrapped(text: str, dice: Dice) -> str:
    """Lines cut at a narrow width, as a PDF gives them."""
    width = dice.randint(55, 95)
    return "\n".join(_wrap(line, width) for line in text.split("\n"))


def broken_numbers(text: str, dice: Dice) -> str:
    """Line ends inside numbers and dates and after labels."""
    text = re.sub(
        rf"(\d/)(?={_MARK}?\d{{4}}/|[A-ZĐ])",
        lambda m: m[1] + (dice.choice("\n ") if dice.random() < 0.15 else ""),
        text,
    )
    return re.sub(r"(ngày|tháng|số|Số:|Điều) (?=\d)", lambda m: f"{m[1]}\n" if dice.random() < 0.06 else m[0], text)


def lost_letters(text: str, dice: Dice) -> str:
    """A scanner that drops letters with marks: "Tchức", "hp lệ"."""
    rate = dice.choice((0.004, 0.015))
    return "".join("" if letter in _LOST and dice.random() < rate * 6 else letter for letter in text)


def wrong_tones(text: str, dice: Dice) -> str:
    """Tones that fell off: "QUYÊT ĐINH"."""
    rate = dice.choice((0.01, 0.04))
    return "".join(letter.translate(_TONES) if dice.random() < rate else letter for letter in text)


def look_alikes(text: str, dice: Dice) -> str:
    rate = dice.choice((0.002, 0.008))
    return "".join(_ALIKE[letter] if letter in _ALIKE and dice.random() < rate else letter for letter in text)


def without_label(text: str, _: Dice) -> str:
    """The word before the number is gone."""
    return re.sub(r"(?m)^([^\n\w]*)(?:(?:Luật|Nghị quyết) )?[Ss]ố ?: ?", r"\1", text, count=1)


def markdown(text: str, dice: Dice) -> str:
    """What a converter leaves: stars, hashes, backslashes, links."""

    def dressed(line: str) -> str:
        draw = dice.random()
        if not line.strip() or line.lstrip().startswith(("|", "<", "-")):
            return line
        if draw < 0.12:
            return f"**{line}**"
        if draw < 0.16:
            return f"*{line}*"
        if draw < 0.2 and len(line) < 70:
            return f"{'#' * dice.randint(1, 4)} {line}"
        return f"{line}  " if draw < 0.3 else line

    text = "\n".join(dressed(line) for line in text.split("\n"))
    text = re.sub(
        rf"(Điều (?:{_MARK})*\d+(?:{_MARK})*[.:])", lambda m: f"**{m[1]}**" if dice.random() < 0.1 else m[1], text
    )
    return re.sub(
        r"(?m)^((?:" + _MARK + r")*\d{1,2})\.(?= )", lambda m: f"{m[1]}\\." if dice.random() < 0.1 else m[0], text
    )


def odd_spaces(text: str, dice: Dice) -> str:
    """Non-breaking and zero-width spaces, doubled ones, Windows line ends, tabs before lines."""
    text = re.sub(
        " ", lambda _: dice.choice(("\u00a0", "  ", " \u200b", "\u2003")) if dice.random() < 0.05 else " ", text
    )
    text = re.sub(r"(?m)^(?=.)", lambda _: dice.choice(("\t", "   ", "")) if dice.random() < 0.2 else "", text)
    return text.replace("\n", "\r\n") if dice.random() < 0.5 else text


def page_numbers(text: str, dice: Dice) -> str:
    """A number alone on a line wherever a page ended, within a sentence too."""
    made: list[str] = []
    page = 1
    for line in text.split("\n"):
        if dice.random() < 0.04 and made:
            page += 1
            made.append(dice.choice((str(page), f"- {page} -", f"Trang {page}", f"{page}/12")))
        made.append(line)
    return "\n".join(made)


def loose_lines(text: str, dice: Dice) -> str:
    """Blank lines everywhere, or none."""
    return re.sub(r"\n+", "\n" if dice.random() < 0.5 else "\n\n", text)


DAMAGES: Final[Mapping[str, Damage]] = {
    "wrapped": wrapped,
    "broken_numbers": broken_numbers,
    "lost_letters": lost_letters,
    "wrong_tones": wrong_tones,
    "look_alikes": look_alikes,
    "without_label": without_label,
    "markdown": markdown,
    "odd_spaces": odd_spaces,
    "page_numbers": page_numbers,
    "loose_lines": loose_lines,
}


def _wrap(line: str, width: int) -> str:
    if len(line) <= width or line.startswith("|") or "\t" in line or "     " in line:
        return line
    made, length = [], 0
    for word in line.split(" "):
        if length and length + len(word) > width:
            made.append("\n")
            length = 0
        elif made:
            made.append(" ")
        made.append(word)
        length += len(word) + 1
    return "".join(made)
