"""A work calendar as iCalendar (RFC 5545) and back: the rows of the field `items`, in the portal's own time.

A repeated event becomes a row for each time that it falls into the week. What costs too much is refused, not begun.
Source: QĐ 17/2011/QĐ-UBND Điều 10.10.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any, Final, TypeAlias
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from icalendar import Calendar, Event

from desktop.domain.digest import Json
from desktop.domain.errors import BadContent, Rule

Parsed: TypeAlias = Any  # an event as the library has read it: its values have thirty types
_ZONE: Final = ZoneInfo("Asia/Ho_Chi_Minh")
_MOMENT: Final = "%Y-%m-%dT%H:%M"
_TEXTS: Final = (("what", "SUMMARY", 500), ("where", "LOCATION", 300), ("who", "DESCRIPTION", 500))
_MOST_BYTES: Final = 2 * 1024 * 1024
_MOST_EVENTS: Final = 5_000
_MOST_TIMES: Final = 40_000  # that a repeated event may have fallen on before the week
_MOST_ROWS: Final = 500
_WEEK: Final = timedelta(days=7)
_TOO_OFTEN: Final = frozenset({"SECONDLY", "MINUTELY", "HOURLY"})


@dataclass(frozen=True)
class Week:
    """Rows that begin in the seven days from `start`; `outside` counts events of the file that have no row there."""

    start: date
    rows: tuple[dict[str, Json], ...]
    outside: int


def to_ics(rows: Sequence[Mapping[str, Json]], *, uid: str, stamp: datetime, title: str = "") -> bytes:
    """Every row that has a beginning. `uid` names the entry: a calendar that has it takes up a change instead of a copy."""
    calendar = Calendar()
    calendar.add("prodid", "-//Toa Soan//VI")
    calendar.add("version", "2.0")
    if title:
        calendar.add("x-wr-calname", title)
    for number, row in enumerate(rows):
        start, end = _moment(row.get("start")), _moment(row.get("end"))
        if start is None:
            continue
        event = Event()
        event.add("uid", f"{uid}-{number}")
        event.add("dtstamp", stamp)
        event.add("dtstart", start)
        if end is not None and end >= start:
            event.add("dtend", end)
        for name, term, _ in _TEXTS:
            text = row.get(name)
            if isinstance(text, str) and text:
                event.add(term, text)
        calendar.add_component(event)
    made: bytes = calendar.to_ical()
    return made


def from_ics(data: bytes, *, week: date | None = None) -> Week:
    """The events of one week (of the first event, if none is asked for) in their order in time.

    BadContent `calendar-broken`, `calendar-too-large`, `calendar-empty`.
    """
    if len(data) > _MOST_BYTES:
        raise BadContent(Rule("calendar-too-large"))
    events = _events(data)
    if not events:
        raise BadContent(Rule("calendar-empty"))
    try:
        start = week or min(_start(event) for event in events).date()
        start -= timedelta(days=start.weekday())
        taken, rows = set(), []
        moved = {
            (str(event.get("UID")), _local(event["RECURRENCE-ID"].dt)) for event in events if "RECURRENCE-ID" in event
        }
        for number, event in enumerate(events):
            for row in islice(_rows(event, start, moved), _MOST_ROWS + 1):
                rows.append(row)
                taken.add(number)
            if len(rows) > _MOST_ROWS:
                raise BadContent(Rule("calendar-too-large"))
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError) as error:
        raise BadContent(Rule("calendar-broken")) from error
    return Week(start, tuple(sorted(rows, key=lambda row: str(row["start"]))), len(events) - len(taken))


def _events(data: bytes) -> list[Parsed]:
    try:
        whole = Calendar.from_ical(data, multiple=True)
        found = [item for one in whole for item in one.walk("VEVENT")]
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError) as error:
        raise BadContent(Rule("calendar-broken")) from error
    if not whole:
        raise BadContent(Rule("calendar-broken"))
    if len(found) > _MOST_EVENTS:
        raise BadContent(Rule("calendar-too-large"))
    return [event for event in found if "DTSTART" in event and str(event.get("STATUS", "")).upper() != "CANCELLED"]


def _rows(event: Parsed, week: date, moved: set[tuple[str, datetime]]) -> Iterator[dict[str, Json]]:
    """A row for each time that the event begins in the week; one that was moved has an event of its own."""
    start = _start(event)
    length = (
        _local(event["DTEND"].dt) - start if "DTEND" in event else event["DURATION"].dt if "DURATION" in event else None
    )
    for at in _times(event, start, week):
        if "RECURRENCE-ID" not in event and "RRULE" in event and (str(event.get("UID")), at) in moved:
            continue
        row: dict[str, Json] = {"start": f"{at:{_MOMENT}}"}
        if length is not None and length > timedelta():
            row["end"] = f"{at + length:{_MOMENT}}"
        for name, term, longest in _TEXTS:
            text = " ".join(str(event.get(term, "")).split())
            if text or name == "what":
                row[name] = text[:longest] or "—"
        yield row


def _times(event: Parsed, start: datetime, week: date) -> Iterator[datetime]:
    begin = datetime.combine(week, time(), _ZONE)
    end = begin + _WEEK
    if "RRULE" not in event:
        if begin <= start < end:
            yield start
        return
    if _TOO_OFTEN & {str(often).upper() for often in event["RRULE"].get("FREQ", [])}:
        raise BadContent(Rule("calendar-too-large"))
    told: str = event["RRULE"].to_ical().decode()
    left_out = {_local(day.dt) for days in _several(event.get("EXDATE")) for day in days.dts}
    # The portal's zone has no summer time: days may be counted without one.
    rule = rrulestr(_without_zone(told), dtstart=start.replace(tzinfo=None))
    for counted, plain in enumerate(rule):
        at = plain.replace(tzinfo=_ZONE)
        if at >= end:
            return
        if counted > _MOST_TIMES:
            raise BadContent(Rule("calendar-too-large"))
        if at >= begin and at not in left_out:
            yield at


def _without_zone(rule: str) -> str:
    """An end in Greenwich time as one in the portal's: the library wants both ends alike."""
    parts = []
    for part in rule.split(";"):
        name, _, value = part.partition("=")
        if name.upper() == "UNTIL" and value.endswith("Z"):
            until = datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=ZoneInfo("UTC"))
            value = f"{until.astimezone(_ZONE):%Y%m%dT%H%M%S}"
        parts.append(f"{name}={value}")
    return ";".join(parts)


def _several(value: Parsed) -> list[Parsed]:
    return value if isinstance(value, list) else [value] if value is not None else []


def _start(event: Parsed) -> datetime:
    return _local(event["DTSTART"].dt)


def _local(when: datetime | date) -> datetime:
    """In the portal's zone; a whole day begins at midnight, a time without a zone is the portal's."""
    if not isinstance(when, datetime):
        return datetime.combine(when, time(), _ZONE)
    return when.astimezone(_ZONE) if when.tzinfo else when.replace(tzinfo=_ZONE)


def _moment(value: Json) -> datetime | None:
    try:
        return datetime.strptime(value, _MOMENT).replace(tzinfo=_ZONE) if isinstance(value, str) else None
    except ValueError:
        return None
