"""Times as people read them: dd/MM/yyyy and the 24-hour clock, in this machine's zone."""

from dataclasses import dataclass
from datetime import datetime, tzinfo


@dataclass(frozen=True)
class Now:
    """The moment a view is drawn for and the zone it is drawn in."""

    moment: datetime
    zone: tzinfo

    def local(self, stamp: str) -> datetime | None:
        """`stamp` (ISO 8601 with zone) in this zone; None for anything that is not a time."""
        try:
            when = datetime.fromisoformat(stamp)
        except ValueError:
            return None
        return when.astimezone(self.zone) if when.tzinfo else None


def short(stamp: str, now: Now) -> str:
    """09:41 today, 20/11 this year, 20/11/2025 otherwise; empty when there is no time."""
    when = now.local(stamp)
    if when is None:
        return ""
    today = now.moment.astimezone(now.zone)
    if when.date() == today.date():
        return f"{when:%H:%M}"
    return f"{when:%d/%m}" if when.year == today.year else f"{when:%d/%m/%Y}"


def full(stamp: str, now: Now) -> str:
    """09:41 today, 20/11 09:41 this year, 20/11/2025 09:41 otherwise."""
    when = now.local(stamp)
    if when is None:
        return ""
    day = short(stamp, now)
    return day if ":" in day else f"{day} {when:%H:%M}"


def day(value: str) -> str:
    """A date (ISO) as dd/MM/yyyy; anything else unchanged."""
    try:
        return f"{datetime.fromisoformat(value):%d/%m/%Y}"
    except ValueError:
        return value
