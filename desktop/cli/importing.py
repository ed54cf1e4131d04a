"""`toasoan import`: an old portal's archive with a line for each document, or a package of unsent work; looked at or brought in."""

import csv
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from desktop.application.archive import Choice, Fate, Outcome
from desktop.application.desk import Desk
from desktop.application.messages import sentence
from desktop.cli.parser import Arguments
from desktop.domain.digest import Json

_TOLD = 20
_COLUMNS = ("place", "fate", "title", "entry", "rule", "why")


def bring_in(desk: Desk, given: Arguments) -> tuple[dict[str, Json], str]:
    """The data and the words of one import; what was done before an interruption is on disk and in the report."""
    choice = Choice(given.kind, given.section, dry=given.dry_run)
    source = desk.archive.read(given.path, choice)
    outcomes: list[Outcome] = []
    with _report(given.report, given.lang) as write:

        def done(outcome: Outcome) -> None:
            outcomes.append(outcome)
            write(outcome)

        desk.archive.bring_in(source.records, choice, done)
    counts = Counter(outcome.fate for outcome in outcomes)
    refused = [outcome for outcome in outcomes if outcome.fate is Fate.REFUSED]
    data: dict[str, Json] = {
        "dry_run": given.dry_run,
        **{fate.value: counts[fate] for fate in Fate},
        "unused_columns": list(source.unused),
        "documents": [_row(outcome, given.lang) for outcome in outcomes],
    }
    words = f"{'Sẽ nhập' if given.dry_run else 'Đã nhập'} {counts[Fate.NEW]}, đã có {counts[Fate.THERE]}, không nhận {len(refused)}."
    lines = [words, *(f"{one.place}: {_why(one, given.lang)}" for one in refused[:_TOLD])]
    if len(refused) > _TOLD:
        lines.append(f"… và {len(refused) - _TOLD} dòng nữa (--report TỆP ghi đủ).")
    if source.unused:
        lines.append(f"Cột không dùng: {', '.join(source.unused)}.")
    return data, "\n".join(lines)


def take_up(desk: Desk, given: Arguments) -> tuple[dict[str, Json], str]:
    """The data and the words of a package of unsent work, looked at or brought in."""
    told = (desk.packages.look if given.dry_run else desk.packages.bring_in)(given.path)
    words = "Sẽ nhận" if given.dry_run else "Đã nhận"
    parts = (
        (told.texts, "bản chờ gửi"), (told.decisions, "quyết định chờ gửi"), (told.remarks, "ý kiến chờ gửi"),
        (told.drafts, "bản đang viết"), (told.aside, "bản đang viết vào lịch sử (trên máy này đang viết bản khác)"),
        (told.files, "tệp"), (told.left, "quyết định không lặp lại (Cổng đã được phục hồi)"),
    )  # fmt: skip
    said = ", ".join(f"{count} {name}" for count, name in parts if count) or "không có gì mới"
    lines = [f"Gói của {told.username}, xuất lúc {told.made_at}.", f"{words}: {said}. Đã có: {told.already}."]
    data: dict[str, Json] = {"dry_run": given.dry_run, "package": {**asdict(told), "titles": list(told.titles)}}
    return data, "\n".join([*lines, *(f"- {title}" for title in told.titles[:_TOLD])])


@contextmanager
def _report(path: Path | None, lang: str) -> Iterator[Callable[[Outcome], None]]:
    """Writes each outcome as it comes, for any spreadsheet; no path, no report."""
    if path is None:
        yield lambda _outcome: None
        return
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, _COLUMNS)
        writer.writeheader()

        def write(outcome: Outcome) -> None:
            writer.writerow(_row(outcome, lang))
            file.flush()

        yield write


def _row(outcome: Outcome, lang: str) -> dict[str, Json]:
    return {
        "place": outcome.place,
        "fate": outcome.fate.value,
        "title": outcome.title,
        "entry": outcome.entry_id or "",
        "rule": outcome.rule.code if outcome.rule else "",
        "why": _why(outcome, lang),
    }


def _why(outcome: Outcome, lang: str) -> str:
    return str(sentence(outcome.rule, lang)) if outcome.rule else ""
