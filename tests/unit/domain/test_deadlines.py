"""Working days with days off and days worked instead, and by when an entry must be public."""

import json
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from desktop.domain.deadlines import WorkCalendar, calendar_of, due

PROFILE = json.loads(resources.path("profiles", "generic.json").read_text("utf-8"))
CALENDAR = calendar_of(PROFILE)
DAYS = st.dates(date(2000, 1, 1), date(2040, 1, 1))
HERE = timezone(timedelta(hours=7))


@pytest.mark.parametrize(
    ("signed", "by"),
    [
        ("2024-04-25", "2024-05-06"),  # 29/4 off for Saturday 4/5, 30/4 and 1/5
        ("2025-01-23", "2025-02-06"),  # before Tết
        ("2026-11-23", "2026-11-30"),
        ("2026-11-28", "2026-12-04"),  # a Saturday
    ],
)
def test_five_working_days_from_signing(signed: str, by: str) -> None:
    found = due(PROFILE, "legal-document", fields={"ngay_ban_hanh": signed}, public=False)
    assert found is not None
    assert (found.by, found.certain, found.rule.clause) == (by, True, "QĐ 818/QĐ-UBND Điều 8.2b")
    end = datetime.combine(date.fromisoformat(by), datetime.min.time(), HERE)
    assert not found.is_late(end + timedelta(hours=23, minutes=59))
    assert found.is_late(end + timedelta(hours=24))


def test_a_year_whose_days_off_nobody_told_is_uncertain() -> None:
    told = due(PROFILE, "legal-document", fields={"ngay_ban_hanh": "2026-12-29"}, public=False)
    assert told is not None
    assert (told.by, told.certain) == ("2027-01-05", False)


@pytest.mark.parametrize("signed", ["2011-06-06", "2019-03-24", "hôm qua", None, 7])
def test_what_is_older_than_the_rule_or_has_no_day_is_not_bound(signed: object) -> None:
    assert due(PROFILE, "legal-document", fields={"ngay_ban_hanh": signed}, public=False) is None  # type: ignore[dict-item]


def test_other_kinds_have_no_such_deadline_nor_has_a_portal_without_rules() -> None:
    signed = {"ngay_ban_hanh": "2026-11-23"}
    assert due(PROFILE, "article", fields=signed, public=False) is None
    assert due({}, "legal-document", fields=signed, public=False) is None
    assert due(PROFILE, "legal-document", fields=signed, public=True) is None


def test_a_change_of_what_is_public_is_due_at_once_but_for_the_grace_of_the_profile() -> None:
    found = due(
        PROFILE,
        "legal-document",
        fields={"ngay_ban_hanh": "2011-06-06"},
        public=True,
        changed_at="2026-11-28T02:00:00Z",
    )
    assert found is not None
    assert found.rule.clause == "QĐ 2567/2007/QĐ-UBND Điều 9.4"
    assert not found.is_late(datetime(2026, 11, 29, 2, tzinfo=UTC))
    assert found.is_late(datetime(2026, 11, 29, 2, 0, 1, tzinfo=UTC))


@given(DAYS, st.integers(0, 40))
def test_counting_is_adding_day_by_day(day: date, count: int) -> None:
    end = CALENDAR.after(day, count)
    between = (day + timedelta(days=n) for n in range(1, (end - day).days + 1))
    assert sum(map(CALENDAR.is_working, between)) == count
    assert end == day or CALENDAR.is_working(end)


def test_a_calendar_without_anything_knows_weekends() -> None:
    assert WorkCalendar().after(date(2026, 11, 27), 1) == date(2026, 11, 30)
    assert not WorkCalendar().knows(date(2026, 1, 1), date(2026, 1, 2))


def test_no_day_is_told_to_be_off_that_is_a_weekend_nor_worked_that_is_none() -> None:
    assert [day for day in CALENDAR.off if day.isoweekday() > 5] == []
    assert [day for day in CALENDAR.worked if day.isoweekday() < 6] == []
    assert {day.year for day in CALENDAR.off | CALENDAR.worked} <= CALENDAR.years
