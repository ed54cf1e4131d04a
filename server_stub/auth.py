"""Signing in and out: what the `/v1/auth` endpoints and every token check do, each in its own transaction.

log_in · renew · who_calls · change_password · log_out
"""

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update
from sqlalchemy.orm import Session

from server_stub.core import tokens
from server_stub.core.catalog import load_catalog
from server_stub.core.epoch import Ids
from server_stub.core.feed import member_view
from server_stub.core.moment import Clock, later, read, stamp
from server_stub.core.passwords import Chance, Passwords, weakness
from server_stub.core.people import Person, person_of
from server_stub.core.problems import Problem
from server_stub.store import tables as t
from server_stub.store.engine import writing

MAX_FAILURES: Final = 10
LOCK_MINUTES: Final = 15
MAX_USERNAME: Final = 80
_MEMBER: Final = select(t.member).where(t.member.c.id == bindparam("of_member"))


@dataclass(frozen=True)
class Means:
    """What signing in needs from outside."""

    clock: Clock
    ids: Ids
    chance: Chance
    passwords: Passwords


@dataclass(frozen=True)
class Caller:
    """Who a token stands for."""

    person: Person
    device_id: str
    session_id: str
    seen: str | None = None  # as last noted
    waiting: int | None = None


def log_in(session: Session, *, username: str, password: str, device: tuple[str, str], means: Means) -> dict[str, Any]:
    """Open a session for `device` (id, name).

    Raises:
        Problem: `bad-credentials`, or `rate-limited` after ten failures in fifteen minutes.
    """
    now, username = stamp(means.clock()), username.strip().casefold()[:MAX_USERNAME]
    account = select(t.member).where(t.member.c.username == username)
    _count_attempt(session, username, now=now)
    seen = session.execute(account).one_or_none()
    session.rollback()  # a hash takes long: no lock is held meanwhile
    right = means.passwords.matches(password, None if seen is None else seen.password_hash)
    db = writing(session)
    row = db.execute(account).one_or_none()
    if not right or seen is None or row is None or not row.active or row.password_hash != seen.password_hash:
        raise Problem("bad-credentials", "wrong user name or password")
    db.execute(delete(t.login_failure).where(t.login_failure.c.account == username))
    pair = tokens.open_session(
        db, session_id=means.ids(), member_id=row.id, device_id=device[0], device_name=device[1],
        chance=means.chance, now=now,
    )  # fmt: skip
    answer = {**_pair(db, pair), "member": member_view(row), "password_change_required": bool(row.password_initial)}
    session.commit()
    return answer


def renew(session: Session, *, refresh: str, refresh_id: str, means: Means) -> dict[str, Any]:
    """The next pair for a refresh token; Problem `token-expired` or `device-revoked`."""
    now = stamp(means.clock())
    db = writing(session)
    secret = db.execute(select(t.portal.c.secret)).scalar_one()
    try:
        session_id, pair = tokens.rotate(db, refresh, refresh_id=refresh_id, secret=secret, now=now)
    except Problem:
        session.commit()  # a session that ends here must stay ended
        raise
    row = db.execute(
        select(t.member).join(t.session, t.session.c.member_id == t.member.c.id).where(t.session.c.id == session_id)
    ).one()
    answer = {**_pair(db, pair), "member": member_view(row), "password_change_required": bool(row.password_initial)}
    session.commit()
    return answer


def who_calls(session: Session, access: str, *, clock: Clock, password_only: bool = False) -> Caller:
    """Whose token this is; `password_only` also lets those pass who must change their password first.

    Raises:
        Problem: `token-expired`, `device-revoked` or `password-change-required`.
    """
    db = session.connection()
    found = tokens.find_session(db, access, now=stamp(clock()))
    row = db.execute(_MEMBER, {"of_member": found.member_id}).one()
    if not row.active:
        raise Problem("device-revoked", "the account is closed")
    if row.password_initial and not password_only:
        raise Problem("password-change-required", "the first password must be changed")
    return Caller(person_of(row), found.device_id, found.session_id, found.seen, found.waiting)


def change_password(session: Session, caller: Caller, *, old: str, new: str, means: Means) -> None:
    """Change the caller's password; every other device is signed out. The same change twice is one change.

    Raises:
        Problem: `bad-credentials`, `weak-password` (member `reason`), `rate-limited`.
    """
    now = stamp(means.clock())
    username = caller.person.username
    attempt = _count_attempt(session, username, now=now)
    mine = t.member.c.id == caller.person.id
    stored = session.execute(select(t.member.c.password_hash).where(mine)).scalar_one()
    session.rollback()  # a hash takes long: no lock is held meanwhile
    if not means.passwords.matches(old, stored):
        if means.passwords.matches(new, stored):
            _take_back(session, attempt)
            return  # the same change again: its reply was lost on the way
        raise Problem("bad-credentials", "the present password is wrong")
    _take_back(session, attempt)
    rev = session.execute(select(t.portal.c.bundle_rev)).scalar_one()
    minimum = load_catalog(session.connection(), rev).profile.password_min
    session.rollback()
    reason = weakness(new, old=old, username=username, minimum=minimum)
    if reason is not None:
        raise Problem("weak-password", reason, extra={"reason": reason, "minimum": minimum})
    hashed = means.passwords.hash(new)
    db = writing(session)
    checked = update(t.member).where(mine, t.member.c.password_hash == stored)
    if not db.execute(checked.values(password_hash=hashed, password_initial=False)).rowcount:
        session.rollback()
        change_password(session, caller, old=old, new=new, means=means)  # changed meanwhile: perhaps to `new`
    else:
        tokens.close_sessions(db, caller.person.id, now=now, but=caller.session_id)
        session.commit()


def log_out(session: Session, caller: Caller, *, clock: Clock) -> None:
    """End the caller's session on this device."""
    tokens.close_session(writing(session), caller.session_id, now=stamp(clock()))
    session.commit()


def _pair(db: Connection, pair: tokens.Pair) -> dict[str, Any]:
    portal = db.execute(select(t.portal.c.epoch, t.portal.c.bundle_rev)).one()
    return {
        "access": pair.access,
        "access_expires_in": pair.access_seconds,
        "refresh": pair.refresh,
        "epoch": portal.epoch,
        "bundle_rev": portal.bundle_rev,
    }


def _count_attempt(session: Session, account: str, *, now: str) -> int:
    """Count an attempt as a failure until it has succeeded, and commit: however many come at once, ten are tried."""
    db, since = writing(session), later(now, minutes=-LOCK_MINUTES)
    db.execute(select(t.portal.c.id).with_for_update())  # elsewhere what SQLite's write lock is: one after another
    db.execute(delete(t.login_failure).where(t.login_failure.c.at <= since))
    failure = t.login_failure.c
    found = select(func.count(), func.min(failure.at)).where(failure.account == account)
    count, oldest = db.execute(found).one()
    if count >= MAX_FAILURES:
        wait = int((read(later(oldest, minutes=LOCK_MINUTES)) - read(now)).total_seconds()) + 1
        raise Problem("rate-limited", "too many failed attempts", extra={"retry_after": wait})
    counted = insert(t.login_failure).values(account=account, at=now).returning(t.login_failure.c.id)
    key = int(db.execute(counted).scalar_one())
    session.commit()
    return key


def _take_back(session: Session, attempt: int) -> None:
    """The attempt was no failure; those before it stay."""
    writing(session).execute(delete(t.login_failure).where(t.login_failure.c.id == attempt))
    session.commit()
