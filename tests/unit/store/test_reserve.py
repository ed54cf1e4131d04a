"""The room that a home keeps for what a person writes: given up on a full disk, and nothing is fetched without it."""

import shutil
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest

from desktop.domain.errors import NoRoom, StorageProblem
from desktop.store import open_store
from desktop.store.reserve import NAME, require_room
from tests.support.offices import CountedClock


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def test_a_full_disk_is_given_the_reserve(home: Path) -> None:
    with closing(open_store(home, clock=CountedClock(), reserve=True)) as store:
        store.require_room()
        assert (home / NAME).exists()
        with store._writer.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
        with pytest.raises(StorageProblem, match="full"), store.write() as work:
            work.feed.set_value("mark", "x" * 1_000_000)
        assert not (home / NAME).exists()


def test_nothing_is_fetched_onto_a_disk_that_has_no_room_for_a_reserve(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(open_store(home, clock=CountedClock(), reserve=True)) as store:
        with monkeypatch.context() as patch:
            patch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(total=64 << 20, free=1 << 20))
            with pytest.raises(NoRoom):
                store.require_room()
            assert not (home / NAME).exists()
        require_room(home)
        assert (home / NAME).exists()
