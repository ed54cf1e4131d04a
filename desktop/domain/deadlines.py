"""By when an entry must be public: rules and holidays are data of the portal profile (`deadlines`, `work_calendar`).

Working days are Monday to Friday without the days off, and the days worked instead. A year whose days off are not told is not
guessed at: the day that comes out is said to be uncertain. Source: QĐ 818/QĐ-UBND Điều 8.2b; QĐ 2567/2007/QĐ-UBND Điều 9.4.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from desktop.domain.digest import Json
from desktop.domain.keyed import listed
from desktop.domain.profile import Label

_SATURDAY = 6


@dataclass(frozen=True)
class WorkCalendar:
    """`off` on weekdays, `worked` at weekends; `years` are those whose days are told."""

    off: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()
    years: frozenset[int] = frozenset()

    def is_working(self, day: date) -> bool:
        return day in self.worked or (day.isoweekday() < _SATURDAY and day not in self.off)

    def after(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`, which is not counted itself."""
        while count > 0:
            day += timedelta(days=1)
            count -= self.is_working(day)
        return day

    def knows(self, start: date, end: date) -> bool:
        """Whether the days off of every year from `start` to `end` are told."""
        return self.years >= set(range(start.year, end.year + 1))


@dataclass(frozen=True)
class DeadlineRule:
    """For a first publication `working_days` from the day in `field`; for a change `grace_hours` from when it was taken up.

    `since`: the day from which the regulation is in force; what is older is not bound by it.
    """

    kinds: tuple[str, ...]
    changes: bool
    label: Label
    clause: str
    field: str = ""
    working_days: int = 0
    grace_hours: int = 0
    since: date | None = None


@dataclass(frozen=True)
class Due:
    """`by` is a day (`2024-05-06`, to its end) or a moment (ISO 8601 with zone); `certain`: the days off are told."""

    by: str
    rule: DeadlineRule
    certain: bool = True

    def is_late(self, now: datetime) -> bool:
        """Whether it is past; `now` with the zone that days are counted in."""
        if len(self.by) == len("2024-05-06"):
            return now.date() > date.fromisoformat(self.by)
        return now > datetime.fromisoformat(self.by)


def calendar_of(profile: Mapping[str, Json]) -> WorkCalendar:
    told = profile.get("work_calendar")
    days = told if isinstance(told, dict) else {}
    years = frozenset(year for year in listed(days.get("years")) if isinstance(year, int))
    return WorkCalendar(_days(days.get("off")), _days(days.get("worked")), years)


def rules_of(profile: Mapping[str, Json], kind: str) -> tuple[DeadlineRule, ...]:
    """The rules for entries of `kind`, in the profile's order."""
    rules = (_rule(item) for item in listed(profile.get("deadlines")) if isinstance(item, dict))
    return tuple(rule for rule in rules if kind in rule.kinds)


def due(
    profile: Mapping[str, Json], kind: str, *, fields: Mapping[str, Json], public: bool, changed_at: str = ""
) -> Due | None:
    """By when the text in `fields` must be public. `changed_at`: since when what is public is being changed, "" where it is not."""
    for rule in rules_of(profile, kind):
        if rule.changes and public and (moment := _moment(changed_at)) is not None:
            return Due((moment + timedelta(hours=rule.grace_hours)).isoformat(), rule)
        start = _day(fields.get(rule.field)) if not rule.changes and not public else None
        if start is not None and (rule.since is None or start >= rule.since):
            calendar = calendar_of(profile)
            end = calendar.after(start, rule.working_days)
            return Due(end.isoformat(), rule, calendar.knows(start, end))
    return None


def _rule(item: Mapping[str, Json]) -> DeadlineRule:
    label = item.get("label")
    return DeadlineRule(
        kinds=tuple(str(name) for name in listed(item.get("kinds"))),
        changes=item.get("when") == "changed",
        label={key: str(text) for key, text in label.items()} if isinstance(label, dict) else {},
        clause=str(item.get("clause", "")),
        field=str(item.get("from", "")),
        working_days=_count(item.get("working_days")),
        grace_hours=_count(item.get("grace_hours")),
        since=_day(item.get("since")),
    )


def _count(value: Json) -> int:
    return min(value, 1000) if isinstance(value, int) and value > 0 else 0


def _days(value: Json) -> frozenset[date]:
    return frozenset(day for item in listed(value) if (day := _day(item)) is not None)


def _day(value: Json) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _moment(stamp: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(stamp)
    except ValueError:
        return None
    return moment if moment.tzinfo else None
