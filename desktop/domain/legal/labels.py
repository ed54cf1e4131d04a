"""The labels of law at the start of a line: Phần, Chương, Mục, Điều, khoản, điểm, as they are written.

Tolerant of what real documents hold ("Điều 9,", "Chương 1:", two points "b)"); a mention of an article at the start of
a broken line ("Điều 28 của Luật …") is not a label.
"""

import re
from dataclasses import dataclass
from typing import Literal

Level = Literal["phan", "chuong", "muc", "tieu_muc", "dieu", "khoan", "diem"]

# What Markdown may put before or into a label: heading marks, the bracket of a link; emphasis, code, escapes.
_LEAD = " \t\xa0#["
_SIGNS = re.compile(r"[*`\\]")
_NUMBER = r"(?P<number>[IVXLC]+|[0-9]+[a-zđ]?)"
_END = r"(?P<end>[.:,]|(?=\s)|$)"
_TITLED = {
    level: re.compile(rf"(?P<label>(?:{word})\s+{number}\s*{_END})\s*(?P<rest>.*)", re.DOTALL)
    for level, word, number in (
        ("phan", "Phần|PHẦN", r"(?P<number>(?:[Tt]hứ|THỨ)\s+\w+|[IVXLC]+|[0-9]+)"),
        (
            "chuong",
            "Chương|CHƯƠNG",
            r"(?P<number>(?:[Tt]hứ|THỨ)\s+\w+|[IVXLC]+|[0-9]+[a-zđ]?)",
        ),
        ("muc", "Mục|MỤC", _NUMBER),
        ("tieu_muc", "Tiểu mục|TIỂU MỤC|Tiểu Mục", _NUMBER),
        ("dieu", "Đi[ềêế]u|ĐI[ỀÊẾ]U", r"(?P<number>[0-9]+[a-zđ]?)"),
    )
}
_KHOAN = re.compile(
    r"(?P<label>(?P<number>[0-9]{1,3}(?:\.[0-9]{1,3})*)\s*[.)])(?=\s|[^\W\d])\s*(?P<rest>.*)",
    re.DOTALL,
)
_DIEM = re.compile(r"(?P<label>(?P<number>[a-zđ]{1,2})\s*\))\s*(?P<rest>.*)", re.DOTALL)
_LEVELS: dict[str, Level] = {
    "P": "phan",
    "C": "chuong",
    "M": "muc",
    "T": "tieu_muc",
    "Đ": "dieu",
}


@dataclass(frozen=True)
class Label:
    """`text` as written ("Điều 9,"), blanks collapsed; `number` without punctuation; `rest` what follows, bare of Markdown."""

    level: Level
    text: str
    number: str
    rest: str


class LabelReader:
    """Reads the labels of one document, line by line: whether "Điều 9, …" is a label depends on the Điều before."""

    def __init__(self) -> None:
        self._last_dieu = 0

    def read(self, line: str) -> Label | None:
        """The label that `line` begins with; the signs of Markdown around it do not count."""
        bare = _SIGNS.sub("", line).lstrip(_LEAD)
        level = _LEVELS.get(bare[:1])
        if level is not None:
            return self._titled(level, bare)
        if bare[:1].isdigit():
            return _numbered("khoan", _KHOAN.match(bare))
        if ")" in bare[:4]:
            return _numbered("diem", _DIEM.match(bare))
        return None

    def _titled(self, level: Level, bare: str) -> Label | None:
        found = _TITLED[level].match(bare)
        if found is None:
            return None
        number, rest = found["number"], found["rest"].strip()
        if level == "dieu":
            value = int(re.sub(r"\D", "", number))
            # A comma or nothing after the number is a label only where this Điều is the next one.
            sure = found["end"] in {".", ":"} or not rest
            if not sure and (value != self._last_dieu + 1 or not rest[:1].isupper()):
                return None
            self._last_dieu = value
        elif rest and found["end"] not in {".", ":"} and not rest[:1].isupper():
            return None
        return Label(level, " ".join(found["label"].split()), number, rest)


def _numbered(level: Level, found: re.Match[str] | None) -> Label | None:
    if found is None:
        return None
    return Label(level, " ".join(found["label"].split()), found["number"], found["rest"].strip())
