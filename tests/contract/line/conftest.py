"""A portal for a whole file of tests, and a line of its own for each of them."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from tests.support.live_portal import LivePortal, live_portal
from tests.support.proxy import FaultProxy


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LivePortal]:
    with live_portal(tmp_path_factory.mktemp("portal")) as running:
        yield running


@pytest.fixture
def line(portal: LivePortal) -> Iterator[FaultProxy]:
    with FaultProxy(urlsplit(portal.url).port or 0) as found:
        yield found
