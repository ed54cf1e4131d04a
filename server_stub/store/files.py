"""Where the bytes of blobs lie: by digest in a folder, in memory for a test, elsewhere by URL (bucket.py).

A file is whole or not there: it is written beside its place, forced to the disk, and then given its name.
"""

import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final, Protocol

PIECE: Final = 256 * 1024


class FilesNeededError(LookupError):
    """Bytes must be moved, and nobody said where files are."""


class Files(Protocol):
    """Bytes by SHA-256; who keeps them has checked the digest."""

    def write(self, sha256: str, pieces: Iterable[bytes]) -> None:
        """Keep the bytes; they are durable afterwards. What is kept already is left as it is."""

    def take(self, sha256: str, source: Path) -> None:
        """Keep what is in a file, which stays; cheaper than `write` where it can be."""

    def size(self, sha256: str) -> int | None:
        """How many bytes are kept; None when the file is not here."""

    def read(self, sha256: str, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """The bytes from `start` to before `end`, in pieces; FileNotFoundError at once when there is no such file."""


class MemoryFiles:
    """For a portal in memory."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def write(self, sha256: str, pieces: Iterable[bytes]) -> None:
        self._kept.setdefault(sha256, b"".join(pieces))

    def take(self, sha256: str, source: Path) -> None:
        self._kept.setdefault(sha256, source.read_bytes())

    def size(self, sha256: str) -> int | None:
        data = self._kept.get(sha256)
        return None if data is None else len(data)

    def read(self, sha256: str, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        if sha256 not in self._kept:
            raise FileNotFoundError(sha256)
        return iter([self._kept[sha256][start:end]])


class DiskFiles:
    """`folder/ab/cd/<sha256>`, readable by the portal's account only."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def write(self, sha256: str, pieces: Iterable[bytes]) -> None:
        if self.size(sha256) is not None:
            return
        beside = self._beside(sha256)
        try:
            with os.fdopen(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
                file.writelines(pieces)
                file.flush()
                os.fsync(file.fileno())
            self._name(sha256, beside)
        finally:
            beside.unlink(missing_ok=True)

    def take(self, sha256: str, source: Path) -> None:
        if self.size(sha256) is not None:
            return
        beside = self._beside(sha256)
        try:
            try:
                beside.hardlink_to(source)
            except OSError:  # another file system, or one without links
                shutil.copyfile(source, beside)
            with beside.open("rb") as file:
                os.fsync(file.fileno())
            self._name(sha256, beside)
        finally:
            beside.unlink(missing_ok=True)

    def size(self, sha256: str) -> int | None:
        with suppress(FileNotFoundError):
            return self._place(sha256).stat().st_size
        return None

    def read(self, sha256: str, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        place = self._place(sha256)
        if not place.exists():
            raise FileNotFoundError(sha256)

        def pieces() -> Iterator[bytes]:
            # Opened for each piece: a reader whose line is cut never comes to the end, and nobody would close it.
            at = start
            while end is None or at < end:
                with place.open("rb") as file:
                    file.seek(at)
                    piece = file.read(PIECE if end is None else min(PIECE, end - at))
                if not piece:
                    return
                at += len(piece)
                yield piece

        return pieces()

    def _place(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / sha256[2:4] / sha256

    def _beside(self, sha256: str) -> Path:
        place = self._place(sha256)
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return place.with_name(f"{sha256}.{secrets.token_hex(8)}.new")

    def _name(self, sha256: str, beside: Path) -> None:
        place = self._place(sha256)
        beside.replace(place)
        for folder in (place.parent, place.parent.parent, self._folder):
            _force_folder(folder)


def _force_folder(folder: Path) -> None:
    """Make the names in a folder durable, where folders can be opened."""
    with suppress(PermissionError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
