"""What an administrator does to accounts on the portal's command line; announced and recorded like operations."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update
from sqlalchemy.orm import Session

from server_stub.core import record
from server_stub.core.board import roles_refusal
from server_stub.core.epoch import Ids
from server_stub.core.moment import Clock, stamp
from server_stub.core.passwords import Chance, Passwords, one_time
from server_stub.core.setup import NewMember, member_row
from server_stub.core.tokens import close_sessions
from server_stub.core.turn import AdminTurn, begin_admin
from server_stub.store import tables as t
from server_stub.store.engine import writing

Roles = Sequence[Mapping[str, Any]]


class AccountError(Exception):
    """An account command that cannot be carried out; `code` names why, `params` fill the sentence."""

    def __init__(self, code: str, /, **params: str) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


def members(db: Connection) -> list[Row[Any]]:
    """Every member, by user name."""
    return list(db.execute(select(t.member).order_by(t.member.c.username)))


def add_member(
    session: Session, *, username: str, label: Mapping[str, str], roles: Roles, passwords: Passwords,
    chance: Chance, clock: Clock, ids: Ids,
) -> str:  # fmt: skip
    """Add a member; the one-time password, which is kept nowhere else."""
    turn = _begin(session, clock, ids)
    _check_roles(turn, roles)
    if _row(turn, username) is not None:
        raise AccountError("exists", username=username)
    password = one_time(chance)
    new = NewMember(username, tuple(roles), label, passwords.hash(password), password_initial=True)
    turn.work.db.execute(insert(t.member).values(**member_row(new, turn.work.now)))
    _end(session, turn, "account.add", member_id=new.member_id)
    return password


def set_roles(session: Session, username: str, *, roles: Roles, clock: Clock, ids: Ids) -> None:
    """Replace a member's roles."""
    turn = _begin(session, clock, ids)
    _check_roles(turn, roles)
    member_id = _known(turn, username)
    stored = json.dumps([{"role": item["role"], "sections": item.get("sections")} for item in roles])
    turn.work.db.execute(update(t.member).where(t.member.c.id == member_id).values(roles=stored))
    _end(session, turn, "account.roles", member_id=member_id)


def disable(session: Session, username: str, *, clock: Clock, ids: Ids) -> None:
    """Close an account and sign its devices out."""
    turn = _begin(session, clock, ids)
    member_id = _known(turn, username)
    turn.work.db.execute(update(t.member).where(t.member.c.id == member_id).values(active=False))
    close_sessions(turn.work.db, member_id, now=turn.work.now)
    _end(session, turn, "account.disable", member_id=member_id)


def reset_password(
    session: Session, username: str, *, passwords: Passwords, chance: Chance, clock: Clock, ids: Ids,
    initial: bool = True, password: str | None = None,
) -> str:  # fmt: skip
    """Give a member a new (by default one-time) password and sign the devices out; the password."""
    turn = _begin(session, clock, ids)
    member_id = _known(turn, username)
    password = password or one_time(chance)
    turn.work.db.execute(
        update(t.member)
        .where(t.member.c.id == member_id)
        .values(password_hash=passwords.hash(password), password_initial=initial)
    )
    close_sessions(turn.work.db, member_id, now=turn.work.now)
    _end(session, turn, "account.password", member_id=member_id)
    return password


def _begin(session: Session, clock: Clock, ids: Ids) -> AdminTurn:
    db = writing(session)
    return begin_admin(db, op_id=ids(), now=stamp(clock()))


def _end(session: Session, turn: AdminTurn, kind: str, *, member_id: str) -> None:
    if kind != "account.password":
        turn.work.touch("board", member_id)
    record.append(turn.work, turn.op, kind=kind, target=member_id)
    turn.finish()
    session.commit()


def _check_roles(turn: AdminTurn, roles: Roles) -> None:
    refusal = roles_refusal(turn.work.catalog.profile, [{"sections": None, **item} for item in roles])
    if refusal is not None:
        raise AccountError("roles", code=refusal.rule.code if refusal.rule else "", where=refusal.errors[0][0])


def _row(turn: AdminTurn, username: str) -> Row[Any] | None:
    return turn.work.db.execute(select(t.member).where(t.member.c.username == username)).one_or_none()


def _known(turn: AdminTurn, username: str) -> str:
    row = _row(turn, username)
    if row is None:
        raise AccountError("unknown", username=username)
    return str(row.id)
