"""Fixtures of the portal's unit tests."""

from collections.abc import Iterator

import pytest

from tests.unit.server_stub.house import House, build


@pytest.fixture
def house() -> Iterator[House]:
    """A portal in memory with one member per role."""
    made = build()
    yield made
    made.database.close()
