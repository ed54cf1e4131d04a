"""The newest backup is restored once a week; one that cannot be takes no other one's place."""

from datetime import timedelta
from pathlib import Path

import pytest

from desktop.domain.errors import StorageProblem, StoreDamaged
from desktop.store import back_up_if_due
from desktop.store.drill import drill_if_due
from desktop.store.keeping import BACKUPS, newest_first
from tests.unit.store.test_keeping import FIRST, CalendarClock, home

__all__ = ["home"]


def _spoil(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data.replace("Một".encode(), "Mốt".encode()))


def test_a_backup_is_restored_and_nothing_is_left_of_the_drill(home: Path) -> None:
    back_up_if_due(home, clock=CalendarClock(FIRST))
    (backup,) = newest_first(home / BACKUPS)
    before = backup.read_bytes()
    drill_if_due(home, clock=CalendarClock(FIRST))
    assert newest_first(home / BACKUPS) == [backup]
    assert backup.read_bytes() == before
    assert sorted(path.name for path in home.iterdir()) == ["backup", "toasoan.sqlite"]


def test_a_backup_that_went_bad_is_found_out_within_a_week(home: Path) -> None:
    back_up_if_due(home, clock=CalendarClock(FIRST))
    drill_if_due(home, clock=CalendarClock(FIRST))
    (backup,) = newest_first(home / BACKUPS)
    _spoil(backup)
    drill_if_due(home, clock=CalendarClock(FIRST + timedelta(days=6)))
    assert newest_first(home / BACKUPS) == [backup]
    with pytest.raises(StoreDamaged):
        drill_if_due(home, clock=CalendarClock(FIRST + timedelta(days=8)))
    assert newest_first(home / BACKUPS) == []
    assert backup.with_suffix(".unsound").exists()
    back_up_if_due(home, clock=CalendarClock(FIRST))
    drill_if_due(home, clock=CalendarClock(FIRST + timedelta(days=8)))
    assert len(newest_first(home / BACKUPS)) == 1


def test_a_disk_without_room_for_a_drill_says_nothing_about_the_backup(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    back_up_if_due(home, clock=CalendarClock(FIRST))

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("shutil.copyfile", full)
        with pytest.raises(StorageProblem) as told:
            drill_if_due(home, clock=CalendarClock(FIRST))
    assert type(told.value) is StorageProblem
    assert len(newest_first(home / BACKUPS)) == 1
