"""Files of attachments that nothing here speaks of any more: found, and removed only where that is surely safe.

Spoken of is every name that stands anywhere in the database (texts, copies at work, what is queued or was answered, history) or in
a backup of it. What the portal may lack stays, and whatever is younger than the oldest backup can be.
"""

import re
import zlib
from collections.abc import Collection, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from desktop.application.ports import Clock
from desktop.application.records import Swept
from desktop.domain.errors import StorageProblem
from desktop.store.backup import check, check_file
from desktop.store.blob_files import Folder, flush_folder
from desktop.store.connecting import writing_engine
from desktop.store.faults import FOREIGN, translated
from desktop.store.keeping import reading
from desktop.store.originals import NAME as ORIGINALS
from desktop.store.rows_checked import check_rows

AGE: Final = timedelta(days=60)  # the oldest backup is four weeks old
BLOBS: Final = "blobs"
_ASIDE: Final = ".unused-"
_NAME: Final = re.compile(rb"(?=([0-9a-f]{64}))")  # wherever one begins, also inside a longer row of such signs
_TABLES: Final = (
    "SELECT name FROM sqlite_schema AS it WHERE type = 'table' AND name <> 'blob' AND sql NOT LIKE 'CREATE VIRTUAL%' AND NOT EXISTS"
    " (SELECT 1 FROM sqlite_schema WHERE sql LIKE 'CREATE VIRTUAL%' AND it.name LIKE name || '!_%' ESCAPE '!')"
)
_PACKED: Final = "past_text"


def sweep(database: Path, *, clock: Clock, remove: bool = False) -> Swept:
    """What nothing speaks of; `remove`: it goes, in one transaction that nobody can write beside. The caller holds the home.

    StoreDamaged: where the database is not sound nobody can say what it speaks of. StorageProblem: the disk refuses.
    """
    with translated():
        engine = writing_engine(database)
        try:
            check(engine)
            check_rows(engine)
            with engine.begin() as connection:
                driver: Any = connection.connection.driver_connection
                driver.text_factory = bytes
                return _Sweep(database.parent, driver, datetime.fromisoformat(clock.now()) - AGE).result(remove=remove)
        finally:
            engine.dispose()


class _Sweep:
    """`before`: what was written later is too young."""

    def __init__(self, home: Path, driver: Any, before: datetime) -> None:  # noqa: ANN401  the driver has no types
        self._home = home
        self._root = home / BLOBS
        self._folder = Folder(self._root)
        self._driver = driver
        self._before = before

    def result(self, *, remove: bool) -> Swept:
        self._put_back()
        kept = dict(self._folder.kept())
        rows = {_text(name): bool(sent) for name, sent in self._driver.execute("SELECT sha256, sent FROM blob")}
        originals = {path: path.name.partition(".")[0] for path in self._files(self._home / ORIGINALS)}
        wanted = {*kept, *rows, *originals.values(), *(path.name for path in self._files(self._root / ".coming"))}
        spoken = mentioned(self._driver, wanted)
        unread = ""
        for path in self._databases():
            try:
                spoken |= _of_copy(path, wanted - spoken)
            except (StorageProblem, *FOREIGN):
                if path.exists():
                    unread = unread or str(path)
        unsent = {name for name, sent in rows.items() if not sent}
        unused = {name: size for name, size in kept.items() if name not in spoken | unsent}
        old = {name: size for name, size in unused.items() if self._is_old(self._folder.path(name))}
        left = [path for path in self._left_over(spoken) if self._is_old(path)]
        told = Swept(
            len(kept), sum(kept.values()), tuple(sorted(old.items())), len(unused) - len(old), len(left),
            sum(path.stat().st_size for path in left), len(originals), sum(path.stat().st_size for path in originals),
            tuple(path for path, name in originals.items() if name not in spoken), unread, removed=remove and not unread,
        )  # fmt: skip
        if told.removed:
            for name in old:
                self._remove(name)
            for name in rows.keys() - kept.keys() - spoken - unsent:
                self._forget(name)
            for path in left:
                path.unlink(missing_ok=True)
        return told

    def _remove(self, sha256: str) -> None:
        """Moved aside first and looked at again: whoever writes the same file meanwhile must find it afterwards."""
        path = self._folder.path(sha256)
        aside = path.with_name(f"{_ASIDE}{sha256}")
        path.replace(aside)
        if not self._is_old(aside):
            aside.replace(path)
            return
        self._forget(sha256)
        aside.unlink()
        flush_folder(path.parent)

    def _forget(self, sha256: str) -> None:
        self._driver.execute("DELETE FROM blob WHERE sha256 = ?", (sha256,))

    def _put_back(self) -> None:
        """What an earlier sweep had moved aside when it was cut off."""
        for aside in self._root.glob(f"*/*/{_ASIDE}*"):
            path = self._folder.path(aside.name.removeprefix(_ASIDE))
            if path.exists():
                aside.unlink()
            else:
                aside.replace(path)

    def _left_over(self, spoken: Collection[str]) -> Iterator[Path]:
        """Of copies and downloads that were cut off."""
        for pattern in (".new-*", "*/*/.new-*"):
            yield from self._root.glob(pattern)
        yield from (path for path in self._files(self._root / ".coming") if path.name not in spoken)

    def _databases(self) -> list[Path]:
        """Every other database in the home: its backups, and what a recovery has set aside."""
        return [
            path
            for pattern in ("*.sqlite", "*.unsound", "backup/*.sqlite", "backup/*.unsound")
            for path in sorted(self._home.glob(pattern))
            if path.name != "toasoan.sqlite"
        ]

    def _is_old(self, path: Path) -> bool:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC) < self._before

    @staticmethod
    def _files(folder: Path) -> list[Path]:
        return sorted(path for path in folder.glob("*") if path.is_file()) if folder.exists() else []


def mentioned(driver: Any, names: Collection[str]) -> set[str]:  # noqa: ANN401  the driver has no types
    """Those of `names` that stand anywhere in a database, whatever they mean there; its texts come as bytes."""
    wanted, found = {name.encode() for name in names}, set[bytes]()
    for (table,) in driver.execute(_TABLES).fetchall():
        for row in driver.execute(f'SELECT * FROM "{_text(table)}"'):  # noqa: S608  a name out of the schema
            for value in row:
                if isinstance(value, bytes):
                    found.update(wanted.intersection(_NAME.findall(value)))
                    if _text(table) == _PACKED and value.startswith(b"\x78"):
                        found.update(wanted.intersection(_NAME.findall(zlib.decompress(value))))
    return {name.decode() for name in found}


def _of_copy(path: Path, names: Collection[str]) -> set[str]:
    if not names:
        return set()  # and a home with nothing unused is spared all its backups
    with closing(reading(path)) as driver:
        check_file(driver)
        driver.text_factory = bytes
        return mentioned(driver, names)


def _text(value: bytes | str) -> str:
    return value.decode() if isinstance(value, bytes) else value
