"""The backups that are made by themselves: when, of what, which stay, and that a damaged home never takes a sound one's place."""

from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pysqlite3.dbapi2
import pytest

from desktop.application.messages import sentence
from desktop.application.notices import told
from desktop.application.records import Account
from desktop.domain.errors import StorageProblem, StoreDamaged
from desktop.domain.ids import EntryId, MemberId, Rid
from desktop.store import back_up_if_due, backup, note_damage, open_or_recover, open_store
from desktop.store.keeping import BACKUPS, is_sound, newest_first, stamp_of
from desktop.store.opening import DATABASE
from tests.contract.store.values import revision
from tests.support.offices import CountedClock


class CalendarClock(CountedClock):
    """A clock that is set."""

    def __init__(self, when: datetime) -> None:
        super().__init__()
        self.when = when

    def now(self) -> str:
        return self.when.isoformat(timespec="microseconds").replace("+00:00", "Z")


FIRST = datetime(2026, 11, 2, 17, tzinfo=UTC)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    path = tmp_path / "home"
    with closing(open_store(path, clock=CountedClock())) as store, store.write() as work:
        work.feed.set_account(Account("https://portal", MemberId("u-ctv"), "ctv.vanhoa", "d", {}))
        work.revisions.put(revision("r1"))
    return path


def _stamps(home: Path) -> list[str]:
    return [stamp_of(path) for path in newest_first(home / BACKUPS)]


def test_a_home_that_is_nobodys_is_not_backed_up(tmp_path: Path) -> None:
    open_store(tmp_path / "home", clock=CountedClock()).close()
    back_up_if_due(tmp_path / "home", clock=CalendarClock(FIRST))
    assert _stamps(tmp_path / "home") == []


def test_one_backup_after_some_hours_of_work(home: Path) -> None:
    for hours in (0, 1, 3, 5):
        back_up_if_due(home, clock=CalendarClock(FIRST + timedelta(hours=hours)))
    assert _stamps(home) == ["20261102T220000Z"]


def test_seven_days_and_four_weeks_stay(home: Path) -> None:
    for day in range(60):
        back_up_if_due(home, clock=CalendarClock(FIRST + timedelta(days=day)))
    days = [stamp[:8] for stamp in _stamps(home)]
    assert days[:7] == ["20261231", "20261230", "20261229", "20261228", "20261227", "20261226", "20261225"]
    assert days[7:] == ["20261220", "20261213"]
    assert all(is_sound(path) for path in newest_first(home / BACKUPS))


@pytest.mark.parametrize("year", [1990, 2040])
def test_a_wrong_clock_makes_a_backup_and_removes_no_newer_one(home: Path, year: int) -> None:
    back_up_if_due(home, clock=CalendarClock(FIRST))
    back_up_if_due(home, clock=CalendarClock(FIRST.replace(year=year)))
    assert sorted(stamp[:4] for stamp in _stamps(home)) == sorted(["2026", str(year)])


def test_a_clock_that_was_years_ahead_does_not_stay_first(home: Path) -> None:
    """One day in 2040, then right again: that day's backup goes as any other does, and the newest is the last made."""
    back_up_if_due(home, clock=CalendarClock(FIRST))
    back_up_if_due(home, clock=CalendarClock(FIRST.replace(year=2040)))
    back_up_if_due(home, clock=CalendarClock(FIRST + timedelta(days=1)))
    assert _stamps(home)[0] == "20261103T170000Z"
    for day in range(2, 40):
        back_up_if_due(home, clock=CalendarClock(FIRST + timedelta(days=day)))
    assert {stamp[:4] for stamp in _stamps(home)} == {"2026"}


def test_a_backup_of_an_earlier_version_counts_as_made_before(home: Path) -> None:
    """Names without a number: a clock that was ahead then is not believed any more either."""
    back_up_if_due(home, clock=CalendarClock(FIRST))
    (made,) = newest_first(home / BACKUPS)
    made.rename(made.with_name("day-20400101T000000Z.sqlite"))
    back_up_if_due(home, clock=CalendarClock(FIRST))
    assert _stamps(home) == ["20261102T170000Z", "20400101T000000Z"]


def _change(path: Path, old: bytes, new: bytes) -> None:
    data = path.read_bytes()
    assert old in data
    path.write_bytes(data.replace(old, new))


def test_a_changed_text_is_told_and_takes_no_backups_place(home: Path) -> None:
    back_up_if_due(home, clock=CalendarClock(FIRST))
    _change(home / DATABASE, "Một".encode(), "Mốt".encode())
    with pytest.raises(StoreDamaged):
        back_up_if_due(home, clock=CalendarClock(FIRST + timedelta(days=1)))
    assert len(_stamps(home)) == 1
    with closing(open_or_recover(home, clock=CalendarClock(FIRST))) as store, store.read() as work:
        assert work.revisions.of(EntryId("e-1")) == [revision("r1")]


def test_a_changed_text_is_not_shown(home: Path) -> None:
    _change(home / DATABASE, "Một".encode(), "Mốt".encode())
    with closing(open_or_recover(home, clock=CountedClock())) as store, store.read() as work:  # noqa: SIM117
        with pytest.raises(StoreDamaged):
            work.revisions.get(Rid("r1"))


def test_of_two_backups_the_newest_sound_one_is_used(home: Path) -> None:
    for day in range(2):
        back_up_if_due(home, clock=CalendarClock(FIRST + timedelta(days=day)))
    newest, older = newest_first(home / BACKUPS)
    _change(newest, "Một".encode(), "Mốt".encode())
    assert (is_sound(newest), is_sound(older)) == (False, True)
    (home / DATABASE).unlink()
    with closing(open_or_recover(home, clock=CalendarClock(FIRST))) as store, store.read() as work:
        assert work.revisions.of(EntryId("e-1")) == [revision("r1")]
        assert work.feed.account() is not None


def _break_an_index(home: Path) -> None:
    """A key in an index is another one than in its table: quick_check does not look there."""
    path = home / DATABASE
    data = path.read_bytes()
    with closing(pysqlite3.dbapi2.connect(str(path))) as connection:
        (page,) = connection.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name = 'ix_revision_entry_id'"
        ).fetchone()
    start, end = (page - 1) * 4096, page * 4096
    path.write_bytes(data[:start] + data[start:end].replace(b"e-1", b"e-7") + data[end:])


def test_damage_that_only_a_close_look_finds_is_recovered_at_the_next_start(home: Path) -> None:
    note_damage(home)
    with closing(open_or_recover(home, clock=CountedClock())) as store, store.read() as work:
        assert told(work) == ()
    _break_an_index(home)
    note_damage(home)
    with closing(open_or_recover(home, clock=CountedClock())) as store, store.read() as work:
        assert [notice.rule.code for notice in told(work)] == ["home-recovered-without-backup"]
        assert work.revisions.of(EntryId("e-1")) == [revision("r1")]
    with closing(open_or_recover(home, clock=CountedClock())) as store, store.read() as work:
        assert len(told(work)) == 1


def test_looking_through_what_is_not_there_makes_nothing(tmp_path: Path) -> None:
    note_damage(tmp_path / "home")
    assert not (tmp_path / "home").exists()


def test_a_text_that_was_changed_on_the_disk_is_met_told_and_recovered(home: Path) -> None:
    back_up_if_due(home, clock=CalendarClock(FIRST))
    _change(home / DATABASE, "Một".encode(), "Mốt".encode())
    with (
        closing(open_or_recover(home, clock=CountedClock())) as store,
        pytest.raises(StoreDamaged),
        store.read() as work,
    ):
        work.revisions.get(Rid("r1"))
    with closing(open_or_recover(home, clock=CountedClock())) as store, store.read() as work:
        assert work.revisions.get(Rid("r1")) == revision("r1")
        (notice,) = told(work)
        assert "2026-11-02 17:00 UTC" in sentence(notice.rule, "vi").what
        assert notice.rule.params["aside"] in {path.name for path in home.iterdir()}


def test_a_backup_that_is_cut_off_does_not_count_and_is_cleared_away(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    back_up_if_due(home, clock=CalendarClock(FIRST))

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(backup, "_copy", killed)
        with pytest.raises(KeyboardInterrupt):
            back_up_if_due(home, clock=CalendarClock(FIRST + timedelta(days=1)))
    assert [path.name for path in (home / BACKUPS).iterdir()] == ["day-no000001-20261102T170000Z.sqlite"]
    (home / BACKUPS / "day-20261103T170000Z.making").write_bytes(b"")  # as after a power cut
    (home / BACKUPS / "day-20261103T170000Z.making-wal").write_bytes(b"")
    assert _stamps(home) == ["20261102T170000Z"]
    back_up_if_due(home, clock=CalendarClock(FIRST + timedelta(days=2)))
    assert sorted(path.name for path in (home / BACKUPS).iterdir()) == [
        "day-no000001-20261102T170000Z.sqlite",
        "day-no000002-20261104T170000Z.sqlite",
    ]


@pytest.mark.parametrize("statement", ["", "CREATE TABLE revision (rid)", "CREATE TABLE alembic_version (version_num)"])
def test_what_is_no_backup_of_ours_is_passed_over(home: Path, statement: str) -> None:
    back_up_if_due(home, clock=CalendarClock(FIRST))
    other = home / BACKUPS / "day-20261103T170000Z.sqlite"
    with closing(pysqlite3.dbapi2.connect(str(other))) as connection:
        connection.execute(statement)
    assert not is_sound(other)
    (home / DATABASE).unlink()
    with closing(open_or_recover(home, clock=CalendarClock(FIRST))) as store, store.read() as work:
        assert work.revisions.of(EntryId("e-1")) == [revision("r1")]


def test_a_backup_that_the_disk_does_not_let_look_at_is_not_called_unsound(home: Path) -> None:
    with pytest.raises(StorageProblem) as caught:
        is_sound(home / BACKUPS / "day-20261103T170000Z.sqlite")
    assert not isinstance(caught.value, StoreDamaged)


def test_damage_that_only_the_driver_meets_is_noted_while_backing_up(home: Path) -> None:
    """No text: SQLite hands it over, the driver refuses it."""
    _change(home / DATABASE, b"r1", b"\xad1")
    with pytest.raises(StoreDamaged):
        back_up_if_due(home, clock=CalendarClock(FIRST))
    assert (home / "damaged").exists()
