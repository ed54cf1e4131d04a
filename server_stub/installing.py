"""Putting a profile into a portal: the first one with everything else, a later one as the bundle in force."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import select, update

from server_stub.core import record
from server_stub.core.catalog import load_catalog, make_bundle, parse_catalog, store_bundle
from server_stub.core.epoch import Ids
from server_stub.core.moment import Clock, stamp
from server_stub.core.profile import BadProfileError, parse_profile
from server_stub.core.setup import install
from server_stub.core.strict_json import parse
from server_stub.core.turn import begin_admin
from server_stub.portal import Portal
from server_stub.resources import read_json, read_kinds
from server_stub.store import tables as t
from server_stub.store.engine import Database, writing


def ensure_installed(portal: Portal) -> bool:
    """Put the generic profile into an empty portal; whether it was empty."""
    if portal.installed():
        return False
    profile = read_json("profiles", "generic.json")
    install_profile(portal.database, profile, clock=portal.settings.clock, ids=portal.settings.ids)
    portal.note_epoch()  # a file left by an earlier portal of that name tells nothing of this one
    return True


def read_profile(path: Path) -> dict[str, Any]:
    """A profile file, checked.

    Raises:
        OSError, BadJsonError, BadProfileError: it cannot be read, is not strict JSON, or contradicts itself.
    """
    value = parse(path.read_bytes())
    if not isinstance(value, dict):
        raise BadProfileError("the file does not hold an object")
    profile = parse_profile(value)
    unknown = set(profile.kinds) - set(read_kinds())
    if unknown:
        raise BadProfileError(f"unknown kinds: {', '.join(sorted(unknown))}")
    return value


def install_profile(database: Database, profile: Mapping[str, Any], *, clock: Clock, ids: Ids) -> str:
    """Bring a profile into force and commit; the bundle's rev. Members and entries stay as they are."""
    kinds = {name: schema for name, schema in read_kinds().items() if name in profile["kinds"]}
    theme = profile.get("theme", {})
    with database.session() as session:
        db = writing(session)
        if db.execute(select(t.portal.c.id)).first() is None:
            install(session, profile=profile, kinds=kinds, theme=theme, members=(), clock=clock, ids=ids)
            return db_rev(database)
        now = stamp(clock())
        document = make_bundle(profile=profile, kinds=kinds, theme=theme, in_force_from=profile["valid_from"])
        parse_catalog(document)
        store_bundle(db, document, now)
        turn = begin_admin(db, op_id=ids(), now=now)
        db.execute(update(t.portal).values(bundle_rev=document["rev"]))
        record.append(turn.work, turn.op, kind="profile", target=profile["id"], rid=document["rev"])
        turn.finish()
        session.commit()
        return str(document["rev"])


def db_rev(database: Database) -> str:
    """The rev of the bundle in force."""
    with database.session() as session:
        return str(session.execute(select(t.portal.c.bundle_rev)).scalar_one())


def show_profile(database: Database) -> dict[str, Any]:
    """The profile document in force."""
    rev = db_rev(database)
    with database.session() as session:
        return dict(load_catalog(session.connection(), rev).document["profile"])
