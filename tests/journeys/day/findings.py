"""What the day found: one row per regulation, every answer for what is not public, and each difference in words."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final

from tests.journeys.day.labels import body_of, combining, labels, letters, printed
from tests.journeys.day.site import Known, Site
from tests.journeys.day.story import Regulation

OK: Final = 200
GONE: Final = 404
PLACES: Final = ("bai-viet", "van-ban", "muc")


@dataclass(frozen=True)
class LegalRow:
    """One regulation: its labels in the source and on its public page, and what must be zero."""

    name: str
    title: str
    path: str
    source: Sequence[str]
    page: Sequence[str]
    combining_marks: int
    lists: int
    letters_equal: bool


@dataclass
class Findings:
    """Grows during the day; `differences` empty means that all is as it should be."""

    regulations: list[LegalRow] = field(default_factory=list)
    unpublished: dict[str, int] = field(default_factory=dict)
    published: dict[str, int] = field(default_factory=dict)
    differences: list[str] = field(default_factory=list)

    def judge_regulation(self, site: Site, known: Known, regulation: Regulation) -> None:
        """Hold the public page against the text as signed."""
        answer = site.get(known.path)
        self.published[known.path] = answer.status
        if answer.status != OK:
            self.differences.append(f"{regulation.name}: {known.path} answers {answer.status}")
            return
        body = body_of(answer.text)
        source = printed(regulation.text)
        row = LegalRow(
            regulation.name, regulation.title, known.path,
            labels(source.splitlines()), labels(body.lines),
            combining(body.text), body.lists, letters(source) == letters(body.text),
        )  # fmt: skip
        self.regulations.append(row)
        if list(row.source) != list(row.page):
            self.differences.append(f"{row.name}: {_first_difference(row.source, row.page)}")
        if row.combining_marks or row.lists or not row.letters_equal:
            self.differences.append(
                f"{row.name}: {row.combining_marks} combining marks, {row.lists} list items, letters equal: {row.letters_equal}"
            )

    def judge_article(self, site: Site, known: Known, lines: Sequence[str]) -> None:
        """The public page holds these lines in this order."""
        answer = site.get(known.path)
        self.published[known.path] = answer.status
        text = body_of(answer.text).text if answer.status == OK else ""
        at = 0
        for line in lines:
            at = text.find(line, at)
            if at < 0:
                self.differences.append(f"{known.path} ({answer.status}) lacks {line!r}")
                return

    def judge_hidden(self, site: Site, known: Sequence[Known]) -> None:
        """Nothing that is not public may be readable at any address it could have."""
        for one in known:
            if one.public:
                continue
            for place in PLACES:
                path = f"/{place}/{one.entry_id}"
                status = self.unpublished[path] = site.get(path).status
                if status != GONE:
                    self.differences.append(f"{path} answers {status}, but {one.title!r} is not published")

    def write(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _first_difference(source: Sequence[str], page: Sequence[str]) -> str:
    for number, (wanted, found) in enumerate(zip(source, page, strict=False), 1):
        if wanted != found:
            return f"label {number} is {wanted!r} in the source and {found!r} on the page"
    return f"{len(source)} labels in the source, {len(page)} on the page"
