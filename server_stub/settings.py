"""How one portal runs: its database and what it needs from outside, all of it replaceable in a test."""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from server_stub.core.epoch import Ids
from server_stub.core.moment import Clock
from server_stub.core.passwords import Chance, Passwords
from server_stub.resources import THEMES


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
    """`database` is an SQLAlchemy URL; `epoch_file` lies beside the database, None for one in memory."""

    database: str
    create: bool = True
    epoch_file: Path | None = None
    themes: Path = THEMES
    clock: Clock = system_clock
    ids: Ids = system_ids
    chance: Chance = secrets.token_bytes
    passwords: Passwords = field(default_factory=Passwords)


def settings_for(path: Path) -> Settings:
    """The ordinary settings of a portal whose database is the file at `path`."""
    return Settings(database=f"sqlite:///{path.resolve()}", epoch_file=path.with_name(path.name + ".epoch"))
