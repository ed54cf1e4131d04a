"""A portal that is closed for a while: a file beside its database says until when, to every worker, and whoever reads on the site reads on.

What the file says ends by itself, so that a portal whose operator forgets it is not closed for ever.
"""

import json
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from server_stub.core.moment import Clock, read, stamp


@dataclass(frozen=True)
class Closed:
    """`seconds` are left; `note` is for people, "" without."""

    seconds: int
    note: str


def place(epoch_file: Path) -> Path:
    return epoch_file.with_suffix(".maintenance")


def close(epoch_file: Path, *, minutes: int, note: str, clock: Clock) -> None:
    """From now on, also of a portal that is running."""
    until = stamp(clock() + timedelta(minutes=minutes))
    beside = place(epoch_file).with_suffix(".maintenance-new")
    beside.write_text(json.dumps({"until": until, "note": note}, ensure_ascii=False), encoding="utf-8")
    beside.replace(place(epoch_file))


def reopen(epoch_file: Path) -> bool:
    """False where it was not closed."""
    was = place(epoch_file).exists()
    place(epoch_file).unlink(missing_ok=True)
    return was


def closed(epoch_file: Path | None, *, clock: Clock) -> Closed | None:
    """Whether the portal is closed now; a file that cannot be read closes nothing."""
    if epoch_file is None or not place(epoch_file).exists():
        return None
    try:
        said = json.loads(place(epoch_file).read_text(encoding="utf-8"))
        left = (read(said["until"]) - clock()).total_seconds()
        return Closed(max(1, round(left)), str(said.get("note", ""))) if left > 0 else None
    except (OSError, ValueError, KeyError, TypeError):
        return None
