"""The identity of this database's time-line, and how a database that went back in time is noticed.

The side file beside the database holds `{"epoch", "seq"}` of a commit: the last one, if it could be written. An epoch
in it that the database never had, or a higher number, means that the database went back: a new epoch begins.
A cursor tells the same without the file: it names the last record row its reader saw (core/cursor.py).
"""

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from server_stub.core.cursor import Cursor
from server_stub.store import tables as t

Ids = Callable[[], str]

_HASH: Final = select(t.record.c.hash).where(t.record.c.seq == bindparam("of_seq"))
_ENDED: Final = select(t.ended_epoch).where(t.ended_epoch.c.epoch == bindparam("of_epoch"))


@dataclass(frozen=True)
class Noted:
    """The time-line and the feed number that were committed when the side file was written, or later."""

    epoch: str
    seq: int


def reconcile(db: Connection, side_file: Path, *, ids: Ids) -> bool:
    """Compare the database with its side file at start; True when a new epoch began."""
    row, noted = db.execute(select(t.portal)).one(), noted_in(side_file)
    if not went_back(db, row, noted):
        return False
    renew(db, row.epoch, noted=noted, ids=ids)
    return True


def went_back(db: Connection, portal: Row[Any], noted: Noted | None) -> bool:
    """Whether the database is older than what was noted before the transaction of `portal`, its row, began.

    A file that names an epoch which ended here is itself the older one: it could not be written since, was read
    before the epoch ended, or was written by another process that had read its row before.
    """
    if noted is None:
        return False
    if noted.epoch == portal.epoch:
        return noted.seq > int(portal.seq)
    return not _has_ended(db, noted.epoch)


def has_another_past(db: Connection, portal: Row[Any], cursor: Cursor) -> bool:
    """Whether the reader with `cursor` was told what this database does not know, under the same epoch."""
    if cursor.epoch != portal.epoch:
        return False
    if cursor.position > portal.seq:
        return True
    seq, head = cursor.seen
    if not seq or (seq, head) == (portal.record_seq, portal.record_head[: len(head)]):
        return False
    found = db.execute(_HASH, {"of_seq": seq}).scalar_one_or_none()
    return found is None or not found.startswith(head)


def renew(db: Connection, gone: str, *, noted: Noted | None = None, ids: Ids) -> str:
    """End the epoch `gone`, and the one that was noted, unless somebody did already; the epoch in force."""
    ended = db.execute(update(t.portal).where(t.portal.c.epoch == gone).values(epoch=ids())).rowcount
    over = {gone} if noted is None else {gone, noted.epoch}
    rows = [{"epoch": epoch} for epoch in sorted(over) if not _has_ended(db, epoch)]
    if ended and rows:
        db.execute(insert(t.ended_epoch), rows)
    return str(db.execute(select(t.portal.c.epoch)).scalar_one())


def _has_ended(db: Connection, epoch: str) -> bool:
    return db.execute(_ENDED, {"of_epoch": epoch}).first() is not None


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
