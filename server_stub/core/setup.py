"""Putting a portal into an empty database, and its members."""

import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from server_stub.core import feed
from server_stub.core.catalog import make_bundle, store_bundle
from server_stub.core.epoch import Ids
from server_stub.core.moment import Clock, stamp
from server_stub.core.record import FIRST_PREV
from server_stub.core.work import Touched
from server_stub.store import tables as t


@dataclass(frozen=True)
class NewMember:
    """A member to be; `roles` are `{"role", "sections": [..] | None}`.

    The id is `u-<username>` unless given.  Without a password hash nobody can sign in as the member.
    """

    username: str
    roles: tuple[Mapping[str, Any], ...]
    label: Mapping[str, str] = field(default_factory=dict)
    password_hash: str | None = None
    password_initial: bool = False
    id: str | None = None

    @property
    def member_id(self) -> str:
        return self.id or f"u-{self.username}"


def install(
    session: Session,
    *,
    profile: Mapping[str, Any],
    kinds: Mapping[str, Any],
    theme: Mapping[str, Any],
    members: Iterable[NewMember],
    clock: Clock,
    ids: Ids,
    secret: str | None = None,
) -> str:
    """Install a portal and commit; the epoch. `kinds` maps ids to schemas, `theme` is the profile's by default.

    `secret` signs cursors and tokens; drawn from the system when not given.
    """
    now, epoch = stamp(clock()), ids()
    db = session.connection()
    document = make_bundle(profile=profile, kinds=kinds, theme=theme, in_force_from=profile["valid_from"])
    store_bundle(db, document, now)
    db.execute(
        insert(t.portal).values(
            id=1, epoch=epoch, secret=secret or secrets.token_hex(32), bundle_rev=document["rev"], seq=0,
            record_seq=0, record_head=FIRST_PREV,
        )
    )  # fmt: skip
    touched: Touched = {}
    for member in members:
        db.execute(insert(t.member).values(**member_row(member, now)))
        touched[("board", member.member_id)] = None
    feed.announce(db, touched)
    session.commit()
    return epoch


def member_row(member: NewMember, now: str) -> dict[str, object]:
    """The columns of a new member."""
    label = dict(member.label) or {"vi": member.username, "en": member.username}
    roles = [{"role": item["role"], "sections": item.get("sections")} for item in member.roles]
    return {
        "id": member.member_id,
        "username": member.username,
        "label": json.dumps(label, ensure_ascii=False),
        "roles": json.dumps(roles),
        "active": True,
        "password_hash": member.password_hash,
        "password_initial": member.password_initial,
        "created": now,
    }
