"""The identity of this database's time-line, and how a database that went back in time is noticed.

The side file beside the database holds `{"epoch", "seq"}` as of the last commit.  Another epoch in it, or a
higher number, means that the database went back in time: a new epoch begins, and clients ask what is known.
A cursor tells the same without the file: it names the last record row its reader saw (core/cursor.py).
"""

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, select, update

from server_stub.core.cursor import Cursor
from server_stub.store import tables as t

Ids = Callable[[], str]


@dataclass(frozen=True)
class Noted:
    """The time-line and the feed number that were committed when the side file was written, or later."""

    epoch: str
    seq: int


def reconcile(db: Connection, side_file: Path, *, ids: Ids) -> bool:
    """Compare the database with its side file at start; True when a new epoch began."""
    row = db.execute(select(t.portal)).one()
    if not went_back(row, noted_in(side_file)):
        return False
    renew(db, row.epoch, ids=ids)
    return True


def went_back(portal: Row[Any], noted: Noted | None) -> bool:
    """Whether the database is older than what was noted before the transaction of `portal`, its row, began."""
    return noted is not None and (noted.epoch != portal.epoch or noted.seq > portal.seq)


def has_another_past(db: Connection, portal: Row[Any], cursor: Cursor) -> bool:
    """Whether the reader with `cursor` was told what this database does not know, under the same epoch."""
    if cursor.epoch != portal.epoch:
        return False
    if cursor.position > portal.seq:
        return True
    seq, head = cursor.seen
    if not seq or (seq, head) == (portal.record_seq, portal.record_head[: len(head)]):
        return False
    found = db.execute(select(t.record.c.hash).where(t.record.c.seq == seq)).scalar_one_or_none()
    return found is None or not found.startswith(head)


def renew(db: Connection, gone: str, *, ids: Ids) -> str:
    """End the epoch `gone`, unless somebody did already; the epoch in force."""
    db.execute(update(t.portal).where(t.portal.c.epoch == gone).values(epoch=ids()))
    return str(db.execute(select(t.portal.c.epoch)).scalar_one())


def note(db: Connection, side_file: Path) -> None:
    """Write the side file after a commit; whole or not at all. One thread of a process at a time."""
    row = db.execute(select(t.portal.c.epoch, t.portal.c.seq)).one()
    # Two processes on one database never take each other's half-written file.
    beside = side_file.with_name(f"{side_file.name}.{os.getpid()}.new")
    beside.write_text(json.dumps({"epoch": row.epoch, "seq": row.seq}), encoding="utf-8")
    beside.replace(side_file)


def noted_in(side_file: Path) -> Noted | None:
    """What the side file says; None when it is lost or torn: the database alone counts then."""
    try:
        noted = json.loads(side_file.read_text(encoding="utf-8"))
        return Noted(str(noted["epoch"]), int(noted["seq"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
