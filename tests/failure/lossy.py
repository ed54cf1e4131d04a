"""A disk whose power can be cut: what was not flushed by then is kept or dropped at random, sector by sector.

Modelled: writes, sizes, torn writes, names not yet durable. Not modelled: a disk that lies about flushing, and damage to
bytes outside of what was being written (SQLite relies on neither happening: "powersafe overwrite").
"""

import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeAlias

from tests.failure import sqlite_abi as abi
from tests.failure.shim import DELETE, DONE, OPEN, SYNC, TRUNCATE, WRITE, Call

SECTOR: Final = 512
# How much of what was not flushed survives: one of these per cut, so that the extremes come often.
_SHARES: Final = (0.0, 0.1, 0.5, 0.9, 1.0)

Change: TypeAlias = tuple[int, bytes] | int
"""Bytes at an offset, or a new size."""


@dataclass(eq=False)
class _File:
    """`durable` is what a cut cannot take; `pending` is what came after, in order."""

    durable: bytearray
    pending: list[Change] = field(default_factory=list)
    named: bool = True

    def flush(self) -> None:
        for change in self.pending:
            _carry_out(change, self.durable)
        self.pending.clear()


class PatientDisk:
    """Nothing ever fails, and nobody waits for a flush: for homes that no power will be cut from."""

    watched = frozenset({SYNC})

    def asked(self, _call: Call) -> int:
        return DONE


class LossyDisk:
    """`cut_at` is the number of the call at which the power goes (1 …); 0: only when `cut` is called."""

    watched = frozenset({OPEN, WRITE, TRUNCATE, SYNC, DELETE})

    def __init__(self, chance: random.Random, *, cut_at: int = 0) -> None:
        self._chance = chance
        self._cut_at = cut_at
        self.calls = 0
        self.off = False
        self._files: dict[str, _File] = {}  # as running programs see them
        self._names: dict[str, _File] = {}  # as the folder on the disk has them
        self._renames: list[tuple[str, _File | None]] = []  # what the folder does not have yet
        self._left: dict[str, bytes] = {}

    def asked(self, call: Call) -> int:
        if not self.off:
            self.calls += 1
            self._note(call)
            if self.calls == self._cut_at:
                self.cut()
        if self.off:
            return abi.IOERR
        if call.name == SYNC:
            self._flush(call.path)
            return DONE
        return abi.OK

    def cut(self) -> None:
        """The power goes: every further call fails, and what is left is decided."""
        if self.off:
            return
        self.off = True
        share = self._chance.choice(_SHARES)
        for path, file in self._renames[: self._chance.randint(0, len(self._renames))]:
            self._rename(path, file)
        self._left = {path: self._survivor(file, share) for path, file in self._names.items()}

    def leave(self, before: Path, after: Path) -> None:
        """Make `after` what `before` is found to be when the power is back."""
        databases = {Path(path).relative_to(before) for path in self._left}
        seen = {Path(path).relative_to(before) for path in self._files} | databases
        after.mkdir()
        for path in sorted(before.rglob("*")):
            place = path.relative_to(before)
            if path.is_dir():
                (after / place).mkdir()
            elif place not in seen and not path.name.endswith("-shm"):  # shared memory is gone with the power
                shutil.copyfile(path, after / place)
        for name, data in self._left.items():
            (after / Path(name).relative_to(before)).write_bytes(data)

    def _note(self, call: Call) -> None:
        match call.name:
            case "xOpen" if call.path not in self._files:
                self._meet(call.path)
            case "xWrite":
                self._files[call.path].pending.append((call.number, call.data))
            case "xTruncate":
                self._files[call.path].pending.append(call.number)
            case "xDelete":
                self._files.pop(call.path, None)
                self._renames.append((call.path, None))
                if call.number:
                    self._flush_names()

    def _meet(self, path: str) -> None:
        """A file that was there before is durable; a new one has no durable name yet."""
        there = Path(path).exists()
        file = _File(bytearray(Path(path).read_bytes() if there else b""), named=there)
        self._files[path] = file
        if there and path not in self._names:
            self._names[path] = file
        elif not there:
            self._renames.append((path, file))

    def _flush(self, path: str) -> None:
        """As SQLite on Unix: the first flush of a new file flushes its folder too."""
        file = self._files[path]
        file.flush()
        if not file.named:
            self._flush_names()

    def _flush_names(self) -> None:
        for path, file in self._renames:
            self._rename(path, file)
        self._renames.clear()

    def _rename(self, path: str, file: _File | None) -> None:
        if file is None:
            self._names.pop(path, None)
        else:
            file.named = True
            self._names[path] = file

    def _survivor(self, file: _File, share: float) -> bytes:
        left = bytearray(file.durable)
        for change in file.pending:
            for piece in _pieces(change):
                if self._chance.random() < share:
                    _carry_out(piece, left)
        return bytes(left)


def _pieces(change: Change) -> Iterator[Change]:
    """What of a change can reach the disk without the rest: its sectors."""
    if isinstance(change, int):
        yield change
        return
    offset, data = change
    start = 0
    while start < len(data):
        end = min(len(data), (offset + start) // SECTOR * SECTOR + SECTOR - offset)
        yield offset + start, data[start:end]
        start = end


def _carry_out(change: Change, content: bytearray) -> None:
    if isinstance(change, int):
        del content[change:]
        content.extend(bytes(change - len(content)))
        return
    offset, data = change
    content.extend(bytes(max(0, offset - len(content))))
    content[offset : offset + len(data)] = data
