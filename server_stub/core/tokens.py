"""Access and refresh tokens of one signed-in device: opaque, stored as hashes, refresh tokens used once.

A pair made by a refresh is derived from the token presented and the `refresh_id`, so that a lost answer can be
given again although the portal keeps no token.
"""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, bindparam, insert, select, update

from server_stub.core.canonical import sorted_json
from server_stub.core.moment import later, read
from server_stub.core.passwords import Chance
from server_stub.core.problems import Problem
from server_stub.store import tables as t

ACCESS_MINUTES: Final = 30
REFRESH_DAYS: Final = 60
SESSION_DAYS: Final = 180
REPEAT_MINUTES: Final = 10
# Asked at every request: building it anew costs more than running it.
_TOKEN: Final = (
    select(
        t.token.c.hash, t.token.c.expires, t.token.c.rotated_by, t.token.c.rotated_at, t.token.c.session_id,
        t.session.c.member_id, t.session.c.device_id, t.session.c.revoked, t.session.c.seen, t.session.c.waiting,
        t.session.c.expires.label("session_expires"),
    )
    .join(t.session, t.session.c.id == t.token.c.session_id)
    .where(t.token.c.hash == bindparam("of_hash"), t.token.c.use == bindparam("for_use"))
)  # fmt: skip


@dataclass(frozen=True)
class Pair:
    """`access_seconds` is how long the access token lasts from now."""

    access: str
    refresh: str
    access_seconds: int


def open_session(
    db: Connection, *, session_id: str, member_id: str, device_id: str, device_name: str, chance: Chance, now: str
) -> Pair:
    """Start a device's session; an earlier one of the same member on the same device ends."""
    earlier = (t.session.c.member_id == member_id, t.session.c.device_id == device_id, t.session.c.revoked.is_(None))
    db.execute(update(t.session).where(*earlier).values(revoked=now))
    db.execute(
        insert(t.session).values(
            id=session_id, member_id=member_id, device_id=device_id, device_name=device_name, created=now,
            expires=later(now, days=SESSION_DAYS), revoked=None,
        )
    )  # fmt: skip
    access, refresh = (_text(chance(32)) for _ in range(2))
    return _store(db, session_id, access, refresh=refresh, now=now)


def rotate(db: Connection, presented: str, *, refresh_id: str, secret: str, now: str) -> tuple[str, Pair]:
    """The session's id and the next pair for a refresh token.

    The same `refresh_id` gets the same pair for ten minutes; an old token otherwise ends the session.

    Raises:
        Problem: `token-expired` or `device-revoked`; the caller commits in both cases.
    """
    row = _find(db, presented, use="refresh")
    if row is None or row.expires <= now or row.session_expires <= now:
        raise Problem("token-expired", "sign in again")
    if row.revoked is not None:
        raise Problem("device-revoked", "this device was signed out")
    access, refresh = (_derive(secret, use, presented, refresh_id) for use in ("access", "refresh"))
    if row.rotated_by is None:
        mark = update(t.token).where(t.token.c.hash == row.hash)
        db.execute(mark.values(rotated_by=refresh_id, rotated_at=now))
        return row.session_id, _store(db, row.session_id, access, refresh=refresh, now=now)
    if row.rotated_by != refresh_id or later(row.rotated_at, minutes=REPEAT_MINUTES) <= now:
        close_session(db, row.session_id, now=now)
        raise Problem("device-revoked", "a refresh token was used twice")
    left = read(later(row.rotated_at, minutes=ACCESS_MINUTES)) - read(now)
    return row.session_id, Pair(access, refresh, int(left.total_seconds()))


def find_session(db: Connection, access: str, *, now: str) -> Any:  # noqa: ANN401 - a row of chosen columns
    """The session (with member and device) of an access token.

    Raises:
        Problem: `token-expired` or `device-revoked`.
    """
    row = _find(db, access, use="access")
    if row is None:
        raise Problem("token-expired", "the token is not known")
    if row.revoked is not None:
        raise Problem("device-revoked", "this device was signed out")
    if row.expires <= now or row.session_expires <= now:
        raise Problem("token-expired", "the token has expired")
    return row


def close_session(db: Connection, session_id: str, *, now: str) -> None:
    """End one device's session with all its tokens."""
    db.execute(update(t.session).where(t.session.c.id == session_id, t.session.c.revoked.is_(None)).values(revoked=now))


def close_sessions(db: Connection, member_id: str, *, now: str, but: str | None = None) -> None:
    """End a member's sessions, but for one."""
    open_ones = (t.session.c.member_id == member_id, t.session.c.revoked.is_(None), t.session.c.id != (but or ""))
    db.execute(update(t.session).where(*open_ones).values(revoked=now))


def _find(db: Connection, token: str, *, use: str) -> Any | None:  # noqa: ANN401 - a row of chosen columns
    return db.execute(_TOKEN, {"of_hash": _hash(token), "for_use": use}).one_or_none()


def _store(db: Connection, session_id: str, access: str, *, refresh: str, now: str) -> Pair:
    shared = {"session_id": session_id, "created": now, "rotated_by": None, "rotated_at": None}
    db.execute(
        insert(t.token),
        [
            {**shared, "hash": _hash(access), "use": "access", "expires": later(now, minutes=ACCESS_MINUTES)},
            {**shared, "hash": _hash(refresh), "use": "refresh", "expires": later(now, days=REFRESH_DAYS)},
        ],
    )
    return Pair(access, refresh, ACCESS_MINUTES * 60)


def _derive(secret: str, use: str, *parts: str) -> str:
    return _text(hmac.new(secret.encode(), sorted_json([use, *parts]), hashlib.sha256).digest())


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")
