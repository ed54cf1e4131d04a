"""One portal per test module: the application on a file, behind a real socket."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from server_stub.app import create_app
from server_stub.core.setup import NewMember, install
from server_stub.resources import read_json, read_kinds
from server_stub.serving import in_thread
from server_stub.settings import Settings
from tests.contract.portal.wire import PASSWORD, Wire
from tests.unit.server_stub.house import MEMBERS, QUICK


@pytest.fixture(scope="module")
def wire(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wire]:
    """A portal with one member per role, all with the same password, and `moi` with a first password."""
    folder: Path = tmp_path_factory.mktemp("portal")
    wire = Wire(database=None)  # type: ignore[arg-type]  # the application opens the database
    settings = Settings(
        f"sqlite:///{folder / 'p.db'}", epoch_file=folder / "p.epoch", clock=wire.clock, ids=wire.id, passwords=QUICK
    )
    app = create_app(settings)
    wire.database = app.state.portal.database
    hashed, profile = QUICK.hash(PASSWORD), read_json("profiles", "generic.json")
    members = [replace(member, password_hash=hashed) for member in MEMBERS]
    members.append(NewMember("moi", (), password_hash=hashed, password_initial=True))
    with wire.database.session() as session:
        wire.epoch = install(
            session, profile=profile, kinds=read_kinds(), theme=profile["theme"], members=members, clock=wire.clock,
            ids=wire.id,
        )  # fmt: skip
    with in_thread(app) as wire.address:
        yield wire
