"""Times as the wire and the tables hold them: UTC text with microseconds, so that text order is time order."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

Clock = Callable[[], datetime]

_FORMAT: Final = "%Y-%m-%dT%H:%M:%S.%fZ"
_TEXT: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z\Z")


def stamp(moment: datetime) -> str:
    """`moment` (aware) as text, e.g. `2026-11-22T09:41:05.123456Z`."""
    return moment.astimezone(UTC).strftime(_FORMAT)


def read(text: str) -> datetime:
    """The moment of a stamp; raises ValueError when it is none."""
    if not _TEXT.match(text):
        raise ValueError(text)
    return datetime.fromisoformat(text)


def normal(text: str) -> str:
    """A stamp with any number of fractional digits, with exactly six."""
    return stamp(read(text))


def later(text: str, **span: float) -> str:
    """The stamp that lies `timedelta(**span)` after `text`."""
    return stamp(read(text) + timedelta(**span))
