"""How one portal runs: its database and what it needs from outside, all of it replaceable in a test."""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.engine import make_url

from server_stub.core.epoch import Ids
from server_stub.core.limits import Limits
from server_stub.core.moment import Clock
from server_stub.core.passwords import Chance, Passwords
from server_stub.resources import THEMES
from server_stub.store.bucket import BucketFiles
from server_stub.store.engine import DatabaseError
from server_stub.store.files import DiskFiles, Files, MemoryFiles
from server_stub.uploading import Scan


def system_clock() -> datetime:
    return datetime.now(UTC)


def uuid7(milliseconds: Callable[[], int], chance: Chance) -> str:
    """A UUIDv7 (RFC 9562): 48 bits of time, 74 of chance."""
    value = (milliseconds() & 0xFFFFFFFFFFFF) << 80 | int.from_bytes(chance(10), "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    text = f"{value:032x}"
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


def system_ids() -> str:
    return uuid7(lambda: time.time_ns() // 1_000_000, secrets.token_bytes)


@dataclass(frozen=True)
class Settings:
    """`database` is an SQLAlchemy URL; `epoch_file` lies beside the database, None for one in memory.

    `data` is the folder of blobs and unfinished uploads, beside an SQLite file unless it is named; `blobs`
    is a URL (`s3://bucket/folder`) where blobs lie instead. `scan` looks at
    every upload before it is taken.
    """

    database: str
    create: bool = True
    epoch_file: Path | None = None
    data: Path | None = None
    blobs: str | None = None
    limits: Limits = field(default_factory=Limits)
    scan: Scan | None = None
    themes: Path = THEMES
    clock: Clock = system_clock
    ids: Ids = system_ids
    chance: Chance = secrets.token_bytes
    passwords: Passwords = field(default_factory=Passwords)

    @property
    def folder(self) -> Path | None:
        """Where files lie; None when everything is in memory."""
        url = make_url(self.database)
        if self.data is not None:
            return self.data
        if url.get_backend_name() != "sqlite":
            raise DatabaseError("a portal whose database is on a server needs a folder for its files")
        return None if url.database in (None, "", ":memory:") else Path(f"{url.database}.data")

    def open_files(self) -> Files:
        """Where the bytes of blobs are kept."""
        if self.blobs is not None:
            return BucketFiles(self.blobs)
        return MemoryFiles() if self.folder is None else DiskFiles(self.folder / "blobs")


def settings_for(
    place: Path | str, *, data: Path | None = None, blobs: str | None = None, scan: Scan | None = None
) -> Settings:
    """The ordinary settings of a portal whose database is the file, or the URL, `place`."""
    if isinstance(place, str) and "://" in place:
        return Settings(place, epoch_file=None if data is None else data / "epoch", data=data, blobs=blobs, scan=scan)
    path = Path(place)
    beside = path.with_name(path.name + ".epoch")
    return Settings(f"sqlite:///{path.resolve()}", epoch_file=beside, data=data, blobs=blobs, scan=scan)
