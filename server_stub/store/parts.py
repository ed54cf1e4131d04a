"""Unfinished uploads on this disk: `<id>.part` holds what has come, and its length is the upload's offset.

Who writes holds the file's lock, which ends with its process. `<id>.turn` names the newest who asked for it: the one
who writes looks there between two pieces and lets go when it is not the one (shared by all workers of a portal).
"""

import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


class Parts:
    """The unfinished uploads in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def path(self, upload_id: str) -> Path:
        return self._folder / f"{upload_id}.part"

    def size(self, upload_id: str) -> int:
        """The offset: how many bytes have come."""
        with suppress(FileNotFoundError):
            return self.path(upload_id).stat().st_size
        return 0

    def remove(self, upload_id: str) -> None:
        for path in (self.path(upload_id), self._turn(upload_id)):
            path.unlink(missing_ok=True)

    def ask(self, upload_id: str) -> str:
        """Say that a newer one wants to write; the word by which it knows its turn."""
        word, turn = secrets.token_hex(8), self._turn(upload_id)
        beside = turn.with_name(f"{turn.name}.{word}")
        beside.write_text(word, encoding="ascii")
        beside.replace(turn)
        return word

    def is_turn_of(self, upload_id: str, word: str) -> bool:
        """Whether nobody newer asked; an upload that was removed is nobody's."""
        with suppress(FileNotFoundError):
            return self._turn(upload_id).read_text(encoding="ascii") == word
        return False

    def ids(self) -> list[str]:
        """The uploads of which something lies here."""
        return sorted(path.stem for path in self._folder.glob("*.part"))

    @contextmanager
    def hold(self, upload_id: str, *, wait: bool = False) -> Iterator["Part | None"]:
        """The part with its lock for as long as the block lasts; None at once when another holds it, or wait for it."""
        descriptor = os.open(self.path(upload_id), os.O_CREAT | os.O_RDWR, 0o600)
        with os.fdopen(descriptor, "r+b", buffering=0) as file:
            if not _lock(file, wait=wait):
                yield None
                return
            file.seek(0, os.SEEK_END)
            yield Part(file)

    def _turn(self, upload_id: str) -> Path:
        return self._folder / f"{upload_id}.turn"


class Part:
    """An unfinished upload that this connection alone writes."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    @property
    def size(self) -> int:
        return self._file.tell()

    def append(self, data: bytes) -> None:
        view = memoryview(data)
        while view:
            view = view[self._file.write(view) :]

    def cut(self, size: int) -> None:
        """Forget what lies behind `size`."""
        self._file.truncate(size)
        self._file.seek(size)

    def force(self) -> None:
        """Make what was written durable."""
        os.fsync(self._file.fileno())


def _lock(file: IO[bytes], *, wait: bool) -> bool:
    """Take the file's lock, which its closing gives back; False when another has it."""
    try:
        if sys.platform == "win32":
            file.seek(2**62)  # a byte that no upload has
            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError:
        return False
    return True
