"""The application on a file, behind a real socket: begun with a portal of one member per role, or gone on with."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from server_stub.app import create_app
from server_stub.core.setup import NewMember, install
from server_stub.resources import read_json, read_kinds
from server_stub.serving import in_thread
from server_stub.settings import Settings
from tests.contract.portal.wire import PASSWORD, Wire
from tests.unit.server_stub.house import MEMBERS, QUICK

NEWCOMER: Final = "moi"


def open_wire(side_file: Path, url: str = "") -> Wire:
    """Whoever talks to the portal of `side_file`; its database lies beside it unless it has a `url`."""
    return Wire(database=None, side_file=side_file, url=url)  # type: ignore[arg-type]  # the application opens the database


@contextmanager
def served(wire: Wire, **more: Any) -> Iterator[str]:  # noqa: ANN401
    """The portal of `wire`, with `more` settings, as long as the block lasts.

    A new one has NEWCOMER with a first password, the others with PASSWORD.
    """
    path = wire.side_file.with_suffix(".db")
    url = wire.url or f"sqlite:///{path}"
    app = create_app(
        Settings(
            url,
            data=path.with_suffix(".data"),
            epoch_file=wire.side_file,
            clock=wire.clock,
            ids=wire.id,
            passwords=QUICK,
            **more,
        )
    )
    wire.database = app.state.portal.database
    if not app.state.portal.installed():
        _install(wire)
    with in_thread(app) as wire.address:
        yield wire.address


def _install(wire: Wire) -> None:
    hashed, profile = QUICK.hash(PASSWORD), read_json("profiles", "generic.json")
    members = [replace(member, password_hash=hashed) for member in MEMBERS]
    members.append(NewMember(NEWCOMER, (), password_hash=hashed, password_initial=True))
    with wire.database.session() as session:
        wire.epoch = install(
            session, profile=profile, kinds=read_kinds(), theme=profile["theme"], members=members, clock=wire.clock,
            ids=wire.id,
        )  # fmt: skip
