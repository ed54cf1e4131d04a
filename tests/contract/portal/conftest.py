"""One portal per test module and database: the application behind a real socket, on SQLite and on PostgreSQL."""

from collections.abc import Iterator

import pytest

from tests.contract.portal.served import open_wire, served
from tests.contract.portal.wire import Wire
from tests.support.postgres import new_database


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def wire(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wire]:
    url = new_database() if request.param == "postgresql" else ""
    wire = open_wire(tmp_path_factory.mktemp("portal") / "p.epoch", url)
    with served(wire):
        yield wire
