"""Plain text → Markdown: paragraphs that a page break tore apart are joined, what a converter left behind goes.

Source: QC Bình Phước 2015 (regulation 001), where both happened.
"""

import re

from desktop.domain.legal.labels import LabelReader
from desktop.domain.text import tidy_text
from desktop.editor.text.incoming.result import Dialect

_BETWEEN = re.compile(r"\*\* +\*\*")
_ADDRESS = re.compile(r"<((?:https?://|mailto:)[^\s<>]+)>")
_PAGE = re.compile(
    r"\s*(?:[-–—]?\s*(?:Trang\s+|Page\s+)?[0-9]{1,3}\s*[-–—]?|(?:Trang|Page)\s+[0-9]{1,3}\s*(?:/|of|trên)\s*[0-9]{1,3})\s*$"
)
_GOES_ON = re.compile(r"[^\W\d_]")
_LONG = 40
_TITLES = ("phan", "chuong", "muc", "dieu")


def from_text(text: str, dialect: Dialect) -> str:
    """The text as Markdown in the stored form."""
    lines = [_cleaned(line, dialect) for line in tidy_text(text).expandtabs(4).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(joined(lines))).strip("\n")


def joined(lines: list[str]) -> list[str]:
    """Lines with the paragraphs put together that blank lines (and a page number) tore apart in the middle of a sentence."""
    made: list[str] = []
    waiting: list[str] = []  # what stands since the last line of text
    for line in lines:
        if not line.strip() or _is_page_number(line, waiting):
            waiting.append(line if not line.strip() else "")
            continue
        before = made[-1] if made else ""
        if waiting and _is_torn(before, line):
            made[-1] = f"{before.rstrip()} {line.lstrip()}"
        else:
            made += [*waiting, line]
        waiting = []
    return made


def _cleaned(line: str, dialect: Dialect) -> str:
    line = _BETWEEN.sub(" ", line.rstrip())
    line = _ADDRESS.sub(r"\1", line)
    if line.count("**") % 2:
        line = line.replace("**", "")
    label = LabelReader().read(line) if dialect == "legal" and "**" in line else None
    return line.replace("**", "") if label is not None and label.level in _TITLES else line


def _is_torn(before: str, after: str) -> bool:
    """Whether a sentence runs from one paragraph into the next: no end there, a small letter and no label here."""
    before, after = before.rstrip(), after.strip()
    if len(before) < _LONG or not _GOES_ON.match(after) or not after[0].islower() or before.isupper():
        return False
    return before[-1].isalnum() or before[-1] in ",-" if LabelReader().read(after) is None else False


def _is_page_number(line: str, waiting: list[str]) -> bool:
    """A number alone between blank lines, as a converter leaves at the foot of a page."""
    return bool(waiting) and _PAGE.match(line) is not None
