"""Where the bytes of attachments lie: files named by their hash in the home, or memory for a store without a home."""

import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final, Protocol

from desktop.domain.errors import FileChanged
from desktop.store.faults import translated

_NAME: Final = re.compile("[0-9a-f]{64}")


class BlobFiles(Protocol):
    """`sha256` is lower-case hex; what `keep` has returned from is on the disk."""

    def keep(self, sha256: str, data: bytes) -> None: ...
    def read(self, sha256: str) -> bytes | None: ...
    def size(self, sha256: str) -> int | None: ...


class Folder:
    """`root/ab/cd/<sha256>`: written beside, flushed, renamed, and the folder flushed, so that a name means a whole file."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def keep(self, sha256: str, data: bytes) -> None:
        with translated():
            path = self._path(sha256)
            if path.exists() and hashlib.sha256(path.read_bytes()).hexdigest() == sha256:
                return
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
            for folder in (path.parent, path.parent.parent, self._root):
                flush_folder(folder)

    def read(self, sha256: str) -> bytes | None:
        """The bytes, None if there is no such file; FileChanged if they are not what the name says."""
        with translated():
            path = self._path(sha256)
            if not path.exists():
                return None
            data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() != sha256:
            raise FileChanged(f"the bytes of blob {sha256} changed on the disk")
        return data

    def size(self, sha256: str) -> int | None:
        with translated():
            path = self._path(sha256)
            return path.stat().st_size if path.exists() else None

    def kept(self) -> Iterator[tuple[str, int]]:
        """(SHA-256, size in bytes) of each file that bears the name of an attachment."""
        with translated():
            for path in sorted(self._root.glob("*/*/*")):
                if _NAME.fullmatch(path.name) and path == self._path(path.name):
                    yield path.name, path.stat().st_size

    def _path(self, sha256: str) -> Path:
        return self._root / sha256[:2] / sha256[2:4] / sha256


class Memory:
    """Bytes of a store that has no home."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def keep(self, sha256: str, data: bytes) -> None:
        self._kept[sha256] = data

    def read(self, sha256: str) -> bytes | None:
        return self._kept.get(sha256)

    def size(self, sha256: str) -> int | None:
        data = self._kept.get(sha256)
        return None if data is None else len(data)


def flush_folder(folder: Path) -> None:
    """Make the names in `folder` durable; Windows has no such call and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
