"""The end of every change, by an operation or by an administrator: numbers given out, entries and heads written."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Row, select, update

from server_stub.core import feed
from server_stub.core.catalog import load_catalog
from server_stub.core.people import Person
from server_stub.core.work import Work
from server_stub.core.workflow import Actor
from server_stub.store import tables as t

_NEW_HEAD: Final = update(t.portal)

ADMINISTRATOR: Final = "portal"
"""The actor of what is done on the portal's own command line."""


def finish(work: Work, portal: Row[Any]) -> int:
    """Number and write what changed since `portal` was read; the newest feed number."""
    if not work.touched and work.record_seq == portal.record_seq:
        return int(portal.seq)
    work.db.execute(_NEW_HEAD, {"record_seq": work.record_seq, "record_head": work.record_head})
    work.write_entries(feed.announce(work.db, work.touched))
    return int(portal.seq) + len(work.touched)


@dataclass(frozen=True)
class AdminTurn:
    """A change from the command line; `op` stands in the record like an operation."""

    work: Work
    portal: Row[Any]
    op: Mapping[str, Any]

    def finish(self) -> None:
        finish(self.work, self.portal)


def begin_admin(db: Connection, *, op_id: str, now: str, by: Person | None = None) -> AdminTurn:
    """Start a change by the administrator on the command line, or by a member who is no editor in it."""
    portal = db.execute(select(t.portal).with_for_update()).one()
    work = Work(
        db=db,
        catalog=load_catalog(db, portal.bundle_rev),
        actor=Actor(by or Person(ADMINISTRATOR, ADMINISTRATOR, {}, (), active=True)),
        now=now,
        record_seq=portal.record_seq,
        record_head=portal.record_head,
    )
    return AdminTurn(work, portal, {"op_id": op_id})
