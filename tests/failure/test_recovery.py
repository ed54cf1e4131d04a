"""A damaged home is made sound by itself: nothing unsent is lost while it can be read, nothing is doubled, all of it is told."""

import os
import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path

import pysqlite3.dbapi2
import pytest

from desktop.store.faults import UNREAD
from desktop.store.opening import DATABASE
from desktop.store.pages import log_is_damaged
from desktop.store.recovery import recover
from tests.failure.damage import LOG, PAGE, WAYS, cut_off, use
from tests.failure.recovering import Recovered, broken, last_number, recover_and_use, texts_of
from tests.failure.scripts import Stage
from tests.failure.seat import Place, Seat, StillClock
from tests.failure.soundness import faults_of_meaning

# A log that ends early is what a power cut leaves: nothing in it says how long it was.
UNCUT = [way for way in WAYS if way is not cut_off]
Note = Callable[[str, object], None]


def _damage(stage: Stage, home: Path, seeds: Iterable[int], *names: str) -> list[Recovered]:
    before = texts_of(stage.home)
    number = last_number(stage.home)
    found = []
    for seed in seeds:
        shutil.rmtree(home, ignore_errors=True)
        place = stage.set_up(home)
        chance = random.Random(seed)  # noqa: S311  repeatable on purpose
        path = home / chance.choice(names)
        data = bytearray(path.read_bytes())
        way = chance.choice(WAYS if path.name == DATABASE else UNCUT)
        way(data, chance)
        path.write_bytes(data)
        try:
            recovered = recover_and_use(place, before)
        except Exception as error:
            raise AssertionError(f"seed {seed}") from error
        if path.name == LOG and not log_is_damaged(bytes(data)):
            continue  # it is what a power cut leaves: the last transaction may be missing, and nothing says that it was told
        assert recovered.count("silent") == 0, f"seed {seed}: {recovered}"
        found.append(recovered)
        if recovered.told:
            assert last_number(home) > number, f"seed {seed}: a number may be given out twice"
            assert [p.read_bytes() for p in home.glob("toasoan-damaged-*.sqlite")] == [
                (bytes(data) if path.name == DATABASE else (stage.home / DATABASE).read_bytes())
            ]
    return found


def _figures(found: list[Recovered]) -> dict[str, object]:
    fates: Counter[str] = Counter()
    told = 0
    for one in found:
        told += one.told
        for counted in one.texts.values():
            fates += counted
    return {"damaged": len(found), "told": told, **fates}


def test_damage_is_recovered_and_told(kept: Stage, tmp_path: Path, record_property: Note) -> None:
    found = _damage(kept, tmp_path / "home", range(32), DATABASE)
    record_property("figures", _figures(found))
    assert any(one.told for one in found)


def test_damage_after_a_crash_is_recovered_and_told(crashed: Stage, tmp_path: Path, record_property: Note) -> None:
    found = _damage(crashed, tmp_path / "home", range(16), DATABASE, LOG)
    record_property("figures", _figures(found))


def test_a_file_that_ends_within_a_text_is_recovered_and_told(crashed: Stage, tmp_path: Path) -> None:
    """In the middle of a page: SQLite's own check finds all it looks for, and who reads the text is told that the disk failed."""
    home, before = tmp_path / "home", texts_of(crashed.home)
    ends = range((crashed.home / DATABASE).stat().st_size - PAGE // 2, 0, -PAGE)
    end = next(end for end in ends if _seems_refused(_cut(crashed, home, end).home))
    recovered = recover_and_use(_cut(crashed, home, end), before)
    assert recovered.told
    assert recovered.count("silent") == 0, str(recovered)


def _cut(stage: Stage, home: Path, end: int) -> Place:
    shutil.rmtree(home, ignore_errors=True)
    place = stage.set_up(home)
    os.truncate(home / DATABASE, end)
    return place


def _seems_refused(home: Path) -> bool:
    with closing(pysqlite3.dbapi2.connect(home / DATABASE)) as connection:
        try:
            connection.execute("SELECT fields FROM draft").fetchall()
        except pysqlite3.dbapi2.DatabaseError as error:
            return str(error) == UNREAD
    return False


@pytest.mark.full
@pytest.mark.timeout(1200)
def test_a_thousand_damaged_homes_are_recovered_and_told(
    kept: Stage, crashed: Stage, tmp_path: Path, record_property: Note
) -> None:
    closed = _damage(kept, tmp_path / "home", range(1000, 1700), DATABASE)
    left_open = _damage(crashed, tmp_path / "home", range(2000, 2300), DATABASE, LOG)
    record_property("figures", {"closed": _figures(closed), "left open": _figures(left_open)})
    assert len(closed) == 700
    assert len(left_open) > 200


def test_a_recovery_that_is_killed_between_two_renames_goes_on(kept: Stage, tmp_path: Path) -> None:
    """The new file is ready; of the old ones some have been moved."""
    home = tmp_path / "home"
    for moved in range(3):
        shutil.rmtree(home, ignore_errors=True)
        place = broken(kept, home)
        (home / LOG).write_bytes(b"a log")
        steps = iter(range(moved))

        def cut(
            path: Path, target: Path, usual: Callable[..., Path] = Path.rename, left: Iterator[int] = steps
        ) -> Path:
            if path.name.startswith("toasoan.sqlite") or path.name.startswith("ready-"):
                next(left)
            return usual(path, target)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Path, "rename", cut)
            with pytest.raises(StopIteration):
                recover(home / DATABASE, clock=StillClock())
        with place.opened(recovering=True) as seat:
            use(seat)
        assert len(list(home.glob("toasoan-damaged-*.sqlite"))) == 1
        assert [path.read_bytes() for path in home.glob("toasoan-damaged-*-wal")] == [b"a log"]
        assert not (home / "recovering").exists()


@pytest.mark.parametrize("what", ["database", "everything but the log", "first half"])
def test_what_is_missing_is_recovered_from_the_backup_and_the_log(crashed: Stage, tmp_path: Path, what: str) -> None:
    place = crashed.set_up(tmp_path / "home")
    database = place.home / DATABASE
    if what == "database":
        database.unlink()
        (place.home / LOG).unlink()
    elif what == "everything but the log":
        database.write_bytes(b"")
    else:
        database.write_bytes(database.read_bytes()[: database.stat().st_size // 2])
    found = recover_and_use(place, texts_of(crashed.home))
    assert found.told
    assert found.count("silent") == 0
    assert found.count("kept") > 0


def test_after_a_recovery_everything_is_sent_once(kept: Stage, tmp_path: Path) -> None:
    """Texts and commands keep their ids; the feed starts anew and brings what the damaged file could not tell."""
    untouched = kept.set_up(tmp_path / "untouched")
    with untouched.opened() as seat:
        seat.cycle.run()
        wanted = _heads(seat)
    place = kept.set_up(tmp_path / "home")
    data = bytearray((place.home / DATABASE).read_bytes())
    data[:100] = bytes(100)
    (place.home / DATABASE).write_bytes(data)
    with place.opened(recovering=True) as seat:
        seat.cycle.run()
        assert _heads(seat) == wanted
        assert seat.waiting() == 0
        assert faults_of_meaning(seat.store) == []
        with seat.store.read() as work:
            assert work.cards.open() == []


def _heads(seat: Seat) -> Mapping[str, object]:
    with seat.store.read() as work:
        return {str(entry_id): told for entry_id, told in work.entries.index().items()}
