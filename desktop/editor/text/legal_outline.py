"""Where we are in a legal document: the levels of its headings, the ids of its parts, the regulation attached to it."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TypeAlias

from desktop.domain.legal.labels import Label
from desktop.editor.text.markup import Ids, slug

# Line on which an attached document's title begins -> line on which it ends.
Titles: TypeAlias = Mapping[int, int]

# Prefix of the ids, attached documents and annexes so far, ids of the parts around by level.
PlaceState: TypeAlias = tuple[str, int, int, tuple[tuple[str, str], ...]]
START: PlaceState = ("", 0, 0, ())

_ATTACHED = re.compile(
    r"\W*(QUY CHẾ|QUY ĐỊNH|ĐIỀU LỆ|NỘI QUY|CHƯƠNG TRÌNH|KẾ HOẠCH|ĐỀ ÁN|PHƯƠNG ÁN|HƯỚNG DẪN|DANH MỤC)\W*"
)
_ISSUED_WITH = re.compile(r"\W*(?:Ban hành )?kèm theo ", re.IGNORECASE)
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_TITLE_LENGTH = 250
_TITLE_LINES = 4
_LOWEST = 4
_ORDER = ("phan", "chuong", "muc", "tieu_muc", "dieu")


class Place:
    """Walks down a document: `enter` a labelled part, get its heading level and its id.

    Walked on from the middle of one when it is given that document's ids and its `state` above a Điều.
    """

    def __init__(self, ids: Ids | None = None, state: PlaceState = START) -> None:
        self._ids = Ids() if ids is None else ids
        self._prefix, self._attached, self._annexes, around = state
        self._open: dict[str, str] = dict(around)
        self._article = ""
        self._clause = ""

    @property
    def state(self) -> PlaceState:
        """All that the parts from the next Điều on depend on, but for the ids that are taken."""
        around = tuple((level, ident) for level, ident in self._open.items() if level != "dieu")
        return self._prefix, self._attached, self._annexes, around

    def enter(self, label: Label) -> tuple[str, str]:
        """Tag (h2 to h4, one below the part around it) and id (`chuong-1`, `chuong-1-muc-2`, `dieu-5`)."""
        rank = _ORDER.index(label.level)
        self._open = {level: ident for level, ident in self._open.items() if _rank(level) < rank}
        depth = min(2 + len(self._open), _LOWEST)
        around = self._open.get("chuong", "") if label.level == "muc" else ""
        base = f"{around}-" if around else self._prefix
        ident = self._ids.unique(f"{base}{label.level}-{_number(label.number)}")
        self._open[label.level] = ident
        self._article = ident if label.level == "dieu" else ""
        self._clause = ""
        return f"h{depth}", ident

    def enter_clause(self, label: Label) -> str:
        """The id of a khoản or điểm inside the current Điều; "" outside of any."""
        if not self._article:
            return ""
        if label.level == "khoan":
            self._clause = self._ids.unique(f"{self._article}-khoan-{label.number.replace('.', '-')}")
            return self._clause
        return self._ids.unique(f"{self._clause or self._article}-diem-{label.number.replace('đ', 'dd')}")

    def enter_attached(self) -> str:
        """The attached regulation begins: ids get `qc-` from here on (a second one: `qc2-`)."""
        self._attached += 1
        name = "qc" if self._attached == 1 else f"qc{self._attached}"
        self._prefix = f"{name}-"
        self._open = {"kem": self._ids.unique(name)}
        self._article = self._clause = ""
        return self._open["kem"]

    def enter_annex(self) -> str:
        self._annexes += 1
        ident = self._ids.unique(f"{self._prefix}phu-luc-{self._annexes}")
        self._open = {"kem": ident}
        self._article = self._clause = ""
        return ident


def _rank(level: str) -> int:
    return _ORDER.index(level) if level in _ORDER else -1


def _number(text: str) -> str:
    """`IV` → `4`, `5a` → `5a`, `5đ` → `5dd`, `thứ nhất` → `thu-nhat`."""
    if text and all(char in _ROMAN for char in text):
        values = [_ROMAN[char] for char in text]
        following = [*values[1:], 0]
        return str(sum(-value if value < after else value for value, after in zip(values, following, strict=True)))
    return text.replace("đ", "dd") if text[:1].isdigit() else slug(text)


def attached_titles(lines: Sequence[str], labels: Sequence[Label | None]) -> Titles:
    """Titles of attached documents: above each Điều 1 that starts the numbering again, back to the Điều before it."""
    articles = [at for at, label in enumerate(labels) if label is not None and label.level == "dieu"]
    found: dict[int, int] = {}
    for before, at in pairwise(articles):
        label = labels[at]
        if label is None or label.number != "1":
            continue
        title = next((i for i in range(before + 1, at) if _ATTACHED.fullmatch(lines[i])), None)
        issued = next((i for i in range(before + 1, at) if _ISSUED_WITH.match(lines[i])), None)
        if title is not None:
            found[title] = _title_end(lines, labels, title)
        elif issued is not None:
            found[issued] = issued
    return found


def _title_end(lines: Sequence[str], labels: Sequence[Label | None], title: int) -> int:
    """The last line of the attached document's name: up to "(Ban hành kèm theo", else the upper-case lines."""
    following = [i for i in range(title + 1, min(title + 12, len(lines))) if lines[i]][: _TITLE_LINES + 1]
    last = title
    for i in following:
        if labels[i] is not None or not looks_like_title(lines[i]):
            return last if lines[last].isupper() else title
        if _ISSUED_WITH.match(lines[i]):
            return last
        last = i
    return title


def looks_like_title(line: str) -> bool:
    """Short, and not ending as a sentence or a list does."""
    return len(line) <= _TITLE_LENGTH and not line.rstrip("*").endswith((".", ";", ","))
