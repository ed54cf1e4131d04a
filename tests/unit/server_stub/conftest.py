"""Fixtures of the portal's unit tests."""

from collections.abc import Iterator

import pytest

from server_stub.store.engine import open_database
from tests.support.postgres import new_database
from tests.unit.server_stub.house import House, build, install_in


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.full)])
def house(request: pytest.FixtureRequest) -> Iterator[House]:
    """A portal with one member per role, in memory; with --full also on PostgreSQL."""
    made = build() if request.param == "sqlite" else install_in(open_database(new_database(), create=True))
    yield made
    made.database.close()
