"""What is read in a source as it is typed: its words, and its outline: headings, and in law Phần, Chương, Mục and Điều."""

import re
from dataclasses import dataclass
from typing import Literal

from desktop.domain.legal.labels import LabelReader
from desktop.editor.text.markup import without_tags

_HEADING = re.compile(r"(?P<marks>#{1,6})\s+(?P<text>.*?)\s*#*$")
_DEPTHS = {"phan": 1, "chuong": 2, "muc": 3, "tieu_muc": 3, "dieu": 4}
_LONGEST = 120
_A_MINUTE = 230
_SYLLABLE = re.compile(r"[^\W_]+(?:[.,/:’'-][^\W_]+)*")
_MARKS = re.compile(r"\]\([^()\s]*\)|<https?://[^<>\s]*>|</?[a-z][^<>]*>|/_blob/[0-9a-f]{64}")


@dataclass(frozen=True)
class OutlineItem:
    """`line` counts from 0; `depth` 1 is the outermost."""

    line: int
    depth: int
    text: str


@dataclass(frozen=True)
class Reading:
    """`words` as offices count them."""

    words: int
    outline: tuple[OutlineItem, ...]


def read(text: str, dialect: Literal["prose", "legal"]) -> Reading:
    return Reading(count_words(text), outline(text, dialect))


def minutes(words: int) -> int:
    """How long it takes to read, at 230 syllables a minute; at least one."""
    return max(1, round(words / _A_MINUTE))


def outline(text: str, dialect: Literal["prose", "legal"]) -> tuple[OutlineItem, ...]:
    """What the source is made of, in order. In law, a chapter whose title stands below shows both."""
    lines = text.split("\n")
    reader = LabelReader()
    found: list[OutlineItem] = []
    for number, line in enumerate(lines):
        label = reader.read(without_tags(line)) if dialect == "legal" and line.strip() else None
        heading = _HEADING.match(line)
        if label is not None and label.level in _DEPTHS:
            title = label.rest or (_next_line(lines, number) if label.level != "dieu" else "")
            found.append(OutlineItem(number, _DEPTHS[label.level], _short(f"{label.text} {title}")))
        elif heading is not None and label is None:
            found.append(OutlineItem(number, len(heading["marks"]), _short(heading["text"])))
    return tuple(found)


def count_words(text: str) -> int:
    """Vietnamese words as offices count them: syllables between blanks; "22/11/2026" and "QĐ-UBND" are one each.

    Markdown signs and addresses of links do not count.
    """
    return len(_SYLLABLE.findall(_MARKS.sub(" ", text)))


def _next_line(lines: list[str], number: int) -> str:
    following = next((line.strip() for line in lines[number + 1 : number + 4] if line.strip()), "")
    return following if following.isupper() else ""


def _short(text: str) -> str:
    text = " ".join(text.replace("*", "").split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"
