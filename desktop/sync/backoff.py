"""How long to wait after a failure: full jitter, and what the portal asks for in Retry-After."""

import re
from datetime import datetime
from email.utils import parsedate_to_datetime

from desktop.application.ports import Chance

CEILING = 300.0
STEP = 2.0
EXPONENT = 8
LONGEST_WISH = 3600.0
_SECONDS = re.compile(r"[0-9]{1,9}")


def delay(failures: int, chance: Chance, *, wish: float | None = None) -> float:
    """Seconds to wait after the `failures`-th failure in a row (1 …), at least what the portal wished for (≤ 1 h).

    Full jitter spreads many clients over the whole interval, so that a portal that comes back is not met by all at once.
    """
    most = min(CEILING, STEP * 2 ** min(max(failures, 0), EXPONENT))
    drawn = chance.uniform(0.0, most)
    return drawn if wish is None else max(drawn, min(max(wish, 0.0), LONGEST_WISH))


def wish_of(retry_after: str | None, date: str | None = None) -> float | None:
    """Seconds asked for by the headers Retry-After and Date of one answer; None for garbage.

    A date counts from the answer's own Date: this machine's clock may be wrong by years.
    """
    if retry_after is None:
        return None
    seconds = retry_after.strip()
    if _SECONDS.fullmatch(seconds):
        return min(float(seconds), LONGEST_WISH)
    until, since = _moment(retry_after), _moment(date)
    if until is None or since is None:
        return None
    return min(max((until - since).total_seconds(), 0.0), LONGEST_WISH)


def _moment(header: str | None) -> datetime | None:
    try:
        found = parsedate_to_datetime(header or "")
    except (ValueError, OverflowError):
        return None
    return found if found.tzinfo is not None else None
