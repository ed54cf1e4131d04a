"""Work calendars out and in: round trip, repeated events, zones, and files that mean harm."""

from datetime import UTC, date, datetime

import pytest

from desktop.domain.digest import Json
from desktop.domain.errors import BadContent
from desktop.editor.text.calendar_ics import from_ics, to_ics

WEEK = date(2026, 11, 23)
ROWS: list[dict[str, Json]] = [
    {
        "start": "2026-11-23T08:00",
        "end": "2026-11-23T09:30",
        "what": "Họp giao ban; nghe, bàn",
        "where": "Phòng họp số 1",
    },
    {"start": "2026-11-24T14:00", "what": "Tiếp công dân", "who": "Chủ tịch\\Phó Chủ tịch"},
]
MINUTES = ",".join(map(str, range(60)))
HEAD = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n"


def ics(*events: str) -> bytes:
    body = "".join(
        f"BEGIN:VEVENT\r\nUID:u{n}\r\nDTSTAMP:20261101T000000Z\r\n{event}\r\nEND:VEVENT\r\n"
        for n, event in enumerate(events)
    )
    return f"{HEAD}{body}END:VCALENDAR\r\n".encode()


def starts(data: bytes, week: date = WEEK) -> list[object]:
    return [row["start"] for row in from_ics(data, week=week).rows]


def test_what_goes_out_comes_back() -> None:
    data = to_ics(ROWS, uid="e", stamp=datetime(2026, 11, 20, tzinfo=UTC), title="Lịch tuần")
    assert b"\r\nUID:e-0\r\n" in data
    week = from_ics(data)
    assert (week.start, list(week.rows), week.outside) == (WEEK, ROWS, 0)


def test_times_become_those_of_the_portal() -> None:
    assert starts(ics("DTSTART:20261123T010000Z\r\nSUMMARY:a")) == ["2026-11-23T08:00"]
    assert starts(ics("DTSTART;VALUE=DATE:20261125\r\nSUMMARY:a")) == ["2026-11-25T00:00"]
    assert starts(ics("DTSTART;TZID=Asia/Tokyo:20261123T100000\r\nSUMMARY:a")) == ["2026-11-23T08:00"]
    assert starts(ics("DTSTART:20261123T080000\r\nSUMMARY:a")) == ["2026-11-23T08:00"]


def test_a_repeated_event_falls_into_the_week_as_often_as_it_does() -> None:
    weekly = "DTSTART:20260105T080000\r\nRRULE:FREQ=WEEKLY;BYDAY=MO,WE\r\nSUMMARY:Giao ban"
    assert starts(ics(weekly)) == ["2026-11-23T08:00", "2026-11-25T08:00"]
    assert starts(ics(f"{weekly}\r\nEXDATE:20261125T080000")) == ["2026-11-23T08:00"]
    ended = weekly.replace("BYDAY", "UNTIL=20261124T000000Z;BYDAY")
    assert starts(ics(ended)) == ["2026-11-23T08:00"]
    assert from_ics(ics(ended), week=date(2027, 1, 4)).outside == 1


def test_a_moved_event_stands_where_it_was_moved_to() -> None:
    weekly = "DTSTART:20261102T080000\r\nRRULE:FREQ=WEEKLY\r\nSUMMARY:Giao ban"
    moved = "DTSTART:20261124T150000\r\nRECURRENCE-ID:20261123T080000\r\nSUMMARY:Giao ban"
    data = ics(weekly, moved).replace(b"UID:u1", b"UID:u0")
    assert starts(data) == ["2026-11-24T15:00"]


def test_cancelled_events_and_others_weeks_are_left_and_counted() -> None:
    data = ics(
        "DTSTART:20261123T080000\r\nSUMMARY:a",
        "DTSTART:20261201T080000\r\nSUMMARY:b",
        "DTSTART:20261124T080000\r\nSTATUS:CANCELLED",
    )
    week = from_ics(data)
    assert (len(week.rows), week.outside) == (1, 1)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "calendar-broken"),
        (b"PK\x03\x04 zip", "calendar-broken"),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", "calendar-broken"),
        (ics(), "calendar-empty"),
        (ics("DTSTART:hom nay\r\nSUMMARY:a"), "calendar-broken"),
        (ics("DTSTART:99999999T999999\r\nSUMMARY:a"), "calendar-broken"),
        (ics("DTSTART:19700101T000000\r\nRRULE:FREQ=SECONDLY\r\nSUMMARY:a"), "calendar-too-large"),
        (ics("DTSTART:00010101T000000\r\nRRULE:FREQ=DAILY\r\nSUMMARY:a"), "calendar-too-large"),
        (ics("DTSTART:20261123T080000\r\nRRULE:FREQ=NEVER\r\nSUMMARY:a"), "calendar-broken"),
        (b"x" * (2 * 1024 * 1024 + 1), "calendar-too-large"),
        (ics(*["DTSTART:20261123T080000\r\nSUMMARY:a"] * 501), "calendar-too-large"),
        (
            ics(
                "DTSTART:20261123T080000\r\nRRULE:FREQ=DAILY;BYHOUR=8,9,10,11;BYMINUTE="
                + ",".join(map(str, range(60)))
                + "\r\nSUMMARY:a"
            ),
            "calendar-too-large",
        ),
    ],
)
def test_a_file_that_means_harm_is_refused_plainly(data: bytes, code: str) -> None:
    with pytest.raises(BadContent) as refused:
        from_ics(data, week=WEEK)
    assert refused.value.rule.code == code


def test_long_words_are_cut_to_what_a_row_holds() -> None:
    (row,) = from_ics(ics("DTSTART:20261123T080000\r\nSUMMARY:" + "a" * 9_000)).rows
    assert len(str(row["what"])) == 500
    (row,) = from_ics(ics("DTSTART:20261123T080000")).rows
    assert row["what"] == "—"
