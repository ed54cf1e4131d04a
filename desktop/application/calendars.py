"""A work calendar out of and into a draft; what a calendar file is, the editor's side knows."""

from collections.abc import Mapping, Sequence
from datetime import date

from desktop.application.records import Document
from desktop.domain.digest import Json
from desktop.domain.errors import BadContent, Rule

CALENDAR = "work-calendar"


def rows_of(document: Document) -> Sequence[Mapping[str, Json]]:
    """What an entry's calendar holds. BadContent `export-no-calendar`."""
    items = document.fields.get("items")
    rows = [row for row in items if isinstance(row, dict)] if isinstance(items, list) else []
    if document.kind != CALENDAR or not rows:
        raise BadContent(Rule("export-no-calendar"))
    return rows


def calendar_fields(
    start: date, rows: Sequence[dict[str, Json]], *, title: str, section: str | None
) -> dict[str, Json]:
    """The fields of a draft for the week from `start`."""
    fields: dict[str, Json] = {"title": title, "week": start.isoformat(), "items": list(rows)}
    return fields | ({"section": section} if section else {})


def week_title(start: date, lang: str) -> str:
    """How such a calendar is called until a person calls it otherwise."""
    words = "Lịch công tác tuần từ ngày" if lang == "vi" else "Work calendar of the week from"
    return f"{words} {start:%d/%m/%Y}"
