"""The store in memory and the store in a home, under one contract."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.application.ports import Store
from desktop.store import open_store
from tests.support.offices import CountedClock


@pytest.fixture(params=["memory", "file"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    opened = open_store(None if request.param == "memory" else tmp_path / "home", clock=CountedClock())
    yield opened
    opened.close()
