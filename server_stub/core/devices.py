"""The devices that are signed in, for who manages accounts: when each was last heard of, what waited on it; ended by hand.

What a device says of itself is noted when it changes, and every five minutes: a poll that brings nothing costs no write more.
"""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import Connection, bindparam, func, select, update
from sqlalchemy.orm import Session

from server_stub.core import record
from server_stub.core.epoch import Ids
from server_stub.core.moment import Clock, later, stamp
from server_stub.core.people import Person
from server_stub.core.problems import Problem
from server_stub.core.profile import Profile
from server_stub.core.tokens import close_session
from server_stub.core.turn import begin_admin
from server_stub.store import tables as t
from server_stub.store.engine import writing

NOTE_MINUTES: Final = 5
_NOTE: Final = update(t.session).where(t.session.c.id == bindparam("of_session"))
_OPEN: Final = (
    select(t.session, t.member.c.username, t.member.c.label)
    .join(t.member, t.member.c.id == t.session.c.member_id)
    .where(t.session.c.revoked.is_(None), t.session.c.expires > bindparam("at"))
    .order_by(func.coalesce(t.session.c.seen, t.session.c.created), t.session.c.id)
)


def require_manager(person: Person, profile: Profile) -> None:
    """Problem `forbidden` for who may not manage accounts: an editor's right opens no door here."""
    if not person.has_role(profile.board.managers):
        rule = {"code": "role", "clause": profile.board.clause, "params": {}}
        raise Problem("forbidden", "managing devices is for who manages accounts", extra={"rule": rule})


def is_news(*, seen: str | None, known: int | None, waiting: int | None, now: str) -> bool:
    """Whether what a device says is worth a write."""
    return seen is None or known != waiting or later(seen, minutes=NOTE_MINUTES) <= now


def note(db: Connection, session_id: str, *, waiting: int | None, now: str) -> None:
    db.execute(_NOTE, {"of_session": session_id, "seen": now, "waiting": waiting})


def listed(db: Connection, *, now: str, asking: str) -> list[Mapping[str, Any]]:
    """Who has not been heard of for longest comes first; `asking` is the session that asks."""
    return [
        {
            "id": row.id, "device_id": row.device_id, "device_name": row.device_name, "member_id": row.member_id,
            "username": row.username, "signed_in": row.created, "seen": row.seen, "waiting": row.waiting,
            "current": row.id == asking,
        }
        for row in db.execute(_OPEN, {"at": now})
    ]  # fmt: skip


def revoke(session: Session, session_id: str, *, by: Person, clock: Clock, ids: Ids) -> None:
    """Sign a device out, and write down who did; done twice, it is done once. Problem `not-found`."""
    turn = begin_admin(writing(session), op_id=ids(), now=stamp(clock()), by=by)
    db = turn.work.db
    found = db.execute(select(t.session.c.member_id, t.session.c.revoked).where(t.session.c.id == session_id)).first()
    if found is None:
        raise Problem("not-found", "no such device")
    if found.revoked is None:
        close_session(db, session_id, now=turn.work.now)
        record.append(turn.work, turn.op, kind="device.revoke", target=session_id)
        turn.finish()
    session.commit()
