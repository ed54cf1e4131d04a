"""The reference portal on a real loopback socket, in a thread of the test, with the generic profile and four members."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher

from server_stub.app import create_app
from server_stub.core.passwords import Passwords
from server_stub.core.setup import NewMember, install
from server_stub.portal import Portal
from server_stub.resources import read_json, read_kinds
from server_stub.serving import in_thread
from server_stub.settings import Settings, settings_for
from server_stub.store.engine import open_database

PASSWORD = "mat-khau-thu-nghiem"
FIRST_PASSWORD = "mot-lan-4827"
# The weakest hash argon2 offers: these tests are not about guessing.
QUICK = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
ROLES: dict[str, tuple[dict[str, object], ...]] = {
    "ctv.vanhoa": ({"role": "ctv", "sections": ["tin-hoat-dong", "van-ban-quy-pham"]},),
    "btv.tin": ({"role": "btv", "sections": ["tin-hoat-dong"]},),
    "phoban1": ({"role": "phoban", "sections": None},),
    "truongban": ({"role": "truongban", "sections": None},),
}
NEWCOMER = "ctv.moi"


@dataclass(frozen=True)
class LivePortal:
    url: str
    database: Path
    portal: Portal


@contextmanager
def live_portal(
    folder: Path, *, port: int = 0, url: str = "", kinds: Mapping[str, Any] | None = None
) -> Iterator[LivePortal]:
    """A portal that listens until the block ends; its database is in `folder`, new, or is the portal at `url`.

    `kinds`: others than those that are shipped, which belong into every section.
    """
    path = folder / "portal.sqlite"
    settings = settings_for(url, data=folder / "data") if url else settings_for(path)
    if not url:
        install_in(settings, kinds)
    app = create_app(replace(settings, passwords=QUICK))
    with in_thread(app, port=port) as address:
        yield LivePortal(address, path, app.state.portal)


def install_in(settings: Settings, kinds: Mapping[str, Any] | None = None) -> None:
    """A new portal with its members."""
    profile = read_json("profiles", "generic.json")
    kinds = kinds or {}
    profile["kinds"] += kinds
    for section in profile["sections"]:
        section["kinds"] += kinds
    known = QUICK.hash(PASSWORD)
    members = [NewMember(name, roles, password_hash=known) for name, roles in ROLES.items()]
    first = QUICK.hash(FIRST_PASSWORD)
    members.append(NewMember(NEWCOMER, ROLES["ctv.vanhoa"], password_hash=first, password_initial=True))
    database = open_database(settings.database, create=True)
    with database.session(write=True) as session:
        install(
            session,
            profile=profile,
            kinds={**read_kinds(), **kinds},
            theme=profile["theme"],
            members=members,
            clock=settings.clock,
            ids=settings.ids,
        )
    database.close()
