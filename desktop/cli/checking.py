"""`toasoan check`: what the window underlines, of a file. Needs no home; the own words of one are honoured."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from desktop.application.messages import sentence
from desktop.application.ports import Proofreading
from desktop.domain.checks.leftovers import loose_marks
from desktop.domain.digest import Json
from desktop.domain.finding import Finding
from desktop.domain.text import tidy_text


def check(text: str, reader: Proofreading, *, lang: str, path: Path) -> tuple[dict[str, Json], str]:
    """Every finding with its place in the stored form of `text` (NFC, line feeds), and how many there are of each rule."""
    stored = tidy_text(text)
    rows: list[Json] = []
    lines: list[str] = []
    counts: Counter[str] = Counter()
    for item in (*_loose(text), *reader.findings(stored)):
        line, column = _place(stored, item.start)
        fixes = reader.fixes_in(stored, item)
        said = sentence(item.rule, lang)
        counts[item.rule.code] += 1
        rows.append(
            {
                "rule": item.rule.code, "clause": item.rule.clause, "line": line, "column": column,
                "start": item.start, "end": item.end, "text": stored[item.start : item.end], "fixes": list(fixes),
                "title": said.title, "what": said.what,
            }
        )  # fmt: skip
        lines.append(f"{path.name}:{line}:{column}: {said.what}" + (f" → {', '.join(fixes)}" if fixes else ""))
    return {"findings": rows, "counts": dict(counts)}, "\n".join(lines) or "Không thấy lỗi."


def _loose(text: str) -> Iterator[Finding]:
    """Loose marks as they stand in the file, with their place in its stored form."""
    for item in loose_marks(text):
        start = len(tidy_text(text[: item.start]))
        yield Finding(item.rule, start, start + len(item.fixes[0]), item.fixes)


def _place(text: str, at: int) -> tuple[int, int]:
    """Line and column, both from 1."""
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
