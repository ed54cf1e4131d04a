"""Opening a home: its folder and files made private, the database brought to this version, the store put together.

What is not sound is refused (`open_store`) or made sound first (`open_or_recover`); a home that was closed properly and in
which nobody has met damage is not looked through at its start.
"""

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Final

import pysqlite3.dbapi2

from desktop.application.ports import Clock
from desktop.domain.errors import FileChanged, NetworkDrive, NewerStore, Problem, StorageProblem, StoreDamaged
from desktop.store.backup import check
from desktop.store.blob_files import Folder, Memory
from desktop.store.connecting import check_version, memory_engine, reading_engine, writing_engine
from desktop.store.faults import FOREIGN, is_full, is_unread, problem_of, translated
from desktop.store.keeping import is_due, keep
from desktop.store.migrate import MIGRATIONS, bring_up_to_date, refuse_newer, standing
from desktop.store.network_drive import refuse_network_drive
from desktop.store.pages import Pages, log_is_damaged
from desktop.store.recovery import finish, is_gone, recover
from desktop.store.reserve import give_up, give_up_if_full, require_room
from desktop.store.rows_checked import check_rows
from desktop.store.sectors import has_bad_sectors, readable
from desktop.store.tables import create_all
from desktop.store.transactions import SqlStore

DATABASE: Final = "toasoan.sqlite"
_BESIDE: Final = ("", "-wal", "-shm")
_MET: Final = "damaged"  # a file in the home: somebody has met damage that opening it does not show
_REFUSED: Final = "unread"  # the same: the disk has refused to give something, for a moment or for good


def open_or_recover(home: Path, *, clock: Clock, migrations: Path = MIGRATIONS) -> SqlStore:
    """As `open_store` for a home that the caller has locked; a damaged one is recovered first, and that is told in it.

    Raises:
        NewerStore: a newer version of this program wrote the file; it stays as it is.
        StorageProblem: the home lies on a network drive, or the disk refuses.
    """
    refuse_network_drive(home)
    database = home / DATABASE
    with translated():
        finish(database)
    if (home / _MET).exists() or is_gone(database) or ((home / _REFUSED).exists() and _is_at_fault(database)):
        recover(database, clock=clock, migrations=migrations)
    with translated():
        for note in (_MET, _REFUSED):
            (home / note).unlink(missing_ok=True)
    try:
        return open_store(home, clock=clock, migrations=migrations, reserve=True)
    except (NewerStore, NetworkDrive):
        raise
    except StorageProblem as problem:
        if not isinstance(problem, StoreDamaged) and not _is_at_fault(database):
            raise
        recover(database, clock=clock, migrations=migrations)
    return open_store(home, clock=clock, migrations=migrations, reserve=True)


def _is_at_fault(database: Path) -> bool:
    """Whether it is the file and not the disk: some of its sectors alone are refused, or it ends before its last page."""
    log = database.with_name(database.name + "-wal")
    if has_bad_sectors(database) or has_bad_sectors(log):
        return True
    with suppress(OSError):
        return Pages(readable(database)[0], readable(log)[0] if log.exists() else b"").is_cut_off()
    return False


def note_damage(home: Path) -> None:
    """Look through a home that nobody has open, as nothing else does; what is damaged is recovered at the next opening.

    Raises:
        NewerStore: a newer version of this program wrote the file.
        StorageProblem: the disk does not let it look.
    """
    database = home / DATABASE
    if not database.exists() or database.stat().st_size == 0:
        return  # opening it says whether that is right
    with suppress(StoreDamaged), translated(), _damage_noted(home), _log_left(database):
        engine = writing_engine(database)
        try:
            refuse_newer(standing(engine)[0])
            check(engine, indexes=True)
            check_rows(engine)
        finally:
            engine.dispose()


@contextmanager
def _damage_noted(home: Path) -> Iterator[None]:
    """What somebody has met is seen to at the next start, and told then."""
    try:
        yield
    except (StorageProblem, *FOREIGN) as fault:
        problem = fault if isinstance(fault, Problem) else problem_of(fault)
        if isinstance(problem, StorageProblem):
            _note(home, problem)
        raise


def _note(home: Path, problem: StorageProblem) -> None:
    """What the next start must see to; on a full disk room for the next try is made at once.

    An attachment that has changed is told where it is used: nothing of the database is wrong then.
    """
    with suppress(OSError):  # where nothing can be noted nothing is lost by that
        if isinstance(problem, StoreDamaged) and not isinstance(problem, FileChanged):
            (home / _MET).touch(mode=0o600)
        elif is_full(problem):
            give_up(home)
        elif is_unread(problem):
            give_up_if_full(home)  # SQLite has no other words for a log's index that finds no room
            (home / _REFUSED).touch(mode=0o600)


def back_up_if_due(home: Path, *, clock: Clock) -> None:
    """The day's backup, also while somebody works in the home. StorageProblem, StoreDamaged: there is none, and nothing is lost."""
    with translated():
        if not is_due(home, clock=clock):
            return
        engine = reading_engine(home / DATABASE)  # whoever saves a text meanwhile does not wait
        try:
            with _damage_noted(home):
                keep(engine, home, clock=clock)
        finally:
            engine.dispose()


def open_store(home: Path | None, *, clock: Clock, migrations: Path = MIGRATIONS, reserve: bool = False) -> SqlStore:
    """The store in the folder `home`, made if it is not there; None: in memory, usable from several threads too.

    A file of an older version is backed up to `home/backup/` (named after `clock`) and upgraded. `reserve`: nothing is fetched
    into it unless the disk has room to spare.

    Raises:
        NewerStore: a newer version of this program wrote the file; it stays as it is.
        StoreDamaged: the file is not a sound database; it stays as it is.
        StorageProblem: the disk refuses, or SQLite is too old.
    """
    with translated():
        check_version()
        if home is None:
            return _in_memory()
        database = _private_files(home)
        give_up_if_full(home)
        with _log_left(database) as left_open:
            writer = writing_engine(database)
            try:
                if left_open:
                    refuse_newer(standing(writer)[0], migrations)
                    check(writer)
                    check_rows(writer)
                bring_up_to_date(writer, home, clock=clock, migrations=migrations)
            except BaseException:
                writer.dispose()
                raise
        _make_private(database)
        return SqlStore(
            writer,
            reading_engine(database),
            files=Folder(home / "blobs"),
            on_trouble=partial(_note, home),
            room=partial(require_room, home) if reserve else lambda: None,
        )


def _in_memory() -> SqlStore:
    engine = memory_engine()
    with engine.begin() as connection:
        create_all(connection)
    return SqlStore(engine, None, files=Memory())


def _private_files(home: Path) -> Path:
    """The database's path, in a folder that only its owner may enter; SQLite gives -wal and -shm the file's own mode."""
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    if os.name != "nt":  # there the profile folder is private by inheritance
        home.chmod(0o700)
    database = home / DATABASE
    if not database.exists():
        os.close(os.open(database, os.O_CREAT | os.O_WRONLY, 0o600))
    _make_private(database)
    return database


@contextmanager
def _log_left(database: Path) -> Iterator[bool]:
    """Whether there is a write-ahead log: gone once the last connection was closed, there after a crash.

    A file that is refused must stay as it is, but whoever closes it last folds the log in. A connection that cannot write
    is therefore the last to close.
    """
    log = database.with_name(database.name + "-wal")
    if not log.exists():
        yield False
        return
    if log_is_damaged(readable(log)[0]):
        raise StoreDamaged("the write-ahead log is damaged")
    with closing(pysqlite3.dbapi2.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)) as last:
        with suppress(pysqlite3.dbapi2.Error):  # what is wrong is said by those who look closer
            last.execute("SELECT 1 FROM sqlite_schema").close()
        yield True


def _make_private(database: Path) -> None:
    for suffix in _BESIDE:
        path = database.with_name(database.name + suffix)
        if os.name != "nt" and path.exists():
            path.chmod(0o600)
