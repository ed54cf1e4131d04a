"""Where the bytes of attachments lie: files named by their hash in the home, or memory for a store without a home."""

import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final, Protocol

from desktop.domain.errors import BadContent, FileChanged, Rule
from desktop.store.faults import translated

_PIECE: Final = 1024 * 1024
_NAME: Final = re.compile("[0-9a-f]{64}")


class BlobFiles(Protocol):
    """`sha256` is lower-case hex; what `keep` has returned from is on the disk."""

    def keep(self, sha256: str, data: bytes) -> None: ...
    def read(self, sha256: str) -> bytes | None: ...
    def copy(self, source: Path, *, most: int) -> tuple[str, int]: ...
    def part(self, sha256: str, *, start: int, size: int) -> bytes | None: ...
    def check(self, sha256: str) -> bool: ...
    def partial(self, sha256: str) -> int: ...
    def append(self, sha256: str, *, start: int, data: bytes) -> int: ...
    def finish(self, sha256: str) -> bool: ...
    def size(self, sha256: str) -> int | None: ...


class Folder:
    """`root/ab/cd/<sha256>`: written beside, flushed, renamed, and the folder flushed, so that a name means a whole file."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def keep(self, sha256: str, data: bytes) -> None:
        with translated():
            path = self.path(sha256)
            if path.exists() and hashlib.sha256(path.read_bytes()).hexdigest() == sha256 and _touched(path):
                return
            write_whole(path, data)
            for folder in (path.parent.parent, self._root):
                flush_folder(folder)

    def read(self, sha256: str) -> bytes | None:
        """The bytes, None if there is no such file; FileChanged if they are not what the name says."""
        with translated():
            path = self.path(sha256)
            if not path.exists():
                return None
            data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() != sha256:
            raise FileChanged(f"the bytes of blob {sha256} changed on the disk")
        return data

    def size(self, sha256: str) -> int | None:
        with translated():
            path = self.path(sha256)
            return path.stat().st_size if path.exists() else None

    def copy(self, source: Path, *, most: int) -> tuple[str, int]:
        """Bring in a file piece by piece: (SHA-256, size). BadContent above `most` bytes, or for one that grows or shrinks
        under the reading, twice; a file that cannot be read raises OSError.
        """
        for _ in range(2):
            found = self._copied(source, most)
            if found is not None:
                return found
        raise BadContent(Rule("file-changes", params={"file": source.name}))

    def part(self, sha256: str, *, start: int, size: int) -> bytes | None:
        """What stands there, unchecked; None if there is no such file."""
        with translated():
            path = self.path(sha256)
            if not path.exists():
                return None
            with path.open("rb") as file:
                file.seek(start)
                return file.read(size)

    def check(self, sha256: str) -> bool:
        """False if there is no such file; FileChanged if its bytes are not what the name says."""
        with translated():
            path = self.path(sha256)
            if not path.exists():
                return False
            with path.open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        if found != sha256:
            raise FileChanged(f"the bytes of blob {sha256} changed on the disk")
        return True

    def partial(self, sha256: str) -> int:
        """How many bytes of a file have come in."""
        with translated():
            coming = self._coming(sha256)
            return coming.stat().st_size if coming.exists() else 0

    def append(self, sha256: str, *, start: int, data: bytes) -> int:
        """Lay `data` at `start`, and nothing behind it; where the file stands then."""
        with translated():
            coming = self._coming(sha256)
            coming.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with coming.open("r+b" if coming.exists() else "w+b") as file:
                file.truncate(start)
                file.seek(start)
                file.write(data)
        return start + len(data)

    def finish(self, sha256: str) -> bool:
        """Make a file of what has come in if it is that file; else set it aside and answer False."""
        with translated():
            coming = self._coming(sha256)
            if not coming.exists():
                return False
            with coming.open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
                os.fsync(file.fileno())
            if found != sha256:
                coming.replace(coming.with_suffix(".wrong"))
                return False
        self._settle(coming, sha256)
        return True

    def _coming(self, sha256: str) -> Path:
        return self._root / ".coming" / sha256

    def _copied(self, source: Path, most: int) -> tuple[str, int] | None:
        with source.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            refuse_above(size, most)
            with translated():
                self._root.mkdir(parents=True, exist_ok=True, mode=0o700)
                handle, name = tempfile.mkstemp(prefix=".new-", dir=self._root)
            try:
                digest, count = hashlib.sha256(), 0
                with os.fdopen(handle, "wb") as copy:
                    while data := file.read(_PIECE):
                        count += len(data)
                        refuse_above(count, most)
                        digest.update(data)
                        with translated():
                            copy.write(data)
                    with translated():
                        copy.flush()
                        os.fsync(copy.fileno())
                if count != size or os.fstat(file.fileno()).st_size != size:
                    return None
                self._settle(Path(name), digest.hexdigest())
                return digest.hexdigest(), count
            finally:
                Path(name).unlink(missing_ok=True)

    def _settle(self, fresh: Path, sha256: str) -> None:
        with translated():
            path = self.path(sha256)
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            os.utime(fresh)  # a download may have lain here for months
            fresh.replace(path)
            for folder in (path.parent, path.parent.parent, self._root):
                flush_folder(folder)

    def kept(self) -> Iterator[tuple[str, int]]:
        """(SHA-256, size in bytes) of each file that bears the name of an attachment."""
        with translated():
            for path in sorted(self._root.glob("*/*/*")):
                if _NAME.fullmatch(path.name) and path == self.path(path.name):
                    yield path.name, path.stat().st_size

    def path(self, sha256: str) -> Path:
        """Where it lies, or would."""
        return self._root / sha256[:2] / sha256[2:4] / sha256


class Memory:
    """Bytes of a store that has no home."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}
        self._coming: dict[str, bytes] = {}

    def keep(self, sha256: str, data: bytes) -> None:
        self._kept[sha256] = data

    def read(self, sha256: str) -> bytes | None:
        return self._kept.get(sha256)

    def copy(self, source: Path, *, most: int) -> tuple[str, int]:
        data = source.read_bytes()
        refuse_above(len(data), most)
        sha256 = hashlib.sha256(data).hexdigest()
        self.keep(sha256, data)
        return sha256, len(data)

    def part(self, sha256: str, *, start: int, size: int) -> bytes | None:
        data = self._kept.get(sha256)
        return None if data is None else data[start : start + size]

    def check(self, sha256: str) -> bool:
        return sha256 in self._kept

    def partial(self, sha256: str) -> int:
        return len(self._coming.get(sha256, b""))

    def append(self, sha256: str, *, start: int, data: bytes) -> int:
        self._coming[sha256] = self._coming.get(sha256, b"")[:start] + data
        return start + len(data)

    def finish(self, sha256: str) -> bool:
        data = self._coming.pop(sha256, b"")
        if hashlib.sha256(data).hexdigest() != sha256:
            return False
        self._kept[sha256] = data
        return True

    def size(self, sha256: str) -> int | None:
        data = self._kept.get(sha256)
        return None if data is None else len(data)


def refuse_above(size: int, most: int) -> None:
    """BadContent for a file of more bytes than the portal takes."""
    if size > most:
        raise BadContent(Rule("too-large", params={"limit": f"{most // 2**20} MiB"}))


def _touched(path: Path) -> bool:
    """Now as young as one that is written anew; False where a sweep has just taken it."""
    try:
        os.utime(path)
    except FileNotFoundError:
        return False
    return True


def write_whole(path: Path, data: bytes) -> None:
    """Written beside, flushed, renamed, and the folder flushed: the file is whole or not there."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(prefix=".new-", dir=path.parent)  # mode 0600
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    flush_folder(path.parent)


def flush_folder(folder: Path) -> None:
    """Make the names in `folder` durable; Windows has no such call and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
