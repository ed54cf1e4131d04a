"""The store in memory, the store in a home and the checker's plain one, under one contract."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.application.ports import Store
from desktop.store import open_store
from tests.support.offices import CountedClock
from tests.support.plain_store import PlainStore


@pytest.fixture(params=["memory", "file", "plain"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    if request.param == "plain":
        yield PlainStore()
        return
    opened = open_store(None if request.param == "memory" else tmp_path / "home", clock=CountedClock())
    yield opened
    opened.close()
