"""One portal per test module: the application on a file, behind a real socket."""

from collections.abc import Iterator

import pytest

from tests.contract.portal.served import open_wire, served
from tests.contract.portal.wire import Wire


@pytest.fixture(scope="module")
def wire(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wire]:
    wire = open_wire(tmp_path_factory.mktemp("portal") / "p.epoch")
    with served(wire):
        yield wire
