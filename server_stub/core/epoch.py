"""The identity of this database's time-line, and how a restored backup is noticed.

The side file beside the database holds `{"epoch", "seq"}` as of the last commit.  Another epoch in it, or a
higher number, means that the database went back in time: a new epoch begins, and clients ask what is known.
"""

import json
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Connection, select, update

from server_stub.store import tables as t

Ids = Callable[[], str]


def reconcile(db: Connection, side_file: Path, *, ids: Ids) -> bool:
    """Compare the database with its side file at start; True when a new epoch began."""
    row = db.execute(select(t.portal.c.epoch, t.portal.c.seq)).one()
    noted = _read(side_file)
    if noted is None or (noted[0] == row.epoch and noted[1] <= row.seq):
        return False
    renew(db, ids=ids)
    return True


def renew(db: Connection, *, ids: Ids) -> str:
    """Begin a new epoch."""
    epoch = ids()
    db.execute(update(t.portal).values(epoch=epoch))
    return epoch


def note(db: Connection, side_file: Path) -> None:
    """Write the side file after a commit; whole or not at all."""
    row = db.execute(select(t.portal.c.epoch, t.portal.c.seq)).one()
    beside = side_file.with_name(side_file.name + ".new")
    beside.write_text(json.dumps({"epoch": row.epoch, "seq": row.seq}), encoding="utf-8")
    beside.replace(side_file)


def _read(side_file: Path) -> tuple[str, int] | None:
    try:
        noted = json.loads(side_file.read_text(encoding="utf-8"))
        return str(noted["epoch"]), int(noted["seq"])
    except (OSError, ValueError, KeyError, TypeError):
        return None  # lost or torn: the database alone counts
