"""`toasoan calendar FILE`: a week of a calendar file as a draft; `toasoan export --as ics`: a calendar for other programs."""

from datetime import UTC, datetime
from pathlib import Path

from desktop.application.calendars import CALENDAR, calendar_fields, rows_of, week_title
from desktop.application.desk import Desk
from desktop.cli.parser import Arguments
from desktop.domain.digest import Json
from desktop.domain.errors import BadContent, Rule
from desktop.domain.ids import EntryId
from desktop.wiring import calendar_file, calendar_week


def bring_calendar(desk: Desk, given: Arguments) -> tuple[dict[str, Json], str]:
    """The data and the words of one calendar; with --dry-run nothing is written."""
    try:
        data = given.path.read_bytes()
    except OSError as error:
        raise BadContent(Rule("calendar-broken"), str(error)) from error
    week = calendar_week(data, given.week)
    fields = calendar_fields(week.start, week.rows, title=week_title(week.start, "vi"), section=given.section)
    entry: EntryId | None = None
    if not given.dry_run:
        entry = desk.drafting.create(CALENDAR, section=given.section)
        desk.drafting.save(entry, fields)
    told: dict[str, Json] = {
        "entry": entry, "week": week.start.isoformat(), "items": len(week.rows), "outside": week.outside,
    }  # fmt: skip
    outside = f" {week.outside} việc ngoài tuần này." if week.outside else ""
    return told, f"Tuần từ {week.start:%d/%m/%Y}: {len(week.rows)} việc.{outside}"


def write_calendar(desk: Desk, folder: Path, entry: EntryId) -> str:
    """The calendar of an entry as a file in `folder`; its name."""
    document = desk.drafting.open(entry)
    title = str(document.fields.get("title") or "")
    made = calendar_file(rows_of(document), uid=entry, stamp=datetime.now(UTC), title=title)
    name = f"lich-{document.fields.get('week') or entry[:8]}.ics"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    (folder / name).write_bytes(made)
    return name
