"""Once a week the newest backup is restored, beside the home: a backup that nobody has ever restored is a hope.

One that cannot be is set aside, no longer counts, and another one is due.
"""

import os
import shutil
from pathlib import Path
from typing import Final

from desktop.application.ports import Clock
from desktop.domain.errors import StorageProblem, StoreDamaged
from desktop.store.backup import check
from desktop.store.connecting import writing_engine
from desktop.store.faults import translated
from desktop.store.keeping import BACKUPS, days_apart, newest_first, stamp
from desktop.store.migrate import bring_up_to_date
from desktop.store.rows_checked import check_rows
from desktop.store.sectors import has_bad_sectors

_FOLDER: Final = "drill"
_DONE: Final = "drilled"  # a file beside the backups: what the clock said at the last drill
_EVERY: Final = 7.0  # days


def drill_if_due(home: Path, *, clock: Clock) -> None:
    """StoreDamaged: the newest backup could not be restored, and is out of the way. StorageProblem: the disk refuses."""
    with translated():
        newest = next(iter(newest_first(home / BACKUPS)), None)
        done = home / BACKUPS / _DONE
        if newest is None or (done.exists() and days_apart(done.read_text("ascii"), stamp(clock)) < _EVERY):
            return
        try:
            _restore(newest, home / _FOLDER, clock=clock)
        except StorageProblem as problem:
            if isinstance(problem, StoreDamaged) or has_bad_sectors(newest):
                newest.rename(newest.with_suffix(".unsound"))
                raise StoreDamaged(f"{newest.name} cannot be restored: {problem.detail}") from problem
            raise
        done.touch(mode=0o600)
        done.write_text(stamp(clock), "ascii")


def _restore(backup: Path, folder: Path, *, clock: Clock) -> None:
    """As a recovery begins, in `folder`, which is gone afterwards."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    try:
        made = folder / "restored.sqlite"
        os.close(os.open(made, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with translated():
            shutil.copyfile(backup, made)
            engine = writing_engine(made)
            try:
                bring_up_to_date(engine, folder, clock=clock)
                check(engine, indexes=True)
                check_rows(engine)
            finally:
                engine.dispose()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
